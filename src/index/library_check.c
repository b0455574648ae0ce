/*
 * The questions of libtoyon.  A round of values is standardized, hashed, keyed
 * and looked up together, because each of these is several times as fast for
 * many as for one.  The lock is taken for each round: a call with millions of
 * values must not keep a refresh waiting.
 */
#include "index/library.h"

#include <string.h>

#include "base/base.h"
#include "ident/cell.h"
#include "law/reason.h"

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
	pthread_rwlock_t *lock;

	must(n <= ROUND);
	ident_key_batch(&t->keyring, kind, digest, n, key);
	lock = library_enter(t);
	index_find_batch(t->index, key, n, reasons);
	library_leave(lock);
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

/* A bit without a row is of a later version: careful. */
static unsigned forbidden_by(uint32_t reasons)
{
	uint32_t known = 0;

	for (size_t i = 0; i < reason_count(); i++)
		known |= (uint32_t)reason_at(i)->reason;
	return (reasons & ~known) ? FORBIDS_SALE : reasons_forbid(reasons);
}

int toyon_allows_sale(int64_t answer)
{
	return answer >= 0 && !(forbidden_by((uint32_t)answer) & FORBIDS_SALE);
}

int toyon_may_sell(
	const struct toyon *t, const char *kind, const char *value, size_t size)
{
	int64_t answer = toyon_check(t, kind, value, size);

	return answer < 0 ? (int)answer : toyon_allows_sale(answer);
}
