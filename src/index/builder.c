/*
 * Keys are parted by their first byte as they come, into runs of memory that
 * only grow.  At the end one part after the other is laid out: it fits a cache,
 * and parts ascend as lines do (index/layout.h).
 */
#include "index/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "index/format.h"
#include "index/layout.h"
#include "index/write.h"

struct lane {
	struct part_run *part[PARTS];
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

void index_builder_free(struct index_builder *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->lanes; i++)
		for (size_t k = 0; k < PARTS; k++)
			part_runs_free(&b->lane[i].part[k]);
	free(b->lane);
	free(b);
}

static struct part_run *run_new(struct part_run *next)
{
	struct part_run *r = malloc(sizeof *r);

	must(r != NULL);
	r->next = next;
	r->n = 0;
	return r;
}

void index_builder_add(
	struct index_builder *b, size_t lane, const uint8_t *key, size_t n)
{
	struct part_run **part = b->lane[lane].part;

	must(lane < b->lanes);
	for (size_t i = 0; i < n; i++, key += IDENT_KEY_SIZE) {
		struct part_run **r = &part[key[0]];

		if (!*r || (*r)->n == PART_RUN)
			*r = run_new(*r);
		(*r)->key[(*r)->n++] = (struct part_key){ index_key_hi(key),
			index_key_tag(key) };
	}
}

/* All runs of a part, whoever brought them, become the first lane's. */
static size_t join_lanes(struct index_builder *b, size_t part)
{
	struct part_run **to = &b->lane[0].part[part];
	size_t n = 0;

	for (size_t i = 0; i < b->lanes; i++) {
		if (i > 0) {
			*to = b->lane[i].part[part];
			b->lane[i].part[part] = NULL;
		}
		for (; *to; to = &(*to)->next)
			n += (*to)->n;
	}
	return n;
}

struct finish {
	struct index_builder *builder;
	uint32_t reasons;
	size_t part_max;
};

static void lay_all(void *ctx, struct arena *a, struct lines *l)
{
	struct finish *f = ctx;
	struct layout_plan plan = { .part = f->builder->lane[0].part,
		.part_max = f->part_max,
		.threads = f->builder->lanes,
		.reasons = f->reasons };

	layout_run(&plan, a, l);
}

int index_builder_finish(struct index_builder *b, const char *path,
	uint32_t reasons, const struct index_opts *opts, uint64_t *keys,
	struct err *e)
{
	struct finish f = { .builder = b, .reasons = reasons };
	struct index_opts o = *opts;
	struct write_plan w = { .opts = &o, .lay = lay_all, .ctx = &f };

	must(reasons != 0);
	o.without_proof = true;
	for (size_t i = 0; i < PARTS; i++) {
		size_t n = join_lanes(b, i);

		w.keys += n;
		f.part_max = n > f.part_max ? n : f.part_max;
	}
	if (w.keys)
		codes_add(&w.codes, reasons);
	if (index_write(path, &w, e))
		return -1;
	*keys = w.keys;
	return 0;
}
