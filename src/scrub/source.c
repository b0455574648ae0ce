/*
 * Bytes in.  Packed streams are unpacked by whoever holds the feed's lock: they
 * can only be read from front to back.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* SHA256_Update: no lock, no allocation */
#include "scrub/source.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/base.h"

enum { FIRST_SIZE = 4096, PACKED_SIZE = 256 * 1024, GZIP_WINDOW = 15 + 32 };

enum packing { PLAIN, GZIP, ZSTD };

struct source {
	int fd;
	bool is_owned;
	bool is_end;        /* of what is stored */
	bool is_open_frame; /* in the middle of a member or frame */
	bool with_sha256;
	enum packing packing;
	const char *name;
	uint64_t read;
	uint64_t total;
	z_stream gzip;
	ZSTD_DStream *zstd;
	SHA256_CTX sha;
	size_t from, held; /* of stored */
	uint8_t *stored;   /* `first`, or more room when it is packed */
	size_t stored_max;
	uint8_t first[FIRST_SIZE];
};

static void source_close(void *ctx)
{
	struct source *s = ctx;

	if (s->packing == GZIP)
		inflateEnd(&s->gzip);
	ZSTD_freeDStream(s->zstd);
	if (s->is_owned)
		close(s->fd);
}

/* n bytes or the end. */
static int64_t read_stored(struct source *s, void *out, size_t n, struct err *e)
{
	size_t got = 0;

	while (got < n && !s->is_end) {
		ssize_t k = read(s->fd, (char *)out + got, n - got);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return err_errno(e, "read %s", s->name);
		if (k == 0)
			s->is_end = true;
		got += (size_t)k;
	}
	s->read += got;
	if (s->with_sha256)
		SHA256_Update(&s->sha, out, got);
	return (int64_t)got;
}

static int refill(struct source *s, struct err *e)
{
	int64_t n = read_stored(s, s->stored, s->stored_max, e);

	s->from = 0;
	s->held = n > 0 ? (size_t)n : 0;
	return n < 0 ? -1 : 0;
}

static int damaged(const struct source *s, struct err *e)
{
	return err_set(
		e, ERR_CORRUPT, "%s: the compressed data is damaged", s->name);
}

/* One step: takes from stored, gives to out; returns how much it gave. */
static int64_t gunzip(struct source *s, uint8_t *out, size_t n, struct err *e)
{
	z_stream *z = &s->gzip;
	int rc;

	z->next_in = s->stored + s->from;
	z->avail_in = (uInt)s->held;
	z->next_out = out;
	z->avail_out = n < (1u << 30) ? (uInt)n : 1u << 30;
	n = z->avail_out;
	if (!s->is_open_frame && inflateReset2(z, GZIP_WINDOW) != Z_OK)
		return damaged(s, e);
	s->is_open_frame = true;
	rc = inflate(z, Z_NO_FLUSH);
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return damaged(s, e);
	if (rc == Z_STREAM_END)
		s->is_open_frame = false;
	s->from += s->held - z->avail_in;
	s->held = z->avail_in;
	return (int64_t)(n - z->avail_out);
}

static int64_t unzstd(struct source *s, uint8_t *out, size_t n, struct err *e)
{
	ZSTD_inBuffer in = { s->stored + s->from, s->held, 0 };
	ZSTD_outBuffer to = { out, n, 0 };
	size_t rc = ZSTD_decompressStream(s->zstd, &to, &in);

	if (ZSTD_isError(rc))
		return damaged(s, e);
	s->is_open_frame = rc != 0;
	s->from += in.pos;
	s->held -= in.pos;
	return (int64_t)to.pos;
}

static int64_t unpack(struct source *s, uint8_t *out, size_t n, struct err *e)
{
	size_t got = 0;

	while (got < n) {
		size_t before = s->held;
		int64_t k;

		if (!s->held && !s->is_end && refill(s, e))
			return -1;
		if (!s->held && !s->is_open_frame)
			break;
		before = s->held;
		k = s->packing == GZIP ? gunzip(s, out + got, n - got, e)
				       : unzstd(s, out + got, n - got, e);
		if (k < 0)
			return -1;
		if (k == 0 && s->held == before && s->is_end &&
			s->is_open_frame)
			return err_set(e, ERR_CORRUPT,
				"%s: the compressed data is cut short",
				s->name);
		got += (size_t)k;
	}
	return (int64_t)got;
}

int64_t source_read(struct source *s, void *out, size_t n, struct err *e)
{
	size_t k;
	int64_t more;

	if (s->packing != PLAIN)
		return unpack(s, out, n, e);
	k = s->held < n ? s->held : n;
	memcpy(out, s->stored + s->from, k);
	s->from += k;
	s->held -= k;
	more = k < n ? read_stored(s, (char *)out + k, n - k, e) : 0;
	return more < 0 ? -1 : (int64_t)k + more;
}

static int open_end(
	struct source *s, const struct scrub_end *end, struct err *e)
{
	struct stat st;

	s->name = end->path ? end->path : "the input";
	s->fd = end->fd;
	if (end->path && !strcmp(end->path, "-")) {
		s->fd = STDIN_FILENO;
		s->name = "standard input";
	} else if (end->path) {
		s->fd = open(end->path, O_RDONLY | O_CLOEXEC);
		s->is_owned = true;
	}
	if (s->fd < 0)
		return err_errno(e, "open \"%s\"", s->name);
	if (!fstat(s->fd, &st) && S_ISDIR(st.st_mode))
		return err_set(e, ERR_INVALID, "\"%s\" is a folder", s->name);
	s->total = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	return 0;
}

static void find_packing(struct source *s, struct arena *a)
{
	static const uint8_t gzip[] = { 0x1f, 0x8b };
	static const uint8_t zstd[] = { 0x28, 0xb5, 0x2f, 0xfd };

	if (s->held >= sizeof gzip && !memcmp(s->first, gzip, sizeof gzip)) {
		s->packing = GZIP;
		must(inflateInit2(&s->gzip, GZIP_WINDOW) == Z_OK);
	}
	if (s->held >= sizeof zstd && !memcmp(s->first, zstd, sizeof zstd)) {
		s->packing = ZSTD;
		s->zstd = ZSTD_createDStream();
		must(s->zstd != NULL);
	}
	if (s->packing == PLAIN)
		return;
	s->stored_max = PACKED_SIZE;
	s->stored = arena_alloc(a, s->stored_max);
	memcpy(s->stored, s->first, s->held);
}

int source_open(struct arena *a, struct source **out,
	const struct scrub_end *end, bool with_sha256, struct err *e)
{
	struct source *s = arena_one(a, struct source);

	s->with_sha256 = with_sha256;
	s->stored = s->first;
	s->stored_max = sizeof s->first;
	if (with_sha256)
		SHA256_Init(&s->sha);
	if (open_end(s, end, e))
		return -1;
	arena_defer(a, source_close, s);
	if (refill(s, e))
		return -1;
	find_packing(s, a);
	*out = s;
	return 0;
}

uint64_t source_bytes_read(const struct source *s)
{
	return s->read - s->held;
}

uint64_t source_bytes_total(const struct source *s)
{
	return s->total;
}

void source_sha256(struct source *s, uint8_t out[32])
{
	must(s->with_sha256);
	SHA256_Final(out, &s->sha);
}
