/*
 * Embeds files in the binary: style sheets, fonts, icons, scripts.
 *
 *     embed OUT web/assets /assets/ledger.css=src/web/assets/ledger.css ...
 *
 * writes OUT/web/assets.h and assets.c: a table `assets`, named after the file,
 * sorted by path, with what an answer needs: the content type, the bytes, the same in gzip where that saves
 * something, and a strong ETag for each (RFC 9110 8.8.3: two encodings are two
 * representations), from the SHA-256 of the bytes.
 */
#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/enc.h"
#include "source.h"

enum {
	ARENA_MAX = 256 << 20,
	OUTPUT_MAX = 64 << 20,
	ASSETS_MAX = 500,
	BYTES_PER_LINE = 20,
	ETAG_BYTES = 16,
};

struct asset {
	str path;
	const char *type;
	str bytes;
	str gzip; /* empty when it would save next to nothing */
	str etag;
};

static const struct {
	str ending;
	const char *type;
} types[] = {
	{ STR_INIT(".css"), "text/css; charset=utf-8" },
	{ STR_INIT(".js"), "text/javascript; charset=utf-8" },
	{ STR_INIT(".svg"), "image/svg+xml" },
	{ STR_INIT(".png"), "image/png" },
	{ STR_INIT(".ico"), "image/x-icon" },
	{ STR_INIT(".txt"), "text/plain; charset=utf-8" },
	{ STR_INIT(".html"), "text/html; charset=utf-8" },
	{ STR_INIT(".h"), "text/plain; charset=utf-8" },
	{ STR_INIT(".json"), "application/json" },
	{ STR_INIT(".webmanifest"), "application/manifest+json" },
	{ STR_INIT(".woff2"), "font/woff2" },
	{ STR_INIT(".yaml"), "application/yaml" },
	{ STR_INIT(".sql"), "application/sql" },
};

static const char *type_of(const struct source *src)
{
	for (size_t i = 0; i < COUNTOF(types); i++)
		if (str_ends(str_of(src->path), types[i].ending))
			return types[i].type;
	source_fail(src, 0, "no content type is known for this ending");
}

/* No name and no time in the header: the same bytes from every build. */
static str gzip_of(struct arena *a, const struct source *src)
{
	enum { GZIP = 15 + 16 };
	z_stream z = { 0 };
	uLong max;
	char *out;

	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP, 9,
		    Z_DEFAULT_STRATEGY) != Z_OK)
		source_fail(src, 0, "zlib does not start");
	max = deflateBound(&z, src->text.n);
	out = arena_alloc(a, max);
	/* zlib's input pointer is not const, though it only reads. */
	z.next_in = (Bytef *)(uintptr_t)src->text.p;
	z.avail_in = (uInt)src->text.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)max;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		source_fail(src, 0, "zlib does not finish");
	deflateEnd(&z);
	return z.total_out < src->text.n / 16 * 15 ? (str){ out, z.total_out }
						   : (str){ 0 };
}

static str etag_of(struct arena *a, str bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	return hex_of(a, hash, ETAG_BYTES);
}

static struct asset asset_read(struct arena *a, const char *arg)
{
	struct asset asset = { 0 };
	struct source src;
	str file;

	if (!str_cut(str_of(arg), '=', &asset.path, &file)) {
		src = (struct source){ .path = arg };
		source_fail(&src, 0, "written as /url=file");
	}
	src = source_read(a, arena_cstr(a, file));
	asset.type = type_of(&src);
	asset.bytes = src.text;
	asset.gzip = gzip_of(a, &src);
	asset.etag = etag_of(a, asset.bytes);
	return asset;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct asset *)a)->path,
		((const struct asset *)b)->path);
}

static void put_bytes(struct buf *b, const char *name, size_t i, str bytes)
{
	if (!bytes.n)
		return;
	buf_fmt(b, "static const unsigned char %s_%zu[] = {", name, i);
	for (size_t at = 0; at < bytes.n; at++)
		buf_fmt(b, "%s%u,", at % BYTES_PER_LINE ? "" : "\n",
			(unsigned char)bytes.p[at]);
	buf_puts(b, "\n};\n");
}

static void put_bytes_ref(struct buf *b, const char *name, size_t i, str bytes)
{
	if (bytes.n)
		buf_fmt(b, "\t{ (const char *)%s_%zu, sizeof %s_%zu },\n", name,
			i, name, i);
	else
		buf_puts(b, "\t{ NULL, 0 },\n");
}

static void put_asset(struct buf *b, const struct asset *asset, size_t i)
{
	buf_puts(b, "{ STR_INIT(");
	source_literal(b, asset->path);
	buf_fmt(b, "),\n\tSTR_INIT(\"%s\"),\n", asset->type);
	put_bytes_ref(b, "bytes", i, asset->bytes);
	put_bytes_ref(b, "gzip", i, asset->gzip);
	buf_fmt(b, "\tSTR_INIT(\"\\\"%.*s\\\"\"),\n", STR_ARG(asset->etag));
	buf_fmt(b, "\tSTR_INIT(\"\\\"%.*s-gz\\\"\") },\n",
		STR_ARG(asset->etag));
}

static const char declaration[] =
	"\n"
	"#include \"base/str.h\"\n"
	"\n"
	"/*\n"
	" * The files in the binary, sorted by path.  gzip is empty where it\n"
	" * would save next to nothing; an ETag has its quotes.\n"
	" */\n"
	"struct asset {\n"
	"\tstr path;\n"
	"\tstr type;\n"
	"\tstr bytes;\n"
	"\tstr gzip;\n"
	"\tstr etag;\n"
	"\tstr etag_gzip;\n"
	"};\n"
	"\n";

static const char *name_with(struct arena *a, const char *name, const char *end)
{
	return arena_cstr(a, arena_fmt(a, "%s%s", name, end));
}

/* "assets" of "web/assets". */
static const char *table_of(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

static const char *guard_of(struct arena *a, const char *name)
{
	char *guard = arena_cstr(a, arena_fmt(a, "%s_H", name));

	for (char *p = guard; *p; p++)
		*p = *p == '/' ? '_' : (char)toupper((unsigned char)*p);
	return guard;
}

static void write_header(struct arena *a, const char *dir, const char *name)
{
	struct buf b = buf_in(a, OUTPUT_MAX);
	const char *guard = guard_of(a, name);

	buf_fmt(&b, "/* Made by tools/embed. */\n#ifndef %s\n#define %s\n",
		guard, guard);
	buf_puts(&b, declaration);
	buf_fmt(&b,
		"extern const struct asset %s[];\n"
		"extern const size_t %s_n;\n\n#endif\n",
		table_of(name), table_of(name));
	source_write(a, dir, name_with(a, name, ".h"), &b);
}

static void write_code(struct arena *a, const char *dir, const char *name,
	const struct asset *assets, size_t n)
{
	struct buf b = buf_in(a, OUTPUT_MAX);

	buf_fmt(&b, "/* Made by tools/embed. */\n#include \"%s.h\"\n\n", name);
	for (size_t i = 0; i < n; i++) {
		put_bytes(&b, "bytes", i, assets[i].bytes);
		put_bytes(&b, "gzip", i, assets[i].gzip);
	}
	buf_fmt(&b, "\nconst struct asset %s[] = {\n", table_of(name));
	for (size_t i = 0; i < n; i++)
		put_asset(&b, &assets[i], i);
	/* C has no empty array. */
	buf_puts(&b, "{ { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 },\n"
		     "\t{ NULL, 0 }, { NULL, 0 } },\n};\n");
	buf_fmt(&b, "const size_t %s_n = %zu;\n", table_of(name), n);
	source_write(a, dir, name_with(a, name, ".c"), &b);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct asset *assets = arena_many(a, struct asset, ASSETS_MAX);
	size_t n = 0;

	if (argc < 3 || argc - 3 > ASSETS_MAX) {
		fputs("usage: embed OUT NAME /URL=FILE...\n", stderr);
		return 2;
	}
	for (int i = 3; i < argc; i++)
		assets[n++] = asset_read(a, argv[i]);
	qsort(assets, n, sizeof *assets, by_path);
	for (size_t i = 1; i < n; i++)
		if (str_eq(assets[i].path, assets[i - 1].path)) {
			struct source src = { .path = "embed" };

			source_fail(&src, 0, "%.*s is there twice",
				STR_ARG(assets[i].path));
		}
	write_header(a, argv[1], argv[2]);
	write_code(a, argv[1], argv[2], assets, n);
	arena_free(a);
	return 0;
}
