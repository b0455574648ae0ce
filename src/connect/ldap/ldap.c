/*
 * Systems that are LDAP directories: a table is the entries below a base that a
 * filter lets through, a column an attribute, and "dn" the name of an entry.
 *
 * LDAP has no read-only connection: what is opened to be read sends nothing that
 * writes.
 */
#include "base/base.h"
#include "connect/ldap/session.h"
#include "connect/secret.h"

static void directory_close(struct conn *conn)
{
	directory_link_drop(&directory_own(conn)->link);
}

static int directory_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	static const char *const schemes[] = { "ldap", "ldaps", NULL };
	static const struct url_form form = { schemes, false, false,
		"ldaps://NAME:PASSWORD@HOST:PORT" };
	struct directory_conn *c = arena_one(a, struct directory_conn);
	struct conn_url u;
	str url = str_of(o->url);

	(void)m;
	c->mode = o->mode;
	c->head.timeout_ms = o->timeout_ms;
	if (!o->url &&
		secret_read(a, o->credentials_dir, s->database, &url, e) < 0)
		return -1;
	c->link.pace = &c->head.pace;
	c->link.page = s->page_size;
	if (conn_url_read(a, url, &form, &u, e) < 0 ||
		directory_link_open(&c->link, a, &u, c->head.timeout_ms, e) < 0)
		return -1;
	*out = &c->head;
	return 0;
}

const struct connector connector_ldap = {
	.is_paced = true,
	.open = directory_open,
	.rows = directory_rows,
	.erase = directory_erase,
	.insert = directory_insert,
	.script = directory_script,
	.close = directory_close,
	.describe = directory_describe,
	.plan = directory_plan,
};
