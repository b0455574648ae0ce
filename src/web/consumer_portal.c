/*
 * The portal for account holders (11 CCR 7024(g)), when it is on; else there is no such
 * page.  What somebody presses after their time was up leads to where they do the same
 * without it: to stop something nobody has to sign in again.
 */
#include <sodium.h>

#include "base/enc.h"
#include "desk/account.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/offer.h"
#include "desk/stop.h"
#include "law/reference.h"
#include "web/account.h"
#include "web/html.h"
#include "web/package_page.h"
#include "web/package_send.h"
#include "web/portal.h"
#include "web/stop.h"
#include "web/web.h"
#include "words/words.h"

static const char home[] = "/your-data";
static const char visit_cookie[] = "toyon_portal";
static const char way_cookie[] = "toyon_portal_way";
static const char draft_cookie[] = "toyon_draft";

/* Browsers keep a cookie for 400 days at most. */
enum { OPT_OUT_COOKIE_S = 400 * 86400 };

static int need_on(const struct http_request *q, struct err *e)
{
	if (portal_is_on(web_desk(q)))
		return 0;
	err_set(e, ERR_NOT_FOUND, "there is no such page");
	return err_hint(e, "start from the list of requests");
}

/* 1 when this browser is in; -1 as well where the portal is off. */
static int load_visit(
	struct http_request *q, struct portal_visit *out, struct err *e)
{
	return need_on(q, e) ? -1
			     : portal_visit(web_desk(q),
				       http_cookie(q, visit_cookie), out, e);
}

static void go_home(struct http_response *r)
{
	http_redirect(r, str_of(home));
}

/* --- coming in --- */

static int draw_door(struct web *w, struct http_request *q,
	struct http_response *r, struct portal_door_view *v, struct err *e)
{
	struct portal_way way;

	portal_way(web_desk(q), http_cookie(q, way_cookie), &way);
	v->url = way.url;
	if (web_page(w, q, r, STR("Your data"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	if (v->is_refused || v->is_stopped)
		r->status = 422;
	http_cookie_set(r, (struct http_cookie){ .name = way_cookie,
				   .value = way.nonce,
				   .max_age_s = LIMIT_CODE_MINUTES * 60,
				   .is_strict = true,
				   .path = home });
	html_portal_door(&r->body, v->page.lang, v);
	return 0;
}

/* The form comes from the business's site, and no cookie with it: what it brings is judged
 * when the button of our own page is pressed. */
int web_portal_back(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct portal_door_view v = { .assertion = http_form(q, "assertion") };

	if (need_on(q, e))
		return -1;
	if (web_page(ctx, q, r, STR("Your data"), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	html_portal_door(&r->body, v.page.lang, &v);
	return 0;
}

int web_portal_again(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	if (need_on(q, e))
		return -1;
	go_home(r);
	return 0;
}

int web_portal_enter(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct portal_door_view v = { .is_refused = true };
	struct assertion_key key;
	struct portal_entry in = {
		.nonce = http_cookie(q, way_cookie),
		.key = &key,
		.token = http_form(q, "assertion"),
		.peer = q->peer,
	};
	enum portal_end end;
	str token;
	int rc;

	if (need_on(q, e))
		return -1;
	if (web_account_key(ctx, q, &key, e))
		return err_hint(e, "make a request without the account");
	rc = portal_enter(web_desk(q), &in, &end, &token, e);
	sodium_memzero(&key, sizeof key);
	if (rc)
		return -1;
	v.is_stopped = end == PORTAL_STOPPED;
	v.is_refused = end == PORTAL_REFUSED;
	if (end != PORTAL_IS_IN)
		return draw_door(ctx, q, r, &v, e);
	go_home(r);
	http_cookie_drop(r, way_cookie, home);
	http_cookie_set(r, (struct http_cookie){ .name = visit_cookie,
				   .value = token,
				   .max_age_s = LIMIT_PORTAL_MINUTES * 60,
				   .is_strict = true,
				   .path = home });
	return 0;
}

int web_portal_leave(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	if (need_on(q, e) ||
		portal_leave(web_desk(q), http_cookie(q, visit_cookie), e))
		return -1;
	go_home(r);
	http_cookie_drop(r, visit_cookie, home);
	http_cookie_drop(r, draft_cookie, "/r");
	return 0;
}

/* --- the page --- */

static const char *told_of(const struct portal_request *x)
{
	return x->is_soon     ? "We are looking for it now."
	       : x->awaited.n ? "We are still looking in some places."
			      : "We have looked. A person here goes through it "
				"before you see it.";
}

static void fill_waiting(
	struct arena *a, const struct portal_request *x, struct portal_view *v)
{
	enum lang l = v->page.lang;

	v->waiting = x->status.reference;
	v->asked_on = words_date(a, l, x->status.received_on);
	v->due = words_date(a, l, x->status.due_on);
	v->extendable_to = words_date(a, l, x->extendable_to);
	v->told = told_of(x);
	v->refreshes = x->is_soon && v->may_refresh;
	if (x->systems)
		v->searched =
			words_fill(a, l, "{1} of {2} places have answered.",
				arena_fmt(a, "%d", x->systems_done),
				arena_fmt(a, "%d", x->systems));
	v->waits.at = arena_many(a, struct portal_wait, x->awaited.n);
	for (; v->waits.n < x->awaited.n; v->waits.n++)
		v->waits.at[v->waits.n] = (struct portal_wait){
			x->awaited.at[v->waits.n].title,
			words_date(a, l, x->awaited.at[v->waits.n].until),
		};
}

static const char sale[] = "Do not sell or share my personal information";

/* As it is called where it is asked for. */
static const char *title_of(const struct status *s)
{
	const struct form *f = form_of(s->kind);
	const struct stop_words *words = stop_words_of(s->kind);

	return f                         ? f->title
	       : words                   ? words->offer
	       : s->kind == KIND_OPT_OUT ? sale
					 : s->title;
}

static void fill_rows(
	struct arena *a, const struct portal_page *p, struct portal_view *v)
{
	enum lang l = v->page.lang;

	v->rows.at = arena_many(a, struct portal_row, p->requests.n);
	for (; v->rows.n < p->requests.n; v->rows.n++) {
		const struct portal_request *x = &p->requests.at[v->rows.n];
		const struct status *s = &x->status;

		v->rows.at[v->rows.n] = (struct portal_row){
			.reference = s->reference,
			.title = title_of(s),
			.told = x->can_open ? "Our answer is ready." : s->told,
			.received = words_date(a, l, s->received_on),
			.due = s->is_open ? words_date(a, l, s->due_on)
					  : STR(""),
			.closed = s->is_open ? STR("")
					     : words_date(a, l, s->closed_on),
			.can_open = x->can_open && x != p->ready,
		};
	}
}

struct ask_row {
	enum kind kind;
	const char *text;
};

/* Those of the start page that have a form; to know stands above. */
static int fill_asks(struct desk *d, struct portal_view *v, struct err *e)
{
	static const struct ask_row offers[] = {
#define OFFER(kind, text, asks, note) { KIND_##kind, text },
#include "web/tbl/offers.h"
	};

	v->asks.at = arena_many(d->arena, struct portal_ask, COUNTOF(offers));
	for (size_t i = 0; i < COUNTOF(offers); i++) {
		const struct form *f = form_of(offers[i].kind);
		int rc = f && !package_is_for(offers[i].kind)
				 ? offer_is_made(d, offers[i].kind, e)
				 : 0;

		if (rc < 0)
			return -1;
		if (rc)
			v->asks.at[v->asks.n++] = (struct portal_ask){
				kind_row(offers[i].kind)->path,
				f->title,
				offers[i].text,
			};
	}
	return 0;
}

static int add_stop(struct desk *d, enum kind kind, bool is_on,
	struct portal_view *v, struct err *e)
{
	const struct stop_words *words = stop_words_of(kind);
	int rc = stop_is_offered(d, kind, e);

	if (rc > 0)
		v->stops.at[v->stops.n++] = (struct portal_stop){
			kind_row(kind)->path,
			words ? words->offer : sale,
			words ? words->button : "Opt out now",
			is_on,
		};
	return rc < 0 ? -1 : 0;
}

static int fill_stops(struct desk *d, const struct portal_page *p,
	struct portal_view *v, struct err *e)
{
	v->stops.at = arena_many(d->arena, struct portal_stop, 3);
	return add_stop(d, KIND_OPT_OUT, p->is_opted_out, v, e) ||
			       add_stop(d, KIND_LIMIT, p->is_limited, v, e) ||
			       add_stop(d, KIND_OPT_OUT_ADMT, p->is_out_of_admt,
				       v, e)
		       ? -1
		       : 0;
}

static int fill(struct http_request *q, const struct portal_visit *visit,
	struct portal_view *v, struct err *e)
{
	struct arena *a = q->arena;
	struct portal_page p;

	if (portal_page(web_desk(q), visit, &p, e) ||
		fill_stops(web_desk(q), &p, v, e) ||
		fill_asks(web_desk(q), v, e))
		return -1;
	v->email = visit->email;
	v->until = words_instant(a, v->page.lang, visit->until);
	v->next_on = words_date(a, v->page.lang, p.next_on);
	v->can_ask = !p.waiting && date_is_none(p.next_on);
	if (p.waiting)
		fill_waiting(a, p.waiting, v);
	if (p.ready) {
		v->ready = p.ready->status.reference;
		v->ready_on = words_date(
			a, v->page.lang, p.ready->status.received_on);
		v->ready_until = words_date(a, v->page.lang, p.ready->until);
	}
	fill_rows(a, &p, v);
	return 0;
}

int web_portal(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct portal_view v = {
		.may_refresh = !http_query(q, "still").n,
	};
	struct portal_door_view door = { .is_refused = false };
	struct portal_visit visit;
	int rc = load_visit(q, &visit, e);

	if (rc <= 0)
		return rc < 0 ? -1 : draw_door(ctx, q, r, &door, e);
	if (web_page(ctx, q, r, STR("Your data"), &v.page, NULL, e) ||
		fill(q, &visit, &v, e))
		return -1;
	v.page.is_private = true;
	/* By the header: it works without a script. */
	if (v.refreshes)
		http_set(r, "Refresh", STR("6"));
	html_portal(&r->body, v.page.lang, &v);
	return 0;
}

/* --- asking --- */

int web_portal_see(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct portal_visit visit;
	str shown;
	int rc = load_visit(q, &visit, e);

	(void)ctx;
	if (rc < 0)
		return -1;
	/* Two were answered: the page says so, and from when on there is a next. */
	if (rc && portal_see(web_desk(q), &visit, q->peer, &shown, e) &&
		e->code != ERR_CONFLICT)
		return -1;
	go_home(r);
	return 0;
}

/* The pages of a request begin with who they are. */
static int start_draft(struct http_request *q, struct http_response *r,
	const struct portal_visit *visit, enum kind kind, struct err *e)
{
	struct desk *d = web_desk(q);
	str token = draft_token(d);
	struct draft f;

	portal_draft(d, visit, kind, &f);
	if (draft_save(d, token, &f, e))
		return -1;
	http_cookie_set(r, (struct http_cookie){ .name = draft_cookie,
				   .value = token,
				   .max_age_s = LIMIT_PORTAL_MINUTES * 60,
				   .path = "/r" });
	return 0;
}

int web_portal_ask(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct person nobody = { .pieces = STR("") };
	enum kind kind = form_kind(http_param(q, "kind"), &nobody);
	struct portal_visit visit;
	int rc = load_visit(q, &visit, e);

	(void)ctx;
	if (rc < 0)
		return -1;
	if (kind == KIND_NONE)
		return err_set(e, ERR_NOT_FOUND, "there is no such page");
	http_redirect(r, arena_fmt(q->arena, "/r/%s", kind_row(kind)->path));
	return rc ? start_draft(q, r, &visit, kind, e) : 0;
}

/* --- stopping --- */

static enum kind stop_kind(str path)
{
	static const enum kind kinds[] = { KIND_OPT_OUT, KIND_LIMIT,
		KIND_OPT_OUT_ADMT };

	for (size_t i = 0; i < COUNTOF(kinds); i++)
		if (str_eq(path, str_of(kind_row(kinds[i])->path)))
			return kinds[i];
	return KIND_NONE;
}

static int stop_now_for(struct http_request *q, struct http_response *r,
	const struct portal_visit *visit, enum kind kind, struct err *e)
{
	struct problems ps = { 0 };
	struct stop_out out;
	struct stop_in in = {
		.kind = kind,
		.identifier = visit->email,
		.has_signal = http_header_is(q, "Sec-GPC", STR("1")),
		.channel = CHANNEL_WEB,
		.peer = q->peer,
	};

	if (stop_receive(web_desk(q), &in, &out, &ps, e))
		return -1;
	if (ps.n) { /* the page where another identifier can be given */
		http_redirect(
			r, arena_fmt(q->arena, "/%s", kind_row(kind)->path));
		return 0;
	}
	http_redirect(r,
		arena_fmt(q->arena, "/%s/done?ref=%.*s", kind_row(kind)->path,
			STR_ARG(reference_show(q->arena, out.reference))));
	if (kind == KIND_OPT_OUT)
		http_cookie_set(
			r, (struct http_cookie){ .name = WEB_OPT_OUT_COOKIE,
				   .value = STR("1"),
				   .max_age_s = OPT_OUT_COOKIE_S });
	return 0;
}

/* 11 CCR 7060(b): who is not in any more is not asked to sign in for it. */
int web_portal_stop(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	enum kind kind = stop_kind(http_param(q, "kind"));
	struct portal_visit visit;
	int rc = load_visit(q, &visit, e);
	int is_offered;

	(void)ctx;
	if (rc < 0)
		return -1;
	is_offered =
		kind == KIND_NONE ? 0 : stop_is_offered(web_desk(q), kind, e);
	if (is_offered <= 0)
		return is_offered < 0 ? -1
				      : err_set(e, ERR_NOT_FOUND,
						"there is no such page");
	if (rc)
		return stop_now_for(q, r, &visit, kind, e);
	http_redirect(r, arena_fmt(q->arena, "/%s", kind_row(kind)->path));
	return 0;
}

/* --- what was made --- */

static str zip_path(struct http_request *q, str reference)
{
	return arena_fmt(q->arena, "%s/r/%.*s/zip", home, STR_ARG(reference));
}

/* Shown as the answer to a POST, as it leaves an entry; its links lead to requests, which
 * begin with who they are. */
int web_portal_package(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct portal_visit visit;
	struct package_open open;
	int rc = load_visit(q, &visit, e);

	if (rc > 0)
		rc = portal_show(
			web_desk(q), &visit, http_param(q, "ref"), &open, e);
	if (rc < 0)
		return -1;
	if (!rc) {
		go_home(r);
		return 0;
	}
	if (start_draft(q, r, &visit, KIND_CORRECT, e))
		return -1;
	return web_package_draw(ctx, q, r,
		&(struct package_frame){
			&open, zip_path(q, open.reference), str_of(home) },
		e);
}

int web_portal_zip(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct portal_visit visit;
	struct package_zip zip;
	struct reference ref;
	int rc = load_visit(q, &visit, e);

	if (rc > 0 && !reference_parse(http_param(q, "ref"), &ref))
		rc = 0;
	if (rc > 0)
		rc = portal_download(
			web_desk(q), &visit, reference_str(&ref), &zip, e);
	if (rc < 0)
		return -1;
	if (rc)
		web_package_send(ctx, q, r, &zip,
			reference_show(q->arena, reference_str(&ref)));
	else
		go_home(r);
	return 0;
}
