/*
 * Arenas: what is handed out is zeroed, aligned and apart from the rest; the
 * maximum holds to the byte; clean-ups run once, newest first.
 */
#include "base/arena.h"

#include <stdint.h>

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	size_t n;
} sizes[] = {
	{ "nothing", 0 },
	{ "one byte", 1 },
	{ "one less than the alignment", 15 },
	{ "the alignment", 16 },
	{ "one more", 17 },
	{ "the last that shares a block", 16368 },
	{ "the first with a block of its own", 16369 },
	{ "a whole block", 65536 },
	{ "more than a block", 65537 },
	{ "far more", 1000000 },
};

static bool is_all(const unsigned char *p, size_t n, unsigned char c)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != c)
			return false;
	return true;
}

/* Three rounds of each size side by side; a later piece that overlapped an
 * earlier one, or was not zeroed after arena_clear(), shows. */
static void pieces(void)
{
	struct arena *a = arena_new(64 << 20);
	unsigned char *got[COUNTOF(sizes)];

	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNTOF(sizes); i++) {
			got[i] = arena_alloc(a, sizes[i].n);
			CHECK(got[i], "%s: a pointer", sizes[i].why);
			CHECK((uintptr_t)got[i] % _Alignof(max_align_t) == 0,
				"%s: aligned", sizes[i].why);
			CHECK(is_all(got[i], sizes[i].n, 0), "%s: zeroed",
				sizes[i].why);
			memset(got[i], (int)i + 1, sizes[i].n);
		}
		for (size_t i = 0; i < COUNTOF(sizes); i++)
			CHECK(is_all(got[i], sizes[i].n,
				      (unsigned char)(i + 1)),
				"%s: kept", sizes[i].why);
		arena_clear(a);
		CHECK(arena_used(a) == 0, "cleared");
	}
	arena_free(a);
}

static void many_small(void)
{
	struct arena *a = arena_new(32 << 20);
	uint32_t **at = arena_many(a, uint32_t *, 100000);

	for (uint32_t i = 0; i < 100000; i++) {
		at[i] = arena_one(a, uint32_t);
		*at[i] = i;
	}
	for (uint32_t i = 0; i < 100000; i++)
		if (*at[i] != i) {
			CHECK(false, "piece %u was overwritten", i);
			break;
		}
	CHECK(arena_used(a) == 100000 * (8 + 16), "used %zu", arena_used(a));
	arena_free(a);
}

enum { MAX = 1600 };

static void take(void *n)
{
	struct arena *a = arena_new(MAX);

	arena_alloc(a, 160);
	arena_alloc(a, *(size_t *)n - 160);
	arena_free(a);
}

static void take_overflowing_array(void *n)
{
	struct arena *a = arena_new(MAX);

	arena_array(a, *(size_t *)n, 2);
	arena_free(a);
}

static void maximum(void)
{
	size_t over = MAX + 1, huge = SIZE_MAX, half = SIZE_MAX / 2 + 2;
	size_t fits[] = { MAX - 1, MAX };

	for (size_t i = 0; i < COUNTOF(fits); i++) {
		struct arena *a = arena_new(MAX);

		arena_alloc(a, 160);
		CHECK(arena_alloc(a, fits[i] - 160), "%zu of %d", fits[i], MAX);
		CHECK(arena_used(a) == MAX, "rounded up: %zu", arena_used(a));
		arena_clear(a);
		CHECK(arena_alloc(a, fits[i]), "again after a clear");
		arena_free(a);
	}
	CHECK_STOPS(take, &over, "one over the maximum");
	CHECK_STOPS(take, &huge, "a size near the end of the numbers");
	CHECK_STOPS(take_overflowing_array, &half, "size * n runs over to 2");
}

struct trace {
	struct arena *arena;
	char at[8];
	size_t n;
};

static void note_a(void *t)
{
	struct trace *trace = t;

	trace->at[trace->n++] = 'a';
}

static void note_b(void *t)
{
	struct trace *trace = t;

	/* A clean-up may still use the arena. */
	memset(arena_alloc(trace->arena, 100), 1, 100);
	trace->at[trace->n++] = 'b';
}

static void clean_ups(void)
{
	struct arena *a = arena_new(4096);
	struct trace t = { .arena = a };

	arena_defer(a, note_a, &t);
	arena_defer(a, note_b, &t);
	arena_clear(a);
	CHECK(!strcmp(t.at, "ba"), "newest first: %s", t.at);
	arena_clear(a);
	CHECK(!strcmp(t.at, "ba"), "once: %s", t.at);
	arena_defer(a, note_a, &t);
	arena_free(a);
	CHECK(!strcmp(t.at, "baa"), "at the end, too: %s", t.at);
	arena_free(NULL);
}

static void cstr_with_nul(void *arena)
{
	arena_cstr(arena, STR("a\0b"));
}

static void texts(void)
{
	struct arena *a = arena_new(1 << 20);
	char local[] = "toyon";
	str parts[] = { STR("a"), STR(""), STR("c") };
	str dup = arena_dup(a, str_of(local));

	local[0] = 'x';
	CHECK(str_eq(dup, STR("toyon")), "a copy, not a view");
	CHECK(arena_dup(a, (str){ 0 }).n == 0, "a copy of nothing");
	CHECK(str_eq(arena_dup(a, STR("a\0b")), STR("a\0b")), "NUL is a byte");
	CHECK(!strcmp(arena_cstr(a, str_head(STR("toyonx"), 5)), "toyon"),
		"ended at the view's end");
	CHECK(!strcmp(arena_cstr(a, (str){ 0 }), ""), "nothing");
	CHECK_STOPS(cstr_with_nul, a, "a C string cannot hold a NUL");
	CHECK(str_eq(arena_fmt(a, "%d-%s", 7, "x"), STR("7-x")), "formatted");
	CHECK(arena_fmt(a, "%5000d", 1).n == 5000, "of any length");
	CHECK(str_eq(arena_fmt(a, "%s", ""), STR("")), "empty");
	CHECK(str_eq(arena_join(a, parts, 3, STR(", ")), STR("a, , c")),
		"empty parts count");
	CHECK(str_eq(arena_join(a, parts, 3, (str){ 0 }), STR("ac")),
		"nothing between");
	CHECK(str_eq(arena_join(a, parts, 1, STR(", ")), STR("a")), "one");
	CHECK(arena_join(a, parts, 0, STR(", ")).n == 0, "none");
	arena_free(a);
}

int main(void)
{
	pieces();
	many_small();
	maximum();
	clean_ups();
	texts();
	return CHECK_DONE();
}
