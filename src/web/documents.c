/* Documents that a consumer sends to prove a correction: sending, and looking. */
#include "web/documents.h"

#include "desk/intake.h"
#include "web/html.h"
#include "web/web.h"
#include "words/words.h"

enum { KIB = 1024 };

struct document_lines documents_lines(
	struct arena *a, enum lang l, const struct documents *d)
{
	struct document_lines out = { .n = d->n };

	out.at = arena_many(a, struct document_line, d->n);
	for (size_t i = 0; i < d->n; i++) {
		const struct document *one = &d->at[i];

		out.at[i] = (struct document_line){ .id = one->id,
			.day = words_date(a, l, date_pacific(one->given_at)),
			.kib = (one->bytes + KIB - 1) / KIB };
		if (one->destroyed_at)
			out.at[i].destroyed = words_date(
				a, l, date_pacific(one->destroyed_at));
	}
	return out;
}

str documents_file(const struct http_request *q, str field)
{
	for (size_t i = 0; i < q->files.n; i++)
		if (str_eq(q->files.at[i].field, field))
			return q->files.at[i].bytes;
	return STR("");
}

/* --- the consumer's page --- */

int documents_href(
	struct http_request *q, str reference, str *out, struct err *e)
{
	struct correct_documents docs;
	int rc = correct_documents(web_desk(q), reference, &docs, e);

	*out = STR("");
	if (rc > 0 && docs.can_send)
		*out = arena_fmt(
			q->arena, "/s/%.*s/documents", STR_ARG(reference));
	return rc < 0 ? -1 : 0;
}

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	struct documents_view *v, struct err *e)
{
	struct correct_documents docs;
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc > 0)
		rc = correct_documents(web_desk(q), s.reference, &docs, e);
	if (rc < 0)
		return -1;
	if (!rc || !docs.is_asked) {
		err_set(e, ERR_NOT_FOUND,
			"there is no request to correct with this reference "
			"number");
		return err_hint(e, "check it against our letter");
	}
	if (web_page(w, q, r, STR("Send us a document"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->reference = s.reference;
	v->can_send = docs.can_send;
	v->sent = documents_lines(q->arena, v->page.lang, &docs.sent);
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_documents_page(&r->body, v->page.lang, v);
	return 0;
}

int web_documents(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct documents_view v = { .is_sent = http_query(q, "sent").n > 0 };

	return draw(ctx, q, r, &v, e);
}

int web_documents_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct documents_view v = { .is_sent = false };

	if (correct_document_send(web_desk(q), http_param(q, "ref"),
		    documents_file(q, STR("file")), q->peer, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s/documents?sent=1",
				 STR_ARG(http_param(q, "ref"))));
	return 0;
}

/* --- for staff --- */

int documents_card_fill(struct http_request *q, const struct desk_page *page,
	struct documents_card *out, struct err *e)
{
	struct correct_documents docs;
	str reference = http_param(q, "ref");
	int rc = correct_documents(web_desk(q), reference, &docs, e);

	*out = (struct documents_card){ .csrf = page->csrf };
	if (rc <= 0)
		return rc;
	out->path = desk_case_path(q->arena, reference, "");
	out->can_show = docs.can_show;
	out->can_discard = docs.can_discard;
	out->sent = documents_lines(q->arena, LANG_EN, &docs.sent);
	return 0;
}

void documents_download(const struct http_request *q, struct http_response *r,
	const char *name, str file)
{
	const char *type = document_type(file);

	must(type);
	http_download(r, type,
		arena_fmt(q->arena, "%s.%.*s", name,
			STR_ARG(document_ending(type))));
	r->fixed = file;
}

int64_t documents_id(const struct http_request *q)
{
	int64_t id;

	return str_int(http_form(q, "id"), &id) ? id : 0;
}

int web_case_document(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	str file;

	(void)ctx;
	if (correct_document_show(web_desk(q), http_param(q, "ref"),
		    documents_id(q), &file, e))
		return -1;
	documents_download(q, r, "document", file);
	return 0;
}

int web_case_document_discard(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	int rc = document_discard(web_desk(q), DOCUMENT_CORRECTION,
		http_param(q, "ref"), documents_id(q), e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, "discarded", e);
}
