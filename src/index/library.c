/*
 * libtoyon: include/toyon.h on top of ident and index.  Everything that crosses
 * this line is plain C types, so that any language can call it.
 */
#include <toyon.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "ident/cell.h"
#include "index/suppress_set.h"
#include "law/reason.h"

struct toyon {
	struct index *index;
	struct ident_keyring keyring;
	char *path;
};

static int say(char why[TOYON_WHY_SIZE], const struct err *e)
{
	size_t n = strlen(e->message);

	if (n >= TOYON_WHY_SIZE)
		n = TOYON_WHY_SIZE - 1;
	memcpy(why, e->message, n);
	why[n] = '\0';
	return -1;
}

static int read_key(
	const char *path, uint8_t secret[IDENT_SECRET_SIZE], struct err *e)
{
	struct arena *a = arena_new(1 << 16);
	str s = { 0 };
	int rc = file_read(a, path, 256, &s, e);

	if (!rc && s.n == IDENT_SECRET_SIZE)
		memcpy(secret, s.p, IDENT_SECRET_SIZE);
	else if (!rc && !hex_read(str_trim(s), secret, IDENT_SECRET_SIZE))
		rc = err_set(e, ERR_CORRUPT,
			"\"%s\" is no index key: 32 bytes or 64 hex digits",
			path);
	arena_free(a);
	return rc;
}

static int open_index(struct toyon *t, struct index **out, struct err *e)
{
	struct index_open_opts o = { .fingerprint = t->keyring.fingerprint,
		.cpu = t->keyring.cpu };

	return index_open(out, t->path, &o, e);
}

int toyon_open(struct toyon **out, const char *index_path, const char *key_path,
	char why[TOYON_WHY_SIZE])
{
	struct toyon *t = calloc(1, sizeof *t);
	uint8_t secret[IDENT_SECRET_SIZE];
	struct err e = { 0 };

	*out = NULL;
	must(t != NULL);
	t->path = strdup(index_path);
	must(t->path != NULL);
	if (read_key(key_path, secret, &e)) {
		toyon_close(t);
		return say(why, &e);
	}
	ident_keyring_init(&t->keyring, secret, CPU_BEST);
	explicit_bzero(secret, sizeof secret);
	if (open_index(t, &t->index, &e)) {
		toyon_close(t);
		return say(why, &e);
	}
	*out = t;
	return 0;
}

void toyon_close(struct toyon *t)
{
	if (!t)
		return;
	index_close(t->index);
	ident_keyring_wipe(&t->keyring);
	free(t->path);
	free(t);
}

int toyon_refresh(struct toyon *t, char why[TOYON_WHY_SIZE])
{
	struct index *next = NULL;
	struct err e = { 0 };

	if (!index_is_stale(t->index, t->path))
		return 0;
	if (open_index(t, &next, &e))
		return say(why, &e);
	index_close(t->index);
	t->index = next;
	return 1;
}

int64_t toyon_check(
	const struct toyon *t, const char *kind, const char *value, size_t size)
{
	int64_t answer;
	int rc = toyon_check_many(t, kind, &value, &size, 1, &answer);

	return rc ? rc : answer;
}

enum { ROUND = 64 };

static void look_up(const struct toyon *t, enum ident_kind kind,
	const uint8_t *digest, size_t n, int64_t *answer)
{
	uint8_t key[ROUND * IDENT_KEY_SIZE];
	uint32_t reasons[ROUND];

	must(n <= ROUND);
	ident_key_batch(&t->keyring, kind, digest, n, key);
	index_find_batch(t->index, key, n, reasons);
	for (size_t i = 0; i < n; i++)
		if (answer[i] == TOYON_CLEAR)
			answer[i] = reasons[i];
}

/* Blocks wait for one hash of them all; other digests are there already. */
struct round {
	cell_fn *way;
	size_t blocks;
	size_t at[ROUND]; /* where the digest of each block goes */
	uint8_t block[ROUND * SHA256_BLOCK];
	uint8_t digest[ROUND * SHA256_SIZE];
};

/* The fast way wants bytes behind the text, which the caller need not have. */
static bool read_usual(struct round *r, str value, size_t i)
{
	char padded[SHA256_BLOCK + CELL_PAD];

	if (value.n >= SHA256_BLOCK)
		return false;
	memcpy(padded, value.n ? value.p : "", value.n);
	if (r->way(padded, value.n, r->block + r->blocks * SHA256_BLOCK) !=
		CELL_READY)
		return false;
	r->at[r->blocks++] = i;
	return true;
}

static int64_t read_one(
	struct round *r, enum ident_kind kind, str value, size_t i)
{
	uint8_t *digest = r->digest + i * SHA256_SIZE;

	if (read_usual(r, value, i) ||
		!ident_digest_of(IDENT_TOYON_1, kind, value, digest))
		return TOYON_CLEAR;
	memset(digest, 0, SHA256_SIZE);
	return TOYON_UNREADABLE;
}

static void check_round(const struct toyon *t, enum ident_kind kind,
	const char *const *value, const size_t *size, size_t n, int64_t *answer)
{
	uint8_t fresh[ROUND * SHA256_SIZE];
	struct round r;

	r.way = cell_way(t->keyring.cpu, kind);
	r.blocks = 0;
	for (size_t i = 0; i < n; i++)
		answer[i] = read_one(&r, kind, (str){ value[i], size[i] }, i);
	/* A wide engine needs company: one block alone is faster by itself. */
	sha256_blocks(r.blocks < 4 ? CPU_PORTABLE : t->keyring.cpu, r.block,
		r.blocks, fresh);
	for (size_t i = 0; i < r.blocks; i++)
		memcpy(r.digest + r.at[i] * SHA256_SIZE,
			fresh + i * SHA256_SIZE, SHA256_SIZE);
	look_up(t, kind, r.digest, n, answer);
}

int toyon_check_many(const struct toyon *t, const char *kind,
	const char *const *value, const size_t *size, size_t n, int64_t *answer)
{
	enum ident_kind k;

	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	for (size_t i = 0; i < n; i += ROUND)
		check_round(t, k, value + i, size + i,
			n - i < ROUND ? n - i : ROUND, answer + i);
	return 0;
}

int toyon_check_digests(const struct toyon *t, const char *kind,
	const unsigned char *digest, size_t n, int64_t *answer)
{
	enum ident_kind k;

	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	memset(answer, 0, n * sizeof *answer);
	for (size_t i = 0; i < n; i += ROUND)
		look_up(t, k, digest + i * SHA256_SIZE,
			n - i < ROUND ? n - i : ROUND, answer + i);
	return 0;
}

size_t toyon_reasons(int64_t answer, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; answer > 0 && i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);
		str code = str_of(row->code);

		if (!(answer & row->reason))
			continue;
		for (size_t j = 0; j <= code.n; j++) {
			char c = j ? code.p[j - 1] : ',';

			if (j == 0 && n == 0)
				continue;
			if (n + 1 < size)
				out[n] = c;
			n++;
		}
	}
	if (size)
		out[n < size ? n : size - 1] = '\0';
	return n;
}

int toyon_standardize(const char *kind, const char *value, size_t size,
	char out[TOYON_TEXT_SIZE])
{
	enum ident_kind k;
	struct ident id;

	_Static_assert((int)TOYON_TEXT_SIZE == (int)IDENT_TEXT_MAX, "the same");
	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	if (ident_read(&id, IDENT_TOYON_1, k, (str){ value, size }))
		return TOYON_UNREADABLE;
	memcpy(out, id.text, id.n);
	return (int)id.n;
}

void toyon_info(const struct toyon *t, struct toyon_info *out)
{
	struct index_info info;

	index_info(t->index, &info);
	*out = (struct toyon_info){ .seq = info.seq,
		.generation = info.generation,
		.built_at = info.built_at,
		.keys = info.keys };
}
