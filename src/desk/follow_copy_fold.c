/* What is signed of a copy's tail becomes its index; the tail is cut behind it. */
#include "desk/follow_copying.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"

enum { FOLD_ENTRIES = 50000, FOLD_MS = 3600000 };

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
	if (follow_tail_write(c->dir, &t, e) || follow_tail_open(c, e))
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
