/*
 * What programs ask for: is it alive, what may be listed, is the signal honored.
 */
#include "base/json.h"
#include "web/web.h"

static void plain(struct http_response *r, const char *text)
{
	http_type(r, "text/plain; charset=utf-8");
	buf_puts(&r->body, text);
}

int web_healthz(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)q;
	(void)e;
	plain(r, "ok\n");
	return 0;
}

/* Ready is: a connection is to be had, and the database answers. */
int web_readyz(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	const struct web *w = ctx;
	struct desk desk;
	struct settings s;
	int rc;

	if (desks_take(w->desks, q->arena, &desk, e))
		return -1;
	rc = settings_load(&desk, &s, e);
	desks_give(w->desks, &desk);
	plain(r, "ok\n");
	return rc;
}

/* Opt-out pages that search engines may not list have been called out; what
 * belongs to one person or to staff is nobody's to list. */
int web_robots(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)q;
	(void)e;
	plain(r, "User-agent: *\nDisallow: /desk\nDisallow: /s/\n"
		 "Disallow: /v/\nDisallow: /api/\n");
	r->cache = "public, max-age=3600";
	return 0;
}

/* The GPC Support Resource of the Global Privacy Control specification. */
int web_gpc(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct settings s;
	struct json j;

	(void)ctx;
	if (settings_load(web_desk(q), &s, e))
		return -1;
	http_type(r, "application/json");
	r->cache = "public, max-age=3600";
	j = json_to(&r->body);
	json_begin_object(&j);
	json_put_bool(&j, "gpc", true);
	if (s.gpc_since.n)
		json_put(&j, "lastUpdate", s.gpc_since);
	json_end(&j);
	buf_putc(&r->body, '\n');
	return 0;
}
