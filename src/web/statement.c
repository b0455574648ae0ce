/* A statement on health information: giving it, and reading it. */
#include "web/statement.h"

#include "desk/intake.h"
#include "desk/limit.h"
#include "web/html.h"
#include "web/web.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct statement_view *v, struct err *e)
{
	struct statement_page page;
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc > 0)
		rc = statement_page(web_desk(q), s.reference, &page, e);
	if (rc < 0)
		return -1;
	if (!rc || (!page.can_give && !page.is_given)) {
		err_set(e, ERR_NOT_FOUND,
			"there is no statement to give under this number");
		return err_hint(e, "see where your request stands");
	}
	if (web_page(w, q, r, STR("Add your statement"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->reference = s.reference;
	v->is_by_sms = s.is_code_by_sms;
	v->minutes = LIMIT_CODE_MINUTES;
	v->words_max = page.words_max;
	v->is_done = page.is_given;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_statement_page(&r->body, v);
	return 0;
}

int web_statement(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct statement_view v = { .is_code_sent =
					    http_query(q, "sent").n > 0 };

	return draw(ctx, q, r, &v, e);
}

int web_statement_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct statement_view v = { .is_code_sent = true,
		.text = { http_form(q, "text") } };
	bool sends = http_form(q, "send").n > 0;
	str ref = http_param(q, "ref");

	if (sends ? statement_send_code(web_desk(q), ref, &v.problems, e)
		  : statement_give(web_desk(q), ref, v.text.v,
			    http_form(q, "code"), &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s/statement%s",
				 STR_ARG(ref), sends ? "?sent=1" : ""));
	return 0;
}

/* --- for staff --- */

int statement_card_fill(struct http_request *q, const struct desk_page *page,
	struct statement_card *out, struct err *e)
{
	struct statement_page s;
	str reference = http_param(q, "ref");
	int rc = statement_page(web_desk(q), reference, &s, e);

	*out = (struct statement_card){ .csrf = page->csrf };
	if (rc <= 0 || !s.is_given)
		return rc < 0 ? -1 : 0;
	out->is_given = true;
	out->path = desk_case_path(q->arena, reference, "");
	out->day = date_words(q->arena, date_pacific(s.given_at));
	out->can_show = desk_may(web_desk(q), PERM_REVEAL);
	return 0;
}

int web_case_statement(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	personal text;

	(void)ctx;
	if (statement_show(web_desk(q), http_param(q, "ref"), &text, e))
		return -1;
	http_download(r, "text/plain; charset=utf-8", STR("statement.txt"));
	buf_put(&r->body, text.v);
	buf_putc(&r->body, '\n');
	return 0;
}
