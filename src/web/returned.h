#ifndef WEB_RETURNED_H
#define WEB_RETURNED_H

#include "desk/restored.h"
#include "desk/returned.h"
#include "web/desk_page.h"

/*
 * "/desk/returned": people who were deleted and stand in a system again, by
 * system; and values that a backup made old again.  It posts `look`, the number of one,
 * to have the worker carry it out; or `correction` and `choice`, "leave" or "correct".
 * Nobody is named: of a closed case nothing is left to name.
 */
struct returned_row {
	const struct screening *look;
	str looked; /* "November 21, 1:04 p.m."; empty: never to its end */
	str rows;   /* read */
	str found;
	str erased;
	str kept;
	bool is_closed;  /* put back from a backup, and not replayed */
	bool has_button; /* who looks may let it be carried out */
	struct {
		const struct returned_table *at; /* that wait */
		size_t n;
	} tables;
	struct {
		const struct recorrected *at; /* corrected values, by column */
		size_t n;
	} corrections;
	struct {
		const struct recorrect_asked *at;
		size_t n;
	} asked;
	bool may_choose;
	bool has_rows;   /* to delete again */
	bool is_running; /* let be carried out */
	bool is_asked;   /* nothing else is left but answers */
};

struct returned_page {
	struct desk_page page;
	str headline;
	int hours; /* between two looks */
	struct {
		struct returned_row *at;
		size_t n;
	} rows;
};

#endif
