/*
 * What a server holds, learnt from some of its keys: hashes whose keys are alike are
 * the rows of a table.  A piece of a key, between colons, that has a digit or what no
 * word has is somebody's or something's own; the others are the table's name.  Where
 * many keys differ in their last piece alone, that is a part as well ("user:ann").
 */
#include <inttypes.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/redis/session.h"

enum {
	KEYS_MAX = 100000, /* that are looked at */
	SCAN_COUNT = 1000,
	SAMPLES = 64, /* of each shape, whose fields are read */
	SHAPES_MAX = 1000,
	ALIKE_LEAST = 5, /* keys that differ in their last piece */
	PIECE_MAX = 24,  /* bytes of a word */
	CURSOR_MAX = 24,
	SHAPE_MAX = 4096,
};

struct shape {
	str pattern;
	str name;
	size_t parts_n;
	bool is_words; /* nothing but words: its last piece is a part if many differ */
	size_t keys_n;
	str samples[SAMPLES];
	size_t samples_n;
};

struct survey {
	struct redis_conn *conn;
	struct arena *arena;
	struct shape *shapes[SHAPES_MAX];
	size_t n;
	size_t keys_n;
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

static str next_piece(str *rest, bool *is_last)
{
	str piece = *rest, after = { 0 };

	*is_last = !str_has(*rest, ':');
	if (!*is_last)
		str_cut(*rest, ':', &piece, &after);
	*rest = after;
	return piece;
}

static void count_parts(str key, struct shape *out)
{
	bool is_last = false;

	*out = (struct shape){ .parts_n = 0 };
	while (!is_last)
		out->parts_n += !is_word(next_piece(&key, &is_last));
	out->is_words = !out->parts_n;
	out->parts_n += out->is_words;
}

struct writing {
	struct buf pattern;
	struct buf name;
	str word; /* the last one */
	size_t parts_n;
};

/* {id} when it is the only one; else each is called after the word before it. */
static void put_part(struct writing *w, const struct shape *s)
{
	w->parts_n++;
	if (s->parts_n == 1)
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

/* Into `out`; false when it is no shape of a table. */
static bool shape_of(struct arena *a, str key, struct shape *out)
{
	struct writing w = { .pattern = buf_in(a, SHAPE_MAX),
		.name = buf_in(a, SHAPE_MAX) };
	bool is_last = false;

	count_parts(key, out);
	while (!is_last) {
		str piece = next_piece(&key, &is_last);

		if (!is_word(piece) || (out->is_words && is_last))
			put_part(&w, out);
		else
			put_word(&w, piece);
		buf_puts(&w.pattern, is_last ? "" : ":");
	}
	out->pattern = buf_str(&w.pattern);
	out->name = buf_str(&w.name);
	return buf_ok(&w.pattern) && out->name.n &&
	       out->parts_n <= REDIS_PARTS_MAX &&
	       !redis_pattern_fault(out->pattern);
}

static struct shape *known_shape(struct survey *s, const struct shape *like)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->shapes[i]->pattern, like->pattern) &&
			s->shapes[i]->is_words == like->is_words)
			return s->shapes[i];
	if (s->n == SHAPES_MAX)
		return NULL;
	s->shapes[s->n] = arena_one(s->arena, struct shape);
	*s->shapes[s->n] = *like;
	s->shapes[s->n]->pattern = arena_dup(s->arena, like->pattern);
	s->shapes[s->n]->name = arena_dup(s->arena, like->name);
	return s->shapes[s->n++];
}

static void take_key(struct survey *s, str key)
{
	struct arena *a = arena_new(1 << 20);
	struct shape like, *known = NULL;

	if (key.n <= CONNECT_KEY_MAX && shape_of(a, key, &like))
		known = known_shape(s, &like);
	if (known) {
		known->keys_n++;
		if (known->samples_n < SAMPLES)
			known->samples[known->samples_n++] =
				arena_dup(s->arena, key);
	}
	s->keys_n++;
	arena_free(a);
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
	for (size_t i = 0; i < t->samples_n; i++) {
		const str words[] = { STR("hkeys"), t->samples[i] };

		redis_link_send(&s->conn->link, words, COUNTOF(words));
	}
	return redis_link_take(&s->conn->link, t->samples_n, take_names, f,
		"the fields of some hashes", e);
}

/* --- told --- */

/* Two shapes of one name: then the pattern is the name. */
static str name_of(const struct survey *s, const struct shape *t)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->shapes[i] != t && str_eq(s->shapes[i]->name, t->name))
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

int redis_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct arena *a = arena_new(REDIS_SCRATCH_MAX);
	struct survey *s = arena_one(a, struct survey);
	int rc;

	*s = (struct survey){
		.conn = redis_own(conn), .arena = a, .fn = fn, .ctx = ctx
	};
	rc = scan(s, e);
	for (size_t i = 0; !rc && i < s->n; i++)
		if (!s->shapes[i]->is_words ||
			s->shapes[i]->keys_n >= ALIKE_LEAST)
			rc = tell(s, s->shapes[i], e);
	arena_free(a);
	return rc < 0 ? -1 : 0;
}
