#include "desk/drop_archive.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "base/stage.h"

enum {
	BLOCK = 64 << 10,
	MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
	HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
};

static const char magic[] = "toyon drop archive 1\n";
enum { MAGIC = sizeof magic - 1 };

/* A file on its way from one place to another, block by block. */
struct passage {
	crypto_secretstream_xchacha20poly1305_state stream;
	crypto_hash_sha256_state sum;
	const char *from;
	int in;
	int out; /* -1: nowhere */
	int64_t size;
	unsigned char plain[BLOCK];
	unsigned char sealed[BLOCK + MORE];
};

/* The bytes read, fewer only at the end of the file; -1. */
static ssize_t read_block(
	struct passage *p, unsigned char *to, size_t n, struct err *e)
{
	size_t got = 0;

	while (got < n) {
		ssize_t r = read(p->in, to + got, n - got);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return err_errno(e, "read %s", p->from);
		if (!r)
			break;
		got += (size_t)r;
	}
	return (ssize_t)got;
}

static int put(
	struct passage *p, const unsigned char *b, size_t n, struct err *e)
{
	if (p->out < 0 || !write_all(p->out, b, n))
		return 0;
	return err_errno(e, "write what came out of %s", p->from);
}

static void take_plain(struct passage *p, size_t n)
{
	crypto_hash_sha256_update(&p->sum, p->plain, n);
	p->size += (int64_t)n;
}

static void stream_key(const struct keys *k, unsigned char key[KEY_SIZE])
{
	_Static_assert(
		KEY_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES,
		"a subkey is a key of the stream");
	keys_subkey(k, "drop archive", key);
}

static int seal_blocks(struct passage *p, struct err *e)
{
	ssize_t n = BLOCK;

	while (n == BLOCK) {
		unsigned long long m;
		unsigned char tag;

		n = read_block(p, p->plain, BLOCK, e);
		if (n < 0)
			return -1;
		take_plain(p, (size_t)n);
		tag = n == BLOCK
			      ? crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
			      : crypto_secretstream_xchacha20poly1305_TAG_FINAL;
		crypto_secretstream_xchacha20poly1305_push(&p->stream,
			p->sealed, &m, p->plain, (unsigned long long)n, NULL, 0,
			tag);
		if (put(p, p->sealed, (size_t)m, e))
			return -1;
	}
	return 0;
}

static int seal(struct passage *p, const struct keys *k, struct err *e)
{
	unsigned char header[HEADER], key[KEY_SIZE];

	stream_key(k, key);
	crypto_secretstream_xchacha20poly1305_init_push(
		&p->stream, header, key);
	sodium_memzero(key, sizeof key);
	if (put(p, (const unsigned char *)magic, MAGIC, e) ||
		put(p, header, HEADER, e))
		return -1;
	return seal_blocks(p, e);
}

static int broken(const struct passage *p, struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		"%.150s is damaged, cut, or sealed with another key", p->from);
}

static int open_blocks(struct passage *p, struct err *e)
{
	unsigned char tag = 0;

	while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
		ssize_t n = read_block(p, p->sealed, BLOCK + MORE, e);
		unsigned long long m = 0;

		if (n < 0)
			return -1;
		if (n < MORE ||
			crypto_secretstream_xchacha20poly1305_pull(&p->stream,
				p->plain, &m, &tag, p->sealed,
				(unsigned long long)n, NULL, 0))
			return broken(p, e);
		take_plain(p, (size_t)m);
		if (put(p, p->plain, (size_t)m, e))
			return -1;
	}
	return read_block(p, p->sealed, 1, e) ? broken(p, e) : 0;
}

static int unseal(struct passage *p, const struct keys *k, struct err *e)
{
	unsigned char head[MAGIC + HEADER], key[KEY_SIZE];
	ssize_t n = read_block(p, head, sizeof head, e);
	int rc;

	if (n < 0)
		return -1;
	if (n != (ssize_t)sizeof head || memcmp(head, magic, MAGIC))
		return broken(p, e);
	stream_key(k, key);
	rc = crypto_secretstream_xchacha20poly1305_init_pull(
		&p->stream, head + MAGIC, key);
	sodium_memzero(key, sizeof key);
	return rc ? broken(p, e) : open_blocks(p, e);
}

typedef int passage_fn(struct passage *p, const struct keys *k, struct err *e);

static int as_it_is(struct passage *p, const struct keys *k, struct err *e)
{
	ssize_t n = BLOCK;

	(void)k;
	while (n == BLOCK) {
		n = read_block(p, p->plain, BLOCK, e);
		if (n < 0)
			return -1;
		take_plain(p, (size_t)n);
		if (put(p, p->plain, (size_t)n, e))
			return -1;
	}
	return 0;
}

static int run_to(struct passage *p, passage_fn *fn, const struct keys *k,
	const char *to, struct err *e)
{
	struct stage stage;

	if (!to)
		return fn(p, k, e);
	if (stage_open(&stage, to, 0600, e))
		return -1;
	p->out = stage.fd;
	if (fn(p, k, e)) {
		stage_drop(&stage);
		return -1;
	}
	return stage_commit(&stage, e);
}

struct way {
	const struct keys *keys;
	const char *from;
	const char *to;
	passage_fn *fn;
};

static int run(const struct way *w, struct archived *out, struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct passage *p = arena_one(a, struct passage);
	int rc;

	p->from = w->from;
	p->out = -1;
	crypto_hash_sha256_init(&p->sum);
	p->in = open(w->from, O_RDONLY | O_CLOEXEC);
	if (p->in < 0) {
		err_errno(e, "open %.150s", w->from);
		arena_free(a);
		return -1;
	}
	rc = run_to(p, w->fn, w->keys, w->to, e);
	close(p->in);
	out->size = p->size;
	crypto_hash_sha256_final(&p->sum, out->sha256);
	sodium_memzero(p, sizeof *p);
	arena_free(a);
	return rc;
}

int archive_seal(const struct keys *k, const char *from, const char *to,
	struct archived *out, struct err *e)
{
	return run(&(struct way){ k, from, to, seal }, out, e);
}

int archive_open(const struct keys *k, const char *from, const char *to,
	struct archived *out, struct err *e)
{
	return run(&(struct way){ k, from, to, unseal }, out, e);
}

int archive_sum(const char *path, struct archived *out, struct err *e)
{
	return run(&(struct way){ NULL, path, NULL, as_it_is }, out, e);
}

int archive_copy(const char *from, const char *to, struct err *e)
{
	struct archived sum;

	return run(&(struct way){ NULL, from, to, as_it_is }, &sum, e);
}
