/*
 * The loop that everything else is for.  A usual value goes the fast way into a
 * batch; what the fast way does not know goes through the rules by itself.
 */
#include "scrub/match.h"

#include <string.h>

#include "base/base.h"
#include "scrub/hash_cell.h"

static uint8_t *blocks_new(struct arena *a)
{
	uint8_t *p = arena_alloc(a, (MATCH_BATCH + 1) * SHA256_BLOCK);

	return p + (SHA256_BLOCK - (uintptr_t)p % SHA256_BLOCK);
}

void match_init(struct match *m, struct arena *a, const struct scrub_opts *o,
	const struct plan *p, enum cpu_path cpu, size_t rows_max)
{
	m->opts = o;
	m->plan = p;
	m->cpu = cpu;
	m->reasons = arena_many(a, uint32_t, rows_max + 1);
	m->gone = arena_many(a, uint64_t, rows_max / 64 + 1);
	for (size_t i = 0; i < p->idents; i++) {
		m->batch[i].kind = p->ident[i].kind;
		m->batch[i].may_be_hashed =
			ident_kind_may_be_hashed(p->ident[i].kind);
		m->batch[i].block = blocks_new(a);
		m->batch[i].way = cell_way(cpu, p->ident[i].kind);
	}
}

void match_start(struct match *m, size_t rows)
{
	memset(&m->tally, 0, offsetof(struct scrub_report, note));
	memset(m->reasons, 0, rows * sizeof *m->reasons);
	memset(m->gone, 0, (rows / 64 + 1) * sizeof *m->gone);
	m->is_named = false;
	m->is_unreadable = false;
}

static void take_out(struct match *m, size_t row, uint32_t reasons)
{
	m->reasons[row] |= reasons;
	m->gone[row / 64] |= (uint64_t)1 << row % 64;
}

static void judge(struct match *m, size_t row, uint32_t reasons)
{
	if (m->opts->reasons)
		reasons &= m->opts->reasons;
	if (reasons)
		take_out(m, row, reasons);
}

static void look_up(struct match *m, enum ident_kind kind, const uint32_t *row,
	const uint8_t *digest, size_t n)
{
	uint8_t key[MATCH_BATCH * IDENT_KEY_SIZE];
	uint32_t reasons[MATCH_BATCH];

	ident_key_batch(m->opts->keyring, kind, digest, n, key);
	suppress_set_find_batch(&m->opts->set, key, n, reasons);
	for (size_t i = 0; i < n; i++)
		if (reasons[i])
			judge(m, row[i], reasons[i]);
}

static void flush_blocks(struct match *m, struct batch *b)
{
	uint8_t digest[MATCH_BATCH * SHA256_SIZE];

	sha256_blocks(m->cpu, b->block, b->blocks, digest);
	look_up(m, b->kind, b->block_row, digest, b->blocks);
	b->blocks = 0;
}

static void flush_digests(struct match *m, struct batch *b)
{
	look_up(m, b->kind, b->digest_row, b->digest, b->digests);
	b->digests = 0;
}

static void put_digest(struct match *m, struct batch *b, size_t row)
{
	m->is_named = true;
	b->digest_row[b->digests] = (uint32_t)row;
	if (++b->digests == MATCH_BATCH)
		flush_digests(m, b);
}

void match_fault(struct match *m, size_t row, size_t ident, enum ident_fault f)
{
	struct scrub_report *t = &m->tally;
	const struct plan_ident *id = &m->plan->ident[ident];

	if (f == IDENT_FAULT_EMPTY)
		return;
	t->by_fault[f]++;
	/* Others name the row: that a part is missing is no fault of it. */
	if (f == IDENT_FAULT_PARTS)
		return;
	m->is_named = true;
	m->is_unreadable = true;
	if (t->notes == SCRUB_NOTES_MAX)
		return;
	t->note[t->notes++] = (struct scrub_note){
		.line = row,
		.column = (uint16_t)(id->column[0] + 1),
		.kind = (uint8_t)id->kind,
		.fault = (uint8_t)f,
	};
}

static void read_carefully(
	struct match *m, struct batch *b, size_t row, size_t ident, str value)
{
	uint8_t *digest = b->digest + b->digests * SHA256_SIZE;
	enum ident_fault f =
		ident_digest_of(IDENT_TOYON_1, b->kind, value, digest);

	m->tally.slow++;
	if (f)
		match_fault(m, row, ident, f);
	else
		put_digest(m, b, row);
}

void match_value(struct match *m, size_t row, size_t ident, str value)
{
	struct batch *b = &m->batch[ident];

	if (value.n == 2 * SHA256_SIZE && b->may_be_hashed &&
		hash_cell_read(
			m->cpu, value, b->digest + b->digests * SHA256_SIZE)) {
		put_digest(m, b, row);
		return;
	}
	switch (b->way(value.p, value.n, b->block + b->blocks * SHA256_BLOCK)) {
	case CELL_EMPTY:
		return;
	case CELL_SLOW:
		read_carefully(m, b, row, ident, value);
		return;
	case CELL_READY:
		break;
	}
	m->is_named = true;
	b->block_row[b->blocks] = (uint32_t)row;
	if (++b->blocks == MATCH_BATCH)
		flush_blocks(m, b);
}

void match_parts(struct match *m, size_t row, size_t ident, const str *part)
{
	const struct plan_ident *id = &m->plan->ident[ident];
	struct batch *b = &m->batch[ident];
	struct ident joined;
	enum ident_fault f;
	size_t blank = 0;

	for (size_t i = 0; i < id->parts; i++)
		blank += !str_trim(part[i]).n;
	if (blank == id->parts)
		return;
	m->tally.slow++;
	f = ident_read_parts(&joined, IDENT_TOYON_1, id->kind, part, id->parts);
	if (f) {
		match_fault(m, row, ident, f);
		return;
	}
	ident_digest(&joined, b->digest + b->digests * SHA256_SIZE);
	put_digest(m, b, row);
}

void match_end_row(struct match *m, size_t row)
{
	m->tally.without_identifier += !m->is_named;
	m->tally.unreadable += m->is_unreadable;
	if (m->is_unreadable && m->opts->reject_unreadable)
		take_out(m, row, 0);
	m->is_named = false;
	m->is_unreadable = false;
}

void match_finish(struct match *m)
{
	for (size_t i = 0; i < m->plan->idents; i++) {
		if (m->batch[i].blocks)
			flush_blocks(m, &m->batch[i]);
		if (m->batch[i].digests)
			flush_digests(m, &m->batch[i]);
	}
}
