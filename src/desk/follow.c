/*
 * The log's pages and seals.  The log only ever grows at its end (whoever adds
 * holds the head of the audit trail), so a hash up to an entry stays right, and
 * goes on from the last seal.
 */
#include "desk/follow.h"

#include <string.h>

#include "base/enc.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "desk/suppress_log.h"
#include "store/db.h"
#include "store/sql.h"

enum { SEAL_PAGE = 20000 };

/* All entries of a pack, one behind the other. */
static int put_entries(const struct pack *p, uint8_t *out, struct err *e)
{
	struct follow_entry entry = { .reasons = p->reasons };

	if (!ident_kind_read(p->kind, &entry.kind))
		return err_set(e, ERR_CORRUPT,
			"the suppression log has a kind that this version "
			"does not know");
	for (size_t i = 0; i < p->n; i++) {
		entry.seq = p->first + i;
		entry.key = p->key + i * IDENT_KEY_SIZE;
		follow_entry_put(out + i * FOLLOW_ENTRY_SIZE, &entry);
	}
	return 0;
}

int follow_seal_newest(
	struct desk *d, uint64_t upto, struct follow_seal *out, struct err *e)
{
	struct sql_suppression_seal_upto_row row;
	int rc = sql_suppression_seal_upto(d->db, d->arena,
		&(struct sql_suppression_seal_upto_in){ (int64_t)upto }, &row,
		e);

	if (rc <= 0)
		return rc;
	out->seq = (uint64_t)row.seq;
	out->at = row.at;
	if (hex_read(row.hash, out->hash, sizeof out->hash) &&
		hex_read(row.signature, out->signature, sizeof out->signature))
		return 1;
	return err_set(e, ERR_CORRUPT,
		"a signature of the suppression log can't be read");
}

/* Some behind `after`, if there are any. */
static int read_entries(struct desk *d, struct arena *a, size_t most,
	struct follow_page *out, struct err *e)
{
	struct packs packs;
	uint8_t *bytes;

	if (suppress_log_read(d->db, a, out->after, most, &packs, e))
		return -1;
	bytes = arena_array(a, FOLLOW_ENTRY_SIZE, packs.entries);
	out->entries = bytes;
	out->n = packs.entries;
	for (size_t i = 0; i < packs.n; i++) {
		if (put_entries(&packs.at[i], bytes, e))
			return -1;
		bytes += packs.at[i].n * FOLLOW_ENTRY_SIZE;
	}
	return 0;
}

int follow_page_make(struct desk *d, uint64_t after, size_t first,
	struct follow_page *out, struct err *e)
{
	struct sql_suppression_max_seq_row top;
	uint64_t last = after;
	int rc;

	must(first > 0 && first <= FOLLOW_PAGE_MAX && after <= INT64_MAX);
	memset(out, 0, sizeof *out);
	out->after = after;
	memcpy(out->fingerprint, suppress_keyring(d->suppress)->fingerprint,
		sizeof out->fingerprint);
	if (read_entries(d, d->arena, first, out, e) ||
		sql_suppression_max_seq(d->db, d->arena, &top, e) < 0)
		return -1;
	out->top = (uint64_t)top.seq;
	if (out->n)
		last = follow_entry_at(out->entries, out->n - 1).seq;
	rc = follow_seal_newest(d, last, &out->seal, e);
	out->has_seal = rc > 0;
	return rc < 0 ? -1 : 0;
}

/* The hash up to the log's end, from the seal on. */
static int chain_on(struct desk *d, struct follow_seal *s, struct err *e)
{
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct follow_page page;
	int rc;

	for (;;) {
		page = (struct follow_page){ .after = s->seq };
		rc = read_entries(d, a, SEAL_PAGE, &page, e);
		if (rc || !page.n)
			break;
		for (size_t i = 0; i < page.n; i++)
			follow_chain(
				s->hash, page.entries + i * FOLLOW_ENTRY_SIZE);
		s->seq = follow_entry_at(page.entries, page.n - 1).seq;
		arena_clear(a);
	}
	arena_free(a);
	return rc;
}

static int store_seal(struct desk *d, void *ctx, struct err *e)
{
	const struct follow_seal *s = ctx;
	struct sql_suppression_seal_set_in in = {
		.seq = (int64_t)s->seq,
		.at = s->at,
		.hash = hex_of(d->arena, s->hash, sizeof s->hash),
		.signature =
			hex_of(d->arena, s->signature, sizeof s->signature),
	};

	return sql_suppression_seal_set(d->db, &in, e) < 0 ? -1 : 0;
}

int follow_seal_head(struct desk *d, struct err *e)
{
	struct follow_seal s = { 0 };

	must(!db_in_transaction(d->db));
	if (follow_seal_newest(d, INT64_MAX, &s, e) < 0 || chain_on(d, &s, e))
		return -1;
	s.at = desk_now(d);
	keys_audit_sign(d->keys,
		follow_seal_text(d->arena, &s,
			suppress_keyring(d->suppress)->fingerprint),
		s.signature);
	return desk_write(d, store_seal, &s, e);
}
