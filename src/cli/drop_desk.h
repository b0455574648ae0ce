#ifndef CLI_DROP_DESK_H
#define CLI_DROP_DESK_H

#include "base/json.h"
#include "cli/command.h"
#include "desk/drop.h"

/* What the commands of the State's lists share. */

/* The installation with its suppression list, and the platform's place in it. */
int drop_open(struct cli *c, struct drop_place *p, struct err *e);

/* "matched: every system was looked at; next: ..." on stderr. */
void drop_say_next(struct cli *c, enum drop_state s);

void drop_put_counts(struct json *j, const struct drop_counts *n);
void drop_print_counts(const struct drop_counts *n);
void drop_print_found(const struct drop_found *f, size_t n);
void drop_put_found(struct json *j, const struct drop_found *f, size_t n);
/* "2026-11-21T21:04:05Z", empty for never. */
void drop_put_at(struct json *j, struct arena *a, const char *key, int64_t at);

#endif
