/*
 * What all requests of a recipe are made of: addresses, paths, bodies, and the
 * {parts} in them.  The JSON of a body is read here, so that a value is put into
 * a tree later and never into a text.
 */
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "connect/http/recipe_build.h"

static const str part_names[] = {
#define PART(NAME, name) STR_INIT(#name),
#include "connect/http/tbl/parts.h"
};

str recipe_part_name(enum http_part p)
{
	must((size_t)p < COUNTOF(part_names));
	return part_names[p];
}

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

bool recipe_call_has(const struct http_call *c, enum http_part p)
{
	return has_part(c->target, p) || (c->body && http_body_has(c->body, p));
}

void recipe_problem(
	struct yaml_reader *r, int line, const char *text, const char *hint)
{
	yaml_problem(r, line, str_of(text), str_of(hint));
}

void recipe_url(struct yaml_reader *r, const struct yaml_field *f, str *out)
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

void recipe_path(struct yaml_reader *r, const struct yaml_field *f,
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

bool recipe_has_word(const char *words, const char *word)
{
	str rest = str_of(words), one;

	while (str_next(&rest, ' ', &one))
		if (str_eq(one, str_of(word)))
			return true;
	return false;
}

static bool is_allowed(enum http_part p, const char *allowed)
{
	return recipe_has_word(allowed, part_names[p].p);
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

void recipe_body(
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
void recipe_call(struct yaml_reader *r, const struct yaml_field *f,
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
		recipe_problem(r, c->line,
			"a request is written as GET /path, below \"url\"",
			"GET, POST, PUT, PATCH, DELETE; a blank is %20");
		return;
	}
	check_parts(r, c->line, c->target, allowed);
}
