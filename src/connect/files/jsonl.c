/*
 * Rows of JSON-Lines.  A line is checked against the whole grammar once
 * (scrub/json_line.h); after that its members are found by walking over bytes
 * that are known to be JSON, so that a value's own bytes can be replaced.
 */
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "connect/files/rows.h"
#include "ident/cell.h"
#include "scrub/json_line.h"

static int jsonl_begin(struct file_rows *r, struct err *e)
{
	(void)r;
	(void)e;
	return 0;
}

static int jsonl_take(struct file_rows *r, struct err *e)
{
	(void)e;
	if (!r->chunk.seq && str_starts((str){ r->chunk.p, r->chunk.n },
				     STR("\xef\xbb\xbf")))
		r->at = 3;
	return 0;
}

static void ignore(void *ctx, str path, str name, str value)
{
	(void)ctx;
	(void)path;
	(void)name;
	(void)value;
}

static int jsonl_next_row(
	struct file_rows *r, struct file_row *row, struct err *e)
{
	while (r->at < r->chunk.n) {
		const char *start = r->chunk.p + r->at;
		const char *end = memchr(start, '\n', r->chunk.n - r->at);

		must(end != NULL);
		row->start = r->at;
		row->raw = (str){ start, (size_t)(end + 1 - start) };
		row->text = str_head(row->raw, row->raw.n - 1);
		if (str_ends(row->text, STR("\r")))
			row->text.n--;
		row->ends = NULL;
		r->at += row->raw.n;
		if (!row->text.n)
			continue;
		if (json_line_read(row->text, ignore, NULL))
			return 1;
		return file_rows_wrong(
			r, row->start, e, ERR_CORRUPT, "not one JSON object");
	}
	return 0;
}

static int jsonl_bind(struct file_rows *r, struct file_column *c, struct err *e)
{
	(void)r;
	(void)c;
	(void)e;
	return 0;
}

static const char *skip_space(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r')
		p++;
	return p;
}

/* From the opening quote to behind the closing one. */
static const char *skip_string(const char *p)
{
	for (p++; *p != '"'; p++)
		if (*p == '\\')
			p++;
	return p + 1;
}

static const char *skip_value(const char *p)
{
	size_t depth = 0;

	if (*p == '"')
		return skip_string(p);
	if (*p != '{' && *p != '[')
		return p + strcspn(p, ",]} \t\r\n");
	do {
		if (*p == '"') {
			p = skip_string(p);
			continue;
		}
		depth += *p == '{' || *p == '[';
		depth -= *p == '}' || *p == ']';
		p++;
	} while (depth);
	return p;
}

static unsigned hex4(const char *p)
{
	unsigned v = 0;

	for (int i = 0; i < 4; i++) {
		unsigned c = (unsigned char)p[i] | 32u;

		v = v << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return v;
}

static size_t put_utf8(char *out, unsigned c)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char first[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 63));
	out[0] = (char)(first[n] | c);
	return n;
}

/* Behind "\u"; the grammar has seen to it that halves come in pairs. */
static size_t unescape_unicode(const char **p, char *out)
{
	unsigned c = hex4(*p);

	*p += 4;
	if (c >= 0xD800 && c <= 0xDBFF) {
		c = 0x10000 + ((c - 0xD800) << 10) + (hex4(*p + 2) - 0xDC00);
		*p += 6;
	}
	return put_utf8(out, c);
}

/* The inside of a string; returns the size of its text, at most raw.n. */
static size_t unescape(str raw, char *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *p = raw.p, *end = raw.p + raw.n;
	size_t n = 0;

	while (p < end) {
		if (*p != '\\') {
			out[n++] = *p++;
			continue;
		}
		p += 2;
		if (p[-1] == 'u')
			n += unescape_unicode(&p, out + n);
		else
			out[n++] = to[strchr(from, p[-1]) - from];
	}
	return n;
}

/* The text of a string, without its quotes. */
static str text_of(struct arena *a, str span)
{
	str raw = { span.p + 1, span.n - 2 };
	char *out;

	if (!str_has(raw, '\\'))
		return raw;
	out = arena_alloc(a, raw.n);
	return (str){ out, unescape(raw, out) };
}

/* A line may have very many names: none is kept.  The grammar's check has seen
 * to it that a path, and so a name, fits. */
static str name_of(str span, char space[JSON_LINE_PATH])
{
	str raw = { span.p + 1, span.n - 2 };

	if (!str_has(raw, '\\'))
		return raw;
	return (str){ space, unescape(raw, space) };
}

struct member {
	str value;
	size_t found;
};

static void find_member(struct member *m, const char *p, str path)
{
	char space[JSON_LINE_PATH];

	for (p = skip_space(p + 1); *p != '}'; p = skip_space(p)) {
		const char *end = skip_string(p);
		str name = name_of((str){ p, (size_t)(end - p) }, space);

		p = skip_space(skip_space(end) + 1);
		end = skip_value(p);
		if (str_eq(name, path)) {
			m->value = (str){ p, (size_t)(end - p) };
			m->found++;
		} else if (*p == '{' && name.n < path.n &&
			   path.p[name.n] == '.' && str_starts(path, name)) {
			find_member(m, p, str_from(path, name.n + 1));
		}
		p = skip_space(end);
		if (*p == ',')
			p = skip_space(p + 1);
	}
}

static int jsonl_span(struct file_rows *r, const struct file_row *row,
	const struct file_column *c, str *out, struct err *e)
{
	struct member m = { .found = 0 };

	find_member(&m, skip_space(row->text.p), c->name);
	*out = m.value;
	if (m.found < 2)
		return 0;
	return file_rows_wrong(r, row->start, e, ERR_CORRUPT,
		"a member that the data map names stands twice");
}

static bool is_integer(str s)
{
	int64_t v;

	return str_int(s, &v) && !str_eq(s, STR("-0"));
}

static int jsonl_read(struct file_rows *r, const struct file_row *row, str span,
	struct cell *out, struct err *e)
{
	(void)row;
	(void)e;
	*out = cell_text(span);
	if (span.p[0] == 'n')
		*out = (struct cell){ .type = CELL_NULL };
	else if (span.p[0] == '"')
		out->v.v = text_of(r->row_arena, span);
	else if (is_integer(span))
		out->type = CELL_INT;
	return 0;
}

static void put_string(struct buf *b, str s)
{
	buf_putc(b, '"');
	json_escape(b, s);
	buf_putc(b, '"');
}

static int jsonl_put_cell(const struct file_rows *r, struct buf *b,
	const struct cell *c, struct err *e)
{
	(void)r;
	if (!str_is_utf8(c->v.v))
		return err_set(e, ERR_INVALID,
			"JSON can't hold bytes that are not UTF-8");
	if (c->type == CELL_NULL)
		buf_puts(b, "null");
	else if (c->type == CELL_INT)
		buf_put(b, c->v.v);
	else
		put_string(b, c->v.v);
	return 0;
}

static int jsonl_put(const struct file_rows *r, struct buf *b,
	const struct file_put *p, struct err *e)
{
	buf_putc(b, '{');
	for (size_t i = 0; i < p->n; i++) {
		if (str_eq(p->columns[i], STR(MAP_ROW_KEY)))
			continue;
		if (b->n > 1)
			buf_putc(b, ',');
		put_string(b, p->columns[i]);
		buf_putc(b, ':');
		if (jsonl_put_cell(r, b, &p->cells[i], e) < 0)
			return -1;
	}
	buf_puts(b, "}\n");
	return 0;
}

const struct file_format file_format_jsonl = {
	.name = "JSON-Lines",
	.is_lines = true,
	.begin = jsonl_begin,
	.take = jsonl_take,
	.next = jsonl_next_row,
	.bind = jsonl_bind,
	.span = jsonl_span,
	.read = jsonl_read,
	.cell = jsonl_put_cell,
	.put = jsonl_put,
};
