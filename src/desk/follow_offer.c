/*
 * The snapshots that an installation offers.  The log is read once, from front to
 * back, and thrown into a bin for each block; reading it by key would take a seek
 * for each identifier.
 */
#include <stdlib.h>
#include <string.h>

#include "base/enc.h"
#include "desk/follow.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "desk/suppress_log.h"
#include "store/db.h"
#include "store/sql.h"

enum { LOG_PAGE = 20000 };

struct change {
	struct follow_held held; /* reasons 0: released */
	uint32_t order;          /* in the bin */
};

struct bin {
	struct change *at;
	uint32_t n;
	uint32_t cap;
};

struct making {
	struct follow_manifest m;
	struct bin *bins; /* one for each block */
	struct arena *a;  /* of a page, or a block */
	uint8_t *hashes;
	uint32_t block; /* to store */
	str bytes;
};

static struct bin *bin_of(const struct making *mk, const uint8_t *key)
{
	uint64_t high = (uint64_t)key[0] << 8 | key[1];

	_Static_assert(FOLLOW_BITS_MAX <= 16, "two bytes name a block");
	return &mk->bins[high >> (16 - mk->m.bits)];
}

static void bin_put(struct making *mk, const uint8_t *key, uint32_t reasons)
{
	struct bin *b = bin_of(mk, key);
	struct change *c;

	if (b->n == b->cap) {
		b->cap += b->cap / 2 + 256;
		b->at = realloc(b->at, b->cap * sizeof *b->at);
		must(b->at != NULL);
	}
	c = &b->at[b->n];
	memcpy(c->held.key, key, sizeof c->held.key);
	c->held.reasons = reasons;
	c->order = b->n++;
}

/* Up to the entry that is signed. */
static int put_pack(struct making *mk, const struct pack *p, struct err *e)
{
	enum ident_kind kind;

	if (p->first > mk->m.seq)
		return 0;
	if (!ident_kind_read(p->kind, &kind))
		return err_set(e, ERR_CORRUPT,
			"the suppression log has a kind that this version "
			"does not know");
	mk->m.kinds |= 1u << kind;
	for (size_t i = 0; i < p->n && p->first + i <= mk->m.seq; i++)
		bin_put(mk, p->key + i * IDENT_KEY_SIZE, p->reasons);
	return 0;
}

static int read_log(struct desk *d, struct making *mk, struct err *e)
{
	struct packs packs;
	uint64_t seq = 0;

	while (seq < mk->m.seq) {
		arena_clear(mk->a);
		if (suppress_log_read(d->db, mk->a, seq, LOG_PAGE, &packs, e))
			return -1;
		if (!packs.n)
			break;
		for (size_t i = 0; i < packs.n; i++) {
			if (put_pack(mk, &packs.at[i], e))
				return -1;
			seq = packs.at[i].first + packs.at[i].n - 1;
		}
	}
	return 0;
}

static int by_key(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int rc = memcmp(x->held.key, y->held.key, sizeof x->held.key);

	return rc ? rc : (x->order > y->order) - (x->order < y->order);
}

/* What the last change of each identifier says. */
static size_t bin_settle(struct bin *b, struct follow_held *held)
{
	size_t n = 0;

	if (b->n)
		qsort(b->at, b->n, sizeof *b->at, by_key);
	for (uint32_t i = 0; i < b->n; i++) {
		const struct follow_held *h = &b->at[i].held;
		bool is_last =
			i + 1 == b->n || memcmp(h->key, b->at[i + 1].held.key,
						 sizeof h->key) != 0;

		if (is_last && h->reasons)
			held[n++] = *h;
	}
	return n;
}

static int store_block(struct desk *d, void *ctx, struct err *e)
{
	const struct making *mk = ctx;
	struct sql_suppression_block_put_in in = { (int64_t)mk->m.seq,
		mk->block, mk->bytes };

	return sql_suppression_block_put(d->db, &in, e) < 0 ? -1 : 0;
}

/* A transaction for each: others write meanwhile. */
static int make_block(struct desk *d, struct making *mk, struct err *e)
{
	struct bin *bin = &mk->bins[mk->block];
	struct follow_held *held;
	struct buf b;
	size_t n;

	arena_clear(mk->a);
	held = arena_many(mk->a, struct follow_held, bin->n);
	n = bin_settle(bin, held);
	if (n > FOLLOW_BLOCK_MAX)
		return err_set(e, ERR_LIMIT,
			"too many identifiers for one block of a snapshot");
	b = buf_in(mk->a, FOLLOW_BLOCK_SIZE_MAX);
	follow_block_put(
		&b, (struct follow_cut){ mk->m.bits, mk->block }, held, n);
	must(buf_ok(&b));
	mk->bytes = buf_str(&b);
	mk->m.keys += n;
	mk->m.size += b.n;
	follow_block_hash(
		mk->bytes, mk->hashes + (size_t)mk->block * FOLLOW_HASH_SIZE);
	return desk_write(d, store_block, mk, e);
}

static int make_all(struct desk *d, struct making *mk, struct err *e)
{
	uint32_t n = (uint32_t)follow_blocks_n(&mk->m);
	int rc;

	mk->a = arena_new(LIMIT_JOB_ARENA);
	mk->bins = calloc(n, sizeof *mk->bins);
	must(mk->bins != NULL);
	rc = read_log(d, mk, e);
	for (mk->block = 0; !rc && mk->block < n; mk->block++)
		rc = make_block(d, mk, e);
	for (uint32_t i = 0; i < n; i++)
		free(mk->bins[i].at);
	free(mk->bins);
	arena_free(mk->a);
	return rc;
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct follow_manifest *m = ctx;
	struct sql_suppression_snapshot_add_in in = {
		.seq = (int64_t)m->seq,
		.at = m->at,
		.hash = hex_of(d->arena, m->hash, sizeof m->hash),
		.kinds = m->kinds,
		.bits = m->bits,
		.keys = (int64_t)m->keys,
		.size = (int64_t)m->size,
		.signature =
			hex_of(d->arena, m->signature, sizeof m->signature),
		.blocks = { (const char *)m->blocks,
			follow_blocks_n(m) * FOLLOW_HASH_SIZE },
	};
	struct sql_suppression_snapshot_drop_in old = { (int64_t)m->seq };
	struct sql_suppression_block_drop_in left = { (int64_t)m->seq };

	return sql_suppression_snapshot_add(d->db, &in, e) < 0 ||
			       sql_suppression_snapshot_drop(d->db, &old, e) <
				       0 ||
			       sql_suppression_block_drop(d->db, &left, e) < 0
		       ? -1
		       : 0;
}

static bool is_due(
	uint64_t seq, const struct follow_manifest *last, uint64_t least)
{
	return seq > last->seq && seq - last->seq >= least &&
	       seq - last->seq >= last->keys / 4;
}

int follow_snapshot_renew(struct desk *d, uint64_t least, struct err *e)
{
	struct follow_manifest last = { 0 };
	struct follow_seal seal = { 0 };
	struct making mk = { 0 };

	must(!db_in_transaction(d->db));
	if (follow_seal_newest(d, INT64_MAX, &seal, e) < 0 ||
		follow_snapshot_newest(d, &last, e) < 0)
		return -1;
	if (!is_due(seal.seq, &last, least))
		return 0;
	mk.m.seq = seal.seq;
	mk.m.bits = follow_bits_of(seal.seq);
	memcpy(mk.m.hash, seal.hash, sizeof mk.m.hash);
	memcpy(mk.m.fingerprint, suppress_keyring(d->suppress)->fingerprint,
		sizeof mk.m.fingerprint);
	mk.hashes =
		arena_array(d->arena, FOLLOW_HASH_SIZE, follow_blocks_n(&mk.m));
	mk.m.blocks = mk.hashes;
	if (make_all(d, &mk, e))
		return -1;
	mk.m.at = desk_now(d);
	keys_audit_sign(
		d->keys, follow_manifest_text(d->arena, &mk.m), mk.m.signature);
	return desk_write(d, store, &mk.m, e);
}

int follow_snapshot_newest(
	struct desk *d, struct follow_manifest *out, struct err *e)
{
	struct sql_suppression_snapshot_newest_row row;
	int rc = sql_suppression_snapshot_newest(d->db, d->arena, &row, e);

	if (rc <= 0)
		return rc;
	*out = (struct follow_manifest){
		.seq = (uint64_t)row.seq,
		.at = row.at,
		.kinds = (uint32_t)row.kinds,
		.bits = (uint32_t)row.bits,
		.keys = (uint64_t)row.keys,
		.size = (uint64_t)row.size,
		.blocks = (const uint8_t *)row.blocks.p,
	};
	memcpy(out->fingerprint, suppress_keyring(d->suppress)->fingerprint,
		sizeof out->fingerprint);
	if (out->bits <= FOLLOW_BITS_MAX &&
		row.blocks.n == follow_blocks_n(out) * FOLLOW_HASH_SIZE &&
		hex_read(row.hash, out->hash, sizeof out->hash) &&
		hex_read(row.signature, out->signature, sizeof out->signature))
		return 1;
	return err_set(e, ERR_CORRUPT,
		"a snapshot of the suppression log can't be read");
}

int follow_snapshot_block(
	struct desk *d, uint64_t seq, uint64_t n, str *out, struct err *e)
{
	struct sql_suppression_block_in in = { (int64_t)seq, (int64_t)n };
	struct sql_suppression_block_row row;
	int rc = sql_suppression_block(d->db, d->arena, &in, &row, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND,
			"no such block of a snapshot is offered");
	*out = row.bytes;
	return 0;
}
