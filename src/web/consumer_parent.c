/*
 * A parent or guardian asks for a child under 13: what, one form, that it came, and the
 * signed form that may come later.  All of it works without a script.
 */
#include "desk/form.h"
#include "desk/parent_form.h"
#include "desk/stop.h"
#include "law/reference.h"
#include "web/documents.h"
#include "web/html.h"
#include "web/parent_ask.h"
#include "web/web.h"
#include "words/words.h"

/* What is answered by letter: anybody may stop something for a child. */
static int fill_kinds(
	struct http_request *q, struct enter_kinds *out, struct err *e)
{
	struct person nobody = { 0 };
	struct enter_kinds all = { NULL, 0 };

	if (enter_kinds(q, &all, e))
		return -1;
	out->at = arena_many(q->arena, struct enter_kind, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (form_kind(str_of(all.at[i].path), &nobody))
			out->at[out->n++] = all.at[i];
	return 0;
}

int web_parent_start(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct parent_start_view v = { .kinds = { NULL, 0 } };

	if (fill_kinds(q, &v.kinds, e) ||
		web_page(
			ctx, q, r, STR("Ask for your child"), &v.page, NULL, e))
		return -1;
	html_parent_start(&r->body, v.page.lang, &v);
	return 0;
}

/* What stops something anybody may ask. */
static int need_form(struct http_request *q, const struct person *answers,
	enum kind *kind, struct err *e)
{
	const struct enter_kind *caller;

	if (enter_open_kind(q, &caller, kind, answers, e))
		return -1;
	return stop_row(*kind)
		       ? err_set(e, ERR_NOT_FOUND, "there is no such page")
		       : 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct parent_ask_view *v, struct err *e)
{
	enum kind kind;

	if (need_form(q, v->of.fields.answers, &kind, e) ||
		for_other_fill(w, q, r, &v->of, e) ||
		parent_ways_fill(
			web_desk(q), v->parent.in->check, &v->parent.ways, e))
		return -1;
	v->parent.problems = &v->of.fields.problems;
	v->parent.ways.problems = &v->of.fields.problems;
	html_parent_ask(&r->body, v->of.page.lang, v);
	return 0;
}

int web_parent_ask(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct parent_ask none = { .check = STR("") };
	struct parent_ask_view v = {
		.of.fields = { .answers = &none.request.person },
		.parent = { .in = &none },
	};

	return draw(ctx, q, r, &v, e);
}

int web_parent_ask_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct parent_ask in = {
		.request = { .channel = CHANNEL_WEB, .peer = q->peer },
	};
	struct parent_ask_view v = {
		.of.fields = { .answers = &in.request.person },
		.parent = { .in = &in },
	};
	struct problems *ps = &v.of.fields.problems;
	str reference = { 0 };

	enter_read(q, &in.request);
	parent_fields_read(q, &in);
	if (need_form(q, v.of.fields.answers, &in.request.kind, e))
		return -1;
	if (for_other_is_person(q, ps) &&
		parent_ask(web_desk(q), &in, &reference, ps, e))
		return -1;
	if (ps->n)
		return draw(ctx, q, r, &v, e);
	http_redirect(
		r, arena_fmt(q->arena, "/child/ask/done?ref=%.*s&check=%s",
			   STR_ARG(reference_show(q->arena, reference)),
			   parent_check_row(parent_check_of(in.check))->code));
	return 0;
}

int web_parent_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	enum parent_check check = parent_check_of(http_query(q, "check"));
	struct parent_done_view v = { .check = NULL };
	struct status s;
	int rc = intake_status(
		web_desk(q), http_query(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc || !s.is_for_child) {
		http_redirect(r, STR("/child/ask"));
		return 0;
	}
	if (web_page(ctx, q, r, STR("We have your request"), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	v.due = words_date(q->arena, v.page.lang, s.due_on);
	v.wants_form = s.wants_form;
	v.has_number = check == PARENT_CHECK_CALL;
	if (check != PARENT_CHECK_END)
		v.check = parent_check_row(check);
	html_parent_done(&r->body, v.page.lang, &v);
	return 0;
}

/* --- the signed form --- */

static int draw_form(const struct web *w, struct http_request *q,
	struct http_response *r, struct parent_form_view *v, struct err *e)
{
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND,
			"there is no request with this reference number");
		return err_hint(e, "check it against our letter");
	}
	if (web_page(w, q, r, STR("The signed form"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->page.has_problem = v->problems.n > 0;
	v->reference = s.reference;
	v->is_wanted = s.wants_form;
	if (v->problems.n)
		r->status = 422;
	html_parent_form(&r->body, v->page.lang, v);
	return 0;
}

int web_parent_form(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct parent_form_view v = { .is_sent = http_query(q, "sent").n > 0 };

	return draw_form(ctx, q, r, &v, e);
}

int web_parent_form_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct parent_form_view v = { .is_sent = false };
	struct reference ref;

	if (parent_form_send(web_desk(q), http_param(q, "ref"),
		    documents_file(q, STR("file")), q->peer, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw_form(ctx, q, r, &v, e);
	must(reference_parse(http_param(q, "ref"), &ref));
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s/form?sent=1",
				 STR_ARG(reference_show(
					 q->arena, reference_str(&ref)))));
	return 0;
}
