/*
 * The builder for streams makes the file that index_build() makes of the same
 * keys, byte for byte, however many threads bring them and lay them out.
 */
#include "index/builder.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/file.h"
#include "base/rand.h"
#include "check.h"

enum { KEYS_MAX = 200000, REASON = 4, LANES_MAX = 4, ADD = 37 };

static char folder[] = "/tmp/t_index_builder.XXXXXX";

struct world {
	struct rng r;
	char one[64], other[64];
	size_t n;
	struct index_entry entry[KEYS_MAX];
};

static void fill(struct world *w, size_t n)
{
	w->n = n;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < IDENT_KEY_SIZE; k += 8) {
			uint64_t v = rng_next(&w->r);

			memcpy(w->entry[i].key + k, &v, 8);
		}
		w->entry[i].reasons = REASON;
	}
}

/* Keys in turns to each lane, and in pieces as a list brings them. */
static int stream(struct world *w, size_t lanes, const struct index_opts *o,
	uint64_t *keys, struct err *e)
{
	struct index_builder *b = index_builder_new(lanes);
	uint8_t some[ADD * IDENT_KEY_SIZE];
	int rc;

	for (size_t i = 0; i < w->n; i += ADD) {
		size_t n = w->n - i < ADD ? w->n - i : ADD;

		for (size_t k = 0; k < n; k++)
			memcpy(some + k * IDENT_KEY_SIZE, w->entry[i + k].key,
				IDENT_KEY_SIZE);
		index_builder_add(b, i / ADD % lanes, some, n);
	}
	rc = index_builder_finish(b, w->other, REASON, o, keys, e);
	index_builder_free(b);
	return rc;
}

static bool is_same_file(struct world *w)
{
	struct arena *a = arena_new(64 << 20);
	str one, other;
	struct err e = { 0 };
	bool is_same = !file_read(a, w->one, 16 << 20, &one, &e) &&
		       !file_read(a, w->other, 16 << 20, &other, &e) &&
		       str_eq(one, other);

	arena_free(a);
	return is_same;
}

static void same_file(struct world *w, const char *why)
{
	struct index_opts o = {
		.seq = 3, .kinds = 1, .built_at = 77, .without_proof = true
	};
	struct index_entry *sorted = malloc((w->n + 1) * sizeof *sorted);
	struct err e = { 0 };

	memcpy(sorted, w->entry, w->n * sizeof *sorted);
	CHECK(!index_build(w->one, sorted, w->n, &o, &e), "%s: %s", why,
		e.message);
	free(sorted);
	for (size_t lanes = 1; lanes <= LANES_MAX; lanes++) {
		uint64_t keys = 0;

		CHECK(!stream(w, lanes, &o, &keys, &e), "%s: %s", why,
			e.message);
		CHECK(keys == w->n, "%s, %d lanes: %d keys of %d", why,
			(int)lanes, (int)keys, (int)w->n);
		CHECK(is_same_file(w), "%s, %d lanes", why, (int)lanes);
	}
}

/* Of few keys all parts share one line, of many each has lines of its own. */
static void every_size(struct world *w)
{
	static const size_t sizes[] = { 0, 1, 2, 6, 7, 8, 9, 100, 1500, 1600,
		5000, 40000, KEYS_MAX };

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		char why[32];

		fill(w, sizes[i]);
		snprintf(why, sizeof why, "%zu keys", sizes[i]);
		same_file(w, why);
	}
}

/* More keys of one line than it has room for, in the middle of a part and where
 * two parts meet: they are carried on, over the next part's lines too. */
static void crowded(struct world *w)
{
	static const uint8_t middle[] = { 0x77, 0x77, 0x77, 0x77 },
			     end[] = { 0x76, 0xff, 0xff, 0xff },
			     last[] = { 0xff, 0xff, 0xff, 0xff };
	static const uint8_t *const place[] = { middle, end, last };
	static const size_t crowds[] = { 7, 8, 9, 15, 16, 17, 50, 200 };

	for (size_t i = 0; i < COUNTOF(crowds); i++)
		for (size_t p = 0; p < COUNTOF(place); p++) {
			fill(w, 20000);
			for (size_t k = 0; k < crowds[i]; k++)
				memcpy(w->entry[k * 90].key, place[p], 4);
			same_file(w, "crowded");
		}
}

/* The greatest tag is a number like any other, also beside free slots. */
static void tags_at_the_edges(struct world *w)
{
	static const size_t same_line[] = { 0, 5, 7, 12 };

	for (size_t i = 0; i < COUNTOF(same_line); i++) {
		fill(w, 3000);
		memset(w->entry[0].key + 8, 0xff, 8);
		memset(w->entry[1].key + 8, 0, 8);
		for (size_t k = 0; k <= same_line[i]; k++)
			memcpy(w->entry[k].key, w->entry[0].key, 8);
		same_file(w, "tags at the edges");
	}
}

/* A key that comes again is kept once, whoever brings it. */
static void again(struct world *w, size_t once, size_t repeated, size_t n)
{
	struct index_opts o = { .kinds = 1 };
	struct index_open_opts open = { 0 };
	struct index *ix = NULL;
	struct err e = { 0 };
	uint64_t keys = 0;
	size_t found = 0;

	fill(w, n);
	for (size_t i = once; i < n; i++)
		w->entry[i] = w->entry[(i - once) % repeated];
	CHECK(!stream(w, 3, &o, &keys, &e) && keys == once, "%s, %d keys of %d",
		e.message, (int)keys, (int)once);
	CHECK(!index_open(&ix, w->other, &open, &e), "%s", e.message);
	for (size_t i = 0; i < n; i++)
		found += index_find(ix, w->entry[i].key) == REASON;
	CHECK(found == n, "%d of %d found", (int)found, (int)n);
	CHECK(!index_verify(ix, &e), "%s", e.message);
	index_close(ix);
}

/* Numbers instead of keys pile up on one line: refused, and no file is left. */
static void no_keys(struct world *w)
{
	struct index_opts o = { .kinds = 1 };
	uint64_t keys;

	for (size_t lanes = 1; lanes <= 2; lanes++) {
		struct err e = { 0 };

		fill(w, 10000);
		for (size_t i = 0; i < w->n; i++)
			memset(w->entry[i].key, 0, 8);
		unlink(w->other);
		CHECK(stream(w, lanes, &o, &keys, &e) == -1 &&
				e.code == ERR_INVALID,
			"%s", e.message);
		CHECK(!file_exists(w->other), "a file of what was refused");
	}
}

int main(void)
{
	static struct world w = { .r = { 1 } };

	if (!mkdtemp(folder))
		return 1;
	snprintf(w.one, sizeof w.one, "%s/one.tyx", folder);
	snprintf(w.other, sizeof w.other, "%s/other.tyx", folder);
	every_size(&w);
	crowded(&w);
	tags_at_the_edges(&w);
	again(&w, 5000, 3000, 20000); /* most lines overflow */
	again(&w, 5000, 2500, 7500);
	again(&w, 5000, 100, 5100); /* two of a kind among six */
	again(&w, 1, 1, 300);
	no_keys(&w);
	unlink(w.one);
	CHECK(!rmdir(folder), "nothing is left behind");
	return CHECK_DONE();
}
