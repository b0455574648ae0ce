/*
 * JSON out by a writer of our own, in by jansson.  The writer holds the nesting,
 * so that a page of code that forgets an end stops in the first test.  Reading
 * refuses depth before jansson sees the text (its own limit is 2,048), and tells
 * nothing of the text in its errors: jansson's messages quote it.
 */
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/base.h"

struct json json_to(struct buf *out)
{
	return (struct json){ .out = out };
}

/* Before each value: the comma, and that a member has its key. */
static void begin_value(struct json *j)
{
	if (!j->depth)
		return;
	must((j->open[j->depth - 1] == '{') == j->has_key);
	if (j->open[j->depth - 1] == '[' && j->has_item[j->depth - 1])
		buf_putc(j->out, ',');
	j->has_item[j->depth - 1] = true;
	j->has_key = false;
}

static void begin_nested(struct json *j, char open)
{
	begin_value(j);
	must(j->depth < JSON_DEPTH);
	j->open[j->depth] = open;
	j->has_item[j->depth] = false;
	j->depth++;
	buf_putc(j->out, open);
}

void json_begin_object(struct json *j)
{
	begin_nested(j, '{');
}

void json_begin_array(struct json *j)
{
	begin_nested(j, '[');
}

void json_end(struct json *j)
{
	must(j->depth && !j->has_key);
	j->depth--;
	buf_putc(j->out, j->open[j->depth] == '{' ? '}' : ']');
}

static void put_escaped(struct buf *out, unsigned char c)
{
	switch (c) {
	case '"':
		buf_puts(out, "\\\"");
		return;
	case '\\':
		buf_puts(out, "\\\\");
		return;
	case '\n':
		buf_puts(out, "\\n");
		return;
	case '\r':
		buf_puts(out, "\\r");
		return;
	case '\t':
		buf_puts(out, "\\t");
		return;
	default:
		buf_fmt(out, "\\u%04x", c);
	}
}

static bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
}

void json_escape(struct buf *out, str s)
{
	while (s.n) {
		size_t n = 0;

		while (n < s.n && is_plain((unsigned char)s.p[n]))
			n++;
		/* A run at a time; the log, which cuts, a byte at a time. */
		if (n)
			buf_put(out, str_head(s, n));
		s = str_from(s, n);
		if (!s.n)
			return;
		n = str_utf8(s);
		if (n > 1)
			buf_put(out, str_head(s, n));
		else if (n)
			put_escaped(out, (unsigned char)s.p[0]);
		else
			buf_puts(out, "\xEF\xBF\xBD"); /* U+FFFD */
		s = str_from(s, n + !n);
	}
}

static void put_string(struct json *j, str s)
{
	buf_putc(j->out, '"');
	json_escape(j->out, s);
	buf_putc(j->out, '"');
}

void json_key(struct json *j, const char *key)
{
	must(j->depth && j->open[j->depth - 1] == '{' && !j->has_key);
	if (j->has_item[j->depth - 1])
		buf_putc(j->out, ',');
	put_string(j, str_of(key));
	buf_putc(j->out, ':');
	j->has_key = true;
}

void json_str(struct json *j, str s)
{
	begin_value(j);
	put_string(j, s);
}

void json_int(struct json *j, int64_t v)
{
	begin_value(j);
	buf_fmt(j->out, "%" PRId64, v);
}

void json_bool(struct json *j, bool v)
{
	begin_value(j);
	buf_puts(j->out, v ? "true" : "false");
}

void json_nil(struct json *j)
{
	begin_value(j);
	buf_puts(j->out, "null");
}

void json_put(struct json *j, const char *key, str s)
{
	json_key(j, key);
	json_str(j, s);
}

void json_put_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_int(j, v);
}

void json_put_bool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}

struct place {
	size_t at;
	int line, column; /* from 1; column in bytes */
};

static void step(struct place *here, char c)
{
	here->at++;
	here->column++;
	if (c == '\n') {
		here->line++;
		here->column = 1;
	}
}

/* Goes from an opening quote to behind the closing one. */
static void skip_string(str text, struct place *here)
{
	step(here, '"');
	while (here->at < text.n && text.p[here->at] != '"') {
		if (text.p[here->at] == '\\')
			step(here, '\\');
		if (here->at < text.n)
			step(here, text.p[here->at]);
	}
	if (here->at < text.n)
		step(here, '"');
}

/* The first bracket that opens more than JSON_DEPTH levels, if there is one. */
static bool is_too_deep(str text, struct place *here)
{
	int depth = 0;

	*here = (struct place){ 0, 1, 1 };
	while (here->at < text.n) {
		char c = text.p[here->at];

		if (c == '"') {
			skip_string(text, here);
			continue;
		}
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		if (depth > JSON_DEPTH)
			return true;
		step(here, c);
	}
	return false;
}

static const char *reason(enum json_error_code code)
{
	switch (code) {
	case json_error_duplicate_key:
		return "a key is there twice";
	case json_error_premature_end_of_input:
		return "it ends too early";
	case json_error_end_of_input_expected:
		return "text after the end of the value";
	case json_error_invalid_utf8:
		return "not UTF-8";
	case json_error_numeric_overflow:
		return "a number is too large";
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "a NUL character";
	default:
		return "not JSON";
	}
}

static void free_tree(void *tree)
{
	json_decref(tree);
}

int json_read(
	struct arena *a, str text, size_t size_max, json_t **out, struct err *e)
{
	struct place here;
	json_error_t why;
	json_t *tree;

	if (text.n > size_max)
		return err_set(
			e, ERR_LIMIT, "JSON of more than %zu bytes", size_max);
	if (is_too_deep(text, &here))
		return err_set(e, ERR_LIMIT,
			"JSON line %d, column %d: nested deeper than %d",
			here.line, here.column, (int)JSON_DEPTH);
	tree = json_loadb(
		text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &why);
	if (!tree)
		return err_set(e, ERR_INVALID, "JSON line %d, column %d: %s",
			why.line, why.column, reason(json_error_code(&why)));
	arena_defer(a, free_tree, tree);
	*out = tree;
	return 0;
}

str json_text(const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);

	if (!json_is_string(v))
		return (str){ 0 };
	return (str){ json_string_value(v), json_string_length(v) };
}

int64_t json_number(const json_t *object, const char *key, int64_t otherwise)
{
	const json_t *v = json_object_get(object, key);

	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}
