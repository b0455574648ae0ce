/* A statement on health information: giving it, and reading it. */
#include "web/statement.h"

#include "desk/intake.h"
#include "desk/limit.h"
#include "web/html.h"
#include "web/web.h"

struct statement_parts statement_parts_fill(struct http_request *q,
	const struct statement_page *page, const struct problems *ps)
{
	struct arena *a = q->arena;
	struct statement_parts out = { arena_many(a, struct statement_part,
					       page->items.n),
		page->items.n };

	for (size_t i = 0; i < out.n; i++) {
		const char *name = statement_field(a, i);

		out.at[i] = (struct statement_part){
			.number = out.n > 1 ? arena_fmt(a, "%zu", i + 1)
					    : STR(""),
			.name = str_of(name),
			.id = arena_fmt(a, "f-%s", name),
			.text = { http_form(q, name) },
			.problem = problem_of(ps, name),
			.is_given = page->items.given_at[i] > 0,
		};
	}
	return out;
}

struct statement_texts statement_texts_read(const struct http_request *q)
{
	struct statement_texts out;

	for (size_t i = 0; i < COUNTOF(out.at); i++)
		out.at[i] = http_form(q, statement_field(q->arena, i));
	return out;
}

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
	v->is_done = !page.can_give;
	v->is_begun = page.is_given;
	v->parts = statement_parts_fill(q, &page, &v->problems);
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_statement_page(&r->body, v->page.lang, v);
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
	struct statement_view v = { .is_code_sent = true };
	struct statement_texts texts = statement_texts_read(q);
	bool sends = http_form(q, "send").n > 0;
	str ref = http_param(q, "ref");

	if (sends ? statement_send_code(web_desk(q), ref, &v.problems, e)
		  : statement_give(web_desk(q), ref, &texts,
			    http_form(q, "code"), &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s/statement%s",
				 STR_ARG(ref), sends ? "?sent=1" : ""));
	return 0;
}

/* --- for staff --- */

struct health_stays health_stays_read(const struct http_request *q)
{
	return (struct health_stays){ str_eq(http_form(q, "health"),
					      STR("yes")),
		http_form(q, "health_items") };
}

int statement_card_fill(struct http_request *q, const struct desk_page *page,
	struct statement_card *out, struct err *e)
{
	struct statement_page s;
	str reference = http_param(q, "ref");
	int rc = statement_page(web_desk(q), reference, &s, e);

	*out = (struct statement_card){ .csrf = page->csrf };
	if (rc <= 0)
		return rc;
	out->path = desk_case_path(q->arena, reference, "");
	out->can_enter = s.is_open && desk_may(web_desk(q), PERM_INTAKE);
	out->is_given = s.is_given;
	if (!s.is_given)
		return 0;
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
