#ifndef DESK_EXPLAIN_H
#define DESK_EXPLAIN_H

#include "desk/answer.h"
#include "desk/desk.h"
#include "desk/second.h"

/*
 * Requests about automated decisionmaking technology that end in an answer which a
 * person writes: access to what it did (11 CCR 7222), and the appeal that may be
 * offered in place of the opt-out (7221(b)).  What such an answer has to say are rows
 * (tbl/explained.h), what staff can have found as well (tbl/explained_results.h);
 * what they typed is kept with the case, and the letter is made of it.
 */
struct explained_row {
	enum kind kind;
	const char *name; /* of the form field, and in struct person */
	const char *title;
	const char *hint;
	const char *missing;
	const char *before; /* what the letter puts before it */
	const char *citation;
	size_t at; /* in struct person: see explained_text() */
};

struct explained_result {
	enum kind kind;
	const char *value;
	const char *title;
	bool tells; /* what the rows above ask for */
};

size_t explained_count(void);
const struct explained_row *explained_at(size_t i);
personal *explained_text(const struct explained_row *row, struct person *p);
size_t explained_results_count(void);
const struct explained_result *explained_result_at(size_t i);

/* Can it be written now? */
bool explain_can(const struct record *r);

struct explain_page {
	str reference;
	enum kind kind;
	bool can;
	personal decision; /* of an appeal, in their words; else empty */
	int64_t times_max; /* more uses than this may be answered as one */
	struct second second;
	struct person proposed;     /* what waits for a second person */
	struct letter_ahead letter; /* of it */
};

/* 1, or 0 when there is none.  PERM_DECIDE and PERM_REVEAL: the words of an appeal
 * stand on the page, so it leaves an entry. */
int explain_load(
	struct desk *d, str reference, struct explain_page *out, struct err *e);

/*
 * PERM_DECIDE.  Takes the fields named explained_* of `typed`; the case goes on to
 * its answer.  Problems: explained_result, explained_times (of one answer about
 * many uses), explained_human (an appeal is decided by a person who knows how to
 * read the result and may change the decision), and the rows' names.  1: something is
 * left out, and it waits for a second person (desk/second.h).
 */
int case_explain(struct desk *d, str reference, const struct person *typed,
	struct problems *ps, struct err *e);

/* The letter, of what was written. */
int explain_answer(struct desk *d, const struct record *r, struct answer *out,
	struct err *e);

#endif
