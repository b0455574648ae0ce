/* The public pages of notices. */
#include "web/notice.h"

#include "web/html.h"
#include "words/words.h"

/* Those that were in force, with the one that is shown marked. */
static void fill_versions(struct desk *d, const struct notice_versions *all,
	const struct notice_version *shown, struct notice_version_lines *out)
{
	out->at = arena_many(d->arena, struct notice_version_line, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const struct notice_version *v = &all->at[i];

		if (v->notice != shown->notice ||
			date_cmp(v->from, desk_today(d)) > 0)
			continue;
		out->at[out->n++] = (struct notice_version_line){
			.of = v,
			.from = words_date(d->arena, d->lang, v->from),
			.is_current = v->version == shown->version,
		};
	}
}

/* The day from which on another one held; empty for the one in force. */
static str until_of(const struct notice_version_lines *lines)
{
	for (size_t i = 1; i < lines->n; i++)
		if (lines->at[i].is_current)
			return lines->at[i - 1].from;
	return (str){ 0 };
}

static int fill(struct http_request *q, const struct notice_version *v,
	struct notice_page *out, struct err *e)
{
	struct desk *d = web_desk(q);
	struct notice_versions *all =
		arena_one(q->arena, struct notice_versions);
	bool is_in;

	if (notice_versions(d, all, e))
		return -1;
	fill_versions(d, all, v, &out->older);
	out->path = notice_place(v->notice)->path;
	out->from = words_date(q->arena, d->lang, v->from);
	out->until = until_of(&out->older);
	out->body = notice_body(q->arena, notice_text_in(v, d->lang, &is_in));
	out->is_english = !is_in;
	return 0;
}

int web_notice(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct notice_page v = { .path = "" };
	struct notice_version shown;
	int64_t version = 0;
	enum notice n;
	int rc;

	if (http_query(q, "version").n &&
		(!str_int(http_query(q, "version"), &version) || version < 1))
		return err_set(e, ERR_NOT_FOUND, "there is no such page");
	if (notice_named(http_param(q, "kind"), &n, e))
		return err_set(e, ERR_NOT_FOUND, "there is no such page");
	rc = notice_version(web_desk(q), n, version, &shown, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such page");
	/* The page knows its language first. */
	if (web_page(ctx, q, r, str_of(notice_row(n)->title), &v.page, NULL,
		    e) ||
		fill(q, &shown, &v, e))
		return -1;
	html_notice(&r->body, v.page.lang, &v);
	return 0;
}
