/* What the pages of authorized agents and of parents have in common. */
#include "web/for_other.h"

int for_other_fill(const struct web *w, struct http_request *q,
	struct http_response *r, struct for_other *v, struct err *e)
{
	const struct enter_kind *caller;
	enum kind kind;

	if (enter_open_kind(q, &caller, &kind, v->fields.answers, e) ||
		web_page(w, q, r, str_of(caller->title), &v->page, NULL, e))
		return -1;
	v->path = caller->path;
	v->title = caller->title;
	enter_fields(q, kind, &v->fields);
	v->fields.is_for_other = true;
	v->page.is_private = true;
	v->page.has_problem = v->fields.problems.n > 0;
	if (v->fields.problems.n)
		r->status = 422;
	return 0;
}

bool for_other_is_person(const struct http_request *q, struct problems *ps)
{
	if (!http_form(q, "website").n)
		return true;
	problem_add(ps, "website", "filled",
		"Leave the field called website empty");
	return false;
}
