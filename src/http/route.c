/*
 * Routes: a table of a few dozen, walked for each request.  That takes about a
 * microsecond and needs no second structure that could disagree with the table.
 *
 * Which of several fitting patterns wins is one number, the rank: two bits a
 * piece from the left, word over {name} over {rest...}, so that the first piece
 * in which two patterns differ decides.
 */
#include "http/route.h"

#include "base/base.h"
#include "base/buf.h"

enum { PIECES_MAX = 16, RANK_REST = 1, RANK_NAME = 2, RANK_WORD = 3 };

enum piece_kind { PIECE_WORD, PIECE_NAME, PIECE_REST, PIECE_BAD };

static enum piece_kind piece_kind(str piece, str *name)
{
	if (!piece.n)
		return PIECE_BAD;
	if (piece.p[0] != '{')
		return str_has(piece, '{') || str_has(piece, '}') ? PIECE_BAD
								  : PIECE_WORD;
	if (!str_ends(piece, STR("}")))
		return PIECE_BAD;
	*name = str_head(str_from(piece, 1), piece.n - 2);
	if (!str_ends(*name, STR("...")))
		return name->n ? PIECE_NAME : PIECE_BAD;
	*name = str_head(*name, name->n - 3);
	return name->n ? PIECE_REST : PIECE_BAD;
}

struct fit {
	bool is_fit;
	uint64_t rank;
	struct http_pair params[PIECES_MAX];
	size_t params_n;
};

static void fit_param(struct fit *f, uint64_t rank, str name, str value)
{
	f->rank = f->rank << 2 | rank;
	f->params[f->params_n++] = (struct http_pair){ name, value };
}

/* One piece of the pattern against the path; false when it does not fit. */
static bool fit_piece(struct fit *f, str piece, str *path)
{
	str name, value;

	switch (piece_kind(piece, &name)) {
	case PIECE_WORD:
		f->rank = f->rank << 2 | RANK_WORD;
		return str_next(path, '/', &value) && str_eq(piece, value);
	case PIECE_NAME:
		if (!str_next(path, '/', &value))
			return false;
		fit_param(f, RANK_NAME, name, value);
		return true;
	case PIECE_REST:
		fit_param(f, RANK_REST, name, *path);
		value = *path;
		*path = (str){ 0 };
		return value.n > 0;
	case PIECE_BAD:
		break;
	}
	return false;
}

static struct fit fit(const char *pattern, str path)
{
	struct fit f = { 0 };
	str rest = str_from(str_of(pattern), 1), piece;
	int pieces = 0;

	if (!str_starts(path, STR("/")))
		return f;
	path = str_from(path, 1);
	while (str_next(&rest, '/', &piece)) {
		if (!fit_piece(&f, piece, &path))
			return f;
		pieces++;
	}
	/* Left-aligned, so that ranks of patterns of different length compare. */
	f.rank <<= 2 * (PIECES_MAX - pieces);
	f.is_fit = !path.n;
	return f;
}

static bool takes(const struct http_route *r, enum http_method m)
{
	return (r->methods & m) || (m == HTTP_HEAD && (r->methods & HTTP_GET));
}

static struct http_pairs keep(struct arena *a, const struct fit *f)
{
	struct http_pairs out = { arena_many(a, struct http_pair, f->params_n),
		f->params_n };

	for (size_t i = 0; i < f->params_n; i++)
		out.at[i] = f->params[i];
	return out;
}

/* No path with a slash at its end fits. */
static struct http_match match_exactly(const struct http_routes *routes,
	enum http_method method, str path, struct arena *a)
{
	struct http_match m = { .kind = HTTP_NO_PATH };
	uint64_t best = 0;

	for (size_t i = 0; i < routes->n; i++) {
		const struct http_route *r = &routes->at[i];
		struct fit f = fit(r->pattern, path);

		if (!f.is_fit || f.rank < best)
			continue;
		if (f.rank > best || !m.route)
			m = (struct http_match){ .kind = HTTP_NO_METHOD };
		best = f.rank;
		m.allowed |= r->methods;
		if (m.kind == HTTP_MATCHED)
			continue;
		m.route = r;
		m.params = keep(a, &f);
		m.kind = takes(r, method) ? HTTP_MATCHED : HTTP_NO_METHOD;
	}
	return m;
}

struct http_match http_match(const struct http_routes *routes,
	enum http_method method, str path, struct arena *a)
{
	struct http_match m;

	if (path.n < 2 || !str_ends(path, STR("/")))
		return match_exactly(routes, method, path, a);
	m = match_exactly(routes, method, str_head(path, path.n - 1), a);
	if (m.kind != HTTP_NO_PATH)
		m.kind = HTTP_SLASH;
	return m;
}

static int check_pattern(const char *pattern, struct err *e)
{
	str rest = str_from(str_of(pattern), 1), piece, name;
	enum piece_kind kind = PIECE_WORD;
	int pieces = 0;

	if (pattern[0] != '/' || (rest.n && str_ends(rest, STR("/"))))
		return err_set(e, ERR_INTERNAL,
			"route %s: not of the form /piece/piece", pattern);
	while (str_next(&rest, '/', &piece)) {
		if (kind == PIECE_REST || ++pieces > PIECES_MAX)
			return err_set(e, ERR_INTERNAL,
				"route %s: pieces after the last", pattern);
		kind = piece_kind(piece, &name);
		if (kind == PIECE_BAD)
			return err_set(e, ERR_INTERNAL,
				"route %s: \"%.*s\" is no piece", pattern,
				STR_ARG(piece));
	}
	return 0;
}

/* The same but for the names of their {name}s. */
static bool is_same_path(str a, str b)
{
	str x, y, name_x, name_y;

	while (str_next(&a, '/', &x)) {
		enum piece_kind kind = piece_kind(x, &name_x);

		if (!str_next(&b, '/', &y) || piece_kind(y, &name_y) != kind)
			return false;
		if (kind == PIECE_WORD && !str_eq(x, y))
			return false;
	}
	return !b.n;
}

int http_routes_check(const struct http_routes *routes, struct err *e)
{
	for (size_t i = 0; i < routes->n; i++) {
		const struct http_route *r = &routes->at[i];

		if (check_pattern(r->pattern, e))
			return -1;
		if (!r->handler || !r->methods)
			return err_set(e, ERR_INTERNAL,
				"route %s: no handler or no method",
				r->pattern);
		for (size_t j = 0; j < i; j++)
			if ((routes->at[j].methods & r->methods) &&
				is_same_path(
					str_from(str_of(routes->at[j].pattern),
						1),
					str_from(str_of(r->pattern), 1)))
				return err_set(e, ERR_INTERNAL,
					"route %s: twice for one method",
					r->pattern);
	}
	return 0;
}

str http_allow(struct arena *a, unsigned methods)
{
	struct buf b = buf_in(a, 128);

	if (methods & HTTP_GET)
		methods |= HTTP_HEAD;
	methods |= HTTP_OPTIONS;
	for (unsigned m = HTTP_GET; m <= HTTP_OPTIONS; m <<= 1)
		if (methods & m) {
			buf_puts(&b, b.n ? ", " : "");
			buf_puts(&b, http_method_name((enum http_method)m));
		}
	return buf_str(&b);
}
