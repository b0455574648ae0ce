/*
 * From the YAML file to struct recipe.  The JSON of a body is read here, so that
 * a value is put into a tree later and never into a text.
 */
#include "connect/http/recipe.h"

#include <string.h>

#include "base/base.h"
#include "base/file.h"
#include "base/json.h"
#include "connect/yaml.h"

static const str auth_names[] = {
#define AUTH(NAME, name, needs, may) STR_INIT(#name),
#include "connect/http/tbl/auths.h"
};

static const str paging_names[] = {
#define PAGING(NAME, name, part) STR_INIT(#name),
#include "connect/http/tbl/pagings.h"
};

static const str part_names[] = {
#define PART(NAME, name) STR_INIT(#name),
#include "connect/http/tbl/parts.h"
};

bool http_next_part(str text, size_t from, struct http_place *out)
{
	str rest = str_from(text, from), head, tail;

	if (!str_cut(rest, '{', &head, &tail))
		return false;
	out->at = from + head.n;
	if (!str_cut(tail, '}', &out->word, &rest))
		return false;
	out->n = out->word.n + 2;
	out->part = HTTP_PARTS;
	for (size_t i = 0; i < COUNTOF(part_names); i++)
		if (str_eq(part_names[i], out->word))
			out->part = (enum http_part)i;
	return true;
}

bool http_url_is_safe(str url)
{
	static const char *const here[] = { "http://127.0.0.1",
		"http://localhost", "http://[::1]" };

	if (str_has(url, '@') || str_has(url, '#') || str_has(url, '\\') ||
		str_has(url, ' ') || !str_is_text(url))
		return false;
	for (size_t i = 0; i < COUNTOF(here); i++) {
		str rest = str_from(url, strlen(here[i]));

		if (str_starts(url, str_of(here[i])) &&
			(!rest.n || rest.p[0] == ':' || rest.p[0] == '/'))
			return true;
	}
	return str_starts(url, STR("https://")) && url.n > strlen("https://");
}

/* --- parts of a recipe --- */

static void problem(
	struct yaml_reader *r, int line, const char *text, const char *hint)
{
	yaml_problem(r, line, str_of(text), str_of(hint));
}

static void read_url(
	struct yaml_reader *r, const struct yaml_field *f, str *out)
{
	yaml_text(r, f, RECIPE_TEXT_MAX, out);
	if (!out->n)
		return;
	if (!http_url_is_safe(*out) || str_has(*out, '?'))
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena,
				"\"%s\" must be https://HOST[/PATH], without "
				"more",
				f->key),
			STR("http:// is for this machine itself"));
	while (str_ends(*out, STR("/")))
		out->n--;
}

static void read_path(struct yaml_reader *r, const struct yaml_field *f,
	struct json_path *out)
{
	str text = { 0 };
	const char *fault;

	if (!yaml_is_empty(f))
		yaml_text(r, f, MAP_NAME_MAX, &text);
	fault = json_path_read(r->arena, text, out);
	if (fault)
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"%s\" %s", f->key, fault),
			STR("it is written as contact.emails[0].address"));
}

static bool has_word(const char *words, const char *word)
{
	str rest = str_of(words), one;

	while (str_next(&rest, ' ', &one))
		if (str_eq(one, str_of(word)))
			return true;
	return false;
}

static bool is_allowed(enum http_part p, const char *allowed)
{
	return has_word(allowed, part_names[p].p);
}

static str suggest_part(struct yaml_reader *r, str word, const char *allowed)
{
	str names[HTTP_PARTS];
	size_t n = 0;

	for (size_t i = 0; i < HTTP_PARTS; i++)
		if (is_allowed((enum http_part)i, allowed))
			names[n++] = part_names[i];
	return yaml_suggest(r->arena, word, names, n);
}

static void check_parts(
	struct yaml_reader *r, int line, str text, const char *allowed)
{
	struct http_place p = { 0 };

	for (size_t at = 0; http_next_part(text, at, &p); at = p.at + p.n)
		if (p.part == HTTP_PARTS || !is_allowed(p.part, allowed))
			yaml_problem(r, line,
				arena_fmt(r->arena,
					"nothing is known here that \"{%.*s}\" "
					"could stand for",
					STR_ARG(str_head(p.word, 40))),
				suggest_part(r, p.word, allowed));
}

static void read_body(
	struct yaml_reader *r, const struct yaml_field *f, struct http_call *c)
{
	str text = { 0 };
	struct err e = { 0 };

	yaml_text(r, f, RECIPE_TEXT_MAX, &text);
	if (text.n && json_read(r->arena, text, RECIPE_TEXT_MAX, &c->body, &e))
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"%s\": %s", f->key, e.message),
			STR("a body is JSON in single quotes"));
}

/* "GET /contacts/{value}" */
static void read_call(struct yaml_reader *r, const struct yaml_field *f,
	const char *allowed, struct http_call *c)
{
	static const str methods[] = { STR_INIT("GET"), STR_INIT("POST"),
		STR_INIT("PUT"), STR_INIT("PATCH"), STR_INIT("DELETE") };
	str text = { 0 };
	size_t i = 0;

	yaml_text(r, f, RECIPE_TEXT_MAX, &text);
	if (!text.n)
		return;
	c->line = yaml_line(f->value);
	str_cut(text, ' ', &c->method, &c->target);
	while (i < COUNTOF(methods) && !str_eq(methods[i], c->method))
		i++;
	if (i == COUNTOF(methods) || !str_starts(c->target, STR("/")) ||
		str_starts(c->target, STR("//")) || str_has(c->target, ' ') ||
		str_has(c->target, '#') || str_has(c->target, '\\')) {
		problem(r, c->line,
			"a request is written as GET /path, below \"url\"",
			"GET, POST, PUT, PATCH, DELETE; a blank is %20");
		return;
	}
	check_parts(r, c->line, c->target, allowed);
}

static void read_auth_field(struct yaml_reader *r, const struct yaml_field *f,
	int type, int line, str *out)
{
	static const char *const needs[] = {
#define AUTH(NAME, name, needs, may) needs,
#include "connect/http/tbl/auths.h"
	};
	static const char *const may[] = {
#define AUTH(NAME, name, needs, may) may,
#include "connect/http/tbl/auths.h"
	};
	bool is_needed;

	yaml_text(r, f, RECIPE_TEXT_MAX, out);
	if (type < 0)
		return;
	is_needed = has_word(needs[type], f->key);
	if (f->value && !is_needed && !has_word(may[type], f->key))
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena,
				"\"%s\" is not for the type \"%.*s\"", f->key,
				STR_ARG(auth_names[type])),
			(str){ 0 });
	if (!f->value && is_needed)
		yaml_problem(r, line,
			arena_fmt(r->arena,
				"the type \"%.*s\" needs the key \"%s\"",
				STR_ARG(auth_names[type]), f->key),
			(str){ 0 });
}

static void read_auth(
	struct yaml_reader *r, yaml_node_t *node, struct recipe *out)
{
	enum { TYPE, SECRET, USER, NAME, CLIENT, TOKEN_URL, SCOPE };
	struct yaml_field f[] = {
		[TYPE] = { "type", true, NULL },
		[SECRET] = { "secret", false, NULL },
		[USER] = { "user", false, NULL },
		[NAME] = { "name", false, NULL },
		[CLIENT] = { "client", false, NULL },
		[TOKEN_URL] = { "token_url", false, NULL },
		[SCOPE] = { "scope", false, NULL },
	};
	str *fields[] = { NULL, &out->secret, &out->user, &out->name,
		&out->client, &out->token_url, &out->scope };
	int type;

	if (!yaml_mapping(r, node, f, COUNTOF(f), "\"auth\""))
		return;
	type = yaml_word(r, &f[TYPE], auth_names, COUNTOF(auth_names));
	for (size_t i = SECRET; i < COUNTOF(f); i++)
		read_auth_field(r, &f[i], type, yaml_line(node), fields[i]);
	if (out->token_url.n && !http_url_is_safe(out->token_url))
		problem(r, yaml_line(f[TOKEN_URL].value),
			"\"token_url\" must be https://HOST/PATH",
			"http:// is for this machine itself");
	out->auth = type < 0 ? HTTP_AUTH_NONE : (enum http_auth)type;
}

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
		problem(r, yaml_line(f[0].value),
			"a header's name has no colon and no blank", "");
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
		read_path(r, &f[1], &c->path);
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

static bool has_part(str text, enum http_part part)
{
	struct http_place p;

	for (size_t at = 0; http_next_part(text, at, &p); at = p.at + p.n)
		if (p.part == part)
			return true;
	return false;
}

bool http_body_has(const json_t *body, enum http_part p)
{
	json_t *tree = (json_t *)(uintptr_t)body, *child;
	const char *key;
	size_t i;

	if (json_is_string(body))
		return has_part((str){ json_string_value(body),
					json_string_length(body) },
			p);
	json_array_foreach(tree, i, child)
	{
		if (http_body_has(child, p))
			return true;
	}
	json_object_foreach(tree, key, child)
	{
		if (http_body_has(child, p))
			return true;
	}
	return false;
}

static bool call_has_part(const struct http_call *c, enum http_part p)
{
	return has_part(c->target, p) || (c->body && http_body_has(c->body, p));
}

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

	if (part != HTTP_PART_ROW && !call_has_part(&l->call, part))
		yaml_problem(r, l->line,
			arena_fmt(r->arena,
				"nothing in the request has \"{%.*s}\"",
				STR_ARG(part_names[part])),
			STR("without it every page is the first"));
	if (needs_path != has_path)
		problem(r, l->line,
			needs_path ? "this paging needs \"cursor\", the path "
				     "to it in an answer"
				   : "\"cursor\" is for the pagings \"cursor\" "
				     "and \"url\"",
			"");
	if (f->first->value && l->paging != HTTP_PAGING_PAGE)
		problem(r, yaml_line(f->first->value),
			"\"first\" is for the paging \"page\"", "");
}

static void read_paging(
	struct yaml_reader *r, const struct look_fields *f, struct http_look *l)
{
	int word = yaml_word(r, f->paging, paging_names, COUNTOF(paging_names));

	l->paging = word < 0 ? HTTP_PAGING_NONE : (enum http_paging)word;
	l->first = 1;
	if (f->cursor->value)
		read_path(r, f->cursor, &l->cursor);
	if (f->cursor_of_row->value)
		read_path(r, f->cursor_of_row, &l->cursor);
	l->is_cursor_of_row = f->cursor_of_row->value;
	if (f->more->value)
		read_path(r, f->more, &l->more);
	yaml_int(r, f->first, 1000, &l->first);
	if (f->paging->value && word < 0)
		return;
	check_paging(r, f, l);
}

static void check_look(struct yaml_reader *r, const struct yaml_field *rows,
	const struct yaml_field *row, const struct http_look *l)
{
	bool one = call_has_part(&l->call, HTTP_PART_VALUE);
	bool many = call_has_part(&l->call, HTTP_PART_VALUES);

	if (rows->value && row->value)
		problem(r, yaml_line(row->value),
			"\"row\" and \"rows\" do not go together",
			"\"rows\" is a list, \"row\" the one row itself");
	if (l->by.n && !one && !many)
		problem(r, l->line,
			"a look-up needs \"{value}\" or \"{values}\" in its "
			"request",
			"without it everybody would be found");
	if (l->by.n && l->at_once > 1 && !many)
		problem(r, l->line,
			"\"at_once\" needs \"{values}\" in the request", "");
	if (!l->by.n && (one || many))
		problem(r, l->line, "a request for all rows has no \"{value}\"",
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
	read_call(r, &f[REQUEST], "value values page offset cursor", &l->call);
	read_body(r, &f[BODY], &l->call);
	l->is_one = f[ROW].value;
	if (f[ROWS].value || f[ROW].value)
		read_path(r, l->is_one ? &f[ROW] : &f[ROWS], &l->rows);
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
	read_call(r, &f[0], allowed, c);
	read_body(r, &f[1], c);
	if (c->target.n && !call_has_part(c, HTTP_PART_KEY))
		problem(r, c->line, "the request needs \"{key}\"",
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
	read_url(r, &f[URL], &out->url);
	read_auth(r, f[AUTH_].value, out);
	if (f[HEADERS].value)
		out->headers_n = yaml_items(
			r, f[HEADERS].value, RECIPE_HEADERS_MAX, "headers");
	out->headers = arena_many(r->arena, struct http_header, out->headers_n);
	for (size_t i = 0; i < out->headers_n; i++)
		read_header(
			r, yaml_item(r, f[HEADERS].value, i), &out->headers[i]);
	yaml_int(r, &f[PER_SECOND], RECIPE_PER_SECOND_MAX, &out->per_second);
	yaml_int(r, &f[TRIES], RECIPE_TRIES_MAX, &out->tries);
	read_call(r, &f[CHECK], "", &out->check);
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
				(str){ 0 });
		for (size_t i = 0; i < tb->looks_n; i++)
			if (tb->looks[i].by.n &&
				!recipe_column(tb, tb->looks[i].by))
				yaml_problem(r, tb->looks[i].line,
					arena_fmt(r->arena,
						"\"by\" names the column "
						"\"%.*s\", which the table "
						"does not list",
						STR_ARG(tb->looks[i].by)),
					(str){ 0 });
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
