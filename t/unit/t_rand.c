/*
 * Randomness: that every byte is written, that "below" is below and even, and
 * that the repeatable generator gives SplitMix64's numbers.
 */
#include "base/rand.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/enc.h"
#include "check.h"

/* 0 in 20 draws at the same place has a chance of 2^-160. */
static void every_byte(void)
{
	static const size_t sizes[] = { 0, 1, 255, 256, 257, 600 };
	unsigned char once[601], seen[601];

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		size_t n = sizes[i];
		bool is_all = true;

		memset(seen, 0, sizeof seen);
		for (int k = 0; k < 20; k++) {
			memset(once, 0, sizeof once);
			rand_bytes(once, n);
			for (size_t b = 0; b < sizeof once; b++)
				seen[b] |= once[b];
		}
		for (size_t b = 0; b < n; b++)
			is_all = is_all && seen[b];
		CHECK(is_all, "%zu bytes, each written", n);
		CHECK(!seen[n], "%zu bytes, none behind", n);
	}
}

/* 60,000 throws of a die: 10,000 each, with a deviation of 91. */
static void even(uint64_t (*roll)(void *), void *ctx, const char *which)
{
	int count[6] = { 0 };

	for (int i = 0; i < 60000; i++) {
		uint64_t v = roll(ctx);

		if (v > 5) {
			CHECK(false, "%s: %" PRIu64 " is not below 6", which,
				v);
			return;
		}
		count[v]++;
	}
	for (int i = 0; i < 6; i++)
		CHECK(count[i] > 9300 && count[i] < 10700, "%s: %d came %d",
			which, i, count[i]);
}

static uint64_t roll_rand(void *unused)
{
	(void)unused;
	return rand_below(6);
}

static uint64_t roll_rng(void *rng)
{
	return rng_below(rng, 6);
}

static void below_nothing(void *unused)
{
	(void)unused;
	rand_below(0);
}

static void bounds(void)
{
	struct rng r = { 1 };
	uint64_t high = (UINT64_C(1) << 63) + 1;
	bool is_below = true;

	even(roll_rand, NULL, "rand_below");
	even(roll_rng, &r, "rng_below");
	CHECK(rand_below(1) == 0 && rng_below(&r, 1) == 0, "below 1 is 0");
	for (int i = 0; i < 1000; i++)
		is_below = is_below && rng_below(&r, high) < high;
	CHECK(is_below, "a bound that throws nearly half away");
	CHECK_STOPS(below_nothing, NULL, "nothing is below 0");
}

static void repeatable(void)
{
	/* The first numbers of SplitMix64 from the seed 1234567. */
	static const uint64_t known[] = { UINT64_C(6457827717110365317),
		UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
		UINT64_C(4593380528125082431), UINT64_C(16408922859458223821) };
	struct rng r = { 1234567 };

	for (size_t i = 0; i < COUNTOF(known); i++) {
		uint64_t v = rng_next(&r);

		CHECK(v == known[i], "number %zu: %" PRIu64, i, v);
	}
}

static void tokens(void)
{
	static const size_t sizes[] = { 16, 32, 127, 128 };
	struct arena *a = arena_new(1 << 16);

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		str one = rand_token(a, sizes[i]);
		str two = rand_token(a, sizes[i]), bytes = { 0 };

		CHECK(base64url_read(a, one, &bytes), "URL-safe Base64");
		CHECK(bytes.n == sizes[i], "%zu bytes", bytes.n);
		CHECK(!str_eq(one, two), "no two alike");
	}
	arena_free(a);
}

int main(void)
{
	every_byte();
	bounds();
	repeatable();
	tokens();
	return CHECK_DONE();
}
