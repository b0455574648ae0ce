/* A snapshot for a copy, block by block, and the copy that stands at its entry. */
#include "desk/follow_copying.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"

bool follow_copy_is_far(const struct follow_copy *c)
{
	return !follow_is_known(&c->state) ||
	       c->top > c->state.seq + FOLLOW_PAGE_MAX;
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
		follow_check_ours(c, m.fingerprint, e))
		return -1;
	if (!keys_audit_verify(c->state.public_key,
		    follow_manifest_text(c->page, &m), m.signature))
		return follow_refuse(e,
			"the snapshot's signature does not belong to "
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
		rc = follow_refuse(
			e, "the snapshot does not hold what it says");
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
		follow_tail_open(c, e))
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
