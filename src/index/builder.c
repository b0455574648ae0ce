/*
 * Keys are parted by their first byte as they come, into runs of memory that
 * only grow.  At the end one part after the other is laid out: it fits a cache,
 * and parts ascend as lines do.
 */
#include "index/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "index/format.h"
#include "index/write.h"

enum { PARTS = 256, RUN = 4096 };

struct half_key {
	uint64_t hi;
	uint64_t tag;
};

/* A piece of one part; newest first. */
struct run {
	struct run *next;
	size_t n;
	struct half_key key[RUN];
};

struct lane {
	struct run *part[PARTS];
};

struct index_builder {
	size_t lanes;
	struct lane *lane;
};

struct index_builder *index_builder_new(size_t lanes)
{
	struct index_builder *b = calloc(1, sizeof *b);

	must(b && lanes > 0 && lanes <= BUILDER_LANES_MAX);
	b->lanes = lanes;
	b->lane = calloc(lanes, sizeof *b->lane);
	must(b->lane != NULL);
	return b;
}

static void free_part(struct index_builder *b, size_t part)
{
	for (size_t i = 0; i < b->lanes; i++) {
		struct run *r = b->lane[i].part[part];

		b->lane[i].part[part] = NULL;
		while (r) {
			struct run *next = r->next;

			free(r);
			r = next;
		}
	}
}

void index_builder_free(struct index_builder *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < PARTS; i++)
		free_part(b, i);
	free(b->lane);
	free(b);
}

static struct run *run_new(struct run *next)
{
	struct run *r = malloc(sizeof *r);

	must(r != NULL);
	r->next = next;
	r->n = 0;
	return r;
}

void index_builder_add(
	struct index_builder *b, size_t lane, const uint8_t *key, size_t n)
{
	struct run **part = b->lane[lane].part;

	must(lane < b->lanes);
	for (size_t i = 0; i < n; i++, key += IDENT_KEY_SIZE) {
		struct run **r = &part[key[0]];

		if (!*r || (*r)->n == RUN)
			*r = run_new(*r);
		(*r)->key[(*r)->n++] = (struct half_key){ index_key_hi(key),
			index_key_tag(key) };
	}
}

static size_t count_part(const struct index_builder *b, size_t part)
{
	size_t n = 0;

	for (size_t i = 0; i < b->lanes; i++)
		for (struct run *r = b->lane[i].part[part]; r; r = r->next)
			n += r->n;
	return n;
}

/* The part's lines, and where in its sorted tags each begins. */
struct part {
	uint64_t first;
	size_t lines;
	size_t *start; /* lines + 1 */
	uint64_t *tag; /* sorted by line */
};

static struct part part_of(size_t i, uint64_t home)
{
	uint64_t low = (uint64_t)i << 56, high = low | (UINT64_MAX >> 8);
	uint64_t first = index_home_line(low, home);

	return (struct part){ .first = first,
		.lines = index_home_line(high, home) - first + 1 };
}

/* By counting: how many each line has, then each tag to its place. */
static void sort_part(
	const struct index_builder *b, size_t i, uint64_t home, struct part *p)
{
	memset(p->start, 0, (p->lines + 1) * sizeof *p->start);
	for (size_t k = 0; k < b->lanes; k++)
		for (struct run *r = b->lane[k].part[i]; r; r = r->next)
			for (size_t j = 0; j < r->n; j++)
				p->start[index_home_line(r->key[j].hi, home) -
					 p->first]++;
	for (size_t j = 0, at = 0; j <= p->lines; j++) {
		at += p->start[j];
		p->start[j] = at;
	}
	for (size_t k = 0; k < b->lanes; k++)
		for (struct run *r = b->lane[k].part[i]; r; r = r->next)
			for (size_t j = 0; j < r->n; j++) {
				size_t line =
					index_home_line(r->key[j].hi, home) -
					p->first;

				p->tag[--p->start[line]] = r->key[j].tag;
			}
}

static void lay_part(const struct part *p, struct lines *l, uint32_t reasons)
{
	for (size_t line = 0; line < p->lines; line++)
		for (size_t j = p->start[line]; j < p->start[line + 1]; j++)
			lines_add(l, p->first + line,
				(struct tag){ p->tag[j], reasons });
}

struct layer {
	struct index_builder *builder;
	uint32_t reasons;
	size_t part_max;
};

static void lay_all(void *ctx, struct arena *a, struct lines *l)
{
	struct layer *y = ctx;
	uint64_t home = l->home;
	size_t *start = arena_many(a, size_t, home / PARTS + 4);
	uint64_t *tag = arena_many(a, uint64_t, y->part_max + 1);

	for (size_t i = 0; i < PARTS; i++) {
		struct part p = part_of(i, home);

		p.start = start;
		p.tag = tag;
		sort_part(y->builder, i, home, &p);
		lay_part(&p, l, y->reasons);
		free_part(y->builder, i);
	}
}

int index_builder_finish(struct index_builder *b, const char *path,
	uint32_t reasons, const struct index_opts *opts, uint64_t *keys,
	struct err *e)
{
	struct layer y = { .builder = b, .reasons = reasons };
	struct index_opts o = *opts;
	struct write_plan w = { .opts = &o, .lay = lay_all, .ctx = &y };

	must(reasons != 0);
	o.without_proof = true;
	for (size_t i = 0; i < PARTS; i++) {
		size_t n = count_part(b, i);

		w.keys += n;
		y.part_max = n > y.part_max ? n : y.part_max;
	}
	if (w.keys)
		codes_add(&w.codes, reasons);
	if (index_write(path, &w, e))
		return -1;
	*keys = w.keys;
	return 0;
}
