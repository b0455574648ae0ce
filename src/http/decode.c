/*
 * Targets, forms and cookies as text.  Multipart is in http/multipart.h.
 */
#include "http/decode.h"

#include "base/base.h"
#include "base/enc.h"

enum { COOKIES_MAX = 50, PATH_PIECES_MAX = 16 };

/* "http://host:port" off the front of an absolute target (RFC 9112 3.2.2). */
static str without_origin(str target)
{
	ptrdiff_t at = str_find(target, STR("://"));
	str rest, authority, path;

	if (str_starts(target, STR("/")) || at < 0)
		return target;
	rest = str_from(target, (size_t)at + 3);
	if (!str_cut(rest, '/', &authority, &path))
		return STR("/");
	return str_from(rest, authority.n);
}

/* Mostly nothing is encoded: then it is the text itself. */
static str decoded(struct arena *a, str s, bool plus_is_space)
{
	if (!str_has(s, '%') && !(plus_is_space && str_has(s, '+')))
		return s;
	return url_decode(a, s, plus_is_space);
}

/* What no path of ours has, and no header that a path comes into may have. */
static bool has_control(str piece)
{
	for (size_t i = 0; i < piece.n; i++)
		if ((unsigned char)piece.p[i] < ' ' || piece.p[i] == 0x7f ||
			piece.p[i] == '\\')
			return true;
	return false;
}

static bool is_good_piece(str piece)
{
	return piece.n && !has_control(piece) && !str_eq(piece, STR(".")) &&
	       !str_eq(piece, STR("..")) && !str_has(piece, '/') &&
	       str_is_text(piece);
}

/* A slash at the end stays: the router decides about it. */
static bool pieces_are_good(struct arena *a, str encoded)
{
	str rest = str_from(encoded, 1), piece;
	size_t n = 0;

	if (str_ends(rest, STR("/")))
		rest = str_head(rest, rest.n - 1);
	if (str_ends(rest, STR("/")))
		return false;
	if (encoded.n > 1 && !rest.n)
		return false;
	while (str_next(&rest, '/', &piece))
		if (n++ == PATH_PIECES_MAX ||
			!is_good_piece(decoded(a, piece, false)))
			return false;
	return true;
}

int http_target_read(
	struct arena *a, str target, str *path, str *query, struct err *e)
{
	str encoded;

	str_cut(without_origin(target), '?', &encoded, query);
	if (!str_starts(encoded, STR("/")))
		return err_set(e, ERR_USAGE, "the path does not start with /");
	if (!pieces_are_good(a, encoded))
		return err_set(e, ERR_NOT_FOUND, "there is no such page");
	*path = decoded(a, encoded, false);
	return 0;
}

static size_t count_of(str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

int http_urlencoded_read(struct arena *a, str text, size_t pairs_max,
	struct http_pairs *out, struct err *e)
{
	size_t most = count_of(text, '&') + 1;
	str item, name, value;

	*out = (struct http_pairs){ 0 };
	if (most > pairs_max)
		return err_set(e, ERR_LIMIT, "more than %zu fields", pairs_max);
	out->at = arena_many(a, struct http_pair, most);
	while (str_next(&text, '&', &item)) {
		if (!item.n)
			continue;
		str_cut(item, '=', &name, &value);
		name = decoded(a, name, true);
		value = decoded(a, value, true);
		if (!str_is_text(name) || !str_is_text(value))
			return err_set(
				e, ERR_USAGE, "a field is not valid text");
		out->at[out->n++] = (struct http_pair){ name, value };
	}
	return 0;
}

static str unquoted(str s)
{
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		return str_head(str_from(s, 1), s.n - 2);
	return s;
}

struct http_pairs http_cookies_read(struct arena *a, struct http_pairs headers)
{
	struct http_pairs out = { 0 };

	for (size_t i = 0; i < headers.n; i++) {
		str rest = headers.at[i].value, item, name, value;

		if (!str_eq_nocase(headers.at[i].name, STR("Cookie")))
			continue;
		if (!out.at)
			out.at = arena_many(a, struct http_pair, COOKIES_MAX);
		while (str_next(&rest, ';', &item) && out.n < COOKIES_MAX) {
			if (!str_cut(str_trim(item), '=', &name, &value))
				continue;
			out.at[out.n++] =
				(struct http_pair){ name, unquoted(value) };
		}
	}
	return out;
}

bool http_type_is(str content_type, const char *media_type)
{
	str type, params;

	str_cut(content_type, ';', &type, &params);
	return str_eq_nocase(str_trim(type), str_of(media_type));
}
