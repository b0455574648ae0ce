/* Reads such a ZIP front to back, by a way of its own: deflated bytes say where they
 * end, and the directory is only counted. */
#include "know/zip.h"

#include <string.h>
#include <zlib.h>

#include "base/base.h"
#include "know/zip_format.h"

enum { IN_SIZE = 1 << 16, HEAD_MAX = 64 };

/* What the next bytes are. */
enum place { AT_MARK, IN_HEAD, IN_NAME, IN_DATA, AT_END };

struct zip_in {
	struct zip_told told;
	z_stream inflate;
	enum place place;
	unsigned char head[HEAD_MAX]; /* of whichever kind mark says */
	size_t head_n;
	size_t head_want;
	uint32_t mark;
	bool is_open; /* a file whose descriptor has not come */
	char name[ZIP_NAME_MAX];
	size_t name_n;
	size_t name_want;
	uint32_t crc;
	uint64_t size;
	size_t files_n;
	size_t lines_n; /* of the directory */
	unsigned char out[IN_SIZE];
};

static void end_inflate(void *ctx)
{
	inflateEnd(ctx);
}

struct zip_in *zip_in_new(struct arena *a, const struct zip_told *told)
{
	struct zip_in *z = arena_one(a, struct zip_in);

	z->told = *told;
	must(inflateInit2(&z->inflate, ZIP_WINDOW) == Z_OK);
	arena_defer(a, end_inflate, &z->inflate);
	return z;
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_CORRUPT, "the package can't be read back");
}

static unsigned get16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static uint32_t get32(const unsigned char *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static size_t head_bytes(uint32_t mark)
{
	switch (mark) {
	case ZIP_FILE:
		return ZIP_FILE_BYTES;
	case ZIP_DESCRIPTOR:
		return ZIP_DESCRIPTOR_BYTES;
	case ZIP_DIRECTORY:
		return ZIP_DIRECTORY_BYTES;
	case ZIP_END:
		return ZIP_END_BYTES;
	default:
		return 0;
	}
}

/* Up to the wanted number of bytes into `to`; how many were taken. */
static size_t gather(void *to, size_t *have, size_t want, str bytes)
{
	size_t n = want - *have < bytes.n ? want - *have : bytes.n;

	if (n)
		memcpy((char *)to + *have, bytes.p, n);
	*have += n;
	return n;
}

static int take_name(struct zip_in *z, unsigned n, struct err *e)
{
	if (!n || n > ZIP_NAME_MAX)
		return damaged(e);
	z->name_n = 0;
	z->name_want = n;
	z->place = IN_NAME;
	return 0;
}

static int end_file(struct zip_in *z, struct err *e)
{
	if (get32(z->head + 4) != z->crc ||
		get32(z->head + 8) != z->inflate.total_in ||
		get32(z->head + 12) != z->size)
		return damaged(e);
	z->files_n++;
	z->is_open = false;
	z->place = AT_MARK;
	return z->told.end(z->told.ctx, e);
}

static int take_head(struct zip_in *z, struct err *e)
{
	z->head_n = 0;
	switch (z->mark) {
	case ZIP_FILE:
		return take_name(z, get16(z->head + 26), e);
	case ZIP_DESCRIPTOR:
		return end_file(z, e);
	case ZIP_DIRECTORY:
		z->lines_n++;
		return take_name(z, get16(z->head + 28), e);
	default:
		z->place = AT_END;
		return get16(z->head + 10) == z->files_n &&
				       z->lines_n == z->files_n
			       ? 0
			       : damaged(e);
	}
}

static int begin_file(struct zip_in *z, struct err *e)
{
	if (z->mark == ZIP_DIRECTORY) {
		z->place = AT_MARK;
		return 0;
	}
	must(inflateReset(&z->inflate) == Z_OK);
	z->crc = (uint32_t)crc32(0, NULL, 0);
	z->size = 0;
	z->is_open = true;
	z->place = IN_DATA;
	return z->told.begin(z->told.ctx, (str){ z->name, z->name_n }, e);
}

/* Deflated bytes say themselves where they end. */
static int inflate_some(struct zip_in *z, str *bytes, struct err *e)
{
	size_t n;
	int rc;

	z->inflate.next_in = (Bytef *)(uintptr_t)bytes->p;
	z->inflate.avail_in = (uInt)bytes->n;
	z->inflate.next_out = z->out;
	z->inflate.avail_out = IN_SIZE;
	rc = inflate(&z->inflate, Z_NO_FLUSH);
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return damaged(e);
	*bytes = str_from(*bytes, bytes->n - z->inflate.avail_in);
	n = IN_SIZE - z->inflate.avail_out;
	z->crc = (uint32_t)crc32(z->crc, z->out, (uInt)n);
	z->size += n;
	if (rc == Z_STREAM_END)
		z->place = AT_MARK;
	return n ? z->told.put(z->told.ctx, (str){ (char *)z->out, n }, e) : 0;
}

static int take_mark(struct zip_in *z, struct err *e)
{
	z->mark = get32(z->head);
	z->head_want = head_bytes(z->mark);
	z->place = IN_HEAD;
	return z->head_want && z->is_open == (z->mark == ZIP_DESCRIPTOR)
		       ? 0
		       : damaged(e);
}

static int step(struct zip_in *z, str *bytes, struct err *e)
{
	size_t n;

	switch (z->place) {
	case AT_MARK:
		n = gather(z->head, &z->head_n, 4, *bytes);
		*bytes = str_from(*bytes, n);
		return z->head_n == 4 ? take_mark(z, e) : 0;
	case IN_HEAD:
		n = gather(z->head, &z->head_n, z->head_want, *bytes);
		*bytes = str_from(*bytes, n);
		return z->head_n == z->head_want ? take_head(z, e) : 0;
	case IN_NAME:
		n = gather(z->name, &z->name_n, z->name_want, *bytes);
		*bytes = str_from(*bytes, n);
		return z->name_n == z->name_want ? begin_file(z, e) : 0;
	case IN_DATA:
		return inflate_some(z, bytes, e);
	case AT_END:
		break;
	}
	return damaged(e);
}

int zip_in_put(struct zip_in *z, str bytes, struct err *e)
{
	while (bytes.n || (z->place == IN_DATA && !z->inflate.avail_out)) {
		if (step(z, &bytes, e))
			return -1;
	}
	return 0;
}

int zip_in_end(const struct zip_in *z, struct err *e)
{
	return z->place == AT_END ? 0 : damaged(e);
}
