/* From the YAML file to struct recipe: tables, look-ups, and the whole. */
#include "connect/http/recipe.h"

#include <string.h>

#include "base/base.h"
#include "base/file.h"
#include "connect/http/recipe_build.h"
#include "connect/name_words.h"

static const str paging_names[] = {
#define PAGING(NAME, name, part) STR_INIT(#name),
#include "connect/http/tbl/pagings.h"
};

/* Words of headers that show who asks. */
#define SECRET_HEADERS "authorization|cookie|token|secret|key|apikey|password"

static void read_header(
	struct yaml_reader *r, yaml_node_t *node, struct http_header *h)
{
	struct yaml_field f[] = { { "name", true, NULL },
		{ "value", true, NULL } };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a header"))
		return;
	yaml_text(r, &f[0], MAP_NAME_MAX, &h->name);
	yaml_text(r, &f[1], RECIPE_TEXT_MAX, &h->value);
	if (str_has(h->name, ':') || str_has(h->name, ' '))
		recipe_problem(r, yaml_line(f[0].value),
			"a header's name has no colon and no blank",
			"as in \"name: Accept\"");
	if (name_has_phrase(h->name, SECRET_HEADERS))
		yaml_problem(r, yaml_line(f[0].value),
			arena_fmt(r->arena,
				"the header \"%.*s\" would hold a secret, which "
				"belongs in no recipe",
				STR_ARG(h->name)),
			STR("\"auth\" sends it by its name: { type: header, "
			    "name: ..., secret: ... }"));
}

/* --- tables --- */

static void read_column(
	struct yaml_reader *r, yaml_node_t *node, struct http_column *c)
{
	struct yaml_field f[] = { { "name", true, NULL },
		{ "path", false, NULL } };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a column"))
		return;
	yaml_text(r, &f[0], MAP_NAME_MAX, &c->name);
	if (f[1].value)
		recipe_path(r, &f[1], &c->path);
	else
		c->path = json_path_member(r->arena, c->name);
}

struct look_fields {
	const struct yaml_field *paging;
	const struct yaml_field *cursor;
	const struct yaml_field *cursor_of_row;
	const struct yaml_field *more;
	const struct yaml_field *first;
};

static void check_paging(struct yaml_reader *r, const struct look_fields *f,
	const struct http_look *l)
{
	static const enum http_part parts[] = {
#define PAGING(NAME, name, part) HTTP_PART_##part,
#include "connect/http/tbl/pagings.h"
	};
	enum http_part part = parts[l->paging];
	bool needs_path =
		l->paging == HTTP_PAGING_CURSOR || l->paging == HTTP_PAGING_URL;
	bool has_path = f->cursor->value || f->cursor_of_row->value;

	if (part != HTTP_PART_ROW && !recipe_call_has(&l->call, part))
		yaml_problem(r, l->line,
			arena_fmt(r->arena,
				"nothing in the request has \"{%.*s}\"",
				STR_ARG(recipe_part_name(part))),
			STR("without it every page is the first"));
	if (needs_path != has_path)
		recipe_problem(r, l->line,
			needs_path ? "this paging needs \"cursor\", the path "
				     "to it in an answer"
				   : "\"cursor\" is for the pagings \"cursor\" "
				     "and \"url\"",
			needs_path ? "as in \"cursor: paging.next.after\""
				   : "leave it out, or name another paging");
	if (f->first->value && l->paging != HTTP_PAGING_PAGE)
		recipe_problem(r, yaml_line(f->first->value),
			"\"first\" is for the paging \"page\"",
			"leave it out, or write \"paging: page\"");
}

static void read_paging(
	struct yaml_reader *r, const struct look_fields *f, struct http_look *l)
{
	int word = yaml_word(r, f->paging, paging_names, COUNTOF(paging_names));

	l->paging = word < 0 ? HTTP_PAGING_NONE : (enum http_paging)word;
	l->first = 1;
	if (f->cursor->value)
		recipe_path(r, f->cursor, &l->cursor);
	if (f->cursor_of_row->value)
		recipe_path(r, f->cursor_of_row, &l->cursor);
	l->is_cursor_of_row = f->cursor_of_row->value;
	if (f->more->value)
		recipe_path(r, f->more, &l->more);
	yaml_int(r, f->first, 1000, &l->first);
	if (f->paging->value && word < 0)
		return;
	check_paging(r, f, l);
}

static void check_look(struct yaml_reader *r, const struct yaml_field *rows,
	const struct yaml_field *row, const struct http_look *l)
{
	bool one = recipe_call_has(&l->call, HTTP_PART_VALUE);
	bool many = recipe_call_has(&l->call, HTTP_PART_VALUES);

	if (rows->value && row->value)
		recipe_problem(r, yaml_line(row->value),
			"\"row\" and \"rows\" do not go together",
			"\"rows\" is a list, \"row\" the one row itself");
	if (l->by.n && !one && !many)
		recipe_problem(r, l->line,
			"a look-up needs \"{value}\" or \"{values}\" in its "
			"request",
			"without it everybody would be found");
	if (l->by.n && l->at_once > 1 && !many)
		recipe_problem(r, l->line,
			"\"at_once\" needs \"{values}\" in the request",
			"put it where the values go, or leave \"at_once\" out");
	if (!l->by.n && (one || many))
		recipe_problem(r, l->line,
			"a request for all rows has no \"{value}\"",
			"\"by\" names the column that it is looked up by");
}

static void read_look(
	struct yaml_reader *r, yaml_node_t *node, struct http_look *l)
{
	enum {
		BY,
		REQUEST,
		BODY,
		ROWS,
		ROW,
		AT_ONCE,
		PAGING_,
		CURSOR,
		OF_ROW,
		MORE,
		FIRST
	};
	struct yaml_field f[] = {
		[BY] = { "by", false, NULL },
		[REQUEST] = { "request", true, NULL },
		[BODY] = { "body", false, NULL },
		[ROWS] = { "rows", false, NULL },
		[ROW] = { "row", false, NULL },
		[AT_ONCE] = { "at_once", false, NULL },
		[PAGING_] = { "paging", false, NULL },
		[CURSOR] = { "cursor", false, NULL },
		[OF_ROW] = { "cursor_of_row", false, NULL },
		[MORE] = { "more", false, NULL },
		[FIRST] = { "first", false, NULL },
	};

	l->line = yaml_line(node);
	l->at_once = 1;
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a look-up"))
		return;
	yaml_text(r, &f[BY], MAP_NAME_MAX, &l->by);
	recipe_call(
		r, &f[REQUEST], "value values page offset cursor", &l->call);
	recipe_body(r, &f[BODY], &l->call);
	l->is_one = f[ROW].value;
	if (f[ROWS].value || f[ROW].value)
		recipe_path(r, l->is_one ? &f[ROW] : &f[ROWS], &l->rows);
	yaml_int(r, &f[AT_ONCE], RECIPE_AT_ONCE_MAX, &l->at_once);
	check_look(r, &f[ROWS], &f[ROW], l);
	read_paging(r,
		&(struct look_fields){ &f[PAGING_], &f[CURSOR], &f[OF_ROW],
			&f[MORE], &f[FIRST] },
		l);
}

/* A request that changes one row. */
static void read_change(struct yaml_reader *r, yaml_node_t *node,
	const char *allowed, struct http_call *c)
{
	struct yaml_field f[] = { { "request", true, NULL },
		{ "body", false, NULL } };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a request"))
		return;
	recipe_call(r, &f[0], allowed, c);
	recipe_body(r, &f[1], c);
	if (c->target.n && !recipe_call_has(c, HTTP_PART_KEY))
		recipe_problem(r, c->line, "the request needs \"{key}\"",
			"without it no row, or every row, is meant");
}

static void read_table(
	struct yaml_reader *r, yaml_node_t *node, struct http_table *t)
{
	enum { NAME, COLUMNS, FIND, ERASE, SET };
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[COLUMNS] = { "columns", true, NULL },
		[FIND] = { "find", true, NULL },
		[ERASE] = { "erase", false, NULL },
		[SET] = { "set", false, NULL },
	};

	t->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a table"))
		return;
	yaml_text(r, &f[NAME], MAP_NAME_MAX, &t->name);
	t->columns_n =
		yaml_items(r, f[COLUMNS].value, MAP_COLUMNS_MAX, "columns");
	t->columns = arena_many(r->arena, struct http_column, t->columns_n);
	for (size_t i = 0; i < t->columns_n; i++)
		read_column(
			r, yaml_item(r, f[COLUMNS].value, i), &t->columns[i]);
	t->looks_n = yaml_items(r, f[FIND].value, RECIPE_LOOKS_MAX, "find");
	t->looks = arena_many(r->arena, struct http_look, t->looks_n);
	for (size_t i = 0; i < t->looks_n; i++)
		read_look(r, yaml_item(r, f[FIND].value, i), &t->looks[i]);
	if (f[ERASE].value)
		t->erase_n = yaml_items(
			r, f[ERASE].value, RECIPE_CALLS_MAX, "erase");
	t->erase = arena_many(r->arena, struct http_call, t->erase_n);
	for (size_t i = 0; i < t->erase_n; i++)
		read_change(r, yaml_item(r, f[ERASE].value, i), "key",
			&t->erase[i]);
	if (!f[SET].value)
		return;
	t->set = arena_one(r->arena, struct http_call);
	read_change(r, f[SET].value, "key", t->set);
}

static void read_root(
	struct yaml_reader *r, yaml_node_t *root, struct recipe *out)
{
	enum { VERSION, URL, AUTH_, HEADERS, PER_SECOND, TRIES, CHECK, TABLES };
	static const str versions[] = { STR_INIT("1") };
	struct yaml_field f[] = {
		[VERSION] = { "version", true, NULL },
		[URL] = { "url", true, NULL },
		[AUTH_] = { "auth", true, NULL },
		[HEADERS] = { "headers", false, NULL },
		[PER_SECOND] = { "per_second", false, NULL },
		[TRIES] = { "tries", false, NULL },
		[CHECK] = { "check", true, NULL },
		[TABLES] = { "tables", true, NULL },
	};

	if (!yaml_mapping(r, root, f, COUNTOF(f), "a recipe"))
		return;
	yaml_word(r, &f[VERSION], versions, COUNTOF(versions));
	recipe_url(r, &f[URL], &out->url);
	recipe_auth(r, f[AUTH_].value, out);
	if (f[HEADERS].value)
		out->headers_n = yaml_items(
			r, f[HEADERS].value, RECIPE_HEADERS_MAX, "headers");
	out->headers = arena_many(r->arena, struct http_header, out->headers_n);
	for (size_t i = 0; i < out->headers_n; i++)
		read_header(
			r, yaml_item(r, f[HEADERS].value, i), &out->headers[i]);
	yaml_int(r, &f[PER_SECOND], RECIPE_PER_SECOND_MAX, &out->per_second);
	yaml_int(r, &f[TRIES], RECIPE_TRIES_MAX, &out->tries);
	recipe_call(r, &f[CHECK], "", &out->check);
	out->tables_n =
		yaml_items(r, f[TABLES].value, RECIPE_TABLES_MAX, "tables");
	out->tables = arena_many(r->arena, struct http_table, out->tables_n);
	for (size_t i = 0; i < out->tables_n; i++)
		read_table(
			r, yaml_item(r, f[TABLES].value, i), &out->tables[i]);
}

/* --- names --- */

const struct http_table *recipe_table(const struct recipe *r, str name)
{
	for (size_t i = 0; i < r->tables_n; i++)
		if (str_eq(r->tables[i].name, name))
			return &r->tables[i];
	return NULL;
}

const struct http_column *recipe_column(const struct http_table *t, str name)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (str_eq(t->columns[i].name, name))
			return &t->columns[i];
	return NULL;
}

const struct http_look *recipe_look(const struct http_table *t, str by)
{
	const struct http_look *all = NULL;

	for (size_t i = 0; i < t->looks_n; i++) {
		if (t->looks[i].by.n && str_eq(t->looks[i].by, by))
			return &t->looks[i];
		if (!t->looks[i].by.n)
			all = &t->looks[i];
	}
	return all;
}

static void check_names(struct yaml_reader *r, const struct recipe *out)
{
	for (size_t t = 0; t < out->tables_n; t++) {
		const struct http_table *tb = &out->tables[t];

		if (recipe_table(out, tb->name) != tb)
			yaml_problem(r, tb->line,
				arena_fmt(r->arena,
					"table \"%.*s\" stands twice",
					STR_ARG(tb->name)),
				STR("put what both say into one"));
		for (size_t i = 0; i < tb->looks_n; i++)
			if (tb->looks[i].by.n &&
				!recipe_column(tb, tb->looks[i].by))
				yaml_problem(r, tb->looks[i].line,
					arena_fmt(r->arena,
						"\"by\" names the column "
						"\"%.*s\", which the table "
						"does not list",
						STR_ARG(tb->looks[i].by)),
					STR("list it, or ask by another"));
	}
}

int recipe_parse(
	struct arena *a, str yaml, struct recipe *out, struct map_problems *ps)
{
	struct yaml_reader r;
	yaml_node_t *root;

	ps->n = 0;
	*out = (struct recipe){ .tries = 4 };
	root = yaml_load(&r, a, yaml, ps);
	if (root)
		read_root(&r, root, out);
	if (!ps->n)
		check_names(&r, out);
	yaml_sort_problems(ps);
	return ps->n ? -1 : 0;
}
