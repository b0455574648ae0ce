/*
 * Bytes out.  Packing is done by each thread for its own chunk, as a member or
 * frame of its own: tools that unpack take several for one stream.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* SHA256_Update: no lock, no allocation */
#include "scrub/target.h"

#include <errno.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"
#include "base/stage.h"

enum { PIECES_AT_ONCE = 512, GZIP_LEVEL = 1, ZSTD_LEVEL = 1 };

enum packing { PLAIN, GZIP, ZSTD };

struct target {
	struct stage stage; /* fd -1 when the descriptor is borrowed */
	int fd;
	enum packing packing;
	bool with_sha256;
	const char *name;
	SHA256_CTX sha;
};

static void target_drop(void *ctx)
{
	struct target *t = ctx;

	stage_drop(&t->stage);
}

static enum packing packing_of(const char *path)
{
	str s = str_of(path);

	if (str_ends(s, STR(".gz")))
		return GZIP;
	return str_ends(s, STR(".zst")) ? ZSTD : PLAIN;
}

int target_open(struct arena *a, struct target **out,
	const struct scrub_end *end, const struct scrub_opts *opts,
	struct err *e)
{
	struct target *t;

	*out = NULL;
	if (!end->path && end->fd == 0)
		return 0;
	t = arena_one(a, struct target);
	t->stage.fd = -1;
	t->with_sha256 = opts->with_sha256 && end == &opts->out;
	SHA256_Init(&t->sha);
	t->name = end->path ? end->path : "the output";
	t->fd = end->fd;
	if (end->path && !strcmp(end->path, "-")) {
		t->fd = STDOUT_FILENO;
		t->name = "standard output";
	} else if (end->path) {
		/* Who was taken out is nobody else's to read. */
		if (stage_open(&t->stage, end->path,
			    end == &opts->rejects ? 0600 : 0666, e))
			return -1;
		arena_defer(a, target_drop, t);
		t->stage.without_flush = !opts->is_durable;
		t->fd = t->stage.fd;
		t->packing = packing_of(end->path);
	}
	*out = t;
	return 0;
}

static void reserve(struct packed *out, size_t n)
{
	if (n <= out->size)
		return;
	out->p = realloc(out->p, n);
	must(out->p != NULL);
	out->size = n;
}

static void pack_gzip(
	const str *piece, size_t n, size_t total, struct packed *out)
{
	z_stream z = { 0 };

	must(deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8,
		     Z_DEFAULT_STRATEGY) == Z_OK);
	reserve(out, deflateBound(&z, total) + 64);
	z.next_out = out->p;
	z.avail_out = (uInt)out->size;
	for (size_t i = 0; i < n; i++) {
		z.next_in = (Bytef *)(uintptr_t)piece[i].p;
		z.avail_in = (uInt)piece[i].n;
		must(deflate(&z, Z_NO_FLUSH) == Z_OK || !piece[i].n);
	}
	z.avail_in = 0;
	must(deflate(&z, Z_FINISH) == Z_STREAM_END);
	out->n = z.total_out;
	deflateEnd(&z);
}

static void pack_zstd(
	const str *piece, size_t n, size_t total, struct packed *out)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();
	ZSTD_outBuffer to;

	must(c != NULL);
	reserve(out, ZSTD_compressBound(total) + 64);
	to = (ZSTD_outBuffer){ out->p, out->size, 0 };
	ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, ZSTD_LEVEL);
	for (size_t i = 0; i <= n; i++) {
		ZSTD_inBuffer in = { i < n ? piece[i].p : "",
			i < n ? piece[i].n : 0, 0 };

		must(!ZSTD_isError(ZSTD_compressStream2(
			c, &to, &in, i < n ? ZSTD_e_continue : ZSTD_e_end)));
		must(in.pos == in.size);
	}
	out->n = to.pos;
	ZSTD_freeCCtx(c);
}

bool target_pack(
	const struct target *t, const str *piece, size_t n, struct packed *out)
{
	size_t total = 0;

	if (t->packing == PLAIN)
		return false;
	for (size_t i = 0; i < n; i++)
		total += piece[i].n;
	out->n = 0;
	if (!total)
		return true;
	if (t->packing == GZIP)
		pack_gzip(piece, n, total, out);
	else
		pack_zstd(piece, n, total, out);
	return true;
}

/* writev(2) until all is out. */
static int write_vector(int fd, struct iovec *v, size_t n)
{
	while (n > 0) {
		ssize_t k = writev(fd, v, (int)n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		for (; n > 0 && (size_t)k >= v->iov_len; v++, n--)
			k -= (ssize_t)v->iov_len;
		if (n > 0) {
			v->iov_base = (char *)v->iov_base + k;
			v->iov_len -= (size_t)k;
		}
	}
	return 0;
}

int target_write(struct target *t, const str *piece, size_t n, struct err *e)
{
	struct iovec v[PIECES_AT_ONCE];

	for (size_t done = 0; done < n;) {
		size_t k =
			n - done < PIECES_AT_ONCE ? n - done : PIECES_AT_ONCE;

		for (size_t i = 0; i < k; i++) {
			const str *s = &piece[done + i];

			v[i].iov_base = (void *)(uintptr_t)s->p;
			v[i].iov_len = s->n;
			if (t->with_sha256)
				SHA256_Update(&t->sha, s->p, s->n);
		}
		if (write_vector(t->fd, v, k))
			return err_errno(e, "write \"%s\"", t->name);
		done += k;
	}
	return 0;
}

int target_commit(struct target *t, struct err *e)
{
	return t->stage.fd < 0 ? 0 : stage_commit(&t->stage, e);
}

void target_sha256(struct target *t, uint8_t out[32])
{
	must(t->with_sha256);
	SHA256_Final(out, &t->sha);
}
