/*
 * Account holders confirm a request on the business's own site.  Its key is read for
 * each call: the process keeps none.
 */
#include <sodium.h>

#include "base/enc.h"
#include "connect/secret.h"
#include "desk/config.h"
#include "desk/install.h"
#include "law/reference.h"
#include "web/account.h"
#include "web/html.h"
#include "web/web.h"

static int not_there(struct err *e)
{
	err_set(e, ERR_NOT_FOUND,
		"there is no request with this number that an account could "
		"confirm");
	return err_hint(e, "see where your request stands");
}

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	struct account_view *v, struct err *e)
{
	int rc = account_way(
		web_desk(q), http_param(q, "ref"), q->peer, &v->way, e);

	if (rc <= 0)
		return rc < 0 ? -1 : not_there(e);
	if (web_page(w, q, r, STR("Confirm with your account"), &v->page, NULL,
		    e))
		return -1;
	v->page.is_private = true;
	if (v->is_refused)
		r->status = 422;
	html_account(&r->body, v->page.lang, v);
	return 0;
}

/* The number as it was typed, whatever stands in it. */
static void go_to(
	struct http_request *q, struct http_response *r, const char *page)
{
	str ref = url_encode(q->arena, http_param(q, "ref"));

	http_redirect(r, arena_fmt(q->arena, "/s/%.*s%s", STR_ARG(ref), page));
}

int web_account(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct account_view v = { .is_refused = false };

	return draw(ctx, q, r, &v, e);
}

/* The form comes from the business's site: what it brings names the person, and stands
 * in no address. */
int web_account_back(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct account_view v = { .assertion = http_form(q, "assertion") };

	return draw(ctx, q, r, &v, e);
}

int web_account_again(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	(void)ctx;
	(void)e;
	go_to(q, r, "/account");
	return 0;
}

/* What is wrong with the key is the operator's to know: `toyon doctor` says it. */
int web_account_key(const struct web *w, struct http_request *q,
	struct assertion_key *out, struct err *e)
{
	const struct install *in = w->install;
	struct err why;
	str text;

	if (!secret_read(q->arena, install_path(in, in->config.credentials),
		    STR("account_key"), &text, &why) &&
		!assertion_key_read(text, out, &why))
		return 0;
	return err_set(
		e, ERR_UNAVAILABLE, "accounts can't be checked at the moment");
}

int web_account_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str ref = http_param(q, "ref");
	struct account_view v = { .is_refused = true };
	struct assertion_key key;
	bool is_taken;
	int rc;

	if (!account_is_offered(web_desk(q)))
		return not_there(e);
	if (web_account_key(ctx, q, &key, e))
		return err_hint(e, "use the code that we sent you");
	rc = account_confirm(web_desk(q), ref, &key, http_form(q, "assertion"),
		&is_taken, e);
	sodium_memzero(&key, sizeof key);
	if (rc)
		return -1;
	if (!is_taken)
		return draw(ctx, q, r, &v, e);
	go_to(q, r, "");
	return 0;
}
