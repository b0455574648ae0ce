/* The public pages of notices. */
#include "web/notice.h"

#include "web/html.h"

/* Those that were in force, with the one that is shown marked. */
static void fill_versions(struct arena *a, const struct notice_versions *all,
	const struct notice_version *shown, struct date today,
	struct notice_version_lines *out)
{
	out->at = arena_many(a, struct notice_version_line, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const struct notice_version *v = &all->at[i];

		if (v->notice != shown->notice || date_cmp(v->from, today) > 0)
			continue;
		out->at[out->n++] = (struct notice_version_line){ v,
			date_words(a, v->from), v->version == shown->version };
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

	if (notice_versions(d, all, e))
		return -1;
	fill_versions(q->arena, all, v, desk_today(d), &out->older);
	out->path = notice_place(v->notice)->path;
	out->from = date_words(q->arena, v->from);
	out->until = until_of(&out->older);
	out->body = notice_body(q->arena, v->text);
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
	if (fill(q, &shown, &v, e) ||
		web_page(ctx, q, r, str_of(notice_row(n)->title), &v.page, NULL,
			e))
		return -1;
	html_notice(&r->body, &v);
	return 0;
}
