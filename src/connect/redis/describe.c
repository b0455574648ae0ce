/*
 * What a server holds, learnt from some of its keys: hashes whose keys are alike are
 * the rows of a table.  A piece of a key, between colons, that has a digit or what no
 * word has is somebody's or something's own, a part; the others are the table's name.
 *
 * What must stay true: nobody's own name is told as a table's.  A word may be one
 * ("cart:annsmith:1"), so a place where many different words stand between the same
 * neighbours is a part, whatever stands behind it, and of few keys that are alike none
 * is told.  Only the one word that is left of a shape may differ often: it is what
 * tables are told apart by.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/redis/session.h"

enum {
	KEYS_MAX = 100000, /* that are looked at */
	SCAN_COUNT = 1000,
	SAMPLES = 64, /* of each shape, whose fields are read */
	SHAPES_MAX = 1000,
	ALIKE_LEAST = 5, /* keys of a table, and words that make a part */
	NAMES_MAX = 50,  /* words that are all there is to tell tables apart */
	PIECE_MAX = 24,  /* bytes of a word */
	PIECES_MAX = 2 * REDIS_PARTS_MAX,
	CURSOR_MAX = 24,
	SHAPE_MAX = 4096,
};

struct sample {
	str key;
	struct sample *next;
};

struct shape {
	str piece[PIECES_MAX]; /* empty: a part */
	size_t n;
	size_t place; /* that its order leaves for last; PIECES_MAX: none */
	size_t keys_n;
	struct sample *samples;
	struct sample *last;
	str pattern;
	str name;
};

struct survey {
	struct redis_conn *conn;
	struct arena *arena;
	struct shape **at;
	size_t n;
	size_t cap;
	size_t keys_n;
	size_t left_n; /* keys that are rows of no table */
	char cursor[CURSOR_MAX];
	column_fn *fn;
	void *ctx;
};

/* --- the shape of a key --- */

static bool is_word(str piece)
{
	if (!piece.n || piece.n > PIECE_MAX)
		return false;
	for (size_t i = 0; i < piece.n; i++) {
		char c = piece.p[i];

		if (!((c | 32) >= 'a' && (c | 32) <= 'z') && c != '_' &&
			c != '-' && c != '.')
			return false;
	}
	return true;
}

/* False: more pieces than a pattern can have. */
static bool take_pieces(str key, struct shape *out)
{
	for (;;) {
		str piece = key, rest = { 0 };
		bool is_last = !str_cut(key, ':', &piece, &rest);

		if (out->n == PIECES_MAX)
			return false;
		out->piece[out->n++] = is_word(piece) ? piece : STR("");
		if (is_last)
			return true;
		key = rest;
	}
}

static void add_shape(struct survey *s, struct shape *one)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : SCAN_COUNT;
		struct shape **at = arena_many(s->arena, struct shape *, cap);

		if (s->n)
			memcpy(at, s->at, s->n * sizeof(*at));
		s->at = at;
		s->cap = cap;
	}
	s->at[s->n++] = one;
}

static void take_key(struct survey *s, str key)
{
	struct shape *one;

	s->keys_n++;
	if (key.n > CONNECT_KEY_MAX) {
		s->left_n++;
		return;
	}
	one = arena_one(s->arena, struct shape);
	*one = (struct shape){ .keys_n = 1 };
	one->samples = one->last = arena_one(s->arena, struct sample);
	*one->samples = (struct sample){ arena_dup(s->arena, key), NULL };
	if (take_pieces(one->samples->key, one))
		add_shape(s, one);
	else
		s->left_n++;
}

/* --- which are alike --- */

static int by_neighbours(const struct shape *x, const struct shape *y)
{
	int order = (x->n > y->n) - (x->n < y->n);

	for (size_t i = 0; !order && i < x->n; i++)
		if (i != x->place)
			order = str_cmp(x->piece[i], y->piece[i]);
	return order;
}

static int by_pieces(const void *a, const void *b)
{
	const struct shape *x = *(struct shape *const *)a;
	const struct shape *y = *(struct shape *const *)b;
	int order = by_neighbours(x, y);

	return order || x->place >= x->n
		       ? order
		       : str_cmp(x->piece[x->place], y->piece[x->place]);
}

static void sort_shapes(struct survey *s, size_t place)
{
	for (size_t i = 0; i < s->n; i++)
		s->at[i]->place = place;
	if (s->n)
		qsort(s->at, s->n, sizeof(*s->at), by_pieces);
}

/* One for all that are the same. */
static void unite(struct survey *s)
{
	size_t n = 0;

	sort_shapes(s, PIECES_MAX);
	for (size_t i = 0; i < s->n; i++) {
		struct shape *like = n ? s->at[n - 1] : NULL;

		if (!like || by_neighbours(like, s->at[i])) {
			s->at[n++] = s->at[i];
			continue;
		}
		like->keys_n += s->at[i]->keys_n;
		like->last->next = s->at[i]->samples;
		like->last = s->at[i]->last;
	}
	s->n = n;
}

/* Shapes, sorted, that differ at their place alone. */
struct run {
	struct shape **at;
	size_t n;
};

static struct run run_at(const struct survey *s, size_t first)
{
	struct run r = { s->at + first, 1 };

	while (first + r.n < s->n && !by_neighbours(r.at[0], r.at[r.n]))
		r.n++;
	return r;
}

static bool has_other_word(const struct shape *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (i != t->place && t->piece[i].n)
			return true;
	return false;
}

/* How many words stand there, if they are too many to be names of tables; else 0.
 * What is known to be a part there counts as so many words more. */
static size_t run_words(const struct run *r)
{
	const struct shape *t = r->at[0];
	size_t words = 0, values = 0;

	if (t->place >= t->n)
		return 0;
	for (size_t i = 0; i < r->n; i++) {
		bool is_part = !r->at[i]->piece[t->place].n;

		words += !is_part;
		values += is_part ? r->at[i]->keys_n : 1;
	}
	if (has_other_word(t))
		return values < ALIKE_LEAST ? 0 : words;
	return words > NAMES_MAX ? words : 0;
}

/* The most words that stand at one place of any run. */
static size_t most_words(struct survey *s, size_t place)
{
	size_t most = 0;

	sort_shapes(s, place);
	for (size_t i = 0; i < s->n;) {
		struct run r = run_at(s, i);
		size_t words = run_words(&r);

		most = words > most ? words : most;
		i += r.n;
	}
	return most;
}

static void make_parts(struct survey *s, size_t place)
{
	sort_shapes(s, place);
	for (size_t i = 0; i < s->n;) {
		struct run r = run_at(s, i);

		i += r.n;
		if (!run_words(&r))
			continue;
		for (size_t k = 0; k < r.n; k++)
			r.at[k]->piece[place] = STR("");
	}
	unite(s);
}

/* Where most differ first: a thousand people with a cart and a wish list each are not
 * a thousand tables of two. */
static void find_parts(struct survey *s)
{
	size_t most, place;

	unite(s);
	do {
		most = place = 0;
		for (size_t i = 0; i < PIECES_MAX; i++) {
			size_t words = most_words(s, i);

			place = words > most ? i : place;
			most = words > most ? words : most;
		}
		if (most)
			make_parts(s, place);
	} while (most);
}

/* --- as a table --- */

struct writing {
	struct buf pattern;
	struct buf name;
	str word; /* the last one */
	size_t parts_n;
};

/* {id} when it is the only one; else each is called after the word before it. */
static void put_part(struct writing *w, size_t of)
{
	w->parts_n++;
	if (of == 1)
		buf_puts(&w->pattern, "{id}");
	else
		buf_fmt(&w->pattern, "{%.*s_%zu}",
			STR_ARG(w->word.n ? w->word : STR("part")), w->parts_n);
}

static void put_word(struct writing *w, str word)
{
	buf_put(&w->pattern, word);
	buf_fmt(&w->name, "%s%.*s", w->name.n ? ":" : "", STR_ARG(word));
	w->word = word;
}

/* False when it is no table: too few, or no pattern tells its keys. */
static bool make_table(struct arena *a, struct shape *t)
{
	struct writing w = { .pattern = buf_in(a, SHAPE_MAX),
		.name = buf_in(a, SHAPE_MAX) };
	size_t parts = 0;

	if (t->keys_n < ALIKE_LEAST)
		return false;
	for (size_t i = 0; i < t->n; i++)
		parts += !t->piece[i].n;
	for (size_t i = 0; i < t->n; i++) {
		buf_puts(&w.pattern, i ? ":" : "");
		if (t->piece[i].n)
			put_word(&w, t->piece[i]);
		else
			put_part(&w, parts);
	}
	t->pattern = buf_str(&w.pattern);
	t->name = buf_str(&w.name);
	return buf_ok(&w.pattern) && t->name.n && parts <= REDIS_PARTS_MAX &&
	       !redis_pattern_fault(t->pattern);
}

static void find_tables(struct survey *s)
{
	size_t n = 0;

	find_parts(s);
	for (size_t i = 0; i < s->n; i++)
		if (n < SHAPES_MAX && make_table(s->arena, s->at[i]))
			s->at[n++] = s->at[i];
		else
			s->left_n += s->at[i]->keys_n;
	s->n = n;
}

/* --- the keys of hashes --- */

static int take_keys(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct survey *s = ctx;

	(void)i;
	if (r->type != REDIS_REPLY_ARRAY || r->elements != 2 ||
		r->element[0]->len >= CURSOR_MAX)
		return err_set(e, ERR_UNAVAILABLE, "half an answer");
	memcpy(s->cursor, r->element[0]->str, r->element[0]->len + 1);
	for (size_t k = 0; k < r->element[1]->elements; k++)
		take_key(s, (str){ r->element[1]->element[k]->str,
				    r->element[1]->element[k]->len });
	return 0;
}

static int scan(struct survey *s, struct err *e)
{
	memcpy(s->cursor, "0", 2);
	do {
		const str words[] = { STR("scan"), str_of(s->cursor),
			STR("count"), arena_fmt(s->arena, "%d", SCAN_COUNT),
			STR("type"), STR("hash") };

		redis_link_send(&s->conn->link, words, COUNTOF(words));
		if (redis_link_take(
			    &s->conn->link, 1, take_keys, s, "the keys", e) < 0)
			return -1;
	} while (strcmp(s->cursor, "0") && s->keys_n < KEYS_MAX);
	return 0;
}

/* --- their fields --- */

struct fields {
	struct arena *arena;
	str at[MAP_COLUMNS_MAX];
	size_t seen[MAP_COLUMNS_MAX]; /* in how many rows */
	size_t n;
	size_t rows_n;
};

static void take_field(struct fields *f, str name)
{
	size_t i = 0;

	while (i < f->n && !str_eq(f->at[i], name))
		i++;
	if (i == MAP_COLUMNS_MAX)
		return;
	if (i == f->n)
		f->at[f->n++] = arena_dup(f->arena, name);
	f->seen[i]++;
}

static int take_names(void *ctx, size_t i, const redisReply *r, struct err *e)
{
	struct fields *f = ctx;

	(void)i;
	(void)e;
	if (r->type != REDIS_REPLY_ARRAY || !r->elements) /* gone meanwhile */
		return 0;
	f->rows_n++;
	for (size_t k = 0; k < r->elements; k++)
		take_field(f, (str){ r->element[k]->str, r->element[k]->len });
	return 0;
}

static int read_fields(struct survey *s, const struct shape *t,
	struct fields *f, struct err *e)
{
	const struct sample *one = t->samples;
	size_t n = 0;

	for (; one && n < SAMPLES; one = one->next, n++) {
		const str words[] = { STR("hkeys"), one->key };

		redis_link_send(&s->conn->link, words, COUNTOF(words));
	}
	return redis_link_take(&s->conn->link, n, take_names, f,
		"the fields of some hashes", e);
}

/* --- told --- */

/* Two shapes of one name: then the pattern is the name. */
static str name_of(const struct survey *s, const struct shape *t)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i] != t && str_eq(s->at[i]->name, t->name))
			return t->pattern;
	return t->name;
}

static int tell_parts(struct survey *s, const struct shape *t,
	struct column_fact *fact, struct err *e)
{
	struct redis_pattern p = redis_pattern_of(s->arena, t->pattern);

	for (size_t i = 0; i < p.n; i++) {
		fact->column = p.parts[i];
		fact->is_key = p.n == 1;
		if (s->fn(s->ctx, fact, e))
			return -1;
	}
	fact->is_key = false;
	return 0;
}

static int tell(struct survey *s, const struct shape *t, struct err *e)
{
	str words[TABLE_WORDS] = { [TABLE_PATTERN] = t->pattern };
	struct column_fact fact = { .table = name_of(s, t), .words = words };
	struct fields f = { .arena = s->arena };
	struct redis_pattern p = redis_pattern_of(s->arena, t->pattern);

	if (read_fields(s, t, &f, e) < 0 || tell_parts(s, t, &fact, e))
		return -1;
	for (size_t i = 0; i < f.n; i++) {
		fact.column = f.at[i];
		fact.is_optional = f.seen[i] < f.rows_n;
		/* One that is called as a part is hidden by it. */
		if (redis_pattern_part(&p, f.at[i]) == p.n &&
			s->fn(s->ctx, &fact, e))
			return -1;
	}
	return 0;
}

static int tell_left(struct survey *s, struct err *e)
{
	struct column_fact fact = { .table = { 0 } };

	if (!s->left_n)
		return 0;
	fact.left = arena_fmt(s->arena,
		"%zu of %zu keys: fewer than %d are alike, or no words say "
		"what they are",
		s->left_n, s->keys_n, (int)ALIKE_LEAST);
	return s->fn(s->ctx, &fact, e);
}

int redis_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct arena *a = arena_new(REDIS_SCRATCH_MAX);
	struct survey *s = arena_one(a, struct survey);
	int rc;

	*s = (struct survey){
		.conn = redis_own(conn), .arena = a, .fn = fn, .ctx = ctx
	};
	rc = scan(s, e);
	if (!rc)
		find_tables(s);
	for (size_t i = 0; !rc && i < s->n; i++)
		rc = tell(s, s->at[i], e);
	if (!rc)
		rc = tell_left(s, e);
	arena_free(a);
	return rc < 0 ? -1 : 0;
}
