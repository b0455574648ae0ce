/* Values into addresses and bodies. */
#include "connect/http/fill.h"

#include <string.h>

#include "base/base.h"
#include "base/enc.h"

static bool is_page(enum http_part p)
{
	return p == HTTP_PART_PAGE || p == HTTP_PART_OFFSET ||
	       p == HTTP_PART_CURSOR;
}

/* NULL: there is none of it. */
static const struct cell *cells_of(
	const struct http_fill *f, enum http_part p, size_t *n)
{
	*n = 1;
	if (p == HTTP_PART_VALUE)
		return f->values_n ? f->values : NULL;
	if (p == HTTP_PART_KEY)
		return f->key;
	if (is_page(p))
		return f->page;
	if (p == HTTP_PART_SIZE)
		return f->size;
	*n = f->values_n;
	return p == HTTP_PART_VALUES && f->values_n ? f->values : NULL;
}

/* --- addresses --- */

static void put_part(struct arena *a, struct buf *b, const struct http_place *p,
	const struct http_fill *f)
{
	size_t n;
	const struct cell *c = cells_of(f, p->part, &n);

	for (size_t i = 0; c && i < n; i++) {
		if (i)
			buf_putc(b, ',');
		buf_put(b, url_encode(a, c[i].v.v));
	}
}

static void put_text(
	struct arena *a, struct buf *b, str text, const struct http_fill *f)
{
	struct http_place p;
	size_t at = 0;

	for (; http_next_part(text, at, &p); at = p.at + p.n) {
		buf_put(b, str_head(str_from(text, at), p.at - at));
		put_part(a, b, &p, f);
	}
	buf_put(b, str_from(text, at));
}

static bool waits_for_page(str text, const struct http_fill *f)
{
	struct http_place p;

	for (size_t at = 0; http_next_part(text, at, &p); at = p.at + p.n)
		if ((is_page(p.part) && !f->page) ||
			(p.part == HTTP_PART_SIZE && !f->size))
			return true;
	return false;
}

str http_fill_target(struct arena *a, str target, const struct http_fill *f)
{
	struct buf b = buf_in(a, HTTP_TARGET_MAX);
	str path, query, parameter;
	char before = '?';

	str_cut(target, '?', &path, &query);
	put_text(a, &b, path, f);
	while (str_next(&query, '&', &parameter)) {
		if (waits_for_page(parameter, f))
			continue;
		buf_putc(&b, before);
		put_text(a, &b, parameter, f);
		before = '&';
	}
	return buf_ok(&b) ? buf_str(&b) : (str){ 0 };
}

/* --- bodies --- */

json_t *http_json_of(const struct cell *c)
{
	int64_t number;

	if (c->type == CELL_NULL)
		return json_null();
	if (c->type == CELL_INT && str_int(c->v.v, &number))
		return json_integer(number);
	/* What is no UTF-8 is nobody's value in JSON. */
	if (!str_is_utf8(c->v.v))
		return json_string("");
	return json_stringn(c->v.v.n ? c->v.v.p : "", c->v.v.n);
}

static json_t *filled(
	struct arena *a, const json_t *v, const struct http_fill *f);

/* An item with {values} stands once for each of them. */
static void add_items(struct arena *a, json_t *out, const json_t *item,
	const struct http_fill *f)
{
	bool is_many = http_body_has(item, HTTP_PART_VALUES);

	for (size_t i = 0; i < (is_many ? f->values_n : 1); i++) {
		struct http_fill one = *f;
		json_t *v;

		if (is_many) {
			one.values = &f->values[i];
			one.values_n = 1;
		}
		v = filled(a, item, &one);
		if (v)
			json_array_append_new(out, v);
	}
}

/* A text that is nothing but one part is the value itself, a number too. */
static json_t *filled_text(struct arena *a, str text, const struct http_fill *f)
{
	struct buf b;
	struct http_place p;
	const struct cell *c = NULL;
	size_t n, at = 0;

	if (waits_for_page(text, f))
		return NULL;
	if (http_next_part(text, 0, &p) && p.n == text.n) {
		if (p.part == HTTP_PART_ROW && f->row)
			return json_incref(f->row);
		c = cells_of(f, p.part, &n);
		if (c)
			return http_json_of(c);
	}
	b = buf_in(a, CONNECT_CELL_MAX);
	for (; http_next_part(text, at, &p); at = p.at + p.n) {
		c = cells_of(f, p.part, &n);
		buf_put(&b, str_head(str_from(text, at), p.at - at));
		buf_put(&b, c ? c->v.v : str_head(str_from(text, p.at), p.n));
	}
	buf_put(&b, str_from(text, at));
	return http_json_of(
		&(struct cell){ .type = CELL_TEXT, .v = { buf_str(&b) } });
}

/* NULL: left out. */
static json_t *filled(
	struct arena *a, const json_t *v, const struct http_fill *f)
{
	json_t *from = (json_t *)(uintptr_t)v, *out, *child;
	const char *key;
	size_t i;

	if (json_is_string(v))
		return filled_text(a,
			(str){ json_string_value(v), json_string_length(v) },
			f);
	if (json_is_array(v)) {
		out = json_array();
		json_array_foreach(from, i, child)
		{
			add_items(a, out, child, f);
		}
		return out;
	}
	if (!json_is_object(v))
		return json_deep_copy(v);
	out = json_object();
	json_object_foreach(from, key, child)
	{
		json_t *one = filled(a, child, f);

		if (one)
			json_object_set_new(out, key, one);
	}
	return out;
}

str http_fill_body(
	struct arena *a, const struct http_call *c, const struct http_fill *f)
{
	json_t *tree = c->body ? filled(a, c->body, f) : json_incref(f->row);
	size_t flags = JSON_COMPACT | JSON_ENCODE_ANY, n;
	char *p;

	if (!tree)
		return (str){ 0 };
	n = json_dumpb(tree, NULL, 0, flags);
	p = arena_alloc(a, n);
	json_dumpb(tree, p, n, flags);
	json_decref(tree);
	return (str){ p, n };
}
