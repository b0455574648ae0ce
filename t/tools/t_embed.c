/*
 * What tools/embed makes of t/tools/assets: the bytes, their gzip, their tags.
 * The hashes are those of sha256sum.
 */
#include "check.h"
#include "web/assets.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/base.h"

/* printf '<svg/>' | sha256sum, its first 16 bytes */
#define SVG_HASH "d4dc56669143034f31aa309635d4113d"

static const struct {
	const char *why;
	str path;
	str type;
	const char *file;
	bool has_gzip;
} cases[] = {
	{ "text that repeats", STR_INIT("/a.css"),
		STR_INIT("text/css; charset=utf-8"), "t/tools/assets/a.css",
		true },
	{ "a few bytes get longer in gzip", STR_INIT("/b.svg"),
		STR_INIT("image/svg+xml"), "t/tools/assets/b.svg", false },
	{ "an empty file", STR_INIT("/empty.txt"),
		STR_INIT("text/plain; charset=utf-8"),
		"t/tools/assets/empty.txt", false },
};

static str read_file(const char *path, char *to, size_t max)
{
	FILE *f = fopen(path, "rb");
	str s = { to, f ? fread(to, 1, max, f) : 0 };

	if (f)
		fclose(f);
	return s;
}

static str gunzip(str s, char *to, size_t max)
{
	z_stream z = { 0 };

	must(inflateInit2(&z, 15 + 16) == Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)s.p;
	z.avail_in = (unsigned)s.n;
	z.next_out = (unsigned char *)to;
	z.avail_out = (unsigned)max;
	must(inflate(&z, Z_FINISH) == Z_STREAM_END);
	inflateEnd(&z);
	return (str){ to, z.total_out };
}

static void contents(void)
{
	CHECK(assets_n == COUNTOF(cases), "%zu assets", assets_n);
	for (size_t i = 0; i < COUNTOF(cases) && i < assets_n; i++) {
		const struct asset *a = &assets[i];
		char raw[4096], back[4096];
		str file = read_file(cases[i].file, raw, sizeof raw);

		CHECK(str_eq(a->path, cases[i].path), "%s: sorted by path",
			cases[i].why);
		CHECK(str_eq(a->type, cases[i].type), "%s: %.*s", cases[i].why,
			STR_ARG(a->type));
		CHECK(str_eq(a->bytes, file), "%s: bytes", cases[i].why);
		CHECK(!a->gzip.n == !cases[i].has_gzip, "%s: %zu bytes",
			cases[i].why, a->gzip.n);
		if (a->gzip.n)
			CHECK(str_eq(gunzip(a->gzip, back, sizeof back), file),
				"%s: gzip gives the bytes back", cases[i].why);
	}
}

static void tags(void)
{
	CHECK(str_eq(assets[1].etag, STR("\"" SVG_HASH "\"")), "%.*s",
		STR_ARG(assets[1].etag));
	CHECK(str_eq(assets[1].etag_gzip, STR("\"" SVG_HASH "-gz\"")),
		"another encoding has another tag");
	CHECK(!str_eq(assets[0].etag, assets[1].etag),
		"other bytes have another tag");
}

int main(void)
{
	contents();
	tags();
	return CHECK_DONE();
}
