/*
 * The start page and the opt-out.  A GET changes nothing: with Sec-GPC: 1 the
 * page says Opt-Out Request Honored because this browser's requests carry the
 * signal; a click is a POST that is in force when it is answered.
 */
#include "desk/form.h"
#include "desk/intake.h"
#include "desk/offer.h"
#include "desk/portal.h"
#include "desk/stop.h"
#include "law/reference.h"
#include "web/html.h"
#include "web/opt_out_done.h"
#include "web/start.h"
#include "web/stop.h"
#include "web/web.h"
#include "words/words.h"

/* Browsers keep a cookie for 400 days at most. */
enum { OPT_OUT_COOKIE_S = 400 * 86400 };

/* --- requests that can be made --- */

struct offer {
	enum kind kind;
	const char *text;
	const char *asks;
	const char *note;
};

static const struct offer offers[] = {
#define OFFER(kind, text, asks, note) { KIND_##kind, text, asks, note },
#include "web/tbl/offers.h"
};

static int add_form(struct desk *d, const struct offer *o,
	struct start_rows *out, struct err *e)
{
	struct deadlines dl;
	struct date due;
	int rc = offer_is_made(d, o->kind, e);

	if (rc <= 0)
		return rc;
	if (intake_dates(d, o->kind, &dl, e))
		return -1;
	due = deadlines_due(&dl);
	out->at[out->n++] = (struct start_row){
		.title = str_of(form_of(o->kind)->title),
		.text = str_of(o->text),
		.asks = str_of(o->asks),
		.note = str_of(o->note),
		.by = words_date(d->arena, d->lang, due),
		.days = words_fill_number(d->arena, d->lang, "{1} days",
			date_between(dl.received_on, due)),
		.href = arena_fmt(d->arena, "/r/%s", kind_row(o->kind)->path),
	};
	return 0;
}

/* In force when it is answered: there is no later day. */
static int add_stop(struct desk *d, const struct offer *o,
	struct start_rows *out, struct err *e)
{
	int rc = stop_is_offered(d, o->kind, e);

	if (rc <= 0)
		return rc;
	out->at[out->n++] = (struct start_row){
		.title = str_of(stop_words_of(o->kind)->offer),
		.text = str_of(o->text),
		.asks = str_of(o->asks),
		.note = str_of(o->note),
		.by = say(d->lang, "Right away"),
		.href = arena_fmt(d->arena, "/%s", kind_row(o->kind)->path),
	};
	return 0;
}

static int fill_rows(struct desk *d, struct start_rows *out, struct err *e)
{
	out->at = arena_many(d->arena, struct start_row, COUNTOF(offers));
	for (size_t i = 0; i < COUNTOF(offers); i++)
		if (form_of(offers[i].kind) ? add_form(d, &offers[i], out, e)
					    : add_stop(d, &offers[i], out, e))
			return -1;
	return 0;
}

struct start_page {
	bool is_opt_out_page;
	personal id;
	const struct problems *problems;
};

static int draw_start(struct web *w, struct http_request *q,
	struct http_response *r, const struct start_page *s, struct err *e)
{
	struct settings settings;
	struct start_view v = {
		.is_opt_out_page = s->is_opt_out_page,
		.has_portal = portal_is_on(web_desk(q)),
		.id = s->id,
		.asks_only_what_is_needed = true,
		.asks_no_documents = true,
		.has_no_penalty = true,
		.has_no_trackers = true,
	};
	str title =
		s->is_opt_out_page
			? STR("Do not sell or share my personal information")
			: STR("Your privacy choices");

	if (web_page(w, q, r, title, &v.page, &settings, e))
		return -1;
	v.page.has_problem = s->problems != NULL;
	v.phone_hours = setting_said(
		v.page.lang, settings.phone_hours, settings.phone_hours_es);
	v.address = settings.address;
	if (s->problems) {
		v.problems = *s->problems;
		r->status = 422;
	}
	if (!s->is_opt_out_page && fill_rows(web_desk(q), &v.rows, e))
		return -1;
	html_start(&r->body, v.page.lang, &v);
	return 0;
}

int web_start(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct start_page s = { 0 };

	return draw_start(ctx, q, r, &s, e);
}

int web_optout(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct start_page s = { .is_opt_out_page = true };

	return draw_start(ctx, q, r, &s, e);
}

/* --- the opt-out --- */

int web_optout_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct start_page again = { .is_opt_out_page = true };
	struct problems ps = { 0 };
	struct stop_out out;
	struct stop_in in = {
		.kind = KIND_OPT_OUT,
		.identifier = { http_form(q, "id") },
		.has_signal = http_header_is(q, "Sec-GPC", STR("1")),
		.channel = CHANNEL_WEB,
		.peer = q->peer,
	};

	if (http_form(q, "website").n) /* a field that people don't see */
		problem_add(&ps, "website", "filled",
			"Leave the field called website empty");
	else if (stop_receive(d, &in, &out, &ps, e))
		return -1;
	if (ps.n) {
		again.id = in.identifier;
		again.problems = &ps;
		return draw_start(ctx, q, r, &again, e);
	}
	http_redirect(
		r, arena_fmt(q->arena, "/opt-out/done?ref=%.*s",
			   STR_ARG(reference_show(q->arena, out.reference))));
	http_cookie_set(r, (struct http_cookie){ .name = WEB_OPT_OUT_COOKIE,
				   .value = STR("1"),
				   .max_age_s = OPT_OUT_COOKIE_S });
	return 0;
}

int web_optout_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct opt_out_done_view v = { 0 };
	struct desk *d = web_desk(q);
	struct status s;
	int rc = intake_status(d, http_query(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc || s.kind != KIND_OPT_OUT) {
		http_redirect(r, STR("/opt-out"));
		return 0;
	}
	if (web_page(ctx, q, r, STR("Opt-Out Request Honored"), &v.page, NULL,
		    e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	v.when = words_instant(q->arena, v.page.lang, s.received_at);
	v.is_identified = s.is_identified;
	html_opt_out_done(&r->body, v.page.lang, &v);
	return 0;
}
