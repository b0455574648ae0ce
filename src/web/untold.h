#ifndef WEB_UNTOLD_H
#define WEB_UNTOLD_H

#include "desk/untold.h"
#include "web/desk_page.h"

struct case_view;

/*
 * On the case: why a company could not be told or a system is left out, which the answer
 * gives (11 CCR 7022(b)(3), (f)(1), 7023(f), 7024(e)).  Fields of POST "/desk/r/{ref}/untold": task, reason, silent.
 */
struct untold_form {
	const struct untold *of;
	const struct desk_page *page;
	str path;  /* of the case */
	str field; /* "untold-12" */
	str typed; /* of one that was not taken; else what is kept */
	bool is_silent;
	bool is_next; /* it is the next step, and not a card of its own */
	const char *problem;
};
struct untold_forms {
	struct untold_form *at;
	size_t n;
};

struct untold_back {
	const struct problems *problems;
	str typed;
};
/* None where nobody may write them now.  is_next: the first that waits is the next
 * step. */
struct untold_forms untold_forms_of(struct arena *a, const struct case_view *c,
	const struct desk_page *page, const struct untold_back *back,
	bool is_next);

#endif
