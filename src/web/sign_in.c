/*
 * Signing in and out.  What was typed as a passphrase goes nowhere but to the
 * check; one sentence answers for a wrong address and a wrong passphrase.
 */
#include "web/sign_in.h"

#include "desk/staff.h"
#include "web/html.h"
#include "web/web.h"

#define CONSOLE "/desk"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct sign_in_page *v, struct err *e)
{
	if (web_page(w, q, r, STR("Sign in"), &v->page, NULL, e))
		return -1;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_sign_in(&r->body, v);
	return 0;
}

int web_sign_in(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct sign_in_page v = { .problems = { .n = 0 } };
	str token = http_cookie(q, WEB_SESSION_COOKIE);
	int rc = staff_of_session(web_desk(q), token, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, STR(CONSOLE));
	return 0;
}

int web_sign_in_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct sign_in_page v = { .email = { http_form(q, "email") } };
	personal passphrase = { http_form(q, "passphrase") };
	str token;

	if (staff_sign_in(
		    web_desk(q), v.email.v, passphrase, q->peer, &token, e)) {
		if (e->code != ERR_DENIED)
			return -1;
		problem_add(&v.problems, "email", "denied",
			"The email or the passphrase is not right. Try again");
		return draw(ctx, q, r, &v, e);
	}
	/* Only the console's own pages get it. */
	http_cookie_set(r, (struct http_cookie){ .name = WEB_SESSION_COOKIE,
				   .value = token,
				   .path = CONSOLE });
	http_redirect(r, STR(CONSOLE));
	return 0;
}

int web_sign_out(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	if (staff_sign_out(web_desk(q), e))
		return -1;
	http_cookie_drop(r, WEB_SESSION_COOKIE, CONSOLE);
	http_flash(r, "signed-out");
	http_redirect(r, STR("/desk/sign-in"));
	return 0;
}
