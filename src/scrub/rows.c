/*
 * The loop that everything else is for.  Row by row, the cells that name a
 * person go the fast way into a batch; a full batch is hashed, keyed and looked
 * up at once.  What the fast way does not know goes through ident/ by itself.
 */
#include "scrub/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "law/reason.h"
#include "scrub/hash_cell.h"

static uint8_t *blocks_new(struct arena *a)
{
	uint8_t *p = arena_alloc(a, (ROWS_BATCH + 1) * SHA256_BLOCK);

	return p + (SHA256_BLOCK - (uintptr_t)p % SHA256_BLOCK);
}

struct rows *rows_new(struct arena *a, const struct scrub_opts *o,
	const struct plan *p, enum cpu_path cpu)
{
	struct rows *r = arena_one(a, struct rows);
	size_t room = feed_room(o->chunk_size ? o->chunk_size : FEED_CHUNK);

	r->opts = o;
	r->plan = p;
	r->cpu = cpu;
	r->chunk.p = arena_alloc(a, room + 1 + SCAN_PAD);
	r->at = arena_many(a, uint32_t, room + SCAN_PAD + 1);
	r->reasons = arena_many(a, uint32_t, room + 1);
	r->gone = arena_many(a, uint64_t, room / 64 + 1);
	r->piece = arena_many(a, str, room / 2 + 2);
	for (size_t i = 0; i < p->idents; i++) {
		r->batch[i].kind = p->ident[i].kind;
		r->batch[i].may_be_hashed =
			ident_kind_may_be_hashed(p->ident[i].kind);
		r->batch[i].block = blocks_new(a);
		r->batch[i].way = cell_way(cpu, p->ident[i].kind);
	}
	return r;
}

void rows_free_buffers(struct rows *r)
{
	free(r->packed.p);
	free(r->rejects.p);
	free(r->packed_rejects.p);
}

uint64_t rows_lines_before(const struct rows *r, size_t at)
{
	const char *p = r->chunk.p, *end = p + at;
	uint64_t n = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

static size_t row_start(const struct rows *r, size_t row)
{
	size_t at = row ? (size_t)r->at[row * r->plan->columns - 1] + 1 : 0;

	/* Blank lines between two rows go with the second. */
	while (r->has_blanks &&
		(r->chunk.p[at] == '\n' || r->chunk.p[at] == '\r'))
		at++;
	return at;
}

/* Behind the row's line end, but not behind one that the file does not have. */
static size_t row_end(const struct rows *r, size_t row)
{
	size_t at = (size_t)r->at[(row + 1) * r->plan->columns - 1] + 1;

	return at == r->chunk.n && r->chunk.is_line_end_ours ? at - 1 : at;
}

/* As it stands, quotes and all, without the CR of a CRLF. */
static str cell_of(const struct rows *r, size_t row, size_t column)
{
	const uint32_t *end = r->at + row * r->plan->columns;
	size_t from = column ? (size_t)end[column - 1] + 1 : row_start(r, row);
	size_t to = end[column];

	if (column == r->plan->columns - 1 && to > from &&
		r->chunk.p[to - 1] == '\r')
		to--;
	return (str){ r->chunk.p + from, to - from };
}

static void take_out(struct rows *r, size_t row, uint32_t reasons)
{
	r->reasons[row] |= reasons;
	r->gone[row / 64] |= (uint64_t)1 << row % 64;
}

static void judge(struct rows *r, size_t row, uint32_t reasons)
{
	if (r->opts->reasons)
		reasons &= r->opts->reasons;
	if (reasons)
		take_out(r, row, reasons);
}

static void look_up(struct rows *r, enum ident_kind kind, const uint32_t *row,
	const uint8_t *digest, size_t n)
{
	uint8_t key[ROWS_BATCH * IDENT_KEY_SIZE];
	uint32_t reasons[ROWS_BATCH];

	ident_key_batch(r->opts->keyring, kind, digest, n, key);
	suppress_set_find_batch(&r->opts->set, key, n, reasons);
	for (size_t i = 0; i < n; i++)
		if (reasons[i])
			judge(r, row[i], reasons[i]);
}

static void flush_blocks(struct rows *r, struct batch *b)
{
	uint8_t digest[ROWS_BATCH * SHA256_SIZE];

	sha256_blocks(r->cpu, b->block, b->blocks, digest);
	look_up(r, b->kind, b->block_row, digest, b->blocks);
	b->blocks = 0;
}

static void flush_digests(struct rows *r, struct batch *b)
{
	look_up(r, b->kind, b->digest_row, b->digest, b->digests);
	b->digests = 0;
}

static void note(struct rows *r, size_t row, size_t ident, enum ident_fault f)
{
	struct scrub_report *t = &r->tally;
	const struct plan_ident *id = &r->plan->ident[ident];

	t->by_fault[f]++;
	if (t->notes == SCRUB_NOTES_MAX)
		return;
	t->note[t->notes++] = (struct scrub_note){
		.line = row, /* until lines are counted: set_lines() */
		.column = (uint16_t)(id->column[0] + 1),
		.kind = (uint8_t)id->kind,
		.fault = (uint8_t)f,
	};
}

static enum ident_fault careful_digest(struct rows *r, size_t row,
	const struct plan_ident *id, uint8_t digest[SHA256_SIZE])
{
	char text[IDENT_PARTS_MAX][IDENT_RAW_MAX + 2];
	str part[IDENT_PARTS_MAX];
	struct ident joined;
	enum ident_fault f;
	size_t blank = 0;

	for (size_t i = 0; i < id->parts; i++) {
		str cell = cell_of(r, row, id->column[i]);

		if (cell.n > sizeof text[i])
			return IDENT_FAULT_LONG;
		part[i] = plan_unquote(cell, text[i]);
		blank += !str_trim(part[i]).n;
	}
	if (blank == id->parts)
		return IDENT_FAULT_EMPTY;
	if (id->parts == 1)
		return ident_digest_of(
			IDENT_TOYON_1, id->kind, part[0], digest);
	f = ident_read_parts(&joined, IDENT_TOYON_1, id->kind, part, id->parts);
	if (!f)
		ident_digest(&joined, digest);
	return f;
}

/* What a cell says of its row. */
enum said { NOTHING, SOMETHING, UNREADABLE };

static enum said careful(struct rows *r, size_t row, size_t ident)
{
	const struct plan_ident *id = &r->plan->ident[ident];
	uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
	enum ident_fault f = careful_digest(r, row, id, digest);

	r->tally.slow++;
	if (f == IDENT_FAULT_EMPTY)
		return NOTHING;
	if (f == IDENT_FAULT_PARTS) {
		r->tally.by_fault[f]++;
		return NOTHING;
	}
	if (f) {
		note(r, row, ident, f);
		return UNREADABLE;
	}
	ident_key(r->opts->keyring, id->kind, digest, key);
	judge(r, row, suppress_set_find(&r->opts->set, key));
	return SOMETHING;
}

static bool take_hash(struct rows *r, struct batch *b, size_t row, str cell)
{
	if (cell.n != 2 * SHA256_SIZE || !b->may_be_hashed ||
		!hash_cell_read(
			r->cpu, cell, b->digest + b->digests * SHA256_SIZE))
		return false;
	b->digest_row[b->digests] = (uint32_t)row;
	if (++b->digests == ROWS_BATCH)
		flush_digests(r, b);
	return true;
}

/* The fast ways, inside quotes too when nothing is doubled in them. */
static enum said read_cell(struct rows *r, size_t row, size_t ident)
{
	const struct plan_ident *id = &r->plan->ident[ident];
	struct batch *b = &r->batch[ident];
	str cell;

	if (id->parts > 1)
		return careful(r, row, ident);
	cell = cell_of(r, row, id->column[0]);
	if (cell.n >= 2 && cell.p[0] == '"')
		cell = (str){ cell.p + 1, cell.n - 2 };
	if (take_hash(r, b, row, cell))
		return SOMETHING;
	switch (b->way(cell.p, cell.n, b->block + b->blocks * SHA256_BLOCK)) {
	case CELL_EMPTY:
		return NOTHING;
	case CELL_SLOW:
		return careful(r, row, ident);
	case CELL_READY:
		break;
	}
	b->block_row[b->blocks] = (uint32_t)row;
	if (++b->blocks == ROWS_BATCH)
		flush_blocks(r, b);
	return SOMETHING;
}

static void read_rows(struct rows *r)
{
	struct scrub_report *t = &r->tally;

	for (size_t row = 0; row < r->rows; row++) {
		bool is_named = false, is_unreadable = false;

		for (size_t i = 0; i < r->plan->idents; i++) {
			enum said s = read_cell(r, row, i);

			is_named |= s != NOTHING;
			is_unreadable |= s == UNREADABLE;
		}
		t->without_identifier += !is_named;
		t->unreadable += is_unreadable;
		if (is_unreadable && r->opts->reject_unreadable)
			take_out(r, row, 0);
	}
	for (size_t i = 0; i < r->plan->idents; i++) {
		if (r->batch[i].blocks)
			flush_blocks(r, &r->batch[i]);
		if (r->batch[i].digests)
			flush_digests(r, &r->batch[i]);
	}
}

static int ragged(struct rows *r, size_t at, size_t cells, struct err *e)
{
	r->error_at = at;
	return err_set(e, ERR_INVALID, "%zu cell%s where the header has %zu",
		cells, cells == 1 ? "" : "s", r->plan->columns);
}

static bool is_blank_line(const struct rows *r, size_t from, size_t to)
{
	return to == from || (to == from + 1 && r->chunk.p[from] == '\r');
}

/*
 * Every row has the header's cells: then the line ends are where they should be
 * and nowhere else.
 */
static bool is_regular(const struct rows *r)
{
	size_t columns = r->plan->columns;

	if (r->scan.found != r->scan.rows * columns)
		return false;
	for (size_t i = columns - 1; i < r->scan.found; i += columns)
		if (r->chunk.p[r->at[i]] != '\n')
			return false;
	return true;
}

/* Takes blank lines out of at[]; a row of other than `columns` cells ends it. */
static int regularize(struct rows *r, struct err *e)
{
	size_t kept = 0, cells = 0, start = 0;

	for (size_t i = 0; i < r->scan.found; i++) {
		size_t at = r->at[i];

		cells++;
		r->at[kept++] = (uint32_t)at;
		if (r->chunk.p[at] != '\n')
			continue;
		if (cells == 1 && is_blank_line(r, start, at)) {
			r->has_blanks = true;
			kept--;
		} else if (cells != r->plan->columns) {
			return ragged(r, start, cells, e);
		}
		start = at + 1;
		cells = 0;
	}
	r->rows = kept / r->plan->columns;
	return 0;
}

static int find_rows(struct rows *r, struct err *e)
{
	const struct scan *s = &r->scan;

	scan_cells(
		r->cpu, r->chunk.p, r->chunk.n, r->plan->sep, r->at, &r->scan);
	r->lines = s->lines;
	if (s->nul && (!s->stray || s->nul < s->stray)) {
		r->error_at = s->nul - 1;
		return err_set(e, ERR_INVALID, "a NUL byte");
	}
	if (s->stray) {
		r->error_at = s->stray - 1;
		err_set(e, ERR_INVALID,
			"a quote inside a cell, or something behind a closing "
			"one");
		return err_hint(e, "a cell with a quote in it is written "
				   "\"like \"\"this\"\"\"");
	}
	if (s->is_quoted) {
		r->error_at = s->found ? r->at[s->found - 1] + 1u : 0;
		return err_set(e, ERR_INVALID, "a quote that never closes");
	}
	r->has_blanks = false;
	r->rows = s->rows;
	return is_regular(r) ? 0 : regularize(r, e);
}

static void put(struct packed *b, str s)
{
	if (b->n + s.n > b->size) {
		b->size = 2 * (b->n + s.n) + 4096;
		b->p = realloc(b->p, b->size);
		must(b->p != NULL);
	}
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

static void put_reasons(struct packed *b, uint32_t reasons, char sep)
{
	bool is_first = true;
	bool is_quoted = sep == ',' && (reasons & (reasons - 1));

	if (!reasons)
		put(b, STR("unreadable"));
	if (is_quoted)
		put(b, STR("\""));
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);

		if (!(reasons & row->reason))
			continue;
		if (!is_first)
			put(b, STR(","));
		put(b, str_of(row->code));
		is_first = false;
	}
	if (is_quoted)
		put(b, STR("\""));
}

/* The row as it was, with one cell more. */
static void reject(struct rows *r, size_t row, size_t from, size_t to)
{
	str text = { r->chunk.p + from, to - from };
	str line_end = STR("\n");

	if (str_ends(text, STR("\r\n")))
		line_end = STR("\r\n");
	if (str_ends(text, line_end))
		text.n -= line_end.n;
	put(&r->rejects, text);
	put(&r->rejects, (str){ &r->plan->sep, 1 });
	put_reasons(&r->rejects, r->reasons[row], r->plan->sep);
	put(&r->rejects, line_end);
}

static void count_gone(struct rows *r, size_t row)
{
	uint32_t reasons = r->reasons[row];

	if (!reasons) {
		r->tally.unreadable_rejected++;
		return;
	}
	r->tally.suppressed++;
	for (; reasons; reasons &= reasons - 1)
		r->tally.by_reason[__builtin_ctz(reasons)]++;
}

static void add_piece(struct rows *r, size_t from, size_t to)
{
	if (from == to)
		return;
	r->piece[r->pieces++] = (str){ r->chunk.p + from, to - from };
	r->tally.bytes_out += to - from;
}

/* Runs of kept rows, from one that is gone to the next. */
static void lay_out(struct rows *r)
{
	bool with_rejects = r->opts->rejects.path || r->opts->rejects.fd > 0;
	size_t end = r->chunk.n - r->chunk.is_line_end_ours, from = 0;

	for (size_t w = 0; w <= r->rows / 64; w++)
		for (uint64_t m = r->gone[w]; m; m &= m - 1) {
			size_t row = w * 64 + (size_t)__builtin_ctzll(m);
			size_t start = row_start(r, row), to = row_end(r, row);

			add_piece(r, from, start);
			count_gone(r, row);
			if (with_rejects)
				reject(r, row, start, to);
			from = to;
		}
	add_piece(r, from, end);
	r->tally.rows = r->rows;
	r->tally.kept =
		r->rows - r->tally.suppressed - r->tally.unreadable_rejected;
	r->tally.bytes_in = end;
}

/* Notes are in the order of rows, so the lines are counted in one pass. */
static void set_lines(struct rows *r)
{
	uint64_t line = 0;
	size_t at = 0;

	for (size_t i = 0; i < r->tally.notes; i++) {
		size_t start = row_start(r, r->tally.note[i].line);

		for (; at < start; at++)
			line += r->chunk.p[at] == '\n';
		r->tally.note[i].line = line;
	}
}

int rows_scrub(struct rows *r, struct err *e)
{
	r->pieces = 0;
	r->rejects.n = 0;
	memset(&r->tally, 0, offsetof(struct scrub_report, note));
	if (find_rows(r, e))
		return -1;
	memset(r->reasons, 0, r->rows * sizeof *r->reasons);
	memset(r->gone, 0, (r->rows / 64 + 1) * sizeof *r->gone);
	read_rows(r);
	lay_out(r);
	set_lines(r);
	return 0;
}
