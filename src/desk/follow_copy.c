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
#include "desk/follow_part.h"
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
	uint64_t index_seq; /* newer than the tail after a kill: see fold */
	int64_t folded_at;
	struct follow_part part;
	uint64_t top; /* as the last page said */
	int tail_fd;  /* -1: no tail yet */
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

/* --- a page --- */

/* What will be when the page is taken. */
struct step {
	const struct follow_page *p;
	size_t keep; /* entries of the tail that stay */
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint64_t seq;
	bool is_signed; /* the seal fits the chain at its entry */
};

/* The file has the key of another installation: first seen with an answer. */
static int check_ours(
	struct follow_copy *c, const uint8_t *fingerprint, struct err *e)
{
	const char *path = path_join(c->page, c->dir, "index.key");
	uint8_t secret[IDENT_SECRET_SIZE];
	str text;
	int rc = 0;

	if (is_known(&c->state))
		return memcmp(fingerprint, c->state.fingerprint,
			       IDENT_FINGERPRINT_SIZE)
			       ? refuse(e, "the answer comes from another "
					   "installation")
			       : 0;
	if (!file_exists(path))
		return 0;
	if (file_read(c->page, path, 200, &text, e))
		return -1;
	if (hex_read(str_trim(text), secret, sizeof secret))
		rc = check_secret(secret, fingerprint, e);
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
		return err_hint(e, "was an old backup restored there? "
				   "Then " FOLLOW_ANEW_HINT);
	}
	if (check_ours(c, p->fingerprint, e) || check_signature(c, p, e))
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

	/* Of a snapshot that was taken, when the one who took it was killed. */
	unlink(path_join(c->page, c->dir, "index.tyx"));
	c->has_index = false;
	c->index_seq = 0;
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
	c->top = p.top;
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
	/* A kill came between the index of a snapshot and its tail: it is not
	 * for the entries before.  They become more, or it is taken again. */
	if (!c->signed_n || c->index_seq > c->state.signed_seq ||
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
	c->index_seq = c->state.signed_seq;
	c->folded_at = now;
	return shorten_tail(c, e);
}

/* --- a snapshot --- */

bool follow_copy_is_far(const struct follow_copy *c)
{
	return !is_known(&c->state) || c->top > c->state.seq + FOLLOW_PAGE_MAX;
}

bool follow_copy_wants(const struct follow_copy *c, uint64_t *seq, uint32_t *n)
{
	*seq = c->part.m.seq;
	*n = c->part.n;
	return c->part.fd >= 0;
}

void follow_copy_give_up(struct follow_copy *c)
{
	follow_part_drop(&c->part);
}

int follow_copy_offer(struct follow_copy *c, str manifest, struct err *e)
{
	struct follow_manifest m;

	arena_clear(c->page);
	if (follow_manifest_read(manifest, &m, e) ||
		check_ours(c, m.fingerprint, e))
		return -1;
	if (!keys_audit_verify(c->state.public_key,
		    follow_manifest_text(c->page, &m), m.signature))
		return refuse(e, "the snapshot's signature does not belong to "
				 "the public key");
	if (m.seq <= c->state.seq ||
		m.size / FOLLOW_ENTRY_SIZE >= m.seq - c->state.seq)
		return 0;
	return follow_part_begin(&c->part, manifest, e) ? -1 : 1;
}

struct gather {
	struct index_entry *at;
	size_t n;
	size_t most;
};

/* The second half of a key is zeros here: no look-up reads it. */
static int gather_one(void *ctx, const struct follow_held *held)
{
	struct gather *g = ctx;

	if (g->n < g->most) {
		memcpy(g->at[g->n].key, held->key, sizeof held->key);
		g->at[g->n].reasons = held->reasons;
	}
	g->n++;
	return 0;
}

static int build_from_part(struct follow_copy *c, int64_t now, struct err *e)
{
	const struct follow_manifest *m = &c->part.m;
	struct gather g = { .most = m->keys };
	struct index_opts opts = {
		.seq = m->seq,
		.generation = m->seq,
		.built_at = now,
		.kinds = m->kinds,
		.cpu = CPU_BEST,
	};
	int rc;

	memcpy(opts.fingerprint, m->fingerprint, sizeof opts.fingerprint);
	g.at = calloc(m->keys + 1, sizeof *g.at);
	must(g.at != NULL);
	rc = follow_part_each(&c->part, gather_one, &g, e);
	if (!rc && (g.n != g.most || follow_part_size(&c->part) != m->size))
		rc = refuse(e, "the snapshot does not hold what it says");
	if (!rc)
		rc = index_build(path_join(c->page, c->dir, "index.tyx"), g.at,
			g.n, &opts, e);
	free(g.at);
	return rc;
}

/* As after a fold: first the index, then the tail, then follow.json. */
static int stand_at_part(struct follow_copy *c, int64_t now, struct err *e)
{
	const struct follow_manifest *m = &c->part.m;
	struct follow_tail t = { .base_seq = m->seq };
	struct follow_state *s = &c->state;

	memcpy(t.base_hash, m->hash, sizeof t.base_hash);
	memcpy(t.fingerprint, m->fingerprint, sizeof t.fingerprint);
	if (build_from_part(c, now, e) || follow_tail_write(c->dir, &t, e) ||
		open_tail(c, e))
		return -1;
	c->has_index = true;
	c->index_seq = m->seq;
	c->folded_at = now;
	c->signed_n = 0;
	memcpy(c->base_hash, m->hash, sizeof c->base_hash);
	memcpy(s->fingerprint, m->fingerprint, sizeof s->fingerprint);
	memcpy(s->hash, m->hash, sizeof s->hash);
	memcpy(s->signed_hash, m->hash, sizeof s->signed_hash);
	s->base_seq = s->seq = s->signed_seq = m->seq;
	s->count = 0;
	s->is_in_doubt = false;
	if (m->at > s->sealed_at)
		s->sealed_at = m->at;
	return follow_state_write(c->page, c->dir, s, e);
}

int follow_copy_take_block(
	struct follow_copy *c, str block, int64_t now, struct err *e)
{
	struct follow_part before = c->part;

	arena_clear(c->page);
	if (follow_part_put(&c->part, block, e))
		return -1;
	if (!follow_part_is_whole(&c->part))
		return 1;
	if (!stand_at_part(c, now, e)) {
		follow_part_drop(&c->part);
		return 0;
	}
	/* What is signed and can't be used is no snapshot; a disk that is full
	 * lets the last block come again. */
	if (e->code == ERR_CORRUPT)
		follow_part_drop(&c->part);
	else
		c->part = before;
	return -1;
}
