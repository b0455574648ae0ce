/*
 * `toyon index bench`: what a look-up in this file takes on this machine.  Of the
 * questions one in twenty is a key that is in, when the file holds its keys in
 * full; the others are made up.  Every answer is compared before its time counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/rand.h"
#include "cli/list_key.h"
#include "index/index.h"

enum {
	QUESTIONS = 1 << 20,
	HITS = QUESTIONS / 20,
	ALONE = QUESTIONS / 8,
	ROUNDS = 5,
	JSON_MAX = 1 << 14,
};

struct bench {
	struct index *index;
	struct index_info info;
	uint8_t *key;    /* of the questions, one after the other */
	uint32_t *want;  /* their reasons */
	uint32_t *found; /* what the index said */
	/* Sampling: every step-th key of the file goes to the next place. */
	uint64_t seen;
	uint64_t step;
	size_t hits;
	double open_ms;
	double batch_ns; /* medians, for one look-up */
	double alone_ns;
};

/* --- questions --- */

static int sample(void *ctx, const struct index_entry *entry)
{
	struct bench *b = ctx;
	size_t at = b->hits * (QUESTIONS / HITS);

	if (b->seen++ % b->step || b->hits == HITS)
		return 0;
	memcpy(b->key + at * IDENT_KEY_SIZE, entry->key, IDENT_KEY_SIZE);
	b->want[at] = entry->reasons;
	b->hits++;
	return 0;
}

/* The sampled keys ascend as the file does: asked in that order, neighbours would
 * find their line already read. */
static void shuffle(struct bench *b, struct rng *r)
{
	uint8_t kept[IDENT_KEY_SIZE];

	for (size_t i = QUESTIONS - 1; i > 0; i--) {
		size_t k = (size_t)rng_below(r, i + 1);
		uint8_t *x = b->key + i * IDENT_KEY_SIZE;
		uint8_t *y = b->key + k * IDENT_KEY_SIZE;
		uint32_t want = b->want[i];

		memcpy(kept, x, sizeof kept);
		memcpy(x, y, sizeof kept);
		memcpy(y, kept, sizeof kept);
		b->want[i] = b->want[k];
		b->want[k] = want;
	}
}

static int make_questions(struct cli *c, struct bench *b, struct err *e)
{
	struct rng r = { 20200101 };

	b->key = arena_alloc(c->arena, (size_t)QUESTIONS * IDENT_KEY_SIZE);
	b->want = arena_many(c->arena, uint32_t, QUESTIONS);
	b->found = arena_many(c->arena, uint32_t, QUESTIONS);
	for (size_t i = 0; i < (size_t)QUESTIONS * IDENT_KEY_SIZE; i += 8) {
		uint64_t v = rng_next(&r);

		memcpy(b->key + i, &v, sizeof v);
	}
	b->step = b->info.keys / HITS + 1;
	if (b->info.has_proof && index_each(b->index, sample, b, e))
		return -1;
	shuffle(b, &r);
	return 0;
}

/* --- rounds --- */

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *ns)
{
	qsort(ns, ROUNDS, sizeof *ns, compare);
	return ns[ROUNDS / 2];
}

static double ask_batch(struct bench *b)
{
	int64_t start = clock_mono_ns();

	index_find_batch(b->index, b->key, QUESTIONS, b->found);
	return (double)(clock_mono_ns() - start) / QUESTIONS;
}

/* Each question waits for the answer before it: the latency of one look-up. */
static double ask_alone(struct bench *b)
{
	int64_t start = clock_mono_ns();
	uint32_t last = 0;

	for (size_t i = 0; i < ALONE; i++) {
		/* Never true, but that is known only with the answer. */
		size_t at = i + (last == UINT32_MAX);

		last = b->found[i] =
			index_find(b->index, b->key + at * IDENT_KEY_SIZE);
	}
	return (double)(clock_mono_ns() - start) / ALONE;
}

static int check_answers(const struct bench *b, size_t n, struct err *e)
{
	if (!memcmp(b->found, b->want, n * sizeof *b->found))
		return 0;
	err_set(e, ERR_CORRUPT, "the index gave a wrong answer");
	return err_hint(e, "`toyon index verify` says what is damaged; `toyon "
			   "index build` makes it anew");
}

static int run_rounds(struct bench *b, struct err *e)
{
	double batch[ROUNDS], alone[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		batch[i] = ask_batch(b);
		if (check_answers(b, QUESTIONS, e))
			return -1;
		alone[i] = ask_alone(b);
		if (check_answers(b, ALONE, e))
			return -1;
	}
	b->batch_ns = median(batch);
	b->alone_ns = median(alone);
	return 0;
}

/* --- what it took --- */

static int put_json(struct cli *c, const struct bench *b, struct err *e)
{
	struct buf out = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&out);

	json_begin_object(&j);
	json_put_int(&j, "keys", (int64_t)b->info.keys);
	json_put_int(&j, "hot_size", (int64_t)b->info.hot_size);
	json_put_int(
		&j, "hits_per_mille", (int64_t)(b->hits * 1000 / QUESTIONS));
	json_put_int(&j, "open_us", (int64_t)(b->open_ms * 1e3));
	json_put_int(&j, "batch_ps", (int64_t)(b->batch_ns * 1e3));
	json_put_int(&j, "alone_ps", (int64_t)(b->alone_ns * 1e3));
	json_end(&j);
	return cli_put_json(&out, e);
}

static void print_lines(const struct bench *b)
{
	const struct index_info *i = &b->info;

	printf("%llu key%s, %llu bytes in memory", (unsigned long long)i->keys,
		cli_s(i->keys), (unsigned long long)i->hot_size);
	if (i->keys)
		printf(", %.1f a key", (double)i->hot_size / (double)i->keys);
	printf(", opened in %.1f ms\n", b->open_ms);
	printf("in batches\t%.1f ns\t%.1f million a second\n", b->batch_ns,
		1e3 / b->batch_ns);
	printf("one by one\t%.1f ns\t%.1f million a second\n", b->alone_ns,
		1e3 / b->alone_ns);
}

static int bench_index(struct cli *c, struct bench *b, struct err *e)
{
	index_info(b->index, &b->info);
	if (make_questions(c, b, e) || run_rounds(b, e))
		return -1;
	if (c->is_json)
		return put_json(c, b, e);
	print_lines(b);
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct index_open_opts opts = { .cpu = CPU_BEST };
	struct bench b = { 0 };
	int64_t start = clock_mono_ns();
	int rc;

	if (index_open(&b.index, index_file_of(c), &opts, e))
		return -1;
	b.open_ms = (double)(clock_mono_ns() - start) / 1e6;
	rc = bench_index(c, &b, e);
	index_close(b.index);
	return rc;
}

const struct command command_index_bench = {
	.name = "index bench",
	.operands = "[FILE.tyx]",
	.operands_max = 1,
	.title = "how fast look-ups are on this machine",
	.about = "Asks an index file a million questions, in batches and one "
		 "by one, and prints what a look-up takes: the median of five "
		 "rounds, on one processor. One question in twenty is a hit "
		 "when the file holds its keys in full. Without FILE, the "
		 "installation's.",
	.result = "The exit status is 1 when an answer was wrong. --json gives "
		  "times in picoseconds (_ps) and microseconds (_us).",
	.has_json = true,
	.examples = { "toyon index bench", "toyon index bench optouts.tyx" },
	.run = run,
};
