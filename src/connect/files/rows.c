/* What both formats have in common: chunks, columns, keys, errors. */
#include "connect/files/rows.h"

#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "ident/sha256.h"

enum {
	ROW_ARENA_MAX = 8 * FILE_ROW_MAX,
	ROW_KEY_SIZE = 16, /* bytes of the digest */
	MARKS = 1 << 20,
};

#define MARK_FACTOR 0x9e3779b97f4a7c15u

struct row_key_filter {
	uint8_t bits[MARKS / 8];
};

static void free_row_arena(void *a)
{
	arena_free(a);
}

static int in_file(const struct file_rows *r, struct err *e)
{
	return err_context(e, "\"%.*s\"", STR_ARG(r->name));
}

struct file_room *file_room_new(struct arena *a)
{
	struct file_room *room = arena_one(a, struct file_room);

	room->arena = a;
	room->row_arena = arena_new(ROW_ARENA_MAX);
	arena_defer(a, free_row_arena, room->row_arena);
	room->tail = arena_alloc(a, feed_tail_size(FILE_CHUNK));
	room->chunk = arena_alloc(a, feed_room(FILE_CHUNK) + 1 + SCAN_PAD);
	return room;
}

int file_rows_open(struct arena *a, struct file_room *room,
	const struct file_bytes *from, struct file_rows **out, struct err *e)
{
	struct file_rows *r = arena_one(a, struct file_rows);
	struct scrub_end end = { .fd = from->fd };

	r->format = from->format;
	r->arena = a;
	r->room = room;
	r->name = from->name;
	r->line = 1;
	r->cpu = cpu_path_resolve(CPU_BEST);
	r->row_arena = room->row_arena;
	if (source_open(a, &r->source, &end, false, e) < 0)
		return in_file(r, e);
	feed_init_on(&r->feed, room->tail, r->source, r->cpu, FILE_CHUNK);
	r->feed.is_lines = r->format->is_lines;
	r->chunk.p = room->chunk;
	*out = r;
	return r->format->begin(r, e) < 0 ? in_file(r, e) : 0;
}

int file_rows_bind(
	struct file_rows *r, struct file_column *c, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (!str_eq(c[i].name, STR(MAP_ROW_KEY)) &&
			r->format->bind(r, &c[i], e) < 0)
			return in_file(r, e);
	return 0;
}

static uint64_t lines_in(str s)
{
	uint64_t n = 0;
	const char *p = s.p, *end = s.p + s.n;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

int file_rows_wrong(const struct file_rows *r, size_t at, struct err *e,
	enum err_code code, const char *what)
{
	uint64_t line = r->line + lines_in((str){ r->chunk.p, at });

	err_set(e, code, "line %" PRIu64 ": %s", line, what);
	return in_file(r, e);
}

int file_rows_take(struct file_rows *r, struct err *e)
{
	int rc;

	r->line += lines_in((str){ r->chunk.p, r->chunk.n });
	r->chunk.n = 0;
	r->at = 0;
	rc = feed_take(&r->feed, &r->chunk, e);
	if (rc < 0) {
		err_context(e, "line %" PRIu64, r->line);
		return in_file(r, e);
	}
	return rc && r->format->take(r, e) < 0 ? -1 : rc;
}

int file_rows_next(struct file_rows *r, struct file_row *row, struct err *e)
{
	if (arena_used(r->row_arena))
		arena_clear(r->row_arena);
	return r->format->next(r, row, e);
}

int file_rows_cell(struct file_rows *r, const struct file_row *row,
	struct file_column *c, struct cell *out, struct err *e)
{
	str span;

	*out = (struct cell){ .type = CELL_NULL };
	if (str_eq(c->name, STR(MAP_ROW_KEY))) {
		*out = file_row_key(r, row);
		c->is_there = true;
		return 0;
	}
	if (r->format->span(r, row, c, &span, e) < 0)
		return -1;
	if (!span.p)
		return 0;
	c->is_there = true;
	return r->format->read(r, row, span, out, e);
}

/*
 * A quick number of a row's bytes.  It stands in front of the digest, so that a
 * pass makes digests only of rows that may be looked for.
 */
static uint32_t mark_of(str s)
{
	uint64_t h = s.n, v;

	/* Little-endian on every machine: keys are kept. */
	for (; s.n >= sizeof v; s = str_from(s, sizeof v)) {
		memcpy(&v, s.p, sizeof v);
		h = (h ^ le64toh(v)) * MARK_FACTOR;
		h ^= h >> 32;
	}
	v = 0;
	if (s.n)
		memcpy(&v, s.p, s.n);
	h = (h ^ le64toh(v)) * MARK_FACTOR;
	h ^= h >> 32;
	return (uint32_t)h;
}

struct cell file_row_key(const struct file_rows *r, const struct file_row *row)
{
	struct buf b = buf_in(r->row_arena, r->name.n + 1 + row->text.n);
	uint8_t digest[SHA256_SIZE];

	buf_put(&b, r->name);
	buf_putc(&b, '\0');
	buf_put(&b, row->text);
	must(buf_ok(&b));
	sha256(buf_str(&b), digest);
	return cell_text(arena_fmt(r->row_arena, "%08" PRIx32 "-%.*s",
		mark_of(row->text),
		STR_ARG(hex_of(r->row_arena, digest, ROW_KEY_SIZE))));
}

/* The mark that a row's key begins with. */
static bool mark_in_key(str key, uint32_t *out)
{
	uint8_t mark[4];
	str head, digest;

	if (!str_cut(key, '-', &head, &digest) ||
		digest.n != 2 * ROW_KEY_SIZE || head.n != 2 * sizeof mark ||
		!hex_read(head, mark, sizeof mark))
		return false;
	*out = (uint32_t)mark[0] << 24 | (uint32_t)mark[1] << 16 |
	       (uint32_t)mark[2] << 8 | mark[3];
	return true;
}

struct row_key_filter *row_key_filter_of(
	struct arena *a, const struct key_set *keys)
{
	struct row_key_filter *f = arena_one(a, struct row_key_filter);

	for (size_t i = 0; i < keys->n; i++) {
		uint32_t mark;

		if (!mark_in_key(keys->at[i].text, &mark))
			continue;
		mark %= MARKS;
		f->bits[mark / 8] |= (uint8_t)(1 << mark % 8);
	}
	return f;
}

bool row_key_may_be(const struct row_key_filter *f, const struct file_row *row)
{
	uint32_t mark = mark_of(row->text) % MARKS;

	return f->bits[mark / 8] >> mark % 8 & 1;
}
