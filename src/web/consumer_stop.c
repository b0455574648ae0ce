/*
 * What is stopped with one identifier and one button: limit, and the opt-out of ADMT
 * from its day on.  The opt-out of sale has the start page (consumer_start.c).
 */
#include "desk/stop.h"
#include "law/reference.h"
#include "web/html.h"
#include "web/stop.h"
#include "web/web.h"
#include "words/words.h"

static const struct stop_words words[] = {
#define STOP_PAGE(                                                        \
	kind, title, offer, lead, button, done_title, done_text, again)   \
	{ KIND_##kind, title, offer, lead, button, done_title, done_text, \
		again },
#include "web/tbl/stops.h"
};

const struct stop_words *stop_words_of(enum kind kind)
{
	for (size_t i = 0; i < COUNTOF(words); i++)
		if (words[i].kind == kind)
			return &words[i];
	return NULL;
}

/* Of the route's first piece; a page that is not offered is not there. */
static int open_words(
	struct http_request *q, const struct stop_words **out, struct err *e)
{
	str path = str_from(q->path, 1);
	str rest;
	int rc;

	(void)str_cut(path, '/', &path, &rest);
	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (!str_eq(path, str_of(kind_row(words[i].kind)->path)))
			continue;
		*out = &words[i];
		rc = stop_is_offered(web_desk(q), words[i].kind, e);
		if (rc)
			return rc < 0 ? -1 : 0;
	}
	err_set(e, ERR_NOT_FOUND, "there is no such page");
	return err_hint(e, "start from the list of requests");
}

static int fill_kept(struct http_request *q, enum kind kind, enum lang l,
	struct automated_kept_list *out, struct err *e)
{
	return kind == KIND_OPT_OUT_ADMT
		       ? automated_kept(web_desk(q), l, out, e)
		       : 0;
}

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	struct stop_view *v, struct err *e)
{
	v->path = kind_row(v->words->kind)->path;
	if (web_page(w, q, r, str_of(v->words->title), &v->page, NULL, e) ||
		fill_kept(q, v->words->kind, v->page.lang, &v->kept, e))
		return -1;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_stop_page(&r->body, v->page.lang, v);
	return 0;
}

int web_stop(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct stop_view v = { .words = NULL };

	if (open_words(q, &v.words, e))
		return -1;
	return draw(ctx, q, r, &v, e);
}

int web_stop_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct stop_view v = { .id = { http_form(q, "id") } };
	struct stop_in in = {
		.identifier = v.id,
		.channel = CHANNEL_WEB,
		.peer = q->peer,
	};
	struct stop_out out;

	if (open_words(q, &v.words, e))
		return -1;
	in.kind = v.words->kind;
	if (http_form(q, "website").n) /* a field that people don't see */
		problem_add(&v.problems, "website", "filled",
			"Leave the field called website empty");
	else if (stop_receive(web_desk(q), &in, &out, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(
		r, arena_fmt(q->arena, "/%s/done?ref=%.*s",
			   kind_row(in.kind)->path,
			   STR_ARG(reference_show(q->arena, out.reference))));
	return 0;
}

int web_stop_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct stop_done_view v = { .words = NULL };
	struct status s;
	int rc;

	if (open_words(q, &v.words, e))
		return -1;
	rc = intake_status(web_desk(q), http_query(q, "ref"), q->peer, &s, e);
	if (rc < 0)
		return -1;
	if (!rc || s.kind != v.words->kind) {
		http_redirect(r, arena_fmt(q->arena, "/%s",
					 kind_row(v.words->kind)->path));
		return 0;
	}
	if (web_page(
		    ctx, q, r, str_of(v.words->done_title), &v.page, NULL, e) ||
		fill_kept(q, v.words->kind, v.page.lang, &v.kept, e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	v.when = words_instant(q->arena, v.page.lang, s.received_at);
	html_stop_done(&r->body, v.page.lang, &v);
	return 0;
}
