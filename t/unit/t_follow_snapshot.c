/*
 * The form of a snapshot: what is written is read again, each byte that is
 * changed and each length is noticed, and there is one way to write a thing.
 */
#include "desk/follow_snapshot.h"

#include <stdlib.h>

#include "base/base.h"
#include "check.h"
#include "desk/follow_number.h"

static struct arena *arena;

static void test_bits(void)
{
	static const struct {
		uint64_t entries;
		uint32_t bits;
	} cases[] = {
		{ 0, 0 },
		{ 32768, 0 },
		{ 32769, 1 },
		{ 65536, 1 },
		{ 65537, 2 },
		{ 10000000, 9 },
		{ UINT64_MAX, FOLLOW_BITS_MAX },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(follow_bits_of(cases[i].entries) == cases[i].bits,
			"%llu entries", (unsigned long long)cases[i].entries);
}

static str manifest_of(struct follow_manifest *m)
{
	static const uint8_t hashes[4 * FOLLOW_HASH_SIZE] = { 1, 2, 3 };
	struct buf b = buf_in(arena, FOLLOW_MANIFEST_SIZE_MAX);

	*m = (struct follow_manifest){
		.seq = 1234567,
		.at = 1790000000000,
		.fingerprint = { 5 },
		.hash = { 6 },
		.kinds = 3,
		.bits = 2,
		.keys = 100,
		.size = 1600,
		.signature = { 7 },
		.blocks = hashes,
	};
	follow_manifest_put(&b, m);
	return buf_str(&b);
}

static void test_manifest(void)
{
	struct follow_manifest m, again;
	str good = manifest_of(&m);
	str text = follow_manifest_text(arena, &m);
	struct err e = { 0 };

	CHECK(!follow_manifest_read(good, &again, &e), "%s", e.message);
	CHECK(again.seq == 1234567 && again.at == 1790000000000 &&
			again.kinds == 3 && again.bits == 2 &&
			again.keys == 100 && again.size == 1600 &&
			again.hash[0] == 6 && again.signature[0] == 7,
		"as it was");
	CHECK(str_eq(follow_manifest_text(arena, &again), text), "its text");
	CHECK(str_starts(text, STR("toyon suppression snapshot 1\n1234567\n"
				   "1790000000000\n05000000")),
		"what is signed: %.*s", STR_ARG(text));
	for (size_t i = 0; i < good.n; i++) {
		char *bad = arena_alloc(arena, good.n);
		bool is_signature = i >= 96 && i < 160;

		memcpy(bad, good.p, good.n);
		bad[i] = (char)(bad[i] ^ (1 << i % 8));
		CHECK(follow_manifest_read((str){ bad, good.n }, &again, &e) ||
				is_signature ||
				!str_eq(follow_manifest_text(arena, &again),
					text),
			"byte %zu changed is in what is signed", i);
		CHECK(follow_manifest_read(str_head(good, i), &again, &e) &&
				e.code == ERR_CORRUPT,
			"cut after %zu", i);
	}
}

static void test_counts(void)
{
	static const struct {
		size_t at;
		uint8_t byte;
		const char *why;
	} cases[] = {
		{ 8, 0x80, "a number that no log has" },
		{ 16, 0x80, "a time before 1970" },
		{ 72, 0x80, "a kind that there is not" },
		{ 79, 17, "more blocks than there may be" },
		{ 79, 3, "more hashes than follow" },
		{ 87, 200, "more identifiers than bytes" },
		{ 80, 1, "more identifiers than blocks hold" },
		{ 88, 1, "more bytes than blocks hold" },
	};
	struct follow_manifest m;

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str good = manifest_of(&m);
		char *bad = arena_alloc(arena, good.n);
		struct err e;

		memcpy(bad, good.p, good.n);
		bad[cases[i].at] = (char)cases[i].byte;
		CHECK(follow_manifest_read((str){ bad, good.n }, &m, &e) &&
				e.code == ERR_CORRUPT,
			"%s", cases[i].why);
	}
}

/* --- blocks --- */

enum { MANY = 3000 };

struct got {
	const struct follow_held *wanted;
	size_t n;
	size_t wrong;
};

static int compare_one(void *ctx, const struct follow_held *held)
{
	struct got *g = ctx;
	const struct follow_held *w = &g->wanted[g->n++];

	g->wrong += memcmp(w->key, held->key, sizeof w->key) != 0 ||
		    w->reasons != held->reasons;
	return 0;
}

static int by_key(const void *a, const void *b)
{
	return memcmp(a, b, FOLLOW_KEY_SIZE);
}

/* Keys of the block, its least and its greatest one among them. */
static struct follow_held *fill(struct follow_cut cut, size_t n)
{
	struct follow_held *h = arena_many(arena, struct follow_held, n);
	uint64_t low = follow_cut_low(cut);
	uint64_t span = cut.bits ? UINT64_MAX >> cut.bits : UINT64_MAX;
	uint64_t x = 88172645463325252u;

	for (size_t i = 0; i < n; i++) {
		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		number_put(h[i].key, low + (x & span), 8);
		number_put(h[i].key + 8, x * 0x9e3779b97f4a7c15u, 8);
		h[i].reasons = i % 7 ? 1 : i % 5 ? 9 : UINT32_MAX;
	}
	number_put(h[0].key, low, 8);
	number_put(h[n - 1].key, low + span, 8);
	number_put(h[n / 2].key, number_at(h[n / 2 - 1].key, 8), 8);
	qsort(h, n, sizeof *h, by_key);
	return h;
}

static void test_blocks(void)
{
	static const struct follow_cut cuts[] = { { 0, 0 }, { 1, 0 }, { 1, 1 },
		{ 9, 300 }, { 16, 65535 } };

	for (size_t i = 0; i < COUNTOF(cuts); i++) {
		struct got g = { fill(cuts[i], MANY), 0, 0 };
		struct buf b = buf_in(arena, FOLLOW_BLOCK_SIZE_MAX);
		struct err e = { 0 };

		follow_block_put(&b, cuts[i], g.wanted, MANY);
		CHECK(!follow_block_read(
			      buf_str(&b), cuts[i], compare_one, &g, &e),
			"cut %zu: %s", i, e.message);
		CHECK(g.n == MANY && !g.wrong, "cut %zu: the same keys", i);
		for (size_t n = 0; n < b.n; n += n < 400 ? 1 : 97) {
			g.n = 0;
			CHECK(follow_block_read(str_head(buf_str(&b), n),
				      cuts[i], compare_one, &g, &e) < 0,
				"cut %zu: ends after %zu", i, n);
		}
	}
}

static int count_one(void *ctx, const struct follow_held *held)
{
	(void)held;
	++*(int *)ctx;
	return 0;
}

#define TAG "\0\0\0\0\0\0\0\5"

static void test_one_way(void)
{
	const struct {
		str bytes;
		int n; /* -1: refused */
		const char *why;
	} cases[] = {
		{ STR("\0\0\0\0"), 0, "nobody" },
		{ STR("\0\0\0"), -1, "no count" },
		{ STR("\0\1\0\1"), -1, "more than a block may have" },
		{ STR("\0\0\0\0x"), -1, "something behind nobody" },
		{ STR("\0\0\0\1\7" TAG "\1"), 1, "one, three behind" },
		{ STR("\0\0\0\1\6" TAG), -1, "one without a reason" },
		{ STR("\0\0\0\1\7" TAG "\0"), -1, "a reason of 0" },
		{ STR("\0\0\0\1\7" TAG "\x81\0"), -1, "a 0 too many" },
		{ STR("\0\0\0\1\x87\0" TAG "\1"), -1,
			"a step of a 0 too many" },
		{ STR("\0\0\0\1\7" TAG "\xff\xff\xff\xff\x0f"), 1, "32 bits" },
		{ STR("\0\0\0\1\7" TAG "\xff\xff\xff\xff\x1f"), -1, "33 bits" },
		{ STR("\0\0\0\2\7" TAG "\1\2" TAG), 2, "two, alike" },
		{ STR("\0\0\0\2\7" TAG "\1\3" TAG "\1"), -1,
			"the same reason" },
		{ STR("\0\0\0\2\7" TAG "\1\0" TAG), -1, "the same one twice" },
		{ STR("\0\0\0\2\7" TAG "\1\0\0\0\0\0\0\0\0\4"), -1,
			"out of order" },
		{ STR("\0\0\0\1\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02" TAG
		      "\1"),
			-1, "a step out of the block" },
		{ STR("\0\0\0\1\xff\xff\xff\xff\xff\xff\xff\xff\xff\1" TAG
		      "\1"),
			1, "the last one that fits" },
		{ STR("\0\0\0\1\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\1" TAG
		      "\1"),
			-1, "a step without end" },
	};
	struct follow_cut half = { 1, 1 };

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		int n = 0;
		struct err e;
		int rc = follow_block_read(
			cases[i].bytes, half, count_one, &n, &e);

		CHECK(rc ? cases[i].n == -1 && e.code == ERR_CORRUPT
			 : cases[i].n == n,
			"%s: %d, %d", cases[i].why, rc, n);
	}
}

static void put_wrong(void *ctx)
{
	struct follow_held h = { .key = { 0x7f }, .reasons = 1 };
	struct buf b = buf_in(arena, 100);

	(void)ctx;
	follow_block_put(&b, (struct follow_cut){ 1, 1 }, &h, 1);
}

int main(void)
{
	arena = arena_new(256 << 20);
	test_bits();
	test_manifest();
	test_counts();
	test_blocks();
	test_one_way();
	CHECK_STOPS(put_wrong, NULL, "a key of another block is a promise");
	arena_free(arena);
	return CHECK_DONE();
}
