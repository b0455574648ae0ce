/*
 * The questions of libtoyon.  A round of values is standardized, hashed, keyed
 * and looked up together, because each of these is several times as fast for
 * many as for one.  The lock is taken for each round: a call with millions of
 * values must not keep a refresh waiting.
 */
#include "index/library.h"

#include "base/base.h"
#include "ident/round.h"
#include "law/use.h"

enum { ROUND = 256 };

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
		answer[i] = reasons[i];
}

static void check_round(const struct toyon *t, enum ident_kind kind,
	const char *const *value, const size_t *size, size_t n, int64_t *answer)
{
	struct ident_round r;

	ident_round_start(&r, t->keyring.cpu, kind);
	for (size_t i = 0; i < n; i++)
		ident_round_add(&r, (str){ value[i], size[i] });
	ident_round_finish(&r);
	look_up(t, kind, r.digest, n, answer);
	for (size_t i = 0; i < n; i++)
		if (r.fault[i])
			answer[i] = TOYON_UNREADABLE;
}

/* Nothing that only many values need. */
int64_t toyon_check(
	const struct toyon *t, const char *kind, const char *value, size_t size)
{
	uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
	enum ident_kind k;
	uint32_t reasons;
	pthread_rwlock_t *lock;

	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	if (ident_round_of_one(t->keyring.cpu, k, (str){ value, size }, digest))
		return TOYON_UNREADABLE;
	ident_key(&t->keyring, k, digest, key);
	lock = library_enter(t);
	reasons = index_find(t->index, key);
	library_leave(lock);
	return reasons;
}

int toyon_check_many(const struct toyon *t, const char *kind,
	const char *const *value, const size_t *size, size_t n, int64_t *answer)
{
	enum ident_kind k;

	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	for (size_t i = 0; i < n; i += IDENT_ROUND)
		check_round(t, k, value + i, size + i,
			n - i < IDENT_ROUND ? n - i : IDENT_ROUND, answer + i);
	return 0;
}

int toyon_check_digests(const struct toyon *t, const char *kind,
	const unsigned char *digest, size_t n, int64_t *answer)
{
	enum ident_kind k;

	if (!ident_kind_read(str_of(kind), &k))
		return TOYON_UNKNOWN_KIND;
	for (size_t i = 0; i < n; i += ROUND)
		look_up(t, k, digest + i * SHA256_SIZE,
			n - i < ROUND ? n - i : ROUND, answer + i);
	return 0;
}

/* A bit without a row is of a later version: careful. */
static unsigned forbidden_by(uint32_t reasons)
{
	return (reasons & ~(uint32_t)REASONS_KNOWN) ? FORBIDS_SALE
						    : reasons_forbid(reasons);
}

int toyon_allows_sale(int64_t answer)
{
	return answer >= 0 && !(forbidden_by((uint32_t)answer) & FORBIDS_SALE);
}

int toyon_allows(int64_t answer, const char *use)
{
	str name = str_of(use);
	struct use_asked q = { .use = use_of(name) };
	uint32_t lock = reason_of(name) & (uint32_t)REASON_LOCKS;

	if (q.use == USE_OTHER)
		q.lock = lock;
	return answer >= 0 && !use_forbidden_by((uint32_t)answer, &q);
}

int toyon_may_sell(
	const struct toyon *t, const char *kind, const char *value, size_t size)
{
	int64_t answer = toyon_check(t, kind, value, size);

	return answer < 0 ? (int)answer : toyon_allows_sale(answer);
}
