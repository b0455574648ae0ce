/*
 * From the bytes of a chunk to its rows, and back to the bytes of those that are
 * kept.  CSV is framed here, NDJSON in ndjson.c; in between is match.c.
 */
#include "scrub/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "law/reason.h"
#include "scrub/ndjson.h"

enum { REMARK_ARENA = 64 << 20 };

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
	r->piece = arena_many(a, str, room / 2 + 2);
	match_init(&r->match, a, o, p, cpu, room);
	if (o->remark)
		r->remark = arena_new(REMARK_ARENA);
	return r;
}

void rows_free_buffers(struct rows *r)
{
	free(r->packed.p);
	free(r->flagged.p);
	free(r->rejects.p);
	free(r->packed_rejects.p);
	if (r->remark)
		arena_free(r->remark);
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

size_t rows_start(const struct rows *r, size_t row)
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
	size_t from = column ? (size_t)end[column - 1] + 1 : rows_start(r, row);
	size_t to = end[column];

	if (column == r->plan->columns - 1 && to > from &&
		r->chunk.p[to - 1] == '\r')
		to--;
	return (str){ r->chunk.p + from, to - from };
}

/* Without its quotes; copied only when one is doubled inside. */
static str bare_cell(str cell, char text[IDENT_RAW_MAX + 2])
{
	str inner;

	if (!cell.n || cell.p[0] != '"')
		return cell;
	inner = (str){ cell.p + 1, cell.n - 2 };
	if (cell.n > IDENT_RAW_MAX + 2 || !str_has(inner, '"'))
		return inner;
	return plan_unquote(cell, text);
}

static void read_parts(struct rows *r, size_t row, size_t ident)
{
	const struct plan_ident *id = &r->plan->ident[ident];
	char text[IDENT_PARTS_MAX][IDENT_RAW_MAX + 2];
	str part[IDENT_PARTS_MAX];

	for (size_t i = 0; i < id->parts; i++)
		part[i] = bare_cell(cell_of(r, row, id->column[i]), text[i]);
	match_parts(&r->match, row, ident, part);
}

static void read_cell(struct rows *r, size_t row, size_t ident)
{
	const struct plan_ident *id = &r->plan->ident[ident];
	char text[IDENT_RAW_MAX + 2];
	str cell;

	if (id->parts > 1) {
		read_parts(r, row, ident);
		return;
	}
	cell = cell_of(r, row, id->column[0]);
	match_value(&r->match, row, ident, bare_cell(cell, text));
}

static void read_rows(struct rows *r)
{
	for (size_t row = 0; row < r->rows; row++) {
		for (size_t i = 0; i < r->plan->idents; i++)
			read_cell(r, row, i);
		match_end_row(&r->match, row);
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
	scan_cells(
		r->cpu, r->chunk.p, r->chunk.n, r->plan->sep, r->at, &r->scan);
	r->lines = r->scan.lines;
	if (scan_check(&r->scan, r->at, &r->error_at, e))
		return -1;
	r->has_blanks = false;
	r->rows = r->scan.rows;
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

static bool is_gone(const struct rows *r, size_t row)
{
	return r->match.gone[row / 64] >> row % 64 & 1;
}

/* An object, open again for members more. */
static void put_opened(struct packed *b, str text)
{
	str members;

	while (text.n && text.p[text.n - 1] != '}')
		text.n--;
	text.n--;
	members = str_trim(text);
	put(b, text);
	put(b, str_ends(members, STR("{")) ? STR("") : STR(","));
}

/* What may be done with a row, as a word. */
static str screen_word(const struct rows *r, size_t row)
{
	uint32_t reasons = r->match.reasons[row];

	if (!is_gone(r, row))
		return str_of(screen_code(SCREEN_CLEAR));
	return reasons ? str_of(screen_code(screen_of(reasons)))
		       : STR("unreadable");
}

static void put_screen(struct rows *r, struct packed *b, size_t row)
{
	bool is_json = r->opts->format == SCRUB_NDJSON;

	if (!r->opts->screen)
		return;
	put(b, is_json ? STR("\"screen\":\"") : STR(""));
	put(b, screen_word(r, row));
	put(b, is_json ? STR("\",") : (str){ &r->plan->sep, 1 });
}

static str line_end_of(str text)
{
	if (str_ends(text, STR("\r\n")))
		return STR("\r\n");
	return str_ends(text, STR("\n")) ? STR("\n") : STR("");
}

static void put_quoted(struct packed *b, str s)
{
	put(b, STR("\""));
	for (size_t i = 0; i < s.n; i++)
		put(b, s.p[i] == '"' ? STR("\"\"") : (str){ s.p + i, 1 });
	put(b, STR("\""));
}

static bool must_not_be_kept(const struct rows *r, size_t row)
{
	return screen_of(r->match.reasons[row]) == SCREEN_BLOCKED;
}

/* What is said of one row. */
struct said {
	str of[SCRUB_REMARKS_MAX]; /* in the order of opts->remark */
	bool is_any;
};

static void remark_row(struct rows *r, size_t row, str text, struct said *out)
{
	const struct scrub_remark *m = r->opts->remark;

	*out = (struct said){ .is_any = false };
	if (!m || must_not_be_kept(r, row))
		return;
	arena_clear(r->remark);
	if (r->opts->format == SCRUB_NDJSON &&
		str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	for (size_t i = 0; m; m = m->next, i++) {
		must(i < SCRUB_REMARKS_MAX);
		out->of[i] = m->row(m->ctx, r->remark, text);
		out->is_any |= out->of[i].n > 0;
		r->match.tally.remarked[i] += out->of[i].n > 0;
	}
}

static void put_member(struct packed *b, const char *name, str said)
{
	put(b, STR("\""));
	put(b, str_of(name));
	put(b, STR("\":"));
	put(b, said);
}

/* between: what stands before the next member of NDJSON. */
static void put_said(
	struct rows *r, struct packed *b, const struct said *said, str between)
{
	const struct scrub_remark *m = r->opts->remark;
	bool is_json = r->opts->format == SCRUB_NDJSON;

	for (size_t i = 0; m; m = m->next, i++) {
		if (!is_json) {
			put(b, (str){ &r->plan->sep, 1 });
			if (said->of[i].n)
				put_quoted(b, said->of[i]);
		} else if (said->of[i].n) {
			put(b, between);
			put_member(b, m->name, said->of[i]);
			between = STR(",");
		}
	}
}

/* The row as it was, with a cell or member more: why it is on the list, or nothing;
 * before it, what may be done with it. */
static void put_flagged(
	struct rows *r, struct packed *b, size_t row, size_t from, size_t to)
{
	bool is_json = r->opts->format == SCRUB_NDJSON;
	str text = { r->chunk.p + from, to - from };
	str line_end = line_end_of(text);
	struct said said;

	text.n -= line_end.n;
	if (is_json) {
		put_opened(b, text);
	} else {
		put(b, text);
		put(b, (str){ &r->plan->sep, 1 });
	}
	put_screen(r, b, row);
	put(b, is_json ? STR("\"reason\":\"") : STR(""));
	if (is_gone(r, row))
		put_reasons(b, r->match.reasons[row],
			is_json ? '\0' : r->plan->sep);
	put(b, is_json ? STR("\"") : STR(""));
	if (r->opts->flag) {
		remark_row(r, row, text, &said);
		put_said(r, b, &said, STR(","));
	}
	put(b, is_json ? STR("}") : STR(""));
	put(b, line_end.n ? line_end : STR("\n"));
}

/* The row that stays, with what is said of it; of NDJSON, byte for byte as it came when
 * nothing is. */
static void put_kept(
	struct rows *r, struct packed *b, size_t row, size_t from, size_t to)
{
	bool is_json = r->opts->format == SCRUB_NDJSON;
	str text = { r->chunk.p + from, to - from };
	str line_end = line_end_of(text);
	struct said said;

	text.n -= line_end.n;
	remark_row(r, row, text, &said);
	if (is_json && said.is_any)
		put_opened(b, text);
	else
		put(b, text);
	put_said(r, b, &said, STR(""));
	put(b, is_json && said.is_any ? STR("}") : STR(""));
	put(b, line_end);
}

static void count_gone(struct rows *r, size_t row)
{
	uint32_t reasons = r->match.reasons[row];

	if (reasons)
		r->match.tally.by_screen[screen_of(reasons)]++;
	if (!reasons) {
		r->match.tally.unreadable_rejected++;
		return;
	}
	r->match.tally.suppressed++;
	for (; reasons; reasons &= reasons - 1)
		r->match.tally.by_reason[__builtin_ctz(reasons)]++;
}

static void add_piece(struct rows *r, size_t from, size_t to)
{
	if (from == to)
		return;
	r->piece[r->pieces++] = (str){ r->chunk.p + from, to - from };
	r->match.tally.bytes_out += to - from;
}

static bool has_rejects(const struct rows *r)
{
	return r->opts->rejects.path || r->opts->rejects.fd > 0;
}

/* One row of those that leave in a piece that is not of the chunk. */
static void put_row(struct rows *r, size_t row, size_t from, size_t to)
{
	if (r->opts->flag)
		put_flagged(r, &r->flagged, row, from, to);
	else if (!is_gone(r, row))
		put_kept(r, &r->flagged, row, from, to);
	else if (has_rejects(r))
		put_flagged(r, &r->rejects, row, from, to);
}

/* Every row with its reasons, or those that stay with what is said of them; one piece,
 * not of the chunk. */
static void lay_out_anew(struct rows *r)
{
	size_t end = r->chunk.n - r->chunk.is_line_end_ours, from = 0;

	r->flagged.n = 0;
	for (size_t row = 0; row < r->rows; row++) {
		size_t start = rows_start(r, row), to = row_end(r, row);

		put(&r->flagged, (str){ r->chunk.p + from, start - from });
		put_row(r, row, start, to);
		if (is_gone(r, row))
			count_gone(r, row);
		else
			r->match.tally.by_screen[SCREEN_CLEAR]++;
		from = to;
	}
	put(&r->flagged, (str){ r->chunk.p + from, end - from });
	if (r->flagged.n)
		r->piece[r->pieces++] =
			(str){ (const char *)r->flagged.p, r->flagged.n };
	r->match.tally.bytes_out += r->flagged.n;
}

/* Runs of kept rows, from one that is gone to the next. */
static void lay_out_kept(struct rows *r)
{
	size_t end = r->chunk.n - r->chunk.is_line_end_ours, from = 0;

	for (size_t w = 0; w <= r->rows / 64; w++)
		for (uint64_t m = r->match.gone[w]; m; m &= m - 1) {
			size_t row = w * 64 + (size_t)__builtin_ctzll(m);
			size_t start = rows_start(r, row), to = row_end(r, row);

			add_piece(r, from, start);
			count_gone(r, row);
			if (has_rejects(r))
				put_flagged(r, &r->rejects, row, start, to);
			from = to;
		}
	add_piece(r, from, end);
}

static void lay_out(struct rows *r)
{
	if (r->opts->flag || r->opts->remark)
		lay_out_anew(r);
	else
		lay_out_kept(r);
	r->match.tally.rows = r->rows;
	r->match.tally.kept = r->rows - r->match.tally.suppressed -
			      r->match.tally.unreadable_rejected;
	r->match.tally.bytes_in = r->chunk.n - r->chunk.is_line_end_ours;
}

/* Notes are in the order of rows, so the lines are counted in one pass. */
static void set_lines(struct rows *r)
{
	uint64_t line = 0;
	size_t at = 0;

	for (size_t i = 0; i < r->match.tally.notes; i++) {
		size_t start = rows_start(r, r->match.tally.note[i].line);

		for (; at < start; at++)
			line += r->chunk.p[at] == '\n';
		r->match.tally.note[i].line = line;
	}
}

int rows_scrub(struct rows *r, struct err *e)
{
	bool is_json = r->opts->format == SCRUB_NDJSON;

	r->pieces = 0;
	r->rejects.n = 0;
	if (is_json)
		ndjson_find_rows(r);
	else if (find_rows(r, e))
		return -1;
	match_start(&r->match, r->rows);
	if (!is_json)
		read_rows(r);
	else if (ndjson_read_rows(r, e))
		return -1;
	match_finish(&r->match);
	lay_out(r);
	set_lines(r);
	return 0;
}
