/*
 * The index by itself: build, open, and look-ups among N made-up keys, 5 % of
 * the questions a hit; every answer is compared with what is known.
 *
 *	b_index N FOLDER
 *
 * Medians of five rounds, in CPU time of one thread.  "Alone" waits for each
 * answer before the next question: the latency of a single check.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/rand.h"
#include "index/builder.h"
#include "index/index.h"

enum { QUESTIONS = 4000000, ROUNDS = 5, BATCH = 256 };

struct world {
	struct ident_keyring keyring;
	size_t n;
	uint8_t *key;    /* of the questions */
	uint8_t *digest; /* the same, before they were keyed */
	uint32_t *answer;
	uint32_t *want;
	size_t wrong;
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double wall_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Person i's address, as it would be typed. */
static size_t address(uint64_t i, char out[64])
{
	struct rng r = { i };

	return (size_t)snprintf(out, 64, " Person.%llx@Example%llu.com",
		(unsigned long long)i * 2654435761u,
		(unsigned long long)rng_below(&r, 50));
}

static void digest_of(uint64_t i, uint8_t *out)
{
	struct rng r = { i ^ 0x5bd1e995 };

	for (size_t k = 0; k < SHA256_SIZE; k += 8) {
		uint64_t v = rng_next(&r);

		memcpy(out + k, &v, 8);
	}
}

static void key_of(const struct world *w, uint64_t i, uint8_t *out)
{
	uint8_t digest[SHA256_SIZE];

	digest_of(i, digest);
	ident_key(&w->keyring, IDENT_EMAIL, digest, out);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void say(const char *what, double *s, double n)
{
	qsort(s, ROUNDS, sizeof *s, compare);
	printf("%-44s %8.1f ns\n", what, s[ROUNDS / 2] * 1e9 / n);
	fflush(stdout);
}

static void ask(struct world *w)
{
	w->key = malloc((size_t)QUESTIONS * IDENT_KEY_SIZE);
	w->digest = malloc((size_t)QUESTIONS * SHA256_SIZE);
	w->answer = malloc(QUESTIONS * sizeof *w->answer);
	w->want = calloc(QUESTIONS, sizeof *w->want);
	must(w->key && w->digest && w->answer && w->want);
	for (size_t i = 0; i < QUESTIONS; i++) {
		struct rng r = { i };
		uint64_t x = rng_next(&r);

		w->want[i] = x % 20 == 0;
		digest_of(w->want[i] ? rng_below(&r, w->n) : w->n + i,
			w->digest + i * SHA256_SIZE);
	}
	ident_key_batch(&w->keyring, IDENT_EMAIL, w->digest, QUESTIONS, w->key);
}

static void check(struct world *w)
{
	for (size_t i = 0; i < QUESTIONS; i++)
		w->wrong += w->answer[i] != w->want[i];
}

static void look_up(struct world *w, const struct index *ix)
{
	double batch[ROUNDS], digest[ROUNDS], alone[ROUNDS];
	uint8_t key[BATCH * IDENT_KEY_SIZE];

	for (int r = 0; r < ROUNDS; r++) {
		double s = now_s();

		index_find_batch(ix, w->key, QUESTIONS, w->answer);
		batch[r] = now_s() - s;
		check(w);
		s = now_s();
		for (size_t i = 0; i < QUESTIONS; i += BATCH) {
			ident_key_batch(&w->keyring, IDENT_EMAIL,
				w->digest + i * SHA256_SIZE, BATCH, key);
			index_find_batch(ix, key, BATCH, w->answer + i);
		}
		digest[r] = now_s() - s;
		check(w);
		s = now_s();
		for (size_t i = 0, last = 0; i < QUESTIONS / 4; i++) {
			/* The address of the question hangs on the answer. */
			const uint8_t *k =
				w->key +
				(i ^ (last & 1 & (last >> 1))) * IDENT_KEY_SIZE;

			last = w->answer[i] = index_find(ix, k);
		}
		alone[r] = now_s() - s;
	}
	say("C1 look-up, key at hand, batch", batch, QUESTIONS);
	say("C1 look-up, digest at hand, batch", digest, QUESTIONS);
	say("   look-up, alone", alone, QUESTIONS / 4.0);
}

/* From the typed address: these are not in the index, as most are not. */
static void raw(struct world *w, const struct index *ix)
{
	static char text[BATCH * 16][64];
	double one[ROUNDS];
	size_t found = 0, n = sizeof text / sizeof *text;

	for (size_t i = 0; i < n; i++)
		address(i, text[i]);
	for (int r = 0; r < ROUNDS; r++) {
		double s = now_s();

		for (size_t i = 0; i < n; i++) {
			uint8_t key[IDENT_KEY_SIZE];

			if (!ident_key_of(&w->keyring, IDENT_EMAIL,
				    str_of(text[i]), key))
				found += index_find(ix, key) != 0;
		}
		one[r] = now_s() - s;
	}
	w->wrong += found;
	say("C3 check of a typed address, one by one", one, (double)n);
}

static void build_stream(struct world *w, const char *path)
{
	struct index_builder *b = index_builder_new(1);
	struct index_opts o = { .kinds = 1 };
	uint8_t *keys = malloc(w->n * IDENT_KEY_SIZE);
	struct err e = { 0 };
	uint64_t n;
	double s;

	must(keys != NULL);
	for (size_t i = 0; i < w->n; i++)
		key_of(w, i, keys + i * IDENT_KEY_SIZE);
	s = now_s();
	index_builder_add(b, 0, keys, w->n);
	if (index_builder_finish(b, path, 1, &o, &n, &e))
		printf("cannot build: %s\n", e.message);
	s = now_s() - s;
	printf("%-44s %8.1f M keys/s\n", "B1 build from keys, CPU",
		(double)w->n / s / 1e6);
	index_builder_free(b);
	free(keys);
}

static void build_entries(struct world *w, const char *path)
{
	struct index_entry *entry = malloc(w->n * sizeof *entry);
	struct index_opts o = { .kinds = 1 };
	struct err e = { 0 };
	double s;

	must(entry != NULL);
	for (size_t i = 0; i < w->n; i++) {
		key_of(w, i, entry[i].key);
		entry[i].reasons = 1 + (uint32_t)(i % 5);
	}
	s = now_s();
	if (index_build(path, entry, w->n, &o, &e))
		printf("cannot build: %s\n", e.message);
	s = now_s() - s;
	printf("%-44s %8.1f M keys/s\n",
		"   build with reasons and full keys, CPU",
		(double)w->n / s / 1e6);
	free(entry);
}

static struct index *open_it(struct world *w, const char *path)
{
	struct index_open_opts o = { 0 };
	struct index_info info;
	struct index *ix = NULL;
	struct err e = { 0 };
	double s = wall_s();

	if (index_open(&ix, path, &o, &e)) {
		printf("cannot open: %s\n", e.message);
		return NULL;
	}
	w->wrong += index_find(ix, w->key) != w->want[0];
	printf("%-44s %8.1f ms\n", "B4 open, check, first answer (warm)",
		(wall_s() - s) * 1e3);
	index_info(ix, &info);
	printf("%-44s %8.2f bytes\n", "B3 size a key, hot",
		(double)info.hot_size / (double)info.keys);
	return ix;
}

int main(int argc, char **argv)
{
	static struct world w;
	static const uint8_t secret[IDENT_SECRET_SIZE] = { 42 };
	char path[256];
	struct index *ix;

	if (argc != 3)
		return fputs("usage: b_index N FOLDER\n", stderr), 2;
	w.n = (size_t)strtoull(argv[1], NULL, 10);
	snprintf(path, sizeof path, "%s/b_index.tyx", argv[2]);
	ident_keyring_init(&w.keyring, secret, CPU_BEST);
	ask(&w);
	build_entries(&w, path);
	build_stream(&w, path);
	ix = open_it(&w, path);
	if (!ix)
		return 1;
	look_up(&w, ix);
	raw(&w, ix);
	index_close(ix);
	unlink(path);
	printf("%zu wrong answers\n", w.wrong);
	return w.wrong != 0;
}
