/*
 * Which members of a line name the person: those that the map's paths lead to,
 * or those with a usual name, however deep.  A name that comes twice counts
 * twice: what one reader takes, another may.
 */
#include "scrub/ndjson.h"

#include <string.h>

#include "base/base.h"
#include "scrub/json_line.h"

enum { PART_TEXT = IDENT_RAW_MAX + 1 };

/* The row that is read, and the parts of composites met so far. */
struct json_row {
	struct rows *rows;
	size_t row;
	str part[SCRUB_COLUMNS_MAX][IDENT_PARTS_MAX];
	char text[SCRUB_COLUMNS_MAX][IDENT_PARTS_MAX][PART_TEXT];
};

void ndjson_find_rows(struct rows *r)
{
	const char *p = r->chunk.p, *end = p + r->chunk.n, *to;

	r->rows = 0;
	r->lines = 0;
	r->has_blanks = false;
	for (; p < end; p = to + 1) {
		to = memchr(p, '\n', (size_t)(end - p));
		must(to != NULL);
		r->lines++;
		if (to == p || (to == p + 1 && *p == '\r'))
			r->has_blanks = true;
		else
			r->at[r->rows++] = (uint32_t)(to - r->chunk.p);
	}
}

/* A second value for a part could mean another person: no key then. */
static void keep_part(struct json_row *j, size_t ident, size_t part, str value)
{
	str *kept = &j->part[ident][part];
	size_t n = value.n < PART_TEXT ? value.n : PART_TEXT;

	if (kept->n) {
		match_fault(
			&j->rows->match, j->row, ident, IDENT_FAULT_SEVERAL);
		return;
	}
	memcpy(j->text[ident][part], value.n ? value.p : "", n);
	*kept = (str){ j->text[ident][part], n };
}

static void take_value(struct json_row *j, size_t ident, size_t part, str value)
{
	j->rows->seen[ident] |= (uint8_t)(1u << part);
	if (j->rows->plan->ident[ident].parts > 1)
		keep_part(j, ident, part, value);
	else
		match_value(&j->rows->match, j->row, ident, value);
}

static void take_mapped(void *ctx, str path, str name, str value)
{
	struct json_row *j = ctx;
	const struct plan *p = j->rows->plan;

	(void)name;
	for (size_t i = 0; i < p->idents; i++)
		for (size_t k = 0; k < p->ident[i].parts; k++)
			if (str_eq(p->ident[i].path[k], path))
				take_value(j, i, k, value);
}

static void take_usual(void *ctx, str path, str name, str value)
{
	struct json_row *j = ctx;
	const struct plan *p = j->rows->plan;
	enum ident_kind kind;

	(void)path;
	if (!plan_usual_kind(name, &kind))
		return;
	for (size_t i = 0; i < p->idents; i++)
		if (p->ident[i].kind == kind)
			take_value(j, i, 0, value);
}

static void end_row(struct json_row *j)
{
	const struct plan *p = j->rows->plan;

	for (size_t i = 0; i < p->idents; i++) {
		if (p->ident[i].parts == 1)
			continue;
		match_parts(&j->rows->match, j->row, i, j->part[i]);
		memset(j->part[i], 0, sizeof j->part[i]);
	}
	match_end_row(&j->rows->match, j->row);
}

static str line_of(const struct rows *r, size_t row)
{
	size_t from = rows_start(r, row);
	str line = { r->chunk.p + from, r->at[row] - from };

	if (r->chunk.seq == 0 && row == 0 &&
		str_starts(line, STR("\xef\xbb\xbf")))
		line = str_from(line, 3);
	return line;
}

static int read_all(struct json_row *j, struct err *e)
{
	struct rows *r = j->rows;
	json_line_fn *fn = r->plan->is_usual ? take_usual : take_mapped;

	for (j->row = 0; j->row < r->rows; j->row++) {
		if (!json_line_read(line_of(r, j->row), fn, j)) {
			r->error_at = rows_start(r, j->row);
			return err_set(e, ERR_INVALID, "not one JSON object");
		}
		end_row(j);
	}
	return 0;
}

int ndjson_read_rows(struct rows *r, struct err *e)
{
	struct arena *a = arena_new(sizeof(struct json_row) + (1 << 16));
	struct json_row *j = arena_one(a, struct json_row);
	int rc;

	j->rows = r;
	rc = read_all(j, e);
	arena_free(a);
	return rc;
}

int ndjson_check_seen(const struct plan *p, const uint8_t *seen, struct err *e)
{
	bool is_any = false;

	for (size_t i = 0; i < p->idents; i++) {
		is_any |= seen[i] != 0;
		for (size_t k = 0; !p->is_usual && k < p->ident[i].parts; k++)
			if (!(seen[i] >> k & 1))
				return err_set(e, ERR_INVALID,
					"no row has a member \"%.*s\"",
					STR_ARG(str_head(
						p->ident[i].path[k], 100)));
	}
	if (is_any)
		return 0;
	err_set(e, ERR_INVALID,
		"no member has a name that says what identifies a person");
	return err_hint(e, "name the members: --map email=contact.email");
}
