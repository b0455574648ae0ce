#ifndef LAW_PARENT_H
#define LAW_PARENT_H

#include "base/str.h"
#include "law/valid.h"

/*
 * How a business finds out that somebody is the parent or guardian of a child under
 * 13: the methods of 11 CCR 7070(a)(2).  Which of them it uses is the business's to
 * establish and to document; that it is one of these is not.
 */
enum parent_check {
#define PARENT_CHECK(name, ...) PARENT_CHECK_##name,
#include "law/tbl/parent_checks.h"
	PARENT_CHECK_END,
};

struct parent_check_row {
	const char *code; /* "in-person" */
	const char *title;
	const char *how;  /* to the parent: what to do */
	bool may_be_kept; /* what was shown, sealed, until the case closes */
	const char *citation;
	struct valid valid;
};

const struct parent_check_row *parent_check_row(enum parent_check c);
/* PARENT_CHECK_END when no row has that code. */
enum parent_check parent_check_of(str code);

#endif
