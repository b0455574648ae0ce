/* Compression levels are the tools' own: files are kept longer than lists. */
#include "connect/files/pack.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"
#include "base/file.h"

enum { OUT_SIZE = 256 * 1024, GZIP_WINDOW = 15 + 16, ZSTD_LEVEL = 3 };

struct packer {
	int fd;
	enum packing how;
	z_stream gzip;
	ZSTD_CCtx *zstd;
	size_t n;
	uint8_t out[OUT_SIZE];
};

enum packing packing_of_file(int fd)
{
	uint8_t p[4] = { 0 };
	ssize_t n = pread(fd, p, sizeof p, 0);

	if (n >= 2 && p[0] == 0x1f && p[1] == 0x8b)
		return PACK_GZIP;
	if (n == 4 && !memcmp(p, "\x28\xb5\x2f\xfd", 4))
		return PACK_ZSTD;
	return PACK_PLAIN;
}

enum packing packing_of_name(str name)
{
	if (str_ends(name, STR(".gz")))
		return PACK_GZIP;
	return str_ends(name, STR(".zst")) ? PACK_ZSTD : PACK_PLAIN;
}

static void packer_free(void *ctx)
{
	struct packer *p = ctx;

	if (p->how == PACK_GZIP)
		deflateEnd(&p->gzip);
	ZSTD_freeCCtx(p->zstd);
}

struct packer *packer_open(struct arena *a, int fd, enum packing how)
{
	struct packer *p = arena_one(a, struct packer);

	p->fd = fd;
	p->how = how;
	if (how == PACK_GZIP)
		must(deflateInit2(&p->gzip, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
			     GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	if (how == PACK_ZSTD) {
		p->zstd = ZSTD_createCCtx();
		must(p->zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(p->zstd,
					ZSTD_c_compressionLevel, ZSTD_LEVEL)));
	}
	arena_defer(a, packer_free, p);
	return p;
}

static int flush(struct packer *p, struct err *e)
{
	if (write_all(p->fd, p->out, p->n))
		return err_errno(e, "write the new file");
	p->n = 0;
	return 0;
}

static int put_plain(struct packer *p, str s, struct err *e)
{
	if (p->n + s.n > sizeof p->out && flush(p, e) < 0)
		return -1;
	if (s.n > sizeof p->out)
		return write_all(p->fd, s.p, s.n)
			       ? err_errno(e, "write the new file")
			       : 0;
	if (s.n)
		memcpy(p->out + p->n, s.p, s.n);
	p->n += s.n;
	return 0;
}

/* One step; true when there is nothing more to come of what it was given. */
static bool step_gzip(struct packer *p, str *s, bool is_end)
{
	uInt room = (uInt)(sizeof p->out - p->n);
	int rc;

	p->gzip.next_in = (Bytef *)(uintptr_t)s->p;
	p->gzip.avail_in = (uInt)s->n;
	p->gzip.next_out = p->out + p->n;
	p->gzip.avail_out = room;
	rc = deflate(&p->gzip, is_end ? Z_FINISH : Z_NO_FLUSH);
	must(rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR);
	*s = str_from(*s, s->n - p->gzip.avail_in);
	p->n += room - p->gzip.avail_out;
	return is_end ? rc == Z_STREAM_END : !s->n && p->gzip.avail_out;
}

static bool step_zstd(struct packer *p, str *s, bool is_end)
{
	ZSTD_inBuffer in = { s->n ? s->p : "", s->n, 0 };
	ZSTD_outBuffer out = { p->out, sizeof p->out, p->n };
	size_t left = ZSTD_compressStream2(
		p->zstd, &out, &in, is_end ? ZSTD_e_end : ZSTD_e_continue);

	must(!ZSTD_isError(left));
	*s = str_from(*s, in.pos);
	p->n = out.pos;
	return is_end ? !left : !s->n && out.pos < out.size;
}

static int put_packed(struct packer *p, str s, bool is_end, struct err *e)
{
	bool is_done;

	do {
		if (p->n == sizeof p->out && flush(p, e) < 0)
			return -1;
		is_done = p->how == PACK_GZIP ? step_gzip(p, &s, is_end)
					      : step_zstd(p, &s, is_end);
	} while (!is_done);
	return 0;
}

int packer_put(struct packer *p, str s, struct err *e)
{
	if (p->how == PACK_PLAIN)
		return put_plain(p, s, e);
	return s.n ? put_packed(p, s, false, e) : 0;
}

int packer_end(struct packer *p, struct err *e)
{
	if (p->how != PACK_PLAIN && put_packed(p, (str){ 0 }, true, e) < 0)
		return -1;
	return flush(p, e);
}
