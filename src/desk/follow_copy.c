/*
 * The one that writes a copy: its folder, opened and put right.  What arrives is
 * follow_copy_page.c's and follow_copy_snapshot.c's, and follow_copy_fold.c makes
 * the index of it.
 */
#include "desk/follow_copying.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"

int follow_refuse(struct err *e, const char *why)
{
	err_set(e, ERR_CORRUPT, "%s", why);
	return err_hint(e, "nothing was changed; the copy is as it was");
}

/* --- opening --- */

static void close_copy(void *ctx)
{
	struct follow_copy *c = ctx;

	if (c->tail_fd >= 0)
		close(c->tail_fd);
	if (c->lock_fd >= 0)
		close(c->lock_fd);
	follow_part_close(&c->part);
	arena_free(c->page);
	free(c->entries);
}

static int lock(struct follow_copy *c, struct err *e)
{
	const char *path = path_join(c->arena, c->dir, "follow.lock");

	c->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (c->lock_fd < 0)
		return err_errno(e, "open \"%s\"", path);
	if (!flock(c->lock_fd, LOCK_EX | LOCK_NB))
		return 0;
	if (errno != EWOULDBLOCK)
		return err_errno(e, "lock \"%s\"", path);
	return err_set(e, ERR_CONFLICT,
		"another process keeps the copy in \"%s\"", c->dir);
}

static int begin_state(
	struct follow_copy *c, const struct follow_start *start, struct err *e)
{
	if (!start->url || !start->public_key) {
		err_set(e, ERR_USAGE,
			"a new copy needs its address and its public key");
		return err_hint(e, "toyon follow URL --dir D --public-key "
				   "HEX: the installation's keys/audit.pub");
	}
	if (strlen(start->url) > FOLLOW_URL_MAX)
		return err_set(e, ERR_USAGE, "the address is too long");
	memcpy(c->state.url, start->url, strlen(start->url) + 1);
	memcpy(c->state.public_key, start->public_key, KEY_SIZE);
	return 0;
}

/* Of what was known, the limit and whose it is are kept.  No page means no
 * answer: follow.json says so before anything else goes. */
static int forget(struct follow_copy *c, struct err *e)
{
	static const char *const names[] = { "tail.log", "index.tyx",
		"snapshot.part" };
	struct follow_state s = { .max_age_ms = c->state.max_age_ms };

	memcpy(s.url, c->state.url, sizeof s.url);
	memcpy(s.public_key, c->state.public_key, sizeof s.public_key);
	c->state = s;
	if (follow_state_write(c->page, c->dir, &c->state, e))
		return -1;
	for (size_t i = 0; i < COUNTOF(names); i++)
		if (unlink(path_join(c->page, c->dir, names[i])) &&
			errno != ENOENT)
			return err_errno(
				e, "remove \"%s\" in \"%s\"", names[i], c->dir);
	return 0;
}

static int read_state(
	struct follow_copy *c, const struct follow_start *start, struct err *e)
{
	struct follow_state *s = &c->state;

	if (follow_state_read(c->arena, c->dir, s, e)) {
		bool is_begun =
			e->code == ERR_NOT_FOUND ||
			(start->is_anew && start->url && start->public_key);

		memset(s, 0, sizeof *s);
		return is_begun ? begin_state(c, start, e) : -1;
	}
	if ((start->url && strcmp(start->url, s->url) != 0) ||
		(start->public_key &&
			memcmp(start->public_key, s->public_key, KEY_SIZE))) {
		err_set(e, ERR_CONFLICT,
			"\"%s\" is a copy of another installation", c->dir);
		return err_hint(e, "name a folder of its own for each");
	}
	return 0;
}

bool follow_is_known(const struct follow_state *s)
{
	return !sodium_is_zero(s->fingerprint, sizeof s->fingerprint);
}

int follow_check_secret(
	const uint8_t *secret, const uint8_t *fingerprint, struct err *e)
{
	struct ident_keyring ring;
	bool is_same;

	ident_keyring_init(&ring, secret, CPU_BEST);
	is_same =
		!memcmp(ring.fingerprint, fingerprint, sizeof ring.fingerprint);
	ident_keyring_wipe(&ring);
	if (is_same)
		return 0;
	err_set(e, ERR_DENIED,
		"the identifiers' key belongs to another installation");
	return err_hint(e, "give the installation's keys/index.key");
}

static int keep_secret(
	struct follow_copy *c, const uint8_t *secret, struct err *e)
{
	str text;

	if (!secret)
		return 0;
	if (follow_is_known(&c->state) &&
		follow_check_secret(secret, c->state.fingerprint, e))
		return -1;
	text = arena_fmt(c->page, "%.*s\n",
		STR_ARG(hex_of(c->page, secret, IDENT_SECRET_SIZE)));
	return file_replace(
		path_join(c->arena, c->dir, "index.key"), text, 0600, e);
}

void follow_tail_grow(struct follow_copy *c, size_t n)
{
	while (c->cap < n) {
		c->cap = c->cap ? c->cap * 2 : 4096;
		c->entries = realloc(c->entries, c->cap * FOLLOW_ENTRY_SIZE);
		must(c->entries != NULL);
	}
}

int follow_tail_open(struct follow_copy *c, struct err *e)
{
	const char *path = path_join(c->arena, c->dir, "tail.log");

	if (c->tail_fd >= 0)
		close(c->tail_fd);
	c->tail_fd = open(path, O_RDWR | O_CLOEXEC);
	if (c->tail_fd < 0)
		return err_errno(e, "open \"%s\"", path);
	return 0;
}

int follow_tail_cut(struct follow_copy *c, struct err *e)
{
	off_t size =
		(off_t)(FOLLOW_TAIL_HEAD + c->state.count * FOLLOW_ENTRY_SIZE);

	return ftruncate(c->tail_fd, size)
		       ? err_errno(e, "cut the tail in \"%s\"", c->dir)
		       : 0;
}

/* Walks the tail: the chain has to end where follow.json says. */
static int check_tail(struct follow_copy *c, struct err *e)
{
	const struct follow_state *s = &c->state;
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint64_t last = s->base_seq;

	memcpy(hash, c->base_hash, sizeof hash);
	c->signed_n = 0;
	for (size_t i = 0; i < s->count; i++) {
		follow_chain(hash, c->entries + i * FOLLOW_ENTRY_SIZE);
		last = follow_entry_at(c->entries, i).seq;
		c->signed_n += last <= s->signed_seq;
	}
	if (last == s->seq && !memcmp(hash, s->hash, sizeof hash))
		return 0;
	err_set(e, ERR_CORRUPT, "tail.log of this copy is damaged");
	return err_hint(e, FOLLOW_ANEW_HINT);
}

static int load_tail(struct follow_copy *c, struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_tail t;
	size_t n = 0;
	int rc = follow_tail_read(a, c->dir, &t, e);

	if (!rc)
		rc = follow_tail_count(&t, &c->state, &n, e);
	if (!rc) {
		follow_tail_grow(c, n);
		memcpy(c->base_hash, t.base_hash, sizeof t.base_hash);
		if (n)
			memcpy(c->entries, t.entries, n * FOLLOW_ENTRY_SIZE);
		c->state.base_seq = t.base_seq;
		c->state.count = n;
	}
	arena_free(a);
	if (rc || check_tail(c, e) || follow_tail_open(c, e))
		return -1;
	return follow_tail_cut(c, e);
}

static int look_at_index(struct follow_copy *c, struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct index *ix = NULL;
	struct index_info info;
	int rc = follow_index_open(a, c->dir, &c->state, &ix, e);

	if (!rc && ix) {
		index_info(ix, &info);
		c->has_index = true;
		c->index_seq = info.seq;
		c->folded_at = info.built_at;
	}
	arena_free(a);
	return rc;
}

static int load(
	struct follow_copy *c, const struct follow_start *start, struct err *e)
{
	const char *part = path_join(c->arena, c->dir, "snapshot.part");

	if (lock(c, e) || read_state(c, start, e) ||
		(start->is_anew && forget(c, e)) ||
		keep_secret(c, start->secret, e) ||
		follow_part_open(&c->part, part, c->state.public_key, e))
		return -1;
	if (c->part.fd >= 0 && c->part.m.seq <= c->state.seq)
		follow_part_drop(&c->part);
	if (start->max_age_ms >= 0)
		c->state.max_age_ms = start->max_age_ms;
	if (follow_is_known(&c->state) &&
		(load_tail(c, e) || look_at_index(c, e)))
		return -1;
	return follow_state_write(c->page, c->dir, &c->state, e);
}

int follow_copy_open(struct arena *a, const char *dir,
	const struct follow_start *start, struct follow_copy **out,
	struct err *e)
{
	struct follow_copy *c = arena_one(a, struct follow_copy);

	must(sodium_init() >= 0);
	c->arena = a;
	c->dir = dir;
	c->lock_fd = c->tail_fd = c->part.fd = -1;
	c->page = arena_new(4 << 20);
	arena_defer(a, close_copy, c);
	if (dir_make(dir, 0750, e) || load(c, start, e))
		return -1;
	*out = c;
	return 0;
}

const struct follow_state *follow_copy_state(const struct follow_copy *c)
{
	return &c->state;
}

uint64_t follow_copy_next(const struct follow_copy *c)
{
	return c->state.is_in_doubt ? c->state.signed_seq : c->state.seq;
}
