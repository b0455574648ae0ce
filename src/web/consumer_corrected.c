/* The consumer sees that it is corrected. */
#include "desk/intake.h"
#include "desk/limit.h"
#include "web/corrected.h"
#include "web/html.h"
#include "web/language.h"
#include "web/web.h"
#include "words/words.h"

static int draw_door(const struct web *w, struct http_request *q,
	struct http_response *r, struct corrected_door_view *v, struct err *e)
{
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc > 0)
		rc = correct_show_is_there(web_desk(q), s.reference, e);
	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND,
			"there is nothing corrected to see under this number");
		return err_hint(e, "see where your request stands");
	}
	if (web_page(w, q, r, STR("See what we corrected"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->reference = s.reference;
	v->is_by_sms = s.is_code_by_sms;
	v->minutes = LIMIT_CODE_MINUTES;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_corrected_door(&r->body, v->page.lang, v);
	return 0;
}

int web_corrected(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct corrected_door_view v = { .is_sent =
						 http_query(q, "sent").n > 0 };

	return draw_door(ctx, q, r, &v, e);
}

static void fill_lines(struct arena *a, const struct correct_shown *shown,
	struct corrected_view *v)
{
	enum lang l = v->page.lang;

	v->lines.n = shown->items.n;
	v->lines.at = arena_many(a, struct corrected_line, v->lines.n);
	for (size_t i = 0; i < v->lines.n; i++) {
		const struct correct_shown_one *one = &shown->items.at[i];

		v->lines.at[i] = (struct corrected_line){ .what = one->what,
			.is_deleted = one->is_deleted,
			.is_never = one->is_never,
			.is_tried = one->match != MATCH_NOT_TRIED,
			.is_match = one->match == MATCH_YES,
			.value = one->value };
		v->has_never |= one->is_never;
		if (one->read_at)
			v->lines.at[i].read_on =
				words_date(a, l, date_pacific(one->read_at));
	}
}

static int draw_shown(const struct web *w, struct http_request *q,
	struct http_response *r, const struct correct_shown *shown,
	struct err *e)
{
	struct corrected_view v = { .by_hand = shown->by_hand };

	if (web_page(w, q, r, STR("What we corrected"), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	v.reference = http_param(q, "ref");
	fill_lines(q->arena, shown, &v);
	html_corrected_page(&r->body, v.page.lang, &v);
	return 0;
}

int web_corrected_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct corrected_door_view v = { .is_sent = true };
	bool sends = http_form(q, "send").n > 0;
	str ref = http_param(q, "ref");
	struct correct_look look = { http_form(q, "code"),
		{ http_form(q, "typed") }, LANG_EN };
	struct correct_shown shown;

	if (language_load(q, &look.lang, e))
		return -1;
	if (sends ? correct_show_send_code(web_desk(q), ref, &v.problems, e)
		  : correct_show(
			    web_desk(q), ref, &look, &shown, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw_door(ctx, q, r, &v, e);
	if (!sends)
		return draw_shown(ctx, q, r, &shown, e);
	http_redirect(r,
		arena_fmt(q->arena, "/s/%.*s/corrected?sent=1", STR_ARG(ref)));
	return 0;
}
