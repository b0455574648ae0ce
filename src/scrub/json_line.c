/*
 * A reader that keeps nothing: jansson builds a tree for each line, ten times
 * the cost of the look-up that it is for.
 */
#include "scrub/json_line.h"

#include <string.h>

struct reader {
	const char *p, *end;
	json_line_fn *fn;
	void *ctx;
	size_t depth;
	size_t path_n;
	size_t name_at; /* where the last name of the path begins */
	char path[JSON_LINE_PATH];
	char text[JSON_LINE_TEXT + 64]; /* the 64 are for who reads ahead */
};

static void skip_space(struct reader *r)
{
	while (r->p < r->end &&
		(*r->p == ' ' || *r->p == '\t' || *r->p == '\r'))
		r->p++;
}

static bool take(struct reader *r, char c)
{
	skip_space(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static int hex4(struct reader *r)
{
	int v = 0;

	if (r->end - r->p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = *r->p++;
		char lower = (char)(c | 32);

		if (c >= '0' && c <= '9')
			v = v << 4 | (c - '0');
		else if (lower >= 'a' && lower <= 'f')
			v = v << 4 | (lower - 'a' + 10);
		else
			return -1;
	}
	return v;
}

static size_t put_utf8(char *out, int c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 63));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 63));
		out[2] = (char)(0x80 | (c & 63));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 63));
	out[2] = (char)(0x80 | (c >> 6 & 63));
	out[3] = (char)(0x80 | (c & 63));
	return 4;
}

/* \uXXXX, a pair of them for what is above U+FFFF; half a pair is no text. */
static int unicode_escape(struct reader *r)
{
	int high = hex4(r), low;

	if (high < 0xD800 || high > 0xDFFF)
		return high;
	if (high > 0xDBFF || r->end - r->p < 6 || r->p[0] != '\\' ||
		r->p[1] != 'u')
		return -1;
	r->p += 2;
	low = hex4(r);
	if (low < 0xDC00 || low > 0xDFFF)
		return -1;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static int escape(struct reader *r)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (r->p == r->end || !*r->p)
		return -1;
	if (*r->p == 'u') {
		r->p++;
		return unicode_escape(r);
	}
	at = strchr(from, *r->p);
	r->p++;
	return at ? to[at - from] : -1;
}

/* Behind the first escape, into text. */
static bool read_escaped(struct reader *r, const char *start, str *out)
{
	size_t n = (size_t)(r->p - start);

	if (n > JSON_LINE_TEXT)
		n = JSON_LINE_TEXT;
	memcpy(r->text, start, n);
	while (r->p < r->end && *r->p != '"') {
		char c[4] = { *r->p };
		size_t k = 1;

		if ((unsigned char)*r->p++ < 0x20)
			return false;
		if (c[0] == '\\') {
			int v = escape(r);

			if (v < 0)
				return false;
			k = put_utf8(c, v);
		}
		if (n + k <= JSON_LINE_TEXT) {
			memcpy(r->text + n, c, k);
			n += k;
		}
	}
	*out = (str){ r->text, n };
	return r->p++ < r->end;
}

/* Behind the opening quote.  Without escapes it is a view of the line. */
static bool read_string(struct reader *r, str *out)
{
	const char *start = r->p;

	for (; r->p < r->end; r->p++) {
		unsigned char c = (unsigned char)*r->p;

		if (c == '\\')
			return read_escaped(r, start, out);
		if (c < 0x20)
			return false;
		if (c == '"') {
			*out = (str){ start, (size_t)(r->p - start) };
			r->p++;
			return true;
		}
	}
	return false;
}

static size_t skip_digits(struct reader *r)
{
	const char *start = r->p;

	while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
		r->p++;
	return (size_t)(r->p - start);
}

static bool read_number(struct reader *r, str *out)
{
	const char *start = r->p;
	const char *first;

	if (*r->p == '-')
		r->p++;
	first = r->p;
	if (!skip_digits(r) || (*first == '0' && r->p - first > 1))
		return false;
	if (r->p < r->end && *r->p == '.') {
		r->p++;
		if (!skip_digits(r))
			return false;
	}
	if (r->p < r->end && (*r->p == 'e' || *r->p == 'E')) {
		r->p++;
		if (r->p < r->end && (*r->p == '+' || *r->p == '-'))
			r->p++;
		if (!skip_digits(r))
			return false;
	}
	*out = (str){ start, (size_t)(r->p - start) };
	return true;
}

static bool read_word(struct reader *r)
{
	static const str words[] = { STR_INIT("true"), STR_INIT("false"),
		STR_INIT("null") };
	str rest = { r->p, (size_t)(r->end - r->p) };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_starts(rest, words[i])) {
			r->p += words[i].n;
			return true;
		}
	return false;
}

static void tell(struct reader *r, str value)
{
	str path = { r->path, r->path_n };

	r->fn(r->ctx, path, str_from(path, r->name_at), value);
}

static bool read_value(struct reader *r);

static bool push_name(struct reader *r, str name)
{
	if (r->path_n + 1 + name.n > JSON_LINE_PATH)
		return false;
	if (r->path_n)
		r->path[r->path_n++] = '.';
	r->name_at = r->path_n;
	memcpy(r->path + r->path_n, name.n ? name.p : "", name.n);
	r->path_n += name.n;
	return true;
}

/* Behind the brace. */
static bool read_object(struct reader *r)
{
	size_t path_n = r->path_n, name_at = r->name_at;
	str name;

	if (take(r, '}'))
		return true;
	do {
		if (!take(r, '"') || !read_string(r, &name) ||
			!push_name(r, name) || !take(r, ':') || !read_value(r))
			return false;
		r->path_n = path_n;
		r->name_at = name_at;
	} while (take(r, ','));
	return take(r, '}');
}

static bool read_array(struct reader *r)
{
	if (take(r, ']'))
		return true;
	do
		if (!read_value(r))
			return false;
	while (take(r, ','));
	return take(r, ']');
}

static bool read_nested(struct reader *r, bool (*read)(struct reader *))
{
	bool is_fine;

	if (r->depth == JSON_LINE_DEPTH)
		return false;
	r->depth++;
	is_fine = read(r);
	r->depth--;
	return is_fine;
}

static bool read_value(struct reader *r)
{
	str value;

	skip_space(r);
	if (r->p == r->end)
		return false;
	if (take(r, '{'))
		return read_nested(r, read_object);
	if (take(r, '['))
		return read_nested(r, read_array);
	if (*r->p == 't' || *r->p == 'f' || *r->p == 'n')
		return read_word(r);
	if (take(r, '"') ? !read_string(r, &value) : !read_number(r, &value))
		return false;
	tell(r, value);
	return true;
}

bool json_line_read(str line, json_line_fn *fn, void *ctx)
{
	struct reader r;

	r.p = line.p;
	r.end = line.p + line.n;
	r.fn = fn;
	r.ctx = ctx;
	r.depth = 0;
	r.path_n = 0;
	r.name_at = 0;
	if (!take(&r, '{') || !read_nested(&r, read_object))
		return false;
	skip_space(&r);
	return r.p == r.end;
}
