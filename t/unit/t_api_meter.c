/* How many calls a key may make, minute by minute. */
#include "api/meter.h"

#include "base/base.h"
#include "check.h"

enum { START = 1000000 };

static const struct {
	const char *why;
	int64_t key;
	int64_t at_ms; /* after the start */
	bool is_ok;
	int64_t left;
	int64_t wait_s;
	int64_t reset_s;
} steps[] = {
	/* three calls a minute: one in 20 s */
	{ "a new key has a minute's calls", 1, 0, true, 2, 0, 20 },
	{ "the second", 1, 0, true, 1, 0, 40 },
	{ "the third", 1, 0, true, 0, 0, 60 },
	{ "no fourth", 1, 0, false, 0, 20, 60 },
	{ "another key has its own", 2, 0, true, 2, 0, 20 },
	{ "not yet", 1, 19999, false, 0, 1, 41 },
	{ "asking in vain costs nothing", 1, 20000, true, 0, 0, 60 },
	{ "used up again", 1, 20001, false, 0, 20, 60 },
	{ "half of one does not count", 1, 50000, true, 0, 0, 50 },
	{ "the half is not lost", 1, 60000, true, 0, 0, 60 },
	{ "it does not overflow", 1, 999999, true, 2, 0, 20 },
	{ "a clock that stands still", 1, 999999, true, 1, 0, 40 },
};

static void test_steps(void)
{
	struct arena *a = arena_new(1 << 20);
	struct meter *m = meter_new(a);

	for (size_t i = 0; i < COUNTOF(steps); i++) {
		struct meter_reading r =
			meter_take(m, steps[i].key, 3, START + steps[i].at_ms);

		CHECK(r.is_ok == steps[i].is_ok && r.left == steps[i].left &&
				r.wait_s == steps[i].wait_s &&
				r.reset_s == steps[i].reset_s,
			"%s: %d, %lld left, wait %lld, reset %lld",
			steps[i].why, r.is_ok, (long long)r.left,
			(long long)r.wait_s, (long long)r.reset_s);
	}
	arena_free(a);
}

/* 100 a second, asked every 7 ms: on average exactly what is allowed. */
static void test_rate(void)
{
	struct arena *a = arena_new(1 << 20);
	struct meter *m = meter_new(a);
	int taken = 0;

	for (int64_t t = 0; t < 700000; t += 7)
		taken += meter_take(m, 1, 6000, START + t).is_ok;
	CHECK(taken == 6000 + 700000 / 10 - 1, "%d of 100,000 calls", taken);
	arena_free(a);
}

/* More keys than buckets: the idle one goes, the busy one stays counted. */
static void test_many_keys(void)
{
	struct arena *a = arena_new(1 << 20);
	struct meter *m = meter_new(a);

	for (int64_t key = 1; key <= METER_KEYS; key++)
		meter_take(m, key, 1, START + key);
	CHECK(!meter_take(m, METER_KEYS, 1, START + 1000).is_ok,
		"as many as there are buckets: all are counted");
	CHECK(!meter_take(m, 1, 1, START + 1001).is_ok, "the first as well");
	CHECK(meter_take(m, METER_KEYS + 1, 1, START + 1002).is_ok,
		"one more is never refused for the others");
	CHECK(!meter_take(m, 1, 1, START + 1003).is_ok,
		"and took the bucket that was idle longest");
	CHECK(meter_take(m, 2, 1, START + 1004).is_ok, "which was this one");
	arena_free(a);
}

static void test_most(void)
{
	struct arena *a = arena_new(1 << 20);
	struct meter_reading r =
		meter_take(meter_new(a), INT64_MAX, METER_MOST, START);

	CHECK(r.is_ok && r.left == METER_MOST - 1, "the highest rate: %lld",
		(long long)r.left);
	arena_free(a);
}

static void take_none(void *m)
{
	meter_take(m, 1, 0, START);
}

static void take_too_many(void *m)
{
	meter_take(m, 1, (int64_t)METER_MOST + 1, START);
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);
	struct meter *m = meter_new(a);

	test_steps();
	test_rate();
	test_many_keys();
	test_most();
	CHECK_STOPS(take_none, m, "no rate at all");
	CHECK_STOPS(take_too_many, m, "more than can be counted");
	arena_free(a);
	return CHECK_DONE();
}
