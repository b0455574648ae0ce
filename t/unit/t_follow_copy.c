/*
 * Pages of the suppression log, byte by byte, and what a copy makes of them:
 * signed, unsigned, forged, folded, opened again.  Here is an installation's
 * side made of a list in memory and a key pair of its own.
 */
#include "desk/follow_copy.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "check.h"
#include "law/reason.h"

enum { ENTRIES = 40, NOW = 1000000 };

static struct arena *arena;

struct site {
	uint8_t public_key[KEY_SIZE];
	uint8_t secret_key[crypto_sign_SECRETKEYBYTES];
	uint8_t secret[IDENT_SECRET_SIZE];
	struct ident_keyring ring;
	uint8_t entries[ENTRIES * FOLLOW_ENTRY_SIZE];
	char dir[64];
};

/* Entry i (from 0) has seq 2 * (i + 1): numbers may be left out. */
static uint64_t seq_of(size_t i)
{
	return 2 * (i + 1);
}

static void key_of(const struct site *s, size_t person, uint8_t *key)
{
	uint8_t digest[SHA256_SIZE] = { (uint8_t)person, 1 };

	ident_key(&s->ring, IDENT_EMAIL, digest, key);
}

/* Ten people, again and again; every third change is a release. */
static void site_make(struct site *s)
{
	uint8_t key[IDENT_KEY_SIZE];

	crypto_sign_keypair(s->public_key, s->secret_key);
	memset(s->secret, 7, sizeof s->secret);
	ident_keyring_init(&s->ring, s->secret, CPU_BEST);
	for (size_t i = 0; i < ENTRIES; i++) {
		struct follow_entry entry = { seq_of(i), IDENT_EMAIL,
			i % 3 == 2 ? 0 : REASON_OPT_OUT, key };

		key_of(s, i % 10, key);
		follow_entry_put(s->entries + i * FOLLOW_ENTRY_SIZE, &entry);
	}
	snprintf(s->dir, sizeof s->dir, "/tmp/t_follow.XXXXXX");
	must(mkdtemp(s->dir) != NULL);
}

/* A page with entries from..to, signed up to `sealed` entries (-1: no seal). */
static str page_of(const struct site *s, size_t from, size_t to, int sealed)
{
	struct buf b = buf_in(arena, FOLLOW_PAGE_SIZE_MAX);
	struct follow_page p = {
		.after = from ? seq_of(from - 1) : 0,
		.top = seq_of(ENTRIES - 1),
		.has_seal = sealed >= 0,
		.entries = s->entries + from * FOLLOW_ENTRY_SIZE,
		.n = to - from,
	};
	str text;

	memcpy(p.fingerprint, s->ring.fingerprint, sizeof p.fingerprint);
	p.seal.seq = sealed > 0 ? seq_of((size_t)sealed - 1) : 0;
	p.seal.at = 5000 + sealed;
	for (int i = 0; i < sealed; i++)
		follow_chain(p.seal.hash, s->entries + i * FOLLOW_ENTRY_SIZE);
	text = follow_seal_text(arena, &p.seal, p.fingerprint);
	crypto_sign_detached(p.seal.signature, NULL,
		(const unsigned char *)text.p, text.n, s->secret_key);
	follow_page_put(&b, &p);
	return buf_str(&b);
}

static void test_every_byte(const struct site *s)
{
	str good = page_of(s, 3, 9, 8);
	char *bad = arena_cstr(arena, STR(""));
	struct follow_page p;
	struct err e;

	CHECK(!follow_page_read(good, &p, &e) && p.n == 6 && p.has_seal,
		"a page is read: %s", e.message);
	CHECK(p.seal.seq == seq_of(7) && p.after == seq_of(2), "as it was");
	bad = arena_alloc(arena, good.n + 1);
	for (size_t i = 0; i < good.n; i++) {
		memcpy(bad, good.p, good.n);
		bad[i] = (char)(bad[i] ^ (1 << i % 8));
		CHECK(follow_page_read((str){ bad, good.n }, &p, &e) &&
				e.code == ERR_CORRUPT,
			"byte %zu changed", i);
		CHECK(follow_page_read(str_head(good, i), &p, &e),
			"cut after %zu", i);
	}
	memcpy(bad, good.p, good.n);
	CHECK(follow_page_read((str){ bad, good.n + 1 }, &p, &e), "one more");
}

static struct follow_copy *open_copy(
	const struct site *s, struct arena *a, const char *why)
{
	struct follow_start start = { .url = "https://x.example",
		.public_key = s->public_key,
		.max_age_ms = 60000,
		.secret = s->secret };
	struct follow_copy *c = NULL;
	struct err e = { 0 };

	CHECK(!follow_copy_open(a, s->dir, &start, &c, &e), "%s: %s", why,
		e.message);
	must(c != NULL);
	return c;
}

/* What the copy answers is what the first n entries say. */
static void answers(const struct site *s, size_t n, const char *why)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_reader r;
	struct err e = { 0 };

	CHECK(!follow_reader_open(a, s->dir, NOW, &r, &e), "%s: %s", why,
		e.message);
	for (size_t person = 0; person < 10; person++) {
		uint8_t key[IDENT_KEY_SIZE];
		uint32_t wanted = 0;

		key_of(s, person, key);
		for (size_t i = person; i < n; i += 10)
			wanted = i % 3 == 2 ? 0 : REASON_OPT_OUT;
		CHECK(suppress_set_find(&r.set, key) == wanted,
			"%s: person %zu of %zu", why, person, n);
	}
	arena_free(a);
}

static int take(struct follow_copy *c, str page, struct err *e)
{
	e->message[0] = '\0';
	return follow_copy_take(c, page, NOW, e);
}

static void test_copy(const struct site *s)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_copy *c = open_copy(s, a, "a new folder");
	const struct follow_state *state = follow_copy_state(c);
	struct err e;

	CHECK(take(c, page_of(s, 0, 10, -1), &e) == 1, "no seal: %s",
		e.message);
	CHECK(state->seq == seq_of(9) && !state->signed_seq, "unsigned");
	CHECK(!follow_copy_fold(c, true, NOW, &e) && !state->base_seq,
		"nothing to fold");
	CHECK(take(c, page_of(s, 10, 12, 8), &e) == 1, "late seal: %s",
		e.message);
	CHECK(state->signed_seq == seq_of(7) && state->count == 12, "partly");
	CHECK(!follow_copy_fold(c, true, NOW, &e), "%s", e.message);
	CHECK(state->base_seq == seq_of(7) && state->count == 4, "folded");
	CHECK(take(c, page_of(s, 3, 5, -1), &e) < 0, "not what was asked");
	CHECK(take(c, page_of(s, 12, 12, -1), &e) < 0, "nothing, of more");
	CHECK(take(c, page_of(s, 12, ENTRIES, ENTRIES), &e) == 0, "rest: %s",
		e.message);
	CHECK(state->contact_at == NOW && state->sealed_at == 5000 + ENTRIES,
		"all there is");
	answers(s, ENTRIES, "folded and tail");
	arena_free(a);
	a = arena_new(1 << 20);
	c = open_copy(s, a, "again");
	CHECK(!follow_copy_fold(c, true, NOW, &e), "%s", e.message);
	arena_free(a);
	answers(s, ENTRIES, "all folded");
}

/* An unsigned entry is forged; the seal uncovers it; the truth replaces it. */
static void test_forged(struct site *s)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_copy *c;
	uint8_t *entry = s->entries + 15 * FOLLOW_ENTRY_SIZE;
	struct err e;

	c = open_copy(s, a, "a folder for forgeries");
	CHECK(take(c, page_of(s, 0, 12, 12), &e) == 1, "%s", e.message);
	entry[12] ^= 1;
	CHECK(take(c, page_of(s, 12, 20, -1), &e) == 1, "can't be seen yet");
	entry[12] ^= 1;
	CHECK(take(c, page_of(s, 20, 24, 22), &e) < 0 && e.code == ERR_CORRUPT,
		"a seal that does not fit");
	CHECK(follow_copy_state(c)->seq == seq_of(19), "nothing is lost yet");
	arena_free(a);
	a = arena_new(1 << 20);
	c = open_copy(s, a, "remembered");
	CHECK(follow_copy_next(c) == seq_of(11), "asks from what was signed");
	CHECK(take(c, page_of(s, 12, ENTRIES, 22), &e) == 0, "replaced: %s",
		e.message);
	CHECK(follow_copy_state(c)->signed_seq == seq_of(21), "and signed");
	answers(s, ENTRIES, "the truth");
	s->secret_key[0] ^= 1;
	CHECK(take(c, page_of(s, ENTRIES, ENTRIES, ENTRIES), &e) < 0,
		"signed by somebody else");
	s->secret_key[0] ^= 1;
	arena_free(a);
}

/* Killed between publishing a new index, the tail, and the state. */
static void test_halves(struct site *s)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_copy *c = open_copy(s, a, "a folder to be torn");
	const char *state = path_join(arena, s->dir, "follow.json");
	const char *tail = path_join(arena, s->dir, "tail.log");
	str old_state, old_tail;
	struct err e;
	int fd;

	CHECK(take(c, page_of(s, 0, ENTRIES, 30), &e) == 0, "%s", e.message);
	must(!file_read(arena, state, 1 << 16, &old_state, &e) &&
		!file_read(arena, tail, 1 << 16, &old_tail, &e));
	CHECK(!follow_copy_fold(c, true, NOW, &e), "%s", e.message);
	arena_free(a);
	must(!file_replace(state, old_state, 0644, &e));
	answers(s, ENTRIES, "old state, new tail");
	a = arena_new(1 << 20);
	c = open_copy(s, a, "old state, new tail");
	CHECK(follow_copy_state(c)->base_seq == seq_of(29), "put right");
	arena_free(a);
	must(!file_replace(state, old_state, 0644, &e) &&
		!file_replace(tail, old_tail, 0644, &e));
	answers(s, ENTRIES, "new index, the others old");
	fd = open(tail, O_WRONLY | O_APPEND);
	must(fd >= 0 && !write_all(fd, "half an entry", 13));
	close(fd);
	answers(s, ENTRIES, "half an entry at the end");
	a = arena_new(1 << 20);
	open_copy(s, a, "half an entry at the end");
	arena_free(a);
}

/* --- snapshots --- */

static int by_key(const void *a, const void *b)
{
	return memcmp(a, b, FOLLOW_KEY_SIZE);
}

enum { LONG = 200000, BITS = 2, HELD = 40 };

struct offer {
	str manifest;
	str block[1 << BITS];
};

/* People 0 to 39 are held at entry `seq` of a long log whose hash is 9 9 9. */
static void offer_make(const struct site *s, uint64_t seq, struct offer *o)
{
	static uint8_t hashes[(1 << BITS) * FOLLOW_HASH_SIZE];
	struct follow_manifest m = { .seq = seq,
		.at = 7000,
		.kinds = 1 << IDENT_EMAIL,
		.bits = BITS,
		.blocks = hashes };
	struct buf b = buf_in(arena, FOLLOW_MANIFEST_SIZE_MAX);
	str text;

	memset(m.hash, 9, sizeof m.hash);
	memcpy(m.fingerprint, s->ring.fingerprint, sizeof m.fingerprint);
	for (uint32_t i = 0; i < 1 << BITS; i++) {
		struct follow_held held[HELD];
		struct buf block = buf_in(arena, FOLLOW_BLOCK_SIZE_MAX);
		size_t n = 0;

		for (size_t person = 0; person < HELD; person++) {
			uint8_t key[IDENT_KEY_SIZE];

			key_of(s, person, key);
			if (key[0] >> (8 - BITS) != (int)i)
				continue;
			memcpy(held[n].key, key, FOLLOW_KEY_SIZE);
			held[n++].reasons = REASON_OPT_OUT;
		}
		qsort(held, n, sizeof *held, by_key);
		follow_block_put(
			&block, (struct follow_cut){ BITS, i }, held, n);
		o->block[i] = buf_str(&block);
		follow_block_hash(
			o->block[i], hashes + (size_t)i * FOLLOW_HASH_SIZE);
		m.keys += n;
		m.size += block.n;
	}
	text = follow_manifest_text(arena, &m);
	crypto_sign_detached(m.signature, NULL, (const unsigned char *)text.p,
		text.n, s->secret_key);
	follow_manifest_put(&b, &m);
	o->manifest = buf_str(&b);
}

static str flipped(str s, size_t at)
{
	char *p = arena_alloc(arena, s.n);

	memcpy(p, s.p, s.n);
	p[at] ^= 1;
	return (str){ p, s.n };
}

static void held_by(const struct site *s, const char *why)
{
	struct arena *a = arena_new(1 << 20);
	struct index_open_opts opts = { .fingerprint = s->ring.fingerprint };
	struct index *ix;
	struct err e = { 0 };
	uint8_t key[IDENT_KEY_SIZE];
	size_t wrong = 0;

	CHECK(!index_open(&ix, path_join(a, s->dir, "index.tyx"), &opts, &e),
		"%s: %s", why, e.message);
	for (size_t person = 0; ix && person < HELD + 10; person++) {
		key_of(s, person, key);
		wrong += index_find(ix, key) !=
			 (person < HELD ? REASON_OPT_OUT : 0u);
	}
	CHECK(!wrong && !index_verify(ix, &e), "%s: %zu wrong", why, wrong);
	index_close(ix);
	arena_free(a);
}

static void offer_refused(struct site *s, struct follow_copy *c)
{
	struct offer good;
	struct site other = *s;
	struct err e = { 0 };

	offer_make(s, LONG, &good);
	for (size_t i = 0; i < good.manifest.n; i += 7)
		CHECK(follow_copy_offer(c, flipped(good.manifest, i), &e) < 0 &&
				(e.code == ERR_CORRUPT || e.code == ERR_DENIED),
			"byte %zu of the manifest changed", i);
	other.ring.fingerprint[0] ^= 1;
	offer_make(&other, LONG, &good);
	CHECK(follow_copy_offer(c, good.manifest, &e) < 0,
		"of another installation");
	offer_make(s, 3, &good);
	CHECK(follow_copy_offer(c, good.manifest, &e) == 0,
		"larger than the changes up to it");
	CHECK(take(c, page_of(s, 0, 10, 10), &e) == 1, "%s", e.message);
	offer_make(s, seq_of(9), &good);
	CHECK(follow_copy_offer(c, good.manifest, &e) == 0, "nothing new");
	offer_make(s, seq_of(5), &good);
	CHECK(follow_copy_offer(c, good.manifest, &e) == 0, "an older one");
	CHECK(follow_copy_state(c)->seq == seq_of(9), "nothing has changed");
}

/* Blocks come, one is forged, the process is killed, the rest comes. */
static void offer_taken(struct site *s)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_copy *c = open_copy(s, a, "a folder for a snapshot");
	const struct follow_state *state;
	struct offer o;
	struct err e = { 0 };
	uint64_t seq;
	uint32_t n;

	offer_make(s, LONG, &o);
	CHECK(!follow_copy_wants(c, &seq, &n), "none is under way");
	CHECK(follow_copy_offer(c, o.manifest, &e) == 1, "%s", e.message);
	CHECK(follow_copy_wants(c, &seq, &n) && seq == LONG && !n, "the first");
	CHECK(follow_copy_take_block(c, o.block[1], NOW, &e) < 0,
		"another block than what was asked for");
	CHECK(follow_copy_take_block(c, flipped(o.block[0], 9), NOW, &e) < 0 &&
			e.code == ERR_CORRUPT,
		"a forged one");
	CHECK(follow_copy_take_block(c, o.block[0], NOW, &e) == 1, "%s",
		e.message);
	CHECK(follow_copy_take_block(c, o.block[1], NOW, &e) == 1, "%s",
		e.message);
	arena_free(a);
	a = arena_new(1 << 20);
	c = open_copy(s, a, "killed");
	CHECK(follow_copy_wants(c, &seq, &n) && seq == LONG && n == 2,
		"goes on: %u", n);
	CHECK(follow_copy_take_block(c, o.block[2], NOW, &e) == 1, "%s",
		e.message);
	CHECK(follow_copy_take_block(c, o.block[3], NOW, &e) == 0, "%s",
		e.message);
	state = follow_copy_state(c);
	CHECK(state->seq == LONG && state->signed_seq == LONG &&
			!state->count && state->hash[0] == 9 &&
			state->sealed_at == 7000 && !state->contact_at,
		"stands at the snapshot");
	CHECK(!follow_copy_wants(c, &seq, &n), "no more is wanted");
	held_by(s, "the snapshot");
	arena_free(a);
	a = arena_new(1 << 20);
	c = open_copy(s, a, "again");
	CHECK(follow_copy_next(c) == LONG, "the changes behind it");
	arena_free(a);
}

/* A part that a disk changed, or that another key signed, is not gone on with. */
static void offer_damaged(struct site *s)
{
	const char *path = path_join(arena, s->dir, "snapshot.part");
	struct offer o;
	struct err e = { 0 };
	str kept;

	offer_make(s, LONG, &o);
	for (size_t at = 0; at < 2000; at += 37) {
		struct arena *a = arena_new(1 << 20);
		struct follow_copy *c = open_copy(s, a, "a part");
		uint64_t seq;
		uint32_t n;

		CHECK(follow_copy_offer(c, o.manifest, &e) == 1, "%s",
			e.message);
		for (int i = 0; i < 3; i++)
			CHECK(follow_copy_take_block(c, o.block[i], NOW, &e) ==
					1,
				"%s", e.message);
		arena_free(a);
		must(!file_read(arena, path, 1 << 16, &kept, &e));
		if (at >= kept.n)
			break;
		must(!file_replace(path, flipped(kept, at), 0600, &e));
		a = arena_new(1 << 20);
		c = open_copy(s, a, "a changed part");
		CHECK(!follow_copy_wants(c, &seq, &n) || n < 3,
			"byte %zu is noticed", at);
		arena_free(a);
		unlink(path);
	}
	unlink(path);
}

static void test_anew(struct site *s)
{
	struct arena *a = arena_new(1 << 20);
	struct follow_start start = { .max_age_ms = -1, .is_anew = true };
	const char *tail = path_join(arena, s->dir, "tail.log");
	struct follow_copy *c = NULL;
	struct follow_reader r;
	struct err e = { 0 };

	must(!file_replace(tail, STR("nonsense"), 0644, &e));
	start.is_anew = false;
	CHECK(follow_copy_open(a, s->dir, &start, &c, &e) < 0 &&
			strstr(e.hint, "--anew"),
		"a damaged copy says what to do: %s", e.hint);
	arena_free(a);
	a = arena_new(1 << 20);
	start.is_anew = true;
	CHECK(!follow_copy_open(a, s->dir, &start, &c, &e), "%s", e.message);
	CHECK(!follow_copy_state(c)->seq && follow_copy_is_far(c) &&
			follow_copy_state(c)->max_age_ms == 60000,
		"begins again, with its limit");
	CHECK(follow_reader_open(a, s->dir, NOW, &r, &e) < 0 &&
			e.code == ERR_UNAVAILABLE,
		"no answer until it was read to its end");
	CHECK(take(c, page_of(s, 0, ENTRIES, ENTRIES), &e) == 0, "%s",
		e.message);
	answers(s, ENTRIES, "begun again");
	arena_free(a);
}

static void test_snapshot(struct site *s)
{
	struct arena *a = arena_new(1 << 20);

	offer_damaged(s);
	offer_refused(s, open_copy(s, a, "a folder for offers"));
	arena_free(a);
	offer_taken(s);
	test_anew(s);
}

static void fresh_dir(struct site *s)
{
	snprintf(s->dir, sizeof s->dir, "/tmp/t_follow.XXXXXX");
	must(mkdtemp(s->dir) != NULL);
}

static void remove_dir(const struct site *s)
{
	static const char *const names[] = { "follow.json", "follow.lock",
		"index.key", "index.tyx", "tail.log" };

	for (size_t i = 0; i < COUNTOF(names); i++)
		unlink(path_join(arena, s->dir, names[i]));
	CHECK(!rmdir(s->dir), "nothing else is left in the folder");
}

static void test_age(const struct site *s)
{
	static const struct {
		int64_t later_ms;
		bool is_answered;
		const char *why;
	} cases[] = {
		{ 0, true, "now" },
		{ 60000, true, "at the limit" },
		{ 60001, false, "behind it" },
		{ -5000, true, "a clock that was put back" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct arena *a = arena_new(1 << 20);
		struct follow_reader r;
		struct err e = { 0 };
		int rc = follow_reader_open(
			a, s->dir, NOW + cases[i].later_ms, &r, &e);

		CHECK(!rc == cases[i].is_answered, "%s: %s", cases[i].why,
			e.message);
		CHECK(!rc || e.code == ERR_UNAVAILABLE, "%s", cases[i].why);
		arena_free(a);
	}
}

int main(void)
{
	static struct site s;

	must(sodium_init() >= 0);
	arena = arena_new(256 << 20);
	site_make(&s);
	test_every_byte(&s);
	test_copy(&s);
	test_age(&s);
	remove_dir(&s);
	fresh_dir(&s);
	test_forged(&s);
	remove_dir(&s);
	fresh_dir(&s);
	test_halves(&s);
	remove_dir(&s);
	fresh_dir(&s);
	test_snapshot(&s);
	remove_dir(&s);
	arena_free(arena);
	return CHECK_DONE();
}
