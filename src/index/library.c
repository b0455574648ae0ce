/*
 * libtoyon: include/toyon.h on top of ident and index.  Everything that crosses
 * this line is plain C types, so that any language can call it.  Here: opening,
 * taking up a newer file, closing.
 */
#include "index/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "index/key_file.h"
#include "law/reason.h"

#define SAME_BIT(name) \
	_Static_assert((int)TOYON_##name == (int)REASON_##name, "one bit")
SAME_BIT(OPT_OUT);
SAME_BIT(LIMIT);
SAME_BIT(DELETED);
SAME_BIT(MINOR);
SAME_BIT(DROP);
SAME_BIT(DROP_OPT_OUT);
SAME_BIT(ADMT);
SAME_BIT(MANUAL);
SAME_BIT(NO_NOTICE);
SAME_BIT(HOLD);
_Static_assert((int)TOYON_SECRET_SIZE == (int)IDENT_SECRET_SIZE, "one size");

/* --- locks --- */

static void locks_init(struct toyon *t)
{
	pthread_rwlockattr_t a;

	t->stripe = aligned_alloc(_Alignof(struct library_stripe),
		LIBRARY_STRIPES * sizeof *t->stripe);
	must(t->stripe != NULL);
	t->refreshing = malloc(sizeof *t->refreshing);
	must(t->refreshing != NULL);
	must(!pthread_mutex_init(t->refreshing, NULL));
	must(!pthread_rwlockattr_init(&a));
	/* Or checks that overlap without end would keep a refresh out. */
	must(!pthread_rwlockattr_setkind_np(
		&a, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP));
	for (int i = 0; i < LIBRARY_STRIPES; i++)
		must(!pthread_rwlock_init(&t->stripe[i].lock, &a));
	pthread_rwlockattr_destroy(&a);
}

static void locks_fini(struct toyon *t)
{
	for (int i = 0; i < LIBRARY_STRIPES; i++)
		pthread_rwlock_destroy(&t->stripe[i].lock);
	pthread_mutex_destroy(t->refreshing);
	free(t->stripe);
	free(t->refreshing);
}

/* Threads' addresses are stacks apart: their low bits say nothing. */
pthread_rwlock_t *library_enter(const struct toyon *t)
{
	uint64_t self = (uint64_t)pthread_self();
	uint64_t i = (self >> 12) * 0x9E3779B97F4A7C15u >> 60;
	pthread_rwlock_t *lock = &t->stripe[i % LIBRARY_STRIPES].lock;

	must(!pthread_rwlock_rdlock(lock));
	return lock;
}

void library_leave(pthread_rwlock_t *lock)
{
	pthread_rwlock_unlock(lock);
}

static struct index *swap(struct toyon *t, struct index *next)
{
	struct index *old;

	for (int i = 0; i < LIBRARY_STRIPES; i++)
		must(!pthread_rwlock_wrlock(&t->stripe[i].lock));
	old = t->index;
	t->index = next;
	for (int i = 0; i < LIBRARY_STRIPES; i++)
		pthread_rwlock_unlock(&t->stripe[i].lock);
	return old;
}

/* --- opening --- */

static int say(char why[TOYON_WHY_SIZE], const struct err *e)
{
	size_t n = strlen(e->message);

	if (n >= TOYON_WHY_SIZE)
		n = TOYON_WHY_SIZE - 1;
	memcpy(why, e->message, n);
	why[n] = '\0';
	return -1;
}

static int open_index(const struct toyon *t, struct index **out, struct err *e)
{
	struct index_open_opts o = { .fingerprint = t->keyring.fingerprint,
		.cpu = t->keyring.cpu };

	if (index_open(out, t->path, &o, e))
		return -1;
	if (t->expects_single)
		index_expect_single(*out);
	return 0;
}

int toyon_open_secret(struct toyon **out, const char *index_path,
	const unsigned char secret[TOYON_SECRET_SIZE], char why[TOYON_WHY_SIZE])
{
	struct toyon *t = calloc(1, sizeof *t);
	struct err e = { 0 };

	*out = NULL;
	must(t != NULL);
	locks_init(t);
	t->path = strdup(index_path);
	must(t->path != NULL);
	ident_keyring_init(&t->keyring, secret, CPU_BEST);
	if (open_index(t, &t->index, &e)) {
		toyon_close(t);
		return say(why, &e);
	}
	*out = t;
	return 0;
}

static int find_key(const char *index_path, const char *key_path,
	uint8_t secret[IDENT_SECRET_SIZE], struct err *e)
{
	struct arena *a = arena_new(1 << 16);
	int rc = key_file_read(
		key_path ? key_path : key_file_beside(a, index_path), secret,
		e);

	arena_free(a);
	return rc;
}

int toyon_open(struct toyon **out, const char *index_path, const char *key_path,
	char why[TOYON_WHY_SIZE])
{
	uint8_t secret[IDENT_SECRET_SIZE];
	struct err e = { 0 };
	int rc;

	*out = NULL;
	if (find_key(index_path, key_path, secret, &e))
		return say(why, &e);
	rc = toyon_open_secret(out, index_path, secret, why);
	explicit_bzero(secret, sizeof secret);
	return rc;
}

void toyon_expect_single(struct toyon *t)
{
	t->expects_single = true;
	index_expect_single(t->index);
}

void toyon_close(struct toyon *t)
{
	if (!t)
		return;
	index_close(t->index);
	ident_keyring_wipe(&t->keyring);
	locks_fini(t);
	free(t->path);
	free(t);
}

/* --- newer files --- */

int toyon_is_stale(const struct toyon *t)
{
	pthread_rwlock_t *lock = library_enter(t);
	int is_stale = index_is_stale(t->index, t->path);

	library_leave(lock);
	return is_stale;
}

static int take_newer(struct toyon *t, char why[TOYON_WHY_SIZE])
{
	struct index *next = NULL;
	struct err e = { 0 };

	if (!toyon_is_stale(t))
		return 0;
	if (open_index(t, &next, &e))
		return say(why, &e);
	index_close(swap(t, next));
	return 1;
}

int toyon_refresh(struct toyon *t, char why[TOYON_WHY_SIZE])
{
	int rc;

	must(!pthread_mutex_lock(t->refreshing));
	rc = take_newer(t, why);
	pthread_mutex_unlock(t->refreshing);
	return rc;
}

void toyon_info(const struct toyon *t, struct toyon_info *out)
{
	pthread_rwlock_t *lock = library_enter(t);
	struct index_info info;

	index_info(t->index, &info);
	library_leave(lock);
	*out = (struct toyon_info){ .seq = info.seq,
		.generation = info.generation,
		.built_at = info.built_at,
		.keys = info.keys };
}

uint64_t toyon_generation(const struct toyon *t)
{
	struct toyon_info info;

	toyon_info(t, &info);
	return info.generation;
}
