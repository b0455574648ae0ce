/*
 * The one that writes a copy.  A page is looked at whole before anything of it is
 * kept; then the tail is flushed, and only then does follow.json say so.
 *
 * A seal that does not fit means that what is held unsigned, or the page, is not
 * what was signed.  Nobody can tell which, so everything stays, and the next
 * page is asked for from the signed entry on: when that one fits, it replaces
 * what was held unsigned.
 */
#include "desk/follow_copy.h"

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
#include "desk/follow_state.h"

enum { FOLD_ENTRIES = 50000, FOLD_MS = 3600000 };

struct follow_copy {
	struct arena *arena;
	struct arena *page; /* cleared for each */
	const char *dir;
	struct follow_state state;
	uint8_t base_hash[FOLLOW_HASH_SIZE];
	uint8_t *entries; /* the tail's, state.count of them */
	size_t cap;
	size_t signed_n; /* the first of them are signed */
	bool has_index;
	int64_t folded_at;
	int tail_fd; /* -1: no tail yet */
	int lock_fd;
};

static int refuse(struct err *e, const char *why)
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

static int read_state(
	struct follow_copy *c, const struct follow_start *start, struct err *e)
{
	struct follow_state *s = &c->state;

	if (follow_state_read(c->arena, c->dir, s, e))
		return e->code == ERR_NOT_FOUND ? begin_state(c, start, e) : -1;
	if ((start->url && strcmp(start->url, s->url) != 0) ||
		(start->public_key &&
			memcmp(start->public_key, s->public_key, KEY_SIZE))) {
		err_set(e, ERR_CONFLICT,
			"\"%s\" is a copy of another installation", c->dir);
		return err_hint(e, "name a folder of its own for each");
	}
	return 0;
}

static bool is_known(const struct follow_state *s)
{
	return !sodium_is_zero(s->fingerprint, sizeof s->fingerprint);
}

static int check_secret(
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
	if (is_known(&c->state) &&
		check_secret(secret, c->state.fingerprint, e))
		return -1;
	text = arena_fmt(c->page, "%.*s\n",
		STR_ARG(hex_of(c->page, secret, IDENT_SECRET_SIZE)));
	return file_replace(
		path_join(c->arena, c->dir, "index.key"), text, 0600, e);
}

static void grow(struct follow_copy *c, size_t n)
{
	while (c->cap < n) {
		c->cap = c->cap ? c->cap * 2 : 4096;
		c->entries = realloc(c->entries, c->cap * FOLLOW_ENTRY_SIZE);
		must(c->entries != NULL);
	}
}

static int open_tail(struct follow_copy *c, struct err *e)
{
	const char *path = path_join(c->arena, c->dir, "tail.log");

	if (c->tail_fd >= 0)
		close(c->tail_fd);
	c->tail_fd = open(path, O_RDWR | O_CLOEXEC);
	if (c->tail_fd < 0)
		return err_errno(e, "open \"%s\"", path);
	return 0;
}

static int cut_tail(struct follow_copy *c, struct err *e)
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
	return err_hint(e, "follow anew, in an empty folder");
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
		grow(c, n);
		memcpy(c->base_hash, t.base_hash, sizeof t.base_hash);
		if (n)
			memcpy(c->entries, t.entries, n * FOLLOW_ENTRY_SIZE);
		c->state.base_seq = t.base_seq;
		c->state.count = n;
	}
	arena_free(a);
	if (rc || check_tail(c, e) || open_tail(c, e))
		return -1;
	return cut_tail(c, e);
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
		c->folded_at = info.built_at;
	}
	arena_free(a);
	return rc;
}

static int load(
	struct follow_copy *c, const struct follow_start *start, struct err *e)
{
	if (lock(c, e) || read_state(c, start, e) ||
		keep_secret(c, start->secret, e))
		return -1;
	if (start->max_age_ms >= 0)
		c->state.max_age_ms = start->max_age_ms;
	if (is_known(&c->state) && (load_tail(c, e) || look_at_index(c, e)))
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
	c->lock_fd = c->tail_fd = -1;
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

/* --- a page --- */

/* What will be when the page is taken. */
struct step {
	const struct follow_page *p;
	size_t keep; /* entries of the tail that stay */
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint64_t seq;
	bool is_signed; /* the seal fits the chain at its entry */
};

/* The file has the key of another installation: first seen with a page. */
static int check_ours(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	const char *path = path_join(c->page, c->dir, "index.key");
	uint8_t secret[IDENT_SECRET_SIZE];
	str text;
	int rc = 0;

	if (is_known(&c->state))
		return memcmp(p->fingerprint, c->state.fingerprint,
			       sizeof p->fingerprint)
			       ? refuse(e, "the answer comes from another "
					   "installation")
			       : 0;
	if (!file_exists(path))
		return 0;
	if (file_read(c->page, path, 200, &text, e))
		return -1;
	if (hex_read(str_trim(text), secret, sizeof secret))
		rc = check_secret(secret, p->fingerprint, e);
	sodium_memzero(secret, sizeof secret);
	return rc;
}

static int check_signature(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	if (!p->has_seal ||
		keys_audit_verify(c->state.public_key,
			follow_seal_text(c->page, &p->seal, p->fingerprint),
			p->seal.signature))
		return 0;
	return refuse(e, "the signature does not belong to the public key");
}

static void walk_one(struct step *s, const uint8_t *entry)
{
	const struct follow_page *p = s->p;

	follow_chain(s->hash, entry);
	s->seq = follow_entry_at(entry, 0).seq;
	if (p->has_seal && s->seq == p->seal.seq)
		s->is_signed = !memcmp(s->hash, p->seal.hash, sizeof s->hash);
}

/*
 * Follows the chain from the last entry held, or from the signed one when the
 * seal covers what is held, over the page.
 */
static void walk(const struct follow_copy *c, struct step *s)
{
	const struct follow_state *now = &c->state;
	const struct follow_page *p = s->p;
	bool is_back =
		c->state.is_in_doubt || (p->has_seal && p->seal.seq < now->seq);

	memcpy(s->hash, is_back ? now->signed_hash : now->hash, sizeof s->hash);
	s->seq = is_back ? now->signed_seq : now->seq;
	s->is_signed = p->has_seal && s->seq == p->seal.seq &&
		       !memcmp(s->hash, p->seal.hash, sizeof s->hash);
	for (size_t i = c->signed_n; is_back && i < s->keep; i++)
		walk_one(s, c->entries + i * FOLLOW_ENTRY_SIZE);
	for (size_t i = 0; i < p->n; i++)
		walk_one(s, p->entries + i * FOLLOW_ENTRY_SIZE);
}

static int check_page(struct follow_copy *c, struct step *s, struct err *e)
{
	const struct follow_page *p = s->p;

	if (p->after != follow_copy_next(c))
		return refuse(e, "the answer is to another question");
	if (p->top < c->state.seq && !c->state.is_in_doubt) {
		refuse(e, "the log is shorter than this copy of it");
		return err_hint(e, "was an old backup restored there? Then "
				   "follow anew, in an empty folder");
	}
	if (check_ours(c, p, e) || check_signature(c, p, e))
		return -1;
	if (!p->n && p->after < p->top)
		return refuse(e, "the answer leaves out what is there");
	s->keep = c->state.is_in_doubt ? c->signed_n : c->state.count;
	walk(c, s);
	if (!p->has_seal || p->seal.seq < c->state.signed_seq || s->is_signed)
		return 0;
	c->state.is_in_doubt = true;
	if (follow_state_write(c->page, c->dir, &c->state, e))
		return -1;
	return refuse(e, "the answer is not what was signed");
}

/* What was held unsigned goes: first follow.json, then the file. */
static int drop_unsigned(struct follow_copy *c, struct err *e)
{
	struct follow_state *s = &c->state;

	s->count = c->signed_n;
	s->seq = s->signed_seq;
	memcpy(s->hash, s->signed_hash, sizeof s->hash);
	return follow_state_write(c->page, c->dir, s, e) || cut_tail(c, e) ? -1
									   : 0;
}

static int begin_tail(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	struct follow_tail t = { 0 };

	memcpy(c->state.fingerprint, p->fingerprint, sizeof p->fingerprint);
	memcpy(t.fingerprint, p->fingerprint, sizeof p->fingerprint);
	return follow_tail_write(c->dir, &t, e) || open_tail(c, e) ? -1 : 0;
}

static int append(
	struct follow_copy *c, const struct follow_page *p, struct err *e)
{
	size_t size = p->n * FOLLOW_ENTRY_SIZE;
	off_t at =
		(off_t)(FOLLOW_TAIL_HEAD + c->state.count * FOLLOW_ENTRY_SIZE);

	if (!size)
		return 0;
	if (lseek(c->tail_fd, at, SEEK_SET) < 0 ||
		write_all(c->tail_fd, p->entries, size) ||
		fdatasync(c->tail_fd))
		return err_errno(e, "write the tail in \"%s\"", c->dir);
	grow(c, c->state.count + p->n);
	memcpy(c->entries + c->state.count * FOLLOW_ENTRY_SIZE, p->entries,
		size);
	c->state.count += p->n;
	return 0;
}

static void count_signed(struct follow_copy *c)
{
	while (c->signed_n < c->state.count &&
		follow_entry_at(c->entries, c->signed_n).seq <=
			c->state.signed_seq)
		c->signed_n++;
}

static int keep(struct follow_copy *c, const struct step *step, int64_t now,
	struct err *e)
{
	const struct follow_page *p = step->p;
	struct follow_state *s = &c->state;

	if (c->tail_fd < 0 && begin_tail(c, p, e))
		return -1;
	if (step->keep < s->count && drop_unsigned(c, e))
		return -1;
	if (append(c, p, e))
		return -1;
	c->state.is_in_doubt = false;
	s->seq = step->seq;
	memcpy(s->hash, step->hash, sizeof s->hash);
	if (step->is_signed) {
		s->signed_seq = p->seal.seq;
		memcpy(s->signed_hash, p->seal.hash, sizeof s->signed_hash);
		if (p->seal.at > s->sealed_at)
			s->sealed_at = p->seal.at;
		count_signed(c);
	}
	if (s->seq == p->top)
		s->contact_at = now;
	return follow_state_write(c->page, c->dir, s, e);
}

int follow_copy_take(
	struct follow_copy *c, str bytes, int64_t now, struct err *e)
{
	struct follow_page p;
	struct step s = { .p = &p };

	arena_clear(c->page);
	if (follow_page_read(bytes, &p, e) || check_page(c, &s, e) ||
		keep(c, &s, now, e))
		return -1;
	return c->state.seq < p.top;
}

/* --- folding --- */

struct fold {
	struct index_delta *delta;
	struct index_entry *at;
	size_t n;
	size_t cap;
	uint32_t kinds;
};

static void fold_put(struct fold *f, const uint8_t *key, uint32_t reasons)
{
	if (f->n == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 4096;
		f->at = realloc(f->at, f->cap * sizeof *f->at);
		must(f->at != NULL);
	}
	memcpy(f->at[f->n].key, key, IDENT_KEY_SIZE);
	f->at[f->n++].reasons = reasons;
}

static int fold_old(void *ctx, const struct index_entry *entry)
{
	struct fold *f = ctx;
	uint32_t reasons;

	if (!index_delta_find(f->delta, entry->key, &reasons))
		fold_put(f, entry->key, entry->reasons);
	return 0;
}

/* An identifier that changed several times is put several times, always with
 * what holds in the end: index_build() joins them. */
static void fold_new(struct follow_copy *c, struct fold *f)
{
	for (size_t i = 0; i < c->signed_n; i++) {
		struct follow_entry entry = follow_entry_at(c->entries, i);

		index_delta_put(f->delta, entry.seq, entry.key, entry.reasons);
		f->kinds |= 1u << entry.kind;
	}
	for (size_t i = 0; i < c->signed_n; i++) {
		const uint8_t *key = follow_entry_at(c->entries, i).key;
		uint32_t reasons = 0;

		index_delta_find(f->delta, key, &reasons);
		if (reasons)
			fold_put(f, key, reasons);
	}
}

static int fold_into(
	struct follow_copy *c, struct arena *a, struct fold *f, struct err *e)
{
	struct index *old;
	struct index_info info = { 0 };

	if (follow_index_open(a, c->dir, &c->state, &old, e))
		return -1;
	fold_new(c, f);
	if (!old)
		return 0;
	index_info(old, &info);
	f->kinds |= info.kinds;
	return index_each(old, fold_old, f, e);
}

static int publish(
	struct follow_copy *c, struct fold *f, int64_t now, struct err *e)
{
	struct index_opts opts = {
		.seq = c->state.signed_seq,
		.generation = c->state.signed_seq,
		.built_at = now,
		.kinds = f->kinds,
		.cpu = CPU_BEST,
	};

	memcpy(opts.fingerprint, c->state.fingerprint, sizeof opts.fingerprint);
	return index_build(
		path_join(c->page, c->dir, "index.tyx"), f->at, f->n, &opts, e);
}

/* The tail goes on from the signed entry. */
static int shorten_tail(struct follow_copy *c, struct err *e)
{
	struct follow_state *s = &c->state;
	size_t left = s->count - c->signed_n;
	struct follow_tail t = { .base_seq = s->signed_seq, .n = left };

	memcpy(t.base_hash, s->signed_hash, sizeof t.base_hash);
	memcpy(t.fingerprint, s->fingerprint, sizeof t.fingerprint);
	memmove(c->entries, c->entries + c->signed_n * FOLLOW_ENTRY_SIZE,
		left * FOLLOW_ENTRY_SIZE);
	t.entries = c->entries;
	if (follow_tail_write(c->dir, &t, e) || open_tail(c, e))
		return -1;
	memcpy(c->base_hash, t.base_hash, sizeof t.base_hash);
	s->base_seq = t.base_seq;
	s->count = left;
	c->signed_n = 0;
	return follow_state_write(c->page, c->dir, s, e);
}

int follow_copy_fold(
	struct follow_copy *c, bool always, int64_t now, struct err *e)
{
	struct fold f = { 0 };
	struct arena *a;
	int rc;

	arena_clear(c->page);
	if (!c->signed_n ||
		(!always && c->has_index && c->signed_n < FOLD_ENTRIES &&
			now - c->folded_at < FOLD_MS))
		return 0;
	a = arena_new(1 << 20);
	f.delta = index_delta_new(CPU_BEST);
	rc = fold_into(c, a, &f, e);
	arena_free(a);
	index_delta_free(f.delta);
	if (!rc)
		rc = publish(c, &f, now, e);
	free(f.at);
	if (rc)
		return -1;
	c->has_index = true;
	c->folded_at = now;
	return shorten_tail(c, e);
}
