#ifndef WEB_CHILD_H
#define WEB_CHILD_H

#include "desk/optin_minor.h"
#include "desk/parent.h"
#include "web/page.h"
#include "web/parent_fields.h"

/*
 * Children and teenagers.  "/child" says who decides at which age; "/child/opt-in" is a
 * parent's (11 CCR 7070), "/teen" is for 13 to 15 (7071).  The second act of both is on
 * the page of every opt-in (web/optin.h).  Nobody is asked to come here.
 */
struct child_view {
	struct page page;
};

/* A day of birth as it is asked on every page: three fields, none filled in. */
struct born_fields {
	const struct born_typed *typed;
	const struct problems *problems;
	const char *legend;
	bool is_own; /* the browser may fill in who sits before it */
};

/* Fields: id, month, day, year, name, email, check, nonce. */
struct child_ask_view {
	struct page page;
	struct optin_minor_in in; /* as typed, when it was not taken */
	struct parent_ways ways;
	struct problems problems;
};

/* What comes next: for a parent, how they are checked. */
struct child_sent_view {
	struct page page;
	str reference;
	const struct parent_check_row *check; /* NULL: not said */
	str form_href; /* to print; empty: another method */
	str address;
	int days;
};

/* The form to sign by hand; filled in with a pen, so that nothing personal is here. */
struct child_form_view {
	struct page page;
	str reference; /* empty: a line to fill in */
	str address;
};

struct teen_sent_view {
	struct page page;
	bool is_child; /* a parent has to decide */
	int days;
};

#endif
