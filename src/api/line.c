/*
 * A reader for flat objects of two texts.  Everything else is a fault of the
 * line: nothing is skipped, so that no misspelt member passes as missing.
 */
#include "api/line.h"

#include <string.h>

#include "base/base.h"

const char *line_fault_code(enum line_fault f)
{
	static const char *const codes[] = {
#define LINE_FAULT(NAME, code, text) code,
#include "api/tbl/line_faults.h"
	};

	must((size_t)f < COUNTOF(codes));
	return codes[f];
}

const char *line_fault_text(enum line_fault f)
{
	static const char *const texts[] = {
#define LINE_FAULT(NAME, code, text) text,
#include "api/tbl/line_faults.h"
	};

	must((size_t)f < COUNTOF(texts));
	return texts[f];
}

struct reader {
	struct arena *arena;
	const char *p;
	const char *end;
};

static void skip_blanks(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' ||
					*r->p == '\r' || *r->p == '\n'))
		r->p++;
}

/* Blanks before it are fine. */
static bool take(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* Four hex digits. */
static bool take_unit(struct reader *r, uint32_t *out)
{
	*out = 0;
	if (r->end - r->p < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = *r->p++;
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;

		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

static size_t put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xC0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xE0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3F));
		to[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3F));
	to[2] = (char)(0x80 | (c >> 6 & 0x3F));
	to[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* Behind "\u": a character of one unit, or of two.  0 when it is none; a NUL is
 * none either, as no identifier has one. */
static size_t take_escaped_unit(struct reader *r, char *to)
{
	uint32_t c, low;

	if (!take_unit(r, &c) || !c || (c >= 0xDC00 && c <= 0xDFFF))
		return 0;
	if (c < 0xD800 || c > 0xDBFF)
		return put_utf8(to, c);
	if (r->end - r->p < 2 || r->p[0] != '\\' || r->p[1] != 'u')
		return 0;
	r->p += 2;
	if (!take_unit(r, &low) || low < 0xDC00 || low > 0xDFFF)
		return 0;
	return put_utf8(to, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
}

/* Behind the backslash.  The number of bytes written, never more than were read
 * with the backslash; 0 when there is no such escape. */
static size_t take_escape(struct reader *r, char *to)
{
	static const char from[] = "\"\\/bfnrt";
	static const char into[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (r->p == r->end)
		return 0;
	if (*r->p == 'u') {
		r->p++;
		return take_escaped_unit(r, to);
	}
	at = memchr(from, *r->p, sizeof from - 1);
	if (!at)
		return 0;
	*to = into[at - from];
	r->p++;
	return 1;
}

static size_t plain_length(const struct reader *r)
{
	const char *p = r->p;

	while (p < r->end) {
		unsigned char c = (unsigned char)*p;
		size_t n = 1;

		if (c == '"' || c == '\\' || c < ' ')
			break;
		if (c >= 0x80)
			n = str_utf8((str){ p, (size_t)(r->end - p) });
		if (!n)
			break;
		p += n;
	}
	return (size_t)(p - r->p);
}

/* From the first escape on; `to` has room for all that is left of the line. */
static bool take_rest(struct reader *r, char *to, size_t *n)
{
	while (r->p < r->end && *r->p != '"') {
		size_t plain = plain_length(r);
		size_t escaped;

		memcpy(to + *n, r->p, plain);
		*n += plain;
		r->p += plain;
		if (r->p == r->end || *r->p == '"')
			break;
		if (*r->p++ != '\\')
			return false;
		escaped = take_escape(r, to + *n);
		if (!escaped)
			return false;
		*n += escaped;
	}
	return true;
}

static bool take_text(struct reader *r, str *out)
{
	size_t n;
	char *copy;

	if (!take(r, '"'))
		return false;
	n = plain_length(r);
	*out = (str){ r->p, n };
	if (r->p + n < r->end && r->p[n] == '\\') {
		copy = arena_alloc(r->arena, (size_t)(r->end - r->p));
		n = 0;
		if (!take_rest(r, copy, &n))
			return false;
		*out = (str){ copy, n };
	} else {
		r->p += n;
	}
	if (r->p == r->end || *r->p != '"')
		return false;
	r->p++;
	return true;
}

static enum line_fault take_member(struct reader *r, struct line *out)
{
	str name, value;
	bool is_kind;

	if (!take_text(r, &name) || !take(r, ':'))
		return LINE_JSON;
	skip_blanks(r);
	if (!take_text(r, &value))
		return LINE_JSON;
	is_kind = str_eq(name, STR("kind"));
	if (!is_kind && !str_eq(name, STR("value")))
		return LINE_UNKNOWN;
	if (is_kind ? out->has_kind : out->has_value)
		return LINE_TWICE;
	*(is_kind ? &out->kind : &out->value) = value;
	*(is_kind ? &out->has_kind : &out->has_value) = true;
	return LINE_OK;
}

enum line_fault line_read(struct arena *a, str text, struct line *out)
{
	struct reader r = { a, text.p, text.p + text.n };
	enum line_fault f = LINE_OK;

	*out = (struct line){ 0 };
	if (!text.n || !take(&r, '{'))
		return LINE_JSON;
	if (!take(&r, '}')) {
		do
			f = take_member(&r, out);
		while (!f && take(&r, ','));
		if (!f && !take(&r, '}'))
			f = LINE_JSON;
	}
	skip_blanks(&r);
	if (!f && r.p != r.end)
		f = LINE_JSON;
	return f;
}
