/* Why a company could not be told, or a system is left out: its forms on the case, and what they send. */
#include "web/untold.h"

#include "web/case.h"

static struct untold_form form_of(
	struct arena *a, const struct untold *u, const struct untold_back *back)
{
	struct untold_form f = {
		.of = u,
		.field = arena_fmt(a, "untold-%lld", (long long)u->task_id),
		.typed = u->facts.v,
		.is_silent = u->is_silent,
	};

	f.problem = problem_of(back->problems, arena_cstr(a, f.field));
	if (f.problem) {
		f.typed = back->typed;
		f.is_silent = false;
	}
	return f;
}

struct untold_forms untold_forms_of(struct arena *a, const struct case_view *c,
	const struct desk_page *page, const struct untold_back *back,
	bool is_next)
{
	struct untold_forms out = { NULL, 0 };

	if (!c->can_say_untold)
		return out;
	out.at = arena_many(a, struct untold_form, c->untold.n);
	for (size_t i = 0; i < c->untold.n; i++) {
		struct untold_form f = form_of(a, &c->untold.at[i], back);

		f.page = page;
		f.path = desk_case_path(a, c->reference, "");
		f.is_next = is_next && !f.of->is_said;
		is_next &= f.of->is_said;
		out.at[out.n++] = f;
	}
	return out;
}

int web_case_untold(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	struct untold_why x = { .facts = back.reason,
		.is_silent = http_form(q, "silent").n > 0 };
	int rc;

	if (!str_int(http_form(q, "task"), &x.task_id))
		x.task_id = 0;
	rc = case_untold(
		web_desk(q), http_param(q, "ref"), &x, &back.problems, e);
	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "untold", e);
}
