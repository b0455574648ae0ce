/* The register of training. */
#include "web/training.h"

#include "desk/limit.h"
#include "web/html.h"

static int fill_lines(
	struct http_request *q, struct training_view *v, struct err *e)
{
	struct trainings all;

	if (trainings_load(web_desk(q), &all, e))
		return -1;
	v->overdue = all.overdue;
	v->lines.n = all.n;
	v->lines.at = arena_many(q->arena, struct training_line, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct training_row *row = &all.at[i];

		v->lines.at[i] = (struct training_line){ .of = row };
		if (row->is_trained)
			v->lines.at[i].trained =
				date_words(q->arena, row->trained_on);
		if (row->has_due)
			v->lines.at[i].due = date_words(q->arena, row->due);
	}
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct training_view *v, struct err *e)
{
	if (fill_lines(q, v, e) ||
		desk_page_fill(w, q, r, STR("Training"), &v->page, e))
		return -1;
	v->page.place = DESK_TRAINING;
	v->can_note = desk_may(web_desk(q), PERM_MANAGE);
	v->today = date_iso(q->arena, desk_today(web_desk(q)));
	if (!v->typed.trained_on.n)
		v->typed.trained_on = v->today;
	v->what_max = LIMIT_NOTE_BYTES;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_training(&r->body, v);
	return 0;
}

int web_training(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct training_view v = { .overdue = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_training_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct training_view v = {
		.typed = { .email = http_form(q, "email"),
			.trained_on = http_form(q, "trained_on"),
			.what = http_form(q, "what") },
	};

	if (training_note(web_desk(q), &v.typed, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_flash(r, "trained");
	http_redirect(r, STR("/desk/training"));
	return 0;
}
