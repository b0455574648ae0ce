#ifndef CONNECT_ERASE_PARTS_H
#define CONNECT_ERASE_PARTS_H

#include "connect/erase.h"

/* What erasing one person and many have in common.  Internal to erase*.c. */

/* The tables, each before those it links to; links that are emptied before (f: what
 * erase_ready() made of it; NULL) stand for no order. */
size_t *erase_order(
	struct arena *a, const struct map_system *s, const struct finding *f);

/* Its rows count with those that go: deleted, or deidentified. */
bool erase_step_counts(const struct erase_step *s);

struct erase_count *erase_count_of(struct erase_result *r,
	const struct map_system *s, const struct erase_step *step);

/* From here to erase_held_end() the connection knows which columns the rows of a plan
 * have: once these are gone there may be none that has them. */
void erase_held(struct conn *c, struct arena *a, const struct erase_plan *p);
void erase_held_end(struct conn *c);

/* An empty result; then the counts of its tables; then what they add up to, and
 * the evidence. */
void erase_begin(struct arena *a, const struct erase_request *q,
	struct erase_result *out);
/* What the person was found by finds this now.  keep_max: as in struct find_options. */
int erase_find_again(struct conn *c, struct arena *a,
	const struct erase_request *q, size_t keep_max, struct finding *out,
	struct err *e);
/* Counts what the identifiers still lead to, that no plan has and nothing
 * excuses. */
int erase_prove(struct conn *c, struct arena *a, const struct erase_request *q,
	struct erase_result *out, struct err *e);
void erase_end(struct arena *a, const struct erase_request *q,
	struct erase_result *out);

#endif
