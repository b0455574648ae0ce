#ifndef T_CONNECT_FIXTURE_HTTP_H
#define T_CONNECT_FIXTURE_HTTP_H

#include "base/enc.h"
#include "base/file.h"
#include "t/connect/fixture.h"

/*
 * A recipe for any data map of the tests, for the services of
 * t/connect/http_server.py: each table is spoken to in another of its manners.
 */
enum { RECIPE_MANNERS = 5 };

/* In double quotes of YAML. */
static inline str recipe_quoted(struct arena *a, str s)
{
	struct buf b = buf_in(a, 4 * s.n + 3);

	buf_putc(&b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_putc(&b, '\\');
		buf_putc(&b, s.p[i]);
	}
	buf_putc(&b, '"');
	return buf_str(&b);
}

static inline void recipe_look_put(struct arena *a, struct buf *b,
	const struct map_table *t, size_t manner, const struct map_column *c)
{
	static const char *const requests[RECIPE_MANNERS] = {
		"search, rows: results, paging: cursor, cursor: "
		"paging.next.after",
		"page?page={page}%s, rows: items, paging: page",
		"link%s, rows: rows, paging: link",
		"offset?offset={offset}%s, paging: offset",
		"url%s, rows: rows, paging: url, cursor: next",
	};
	bool starts = manner == 2 || manner == 4;
	bool is_alike = c && c->is_identifier;
	str query = { 0 }, form = str_of(requests[manner]);

	if (c)
		query = arena_fmt(a, "%ccolumn=%.*s&values={values}%s",
			starts ? '?' : '&', STR_ARG(url_encode(a, c->name)),
			is_alike ? "&alike=1" : "");
	buf_puts(b, "      - { ");
	if (c)
		buf_fmt(b, "by: %.*s, at_once: %d, ",
			STR_ARG(recipe_quoted(a, c->name)),
			manner ? 300 : 5000);
	buf_fmt(b, "request: \"%s /t/%.*s/", manner ? "GET" : "POST",
		STR_ARG(url_encode(a, t->name)));
	form = fixture_with(a, arena_cstr(a, form), "%s",
		query.n ? arena_cstr(a, query) : "");
	form = fixture_with(a, arena_cstr(a, form), ", rows", "\", rows");
	if (manner == 3)
		form = fixture_with(
			a, arena_cstr(a, form), ", paging", "\", paging");
	buf_put(b, form);
	if (!manner && c)
		buf_fmt(b, ", body: %.*s",
			STR_ARG(recipe_quoted(
				a, arena_fmt(a,
					   "{\"column\": %.*s, \"values\": "
					   "[\"{values}\"], \"alike\": %s, "
					   "\"after\": \"{cursor}\"}",
					   STR_ARG(recipe_quoted(a, c->name)),
					   is_alike ? "true" : "false"))));
	else if (!manner)
		buf_puts(b, ", body: '{\"after\": \"{cursor}\"}'");
	buf_puts(b, " }\n");
}

static inline void recipe_table_put(struct arena *a, struct buf *b,
	const struct map_table *t, size_t manner)
{
	str table = url_encode(a, t->name);
	str key = url_encode(a, t->columns[t->key].name);

	buf_fmt(b, "  - name: %.*s\n    columns:\n",
		STR_ARG(recipe_quoted(a, t->name)));
	for (size_t i = 0; i < t->columns_n; i++) {
		str name = t->columns[i].name;

		buf_fmt(b, "      - { name: %.*s",
			STR_ARG(recipe_quoted(a, name)));
		if (!manner)
			buf_fmt(b, ", path: %.*s",
				STR_ARG(recipe_quoted(
					a, arena_fmt(a, "properties.%.*s",
						   STR_ARG(recipe_quoted(
							   a, name))))));
		buf_puts(b, " }\n");
	}
	buf_puts(b, "    find:\n");
	for (size_t i = 0; i < t->columns_n; i++)
		recipe_look_put(a, b, t, manner, &t->columns[i]);
	recipe_look_put(a, b, t, manner, NULL);
	buf_fmt(b,
		"    erase: [ { request: \"DELETE /t/%.*s/rows/{key}?key=%.*s\""
		" } ]\n"
		"    set: { request: \"PATCH /t/%.*s/rows/{key}?key=%.*s\" }\n",
		STR_ARG(table), STR_ARG(key), STR_ARG(table), STR_ARG(key));
}

/* The file with the recipe, for the service over this SQLite file. */
static inline const char *recipe_write(
	struct fixture *f, const char *base, const char *db)
{
	struct buf b = buf_in(f->a, 1 << 20);
	const char *path = fixture_file(f->a);
	struct err e = { 0 };

	buf_fmt(&b,
		"version: 1\nurl: %s/db/%.*s\n"
		"auth: { type: bearer, secret: test_http }\n"
		"check: GET /ping\ntables:\n",
		base, STR_ARG(url_encode(f->a, str_of(db))));
	for (size_t t = 0; t < f->system->tables_n; t++)
		recipe_table_put(
			f->a, &b, &f->system->tables[t], t % RECIPE_MANNERS);
	must(buf_ok(&b));
	if (file_replace(path, buf_str(&b), 0600, &e))
		fixture_die("recipe", e.message);
	setenv("TOYON_SECRET_TEST_HTTP", "geheim", 1);
	return path;
}

#endif
