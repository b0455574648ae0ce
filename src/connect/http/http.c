/* The connector: a recipe, and the service it is for. */
#include "connect/http/http.h"

#include "base/base.h"
#include "base/file.h"

int http_in_table(str table, struct err *e)
{
	return err_context(e, "table \"%.*s\"", STR_ARG(table));
}

int http_table_of(const struct http_conn *c, str name,
	const struct http_table **out, struct err *e)
{
	*out = recipe_table(&c->recipe, name);
	return *out ? 0
		    : err_set(e, ERR_INVALID, "the recipe has no such table");
}

int http_column_of(const struct http_table *t, str name,
	const struct http_column **out, struct err *e)
{
	*out = recipe_column(t, name);
	return *out ? 0
		    : err_set(e, ERR_INVALID,
			      "the recipe has no column \"%.*s\"",
			      STR_ARG(name));
}

static int ask_whether_it_is_there(struct http_conn *c, struct err *e)
{
	struct arena *a = arena_new(HTTP_ARENA_MAX);
	struct wire_request q = { .call = &c->recipe.check };
	struct wire_answer an = { 0 };
	int rc;

	q.url = arena_fmt(a, "%.*s%.*s", STR_ARG(c->recipe.url),
		STR_ARG(c->recipe.check.target));
	rc = wire_ask(c->wire, a, &q, &an, e);
	if (!rc && an.status >= 400)
		rc = wire_refused(&q, &an, e);
	arena_free(a);
	return rc;
}

static int http_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct http_conn *c = arena_one(a, struct http_conn);
	const char *path = o->url ? o->url
				  : path_join(a, arena_cstr(a, m->dir),
					    arena_cstr(a, s->database));

	c->head.timeout_ms = o->timeout_ms;
	c->mode = o->mode;
	if (recipe_read(a, path, &(struct recipe_of){ m, s }, &c->recipe, e) <
		0)
		return -1;
	/* The slower of what the recipe and the map allow. */
	if (s->rate &&
		(!c->recipe.per_second || s->rate < c->recipe.per_second))
		c->recipe.per_second = s->rate;
	if (wire_open(a, &c->recipe, o->credentials_dir, c->head.timeout_ms,
		    &c->wire, e) < 0)
		return -1;
	wire_share(c->wire, o->paces, s->name);
	*out = &c->head;
	return ask_whether_it_is_there(c, e);
}

static int http_insert(struct conn *c, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	(void)c;
	(void)tables;
	(void)n;
	(void)next;
	(void)ctx;
	(void)added;
	return err_set(e, ERR_INVALID, "rows can't be added through a recipe");
}

static int http_script(struct conn *c, str statements, struct err *e)
{
	(void)c;
	(void)statements;
	return err_set(e, ERR_INVALID, "an API takes no statements");
}

static void http_close(struct conn *c)
{
	(void)c; /* The wire ends with the arena. */
}

const struct connector connector_http = {
	.is_paced = true,
	.open = http_open,
	.rows = http_rows,
	.erase = http_erase,
	.insert = http_insert,
	.script = http_script,
	.close = http_close,
	.describe = http_describe,
	.plan = http_plan,
};
