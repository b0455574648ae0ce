/* Builders: the maximum to the byte, by each way of putting. */
#include "base/buf.h"

#include <stdio.h>

#include "base/base.h"
#include "check.h"

enum { MAX = 1000 };

static void put_str(struct buf *b, size_t n)
{
	char text[2 * MAX];

	memset(text, 'x', sizeof text);
	buf_put(b, (str){ text, n });
}

static void put_chars(struct buf *b, size_t n)
{
	while (n--)
		buf_putc(b, 'x');
}

static void put_fmt(struct buf *b, size_t n)
{
	char text[2 * MAX];

	memset(text, 'x', sizeof text);
	buf_fmt(b, "%.*s", (int)n, text);
}

static const struct {
	const char *why;
	void (*put)(struct buf *, size_t);
	bool is_whole; /* over the maximum nothing of the put is there */
} ways[] = {
	{ "a str", put_str, true },
	{ "byte by byte", put_chars, false },
	{ "formatted", put_fmt, true },
};

static const struct {
	const char *why;
	size_t n;
	bool is_ok;
} sizes[] = {
	{ "nothing", 0, true },
	{ "less than the first room", 255, true },
	{ "the first room", 256, true },
	{ "one more: it grows", 257, true },
	{ "one less than the maximum", MAX - 1, true },
	{ "the maximum", MAX, true },
	{ "one over it", MAX + 1, false },
	{ "far over it", 2 * MAX, false },
};

static void check_one(struct buf b, size_t way, size_t size)
{
	const char *why = sizes[size].why;
	size_t n = sizes[size].n;
	size_t there = n <= MAX ? n : ways[way].is_whole ? 0 : MAX;
	str s;

	ways[way].put(&b, n);
	s = buf_str(&b);
	CHECK(buf_ok(&b) == sizes[size].is_ok, "%s, %s", ways[way].why, why);
	CHECK(s.n == there, "%s, %s: %zu", ways[way].why, why, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != 'x') {
			CHECK(false, "%s, %s: byte %zu", ways[way].why, why, i);
			break;
		}
	buf_putc(&b, 'y');
	CHECK(buf_str(&b).n == (n < MAX ? n + 1 : there),
		"%s, %s: after it nothing is let in", ways[way].why, why);
	buf_clear(&b);
	CHECK(buf_ok(&b) && !buf_str(&b).n, "%s, %s: cleared", ways[way].why,
		why);
}

static void maximum(void)
{
	char space[MAX + 1];

	for (size_t way = 0; way < COUNTOF(ways); way++)
		for (size_t size = 0; size < COUNTOF(sizes); size++) {
			struct arena *a = arena_new(1 << 16);

			check_one(buf_in(a, MAX), way, size);
			check_one(buf_on(space, sizeof space), way, size);
			arena_free(a);
		}
}

static void content(void)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_in(a, 1 << 18);
	bool is_same = true;
	str s;

	buf_puts(&b, "a");
	buf_puts(&b, NULL);
	buf_put(&b, STR("\0b"));
	buf_fmt(&b, "%d", 42);
	CHECK(str_eq(buf_str(&b), STR("a\0b42")), "in order, NUL and all");
	buf_clear(&b);
	for (int i = 0; i < 10000; i++)
		buf_fmt(&b, "%08d", i);
	s = buf_str(&b);
	CHECK(s.n == 80000, "%zu", s.n);
	for (int i = 0; i < 10000 && is_same; i++) {
		int64_t v;

		is_same =
			str_int(str_head(str_from(s, (size_t)i * 8), 8), &v) &&
			v == i;
	}
	CHECK(is_same, "growing keeps what is there");
	CHECK(arena_used(a) <= 2 * 131072, "costs at most twice: %zu",
		arena_used(a));
	arena_free(a);
}

static void ints(void)
{
	struct arena *a = arena_new(1 << 20);
	static const struct {
		int64_t n;
		const char *text;
	} rows[] = { { 0, "0" }, { 7, "7" }, { 10, "10" }, { -1, "-1" },
		{ 1000000000, "1000000000" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" } };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = buf_in(a, 20), small = buf_in(a, 0);

		buf_int(&b, rows[i].n);
		CHECK(str_eq(buf_str(&b), str_of(rows[i].text)), "%s: %.*s",
			rows[i].text, STR_ARG(buf_str(&b)));
		buf_int(&small, rows[i].n);
		CHECK(!buf_ok(&small) && !small.n, "%s: no room", rows[i].text);
	}
	arena_free(a);
}

static void reserved(void)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_in(a, MAX), fixed;
	char space[8];
	size_t used;

	buf_puts(&b, "kept");
	buf_reserve(&b, 500);
	used = arena_used(a);
	put_chars(&b, 500);
	CHECK(arena_used(a) == used, "room was there");
	CHECK(str_starts(buf_str(&b), STR("keptxxx")) && b.n == 504,
		"what was there stays");
	buf_reserve(&b, SIZE_MAX);
	used = arena_used(a);
	put_chars(&b, MAX - 504);
	CHECK(buf_ok(&b) && arena_used(a) == used, "as much as may be");
	put_chars(&b, 1);
	CHECK(!buf_ok(&b) && b.n == MAX, "and not more");
	fixed = buf_on(space, sizeof space);
	buf_reserve(&fixed, 100);
	put_chars(&fixed, 8);
	CHECK(fixed.p == space && fixed.n == 7 && !buf_ok(&fixed),
		"the caller's memory does not grow");
	arena_free(a);
}

int main(void)
{
	maximum();
	content();
	ints();
	reserved();
	return CHECK_DONE();
}
