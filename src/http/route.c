/*
 * Routes: the table as a tree with a node for each piece, made once.  A walk of
 * the table row by row took about a microsecond, as much as a tenth of a request.
 *
 * Of several fitting patterns the first piece in which they differ decides, word
 * over {name} over {rest...}; so the tree is tried in that order, and the first
 * way that leads to the path's end is the answer.  t/unit/t_http_route.c compares
 * it with the walk.
 */
#include "http/route.h"

#include "base/base.h"
#include "base/buf.h"

enum { PIECES_MAX = 16 };

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

/* A row with what its {name}s are called, from the left. */
struct row {
	const struct http_route *route;
	str *names;
	size_t names_n;
	struct row *next; /* with the same pattern but for its names */
};

struct node {
	str word; /* that leads here; empty for any piece, and for the root */
	struct node *next;  /* another word in its place */
	struct node *words; /* what may follow: one of these, */
	struct node *name;  /* or any piece, */
	struct row *rest;   /* or all that is left; */
	struct row *rows;   /* or nothing */
};

struct http_router {
	struct node root;
};

static struct node *word_after(const struct node *at, str word)
{
	struct node *n = at->words;

	while (n && !str_eq(n->word, word))
		n = n->next;
	return n;
}

/* The node that a piece of a pattern leads to. */
static struct node *step(
	struct arena *a, struct node *at, str piece, bool is_word)
{
	struct node *to = is_word ? word_after(at, piece) : at->name;

	if (to)
		return to;
	to = arena_one(a, struct node);
	if (is_word) {
		to->word = piece;
		to->next = at->words;
		at->words = to;
	} else {
		at->name = to;
	}
	return to;
}

/* In the order of the table. */
static void append(struct row **list, struct row *row)
{
	while (*list)
		list = &(*list)->next;
	*list = row;
}

static void add_route(
	struct arena *a, struct node *at, const struct http_route *route)
{
	struct row *row = arena_one(a, struct row);
	str rest = str_from(str_of(route->pattern), 1), piece, name;
	enum piece_kind kind = PIECE_WORD;

	row->route = route;
	row->names = arena_many(a, str, PIECES_MAX);
	while (str_next(&rest, '/', &piece)) {
		kind = piece_kind(piece, &name);
		if (kind != PIECE_WORD)
			row->names[row->names_n++] = name;
		if (kind != PIECE_REST)
			at = step(a, at, piece, kind == PIECE_WORD);
	}
	append(kind == PIECE_REST ? &at->rest : &at->rows, row);
}

struct http_router *http_router_new(
	struct arena *a, const struct http_routes *routes)
{
	struct http_router *router = arena_one(a, struct http_router);

	for (size_t i = 0; i < routes->n; i++)
		add_route(a, &router->root, &routes->at[i]);
	return router;
}

struct way {
	const struct row *rows;
	str values[PIECES_MAX];
	size_t values_n;
};

/* As deep as the longest pattern, at most. */
static bool find_way(const struct node *at, str rest, struct way *w)
{
	const struct node *word;
	size_t n = w->values_n;
	str tail = rest, piece;

	if (!str_next(&tail, '/', &piece)) {
		w->rows = at->rows;
		return w->rows != NULL;
	}
	word = word_after(at, piece);
	if (word && find_way(word, tail, w))
		return true;
	w->values_n = n;
	if (at->name) {
		w->values[w->values_n++] = piece;
		if (find_way(at->name, tail, w))
			return true;
	}
	w->values_n = n;
	if (!at->rest)
		return false;
	w->values[w->values_n++] = rest;
	w->rows = at->rest;
	return true;
}

static bool takes(const struct http_route *r, enum http_method m)
{
	return (r->methods & m) || (m == HTTP_HEAD && (r->methods & HTTP_GET));
}

static struct http_pairs keep(
	struct arena *a, const struct row *row, const struct way *w)
{
	struct http_pairs out = { arena_many(a, struct http_pair, row->names_n),
		row->names_n };

	for (size_t i = 0; i < out.n; i++)
		out.at[i] = (struct http_pair){ row->names[i], w->values[i] };
	return out;
}

/* No path with a slash at its end fits. */
static struct http_match match_exactly(const struct http_router *router,
	enum http_method method, str path, struct arena *a)
{
	struct http_match m = { .kind = HTTP_NO_PATH };
	const struct row *found = NULL;
	struct way w = { .values_n = 0 };

	if (!str_starts(path, STR("/")) ||
		!find_way(&router->root, str_from(path, 1), &w))
		return m;
	m.kind = HTTP_NO_METHOD;
	for (const struct row *r = w.rows; r; r = r->next) {
		m.allowed |= r->route->methods;
		if (m.kind == HTTP_MATCHED)
			continue;
		found = r;
		if (takes(r->route, method))
			m.kind = HTTP_MATCHED;
	}
	m.route = found->route;
	m.params = keep(a, found, &w);
	return m;
}

struct http_match http_match(const struct http_router *router,
	enum http_method method, str path, struct arena *a)
{
	struct http_match m;

	if (path.n < 2 || !str_ends(path, STR("/")))
		return match_exactly(router, method, path, a);
	m = match_exactly(router, method, str_head(path, path.n - 1), a);
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
