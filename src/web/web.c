/*
 * What stands around every handler: a desk, who is there, and whether the form
 * came from a page of ours.
 *
 * What must stay true: a connection is held while a handler runs and never
 * longer; no handler of ACCESS_STAFF runs without a session, none that changes
 * something without the session's CSRF token.
 */
#include "web/web.h"

#include "base/base.h"
#include "desk/access.h"
#include "desk/staff.h"
#include "http/problem.h"
#include "web/language.h"

struct desk *web_desk(const struct http_request *q)
{
	return q->who;
}

static bool is_change(const struct http_request *q)
{
	return !(q->method & (HTTP_GET | HTTP_HEAD | HTTP_OPTIONS));
}

/*
 * Browsers say where a form was sent from.  Sec-Fetch-Site is the better word
 * (http/exchange.c refuses "cross-site" already); Origin is "null" for our own
 * pages too, as they send no referrer, and counts only when it names a host.
 */
static bool is_own_form(const struct http_request *q)
{
	str site = http_header(q, "Sec-Fetch-Site");
	str origin = http_header(q, "Origin");
	ptrdiff_t at = str_find(origin, STR("://"));

	if (site.n)
		return str_eq(site, STR("same-origin")) ||
		       str_eq(site, STR("none"));
	if (!origin.n || str_eq(origin, STR("null")))
		return true;
	return at > 0 && str_eq_nocase(str_from(origin, (size_t)at + 3),
				 http_header(q, "Host"));
}

static int check_form(const struct http_request *q, struct err *e)
{
	if (!is_change(q) || (q->route->flags & HTTP_ANY_ORIGIN) ||
		is_own_form(q))
		return 0;
	return err_set(e, ERR_DENIED,
		"this form was sent from a page of another site");
}

/* 0 go on, 1 it is answered. */
static int admit_staff(struct desk *d, const struct http_request *q,
	struct http_response *r, struct err *e)
{
	int rc = staff_of_session(d, http_cookie(q, WEB_SESSION_COOKIE), e);

	if (rc < 0)
		return -1;
	if (!rc && !is_change(q)) {
		http_redirect(r, STR("/desk/sign-in"));
		return 1;
	}
	if (!rc) {
		err_set(e, ERR_DENIED, "you are not signed in any more");
		return err_hint(e, "sign in and do it once more");
	}
	if (!is_change(q) || staff_csrf_is_right(d, http_form(q, "csrf")))
		return 0;
	err_set(e, ERR_DENIED, "this form is too old, or not from this desk");
	return err_hint(e, "go back, load the page again, and try once more");
}

static int admit_api(struct desk *d, const struct http_request *q,
	struct http_response *r, struct err *e)
{
	static const str bearer = STR_INIT("Bearer ");
	str given = http_header(q, "Authorization");
	str key = str_trim(str_from(given, bearer.n));
	int rc = 0;

	if (str_eq_nocase(str_head(given, bearer.n), bearer))
		rc = api_key_of(d, key, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_DENIED, "this needs an API key");
	err_hint(e, "send it as \"Authorization: Bearer KEY\"; `toyon key add` "
		    "makes one");
	r->status = 401;
	http_problem(q, r, e);
	http_set(r, "WWW-Authenticate", STR("Bearer"));
	return 1;
}

static int admit(struct desk *d, const struct http_request *q,
	struct http_response *r, struct err *e)
{
	switch ((enum access)q->route->access) {
	case ACCESS_STAFF:
		return check_form(q, e) ? -1 : admit_staff(d, q, r, e);
	case ACCESS_API:
		return admit_api(d, q, r, e);
	case ACCESS_FREE:
	case ACCESS_CONSUMER:
	case ACCESS_SIGN_IN:
		break;
	}
	return check_form(q, e);
}

/* A form is answered, and its letters are written, in the language of the page that it
 * stood on (11 CCR 7003(b)); where a page leads, others come back in it. */
static int speak(struct desk *d, struct http_request *q, struct err *e)
{
	if (!(q->route->flags & HTTP_LANGUAGES))
		return 0;
	return language_load(q, &d->lang, e);
}

static bool has_signal(const struct http_request *q)
{
	return http_header_is(q, "Sec-GPC", STR("1"));
}

int web_run(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	const struct web *w = ctx;
	const struct web_handler *h = &w->handlers[q->route - w->routes.at];
	struct desk desk;
	int rc;

	if (q->route->access == ACCESS_FREE)
		return h->call(h->ctx, q, r, e);
	if (desks_take(w->desks, q->arena, &desk, e))
		return -1;
	q->who = &desk;
	rc = admit(&desk, q, r, e);
	desk.has_signal = q->route->access == ACCESS_CONSUMER && has_signal(q);
	if (!rc)
		rc = speak(&desk, q, e);
	if (!rc)
		rc = h->call(h->ctx, q, r, e);
	if (rc >= 0 && r->status == 303)
		rc = language_lead(q, r, e);
	q->who = NULL;
	desks_give(w->desks, &desk);
	return rc < 0 ? -1 : 0;
}

/* --- what the pages show around their content --- */

str web_flash_text(str code)
{
	static const struct {
		const char *code;
		const char *text;
	} rows[] = {
#define FLASH(code, text) { code, text },
#include "web/tbl/flashes.h"
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(code, str_of(rows[i].code)))
			return str_of(rows[i].text);
	return (str){ 0 };
}

enum page_opt_out web_opt_out_of(const struct http_request *q)
{
	if (has_signal(q))
		return PAGE_SIGNAL;
	if (str_eq(http_cookie(q, WEB_OPT_OUT_COOKIE), STR("1")))
		return PAGE_CLICKED;
	return PAGE_NO_OPT_OUT;
}

/* The business's own page, else the one that was published here. */
static str policy_of(const struct settings *s, const struct notice_links *links)
{
	if (s->policy_url.n)
		return s->policy_url;
	for (size_t i = 0; i < links->n; i++)
		if (links->at[i].notice == NOTICE_POLICY)
			return links->at[i].path;
	return (str){ 0 };
}

/* Whoever types something here is told at collection, too (11 CCR 7012). */
static void put_notices(
	const struct notice_links *links, struct notice_links *out)
{
	*out = (struct notice_links){ links->at, 0 };
	for (size_t i = 0; i < links->n; i++)
		if (links->at[i].notice != NOTICE_POLICY)
			out->at[out->n++] = links->at[i];
}

int web_page(const struct web *w, struct http_request *q,
	struct http_response *r, str title, struct page *out,
	struct settings *settings, struct err *e)
{
	struct notice_links notices;
	struct settings s;

	if (settings_load(web_desk(q), &s, e) ||
		notice_links(web_desk(q), &notices, e))
		return -1;
	*out = (struct page){
		.lang = language_of(q, &s),
		.title = title,
		.is_demo = config_flag(w->install->config.demo),
		.business = s.business_name.n ? s.business_name
					      : STR("Privacy desk"),
		.legal_name = settings_legal_name(&s),
		.phone = s.phone,
		.phone_url = page_phone_url(q->arena, s.phone),
		.email = s.contact_email,
		.policy_url = policy_of(&s, &notices),
		.sells = config_flag(s.sells),
		.limits = config_flag(s.uses_sensitive),
		.publishes = config_flag(s.publishes),
		.opt_out = web_opt_out_of(q),
		.flash = web_flash_text(http_flash_take(q, r)),
	};
	language_links(q, &s, out);
	language_keep(q, r, out->lang);
	web_desk(q)->lang = out->lang;
	put_notices(&notices, &out->notices);
	if (settings)
		*settings = s;
	return 0;
}
