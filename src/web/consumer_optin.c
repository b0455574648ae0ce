/*
 * Opting in again, in two acts.  The secret of the second one stands in the path
 * of its page and nowhere else; who gave an address gets it by letter.
 */
#include "desk/limit.h"
#include "desk/optin.h"
#include "desk/setting.h"
#include "desk/stop.h"
#include "law/state.h"
#include "web/html.h"
#include "web/language.h"
#include "web/optin.h"
#include "web/web.h"

/* What they want that needs it, in the words of the business (7028(b), (c)). */
static int fill_needs(
	struct http_request *q, bool is_sensitive, str *out, struct err *e)
{
	struct settings s;
	enum lang l;

	if (settings_load(web_desk(q), &s, e))
		return -1;
	l = language_of(q, &s);
	*out = is_sensitive ? setting_said(l, s.needs_sensitive,
				      s.needs_sensitive_es)
			    : setting_said(l, s.needs_sale, s.needs_sale_es);
	return 0;
}

static int draw_ask(struct web *w, struct http_request *q,
	struct http_response *r, struct optin_view *v, struct err *e)
{
	str title =
		v->is_sensitive ? STR("Allow it again") : STR("Opt back in");

	if (web_page(w, q, r, title, &v->page, NULL, e) ||
		(v->is_for_transaction &&
			fill_needs(q, v->is_sensitive, &v->needs, e)))
		return -1;
	v->page.is_private = true;
	v->nonce = optin_nonce(web_desk(q));
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	if (v->is_sensitive)
		html_optin_sensitive(&r->body, v->page.lang, v);
	else
		html_optin(&r->body, v->page.lang, v);
	return 0;
}

static bool is_for_transaction(str said)
{
	return str_eq(said, STR("transaction"));
}

static int ask(struct web *w, struct http_request *q, struct http_response *r,
	struct optin_view *v, struct err *e)
{
	v->is_for_transaction = is_for_transaction(http_query(q, "for"));
	return draw_ask(w, q, r, v, e);
}

static int ask_post(struct web *w, struct http_request *q,
	struct http_response *r, struct optin_view *v, struct err *e)
{
	struct optin_in in = {
		.kind = v->is_sensitive ? KIND_OPT_IN_SENSITIVE : KIND_OPT_IN,
		.email = { http_form(q, "email") },
		.nonce = http_form(q, "nonce"),
		.is_for_transaction = is_for_transaction(http_form(q, "for")),
		.channel = CHANNEL_WEB,
		.peer = q->peer,
	};
	struct optin_out out;

	v->email = in.email;
	v->is_for_transaction = in.is_for_transaction;
	if (http_form(q, "website").n) /* a field that people don't see */
		problem_add(&v->problems, "website", "filled",
			"Leave the field called website empty");
	else if (optin_ask(web_desk(q), &in, &out, &v->problems, e))
		return -1;
	if (v->problems.n)
		return draw_ask(w, q, r, v, e);
	http_redirect(r, out.token.n
				 ? arena_fmt(q->arena, "/opt-in/confirm/%.*s",
					   STR_ARG(out.token))
				 : STR("/opt-in/sent"));
	return 0;
}

int web_optin(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct optin_view v = { .is_sensitive = false };

	return ask(ctx, q, r, &v, e);
}

int web_optin_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct optin_view v = { .is_sensitive = false };

	return ask_post(ctx, q, r, &v, e);
}

/* Who makes no use that can be limited has none to ask for. */
static int check_offered(struct http_request *q, struct err *e)
{
	int rc = stop_is_offered(web_desk(q), KIND_LIMIT, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "there is no such page");
	return err_hint(e, "start from the list of requests");
}

int web_optin_sensitive(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct optin_view v = { .is_sensitive = true };

	return check_offered(q, e) ? -1 : ask(ctx, q, r, &v, e);
}

int web_optin_sensitive_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct optin_view v = { .is_sensitive = true };

	return check_offered(q, e) ? -1 : ask_post(ctx, q, r, &v, e);
}

int web_optin_sent(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct optin_sent_view v = { .days = LIMIT_OPT_IN_DAYS };

	if (web_page(ctx, q, r, STR("Step 2 is in your email"), &v.page, NULL,
		    e))
		return -1;
	v.page.is_private = true;
	html_optin_sent(&r->body, v.page.lang, &v);
	return 0;
}

static void go_to_done(
	struct http_request *q, struct http_response *r, const struct optin *o)
{
	http_redirect(r, arena_fmt(q->arena, "/opt-in/done?ref=%.*s",
				 STR_ARG(o->reference)));
}

/* Under 13 the way in is a parent's: the page says so, and leads to it. */
static void go_to_parent(struct http_response *r)
{
	http_redirect(r, STR("/teen/sent?by=parent"));
}

static int open_token(struct http_request *q, struct optin *o, struct err *e)
{
	int rc = optin_open(web_desk(q), http_param(q, "token"), o, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "this link is not valid");
	return err_hint(e, "ask again on our page, or call us");
}

static int draw_confirm(struct web *w, struct http_request *q,
	struct http_response *r, struct optin_confirm_view *v, struct err *e)
{
	str title = v->is_sensitive ? STR("Allow us to use it again?")
		    : v->is_minor   ? STR("Allow us to sell and share it?")
				  : STR("Allow us to sell and share it again?");

	if (web_page(w, q, r, title, &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->token = http_param(q, "token");
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	if (v->is_sensitive)
		html_optin_sensitive_confirm(&r->body, v->page.lang, v);
	else
		html_optin_confirm(&r->body, v->page.lang, v);
	return 0;
}

static int fill_confirm(struct http_request *q, const struct optin *o,
	struct optin_confirm_view *v, struct err *e)
{
	v->is_sensitive = o->kind == KIND_OPT_IN_SENSITIVE;
	v->is_identified = o->is_identified;
	v->is_minor = o->kind == KIND_OPT_IN_MINOR;
	v->is_parent = o->is_parent;
	return o->is_for_transaction
		       ? fill_needs(q, v->is_sensitive, &v->needs, e)
		       : 0;
}

int web_optin_confirm(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct optin_confirm_view v = { .is_identified = false };
	struct optin o;

	if (open_token(q, &o, e))
		return -1;
	if (!o.is_open) {
		go_to_done(q, r, &o);
		return 0;
	}
	if (o.needs_parent) {
		go_to_parent(r);
		return 0;
	}
	return fill_confirm(q, &o, &v, e) ? -1 : draw_confirm(ctx, q, r, &v, e);
}

int web_optin_decide(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str choice = http_form(q, "choice");
	bool allows = str_eq(choice, STR("yes"));
	struct optin_confirm_view v = { .is_identified = false };
	struct optin o;

	if (open_token(q, &o, e) || fill_confirm(q, &o, &v, e))
		return -1;
	if (!allows && !str_eq(choice, STR("no"))) {
		problem_add(&v.problems, "choice", "missing",
			"Choose one of the two");
		return draw_confirm(ctx, q, r, &v, e);
	}
	if (o.is_open && o.needs_parent && allows) {
		go_to_parent(r);
		return 0;
	}
	if (o.is_open &&
		optin_decide(web_desk(q), http_param(q, "token"), allows, e))
		return -1;
	go_to_done(q, r, &o);
	/* What this browser remembers is the person's choice, too. */
	if (o.is_open && allows && o.kind == KIND_OPT_IN)
		http_cookie_drop(r, WEB_OPT_OUT_COOKIE, NULL);
	return 0;
}

static bool is_opt_in(enum kind kind)
{
	return kind_row(kind)->flow == FLOW_OPT_IN ||
	       kind_row(kind)->flow == FLOW_OPT_IN_MINOR;
}

static str done_title(const struct optin_done_view *v)
{
	if (v->is_sensitive)
		return v->is_in ? STR("You allowed it again")
				: STR("Your limit stays");
	if (v->is_minor)
		return v->is_in ? STR("It is allowed")
				: STR("Nothing has changed");
	return v->is_in ? STR("You opted back in") : STR("You stay opted out");
}

int web_optin_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct optin_done_view v = { .has_signal =
					     web_opt_out_of(q) == PAGE_SIGNAL };
	struct status s;
	int rc = intake_status(
		web_desk(q), http_query(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc || !is_opt_in(s.kind) || s.is_open) {
		http_redirect(r, STR("/opt-in"));
		return 0;
	}
	v.is_minor = s.kind == KIND_OPT_IN_MINOR;
	v.is_sensitive = s.kind == KIND_OPT_IN_SENSITIVE;
	v.is_in = outcome_of(s.outcome) == OUTCOME_COMPLIED;
	if (web_page(ctx, q, r, done_title(&v), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	if (v.is_sensitive)
		html_optin_sensitive_done(&r->body, v.page.lang, &v);
	else
		html_optin_done(&r->body, v.page.lang, &v);
	return 0;
}
