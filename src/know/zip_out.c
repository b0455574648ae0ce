/* Writes a ZIP front to back: what only the end of a file knows stands behind it. */
#include "know/zip.h"

#include <zlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "know/zip_format.h"

enum { OUT_SIZE = 1 << 16, DIRECTORY_MAX = 32 << 20 };

struct zip_out {
	struct arena *arena;
	struct zip_sink to;
	z_stream deflate;
	uint16_t day;
	uint64_t at; /* bytes written */
	struct buf directory;
	size_t files_n;
	/* Of the file that is open. */
	bool is_open;
	str name;
	uint64_t begins;
	uint64_t begins_data;
	uint64_t size;
	uint32_t crc;
	unsigned char out[OUT_SIZE];
};

static void end_deflate(void *ctx)
{
	deflateEnd(ctx);
}

/* As MS-DOS had it: years from 1980. */
static uint16_t dos_day(struct date d)
{
	int day = 1 << 5 | 1;

	if (d.year >= 1980 && d.year <= 2107)
		day = (d.year - 1980) << 9 | d.month << 5 | d.day;
	return (uint16_t)day;
}

struct zip_out *zip_out_new(
	struct arena *a, const struct zip_sink *to, struct date on)
{
	struct zip_out *z = arena_one(a, struct zip_out);

	z->arena = a;
	z->to = *to;
	z->day = dos_day(on);
	z->directory = buf_in(a, DIRECTORY_MAX);
	must(deflateInit2(&z->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
		     ZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	arena_defer(a, end_deflate, &z->deflate);
	return z;
}

static void put16(struct buf *b, unsigned n)
{
	buf_putc(b, (char)(n & 0xff));
	buf_putc(b, (char)(n >> 8 & 0xff));
}

static void put32(struct buf *b, uint64_t n)
{
	put16(b, (unsigned)(n & 0xffff));
	put16(b, (unsigned)(n >> 16 & 0xffff));
}

static int too_large(struct err *e)
{
	err_set(e, ERR_LIMIT, "the package would be larger than 4 GiB");
	return err_hint(e, "leave out columns that hold files, and send these "
			   "in another way");
}

static int send(struct zip_out *z, str bytes, struct err *e)
{
	z->at += bytes.n;
	if (z->at > UINT32_MAX)
		return too_large(e);
	return bytes.n ? z->to.put(z->to.ctx, bytes, e) : 0;
}

/* What stands in the header of a file and in its line of the directory. */
static void put_about(struct buf *b, const struct zip_out *z, uint64_t deflated,
	bool is_known)
{
	put16(b, ZIP_VERSION);
	put16(b, ZIP_FLAGS);
	put16(b, ZIP_DEFLATED);
	put16(b, 0); /* midnight */
	put16(b, z->day);
	put32(b, is_known ? z->crc : 0);
	put32(b, deflated);
	put32(b, is_known ? z->size : 0);
	put16(b, (unsigned)z->name.n);
	put16(b, 0); /* nothing besides */
}

int zip_out_begin(struct zip_out *z, str name, struct err *e)
{
	struct buf b = buf_in(z->arena, ZIP_FILE_BYTES + ZIP_NAME_MAX);

	must(!z->is_open && name.n && name.n <= ZIP_NAME_MAX);
	if (z->files_n == ZIP_FILES_MAX)
		return err_set(e, ERR_LIMIT,
			"the package would have more than %d files",
			ZIP_FILES_MAX);
	z->is_open = true;
	z->name = arena_dup(z->arena, name);
	z->begins = z->at;
	z->size = 0;
	z->crc = (uint32_t)crc32(0, NULL, 0);
	must(deflateReset(&z->deflate) == Z_OK);
	put32(&b, ZIP_FILE);
	put_about(&b, z, 0, false);
	buf_put(&b, name);
	if (send(z, buf_str(&b), e))
		return -1;
	z->begins_data = z->at;
	return 0;
}

static int squeeze(struct zip_out *z, int flush, struct err *e)
{
	do {
		z->deflate.next_out = z->out;
		z->deflate.avail_out = OUT_SIZE;
		must(deflate(&z->deflate, flush) != Z_STREAM_ERROR);
		if (send(z,
			    (str){ (const char *)z->out,
				    OUT_SIZE - z->deflate.avail_out },
			    e))
			return -1;
	} while (!z->deflate.avail_out);
	return 0;
}

int zip_out_put(struct zip_out *z, str bytes, struct err *e)
{
	must(z->is_open);
	z->size += bytes.n;
	if (z->size > UINT32_MAX)
		return too_large(e);
	z->crc = (uint32_t)crc32(z->crc, (const Bytef *)bytes.p, (uInt)bytes.n);
	z->deflate.next_in = (Bytef *)(uintptr_t)bytes.p;
	z->deflate.avail_in = (uInt)bytes.n;
	return bytes.n ? squeeze(z, Z_NO_FLUSH, e) : 0;
}

static void put_line(struct zip_out *z, uint64_t deflated)
{
	struct buf *b = &z->directory;

	put32(b, ZIP_DIRECTORY);
	put16(b, ZIP_VERSION);
	put_about(b, z, deflated, true);
	put16(b, 0); /* no comment */
	put16(b, 0); /* on the first disk */
	put16(b, 0); /* of no known kind */
	put32(b, 0);
	put32(b, z->begins);
	buf_put(b, z->name);
}

int zip_out_end(struct zip_out *z, struct err *e)
{
	struct buf b = buf_in(z->arena, ZIP_DESCRIPTOR_BYTES);
	uint64_t deflated;

	must(z->is_open);
	z->deflate.avail_in = 0;
	if (squeeze(z, Z_FINISH, e))
		return -1;
	deflated = z->at - z->begins_data;
	put32(&b, ZIP_DESCRIPTOR);
	put32(&b, z->crc);
	put32(&b, deflated);
	put32(&b, z->size);
	put_line(z, deflated);
	z->files_n++;
	z->is_open = false;
	return send(z, buf_str(&b), e);
}

int zip_out_finish(struct zip_out *z, struct err *e)
{
	struct buf b = buf_in(z->arena, ZIP_END_BYTES);
	uint64_t begins = z->at;

	must(!z->is_open && buf_ok(&z->directory));
	if (send(z, buf_str(&z->directory), e))
		return -1;
	put32(&b, ZIP_END);
	put16(&b, 0);
	put16(&b, 0);
	put16(&b, (unsigned)z->files_n);
	put16(&b, (unsigned)z->files_n);
	put32(&b, z->directory.n);
	put32(&b, begins);
	put16(&b, 0);
	return send(z, buf_str(&b), e);
}
