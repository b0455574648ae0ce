/* What an authorized agent showed: to look at, and to accept. */
#include "desk/permission.h"
#include "web/desk_page.h"

/* The document as it came; of a signature that was typed, its two lines. */
int web_case_permission(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct permission p;
	const char *type;

	(void)ctx;
	if (permission_show(web_desk(q), http_param(q, "ref"), &p, e))
		return -1;
	type = permission_type(p.file);
	if (!p.file.n) {
		http_download(
			r, "text/plain; charset=utf-8", STR("permission.txt"));
		buf_fmt(&r->body, "Signed by: %.*s\nOn: %.*s\n",
			STR_ARG(p.signed_by.v), STR_ARG(p.signed_on));
		return 0;
	}
	must(type);
	http_download(r, type,
		arena_fmt(q->arena, "permission.%s",
			str_ends(str_of(type), STR("pdf"))   ? "pdf"
			: str_ends(str_of(type), STR("png")) ? "png"
							     : "jpg"));
	r->fixed = p.file;
	return 0;
}

int web_case_power(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int rc = permission_accept(web_desk(q), http_param(q, "ref"), e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, "power", e);
}
