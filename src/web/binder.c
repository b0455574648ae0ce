/* The evidence file of a case: asked for, waited for, downloaded. */
#include "web/binder.h"

#include "web/html.h"

enum { KB = 1000, LOOK_AGAIN_SECONDS = 2 };

int web_binder(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct binder_view v = { .path = { NULL, 0 } };
	struct binder_row x;
	int rc = binder_look(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (desk_page_fill(ctx, q, r, STR("Evidence"), &v.page, e))
		return -1;
	v.x = &x;
	v.path = desk_case_path(q->arena, x.reference, "");
	if (x.made_at)
		v.made = instant_words_year(q->arena, x.made_at);
	v.size = arena_fmt(
		q->arena, "%lld KB", (long long)((x.bytes + KB - 1) / KB));
	if (x.state == BINDER_WANTED)
		http_set(r, "Refresh",
			arena_fmt(q->arena, "%d", LOOK_AGAIN_SECONDS));
	html_binder(&r->body, &v);
	return 0;
}

int web_binder_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);

	(void)ctx;
	if (binder_want(d, http_param(q, "ref"), e))
		return desk_back_to_case(q, r, -1, "changed", e);
	http_redirect(
		r, desk_case_path(q->arena, http_param(q, "ref"), "/evidence"));
	return 0;
}

int web_binder_zip(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct binder_zip zip;

	(void)ctx;
	if (binder_download(web_desk(q), http_param(q, "ref"), &zip, e))
		return -1;
	http_download(r, "application/zip",
		arena_fmt(
			q->arena, "evidence-%.*s.zip", STR_ARG(zip.reference)));
	r->fixed = zip.bytes;
	return 0;
}
