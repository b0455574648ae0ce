/*
 * A scrubbed list, read once more for who is in it.  The list itself is what was
 * handed over, so it is the list that is asked, not what the scrub thought: the
 * same header gives the same plan, the same rules the same keys.
 */
#include <string.h>

#include "base/base.h"
#include "desk/disclosure.h"
#include "desk/disclosure_members.h"
#include "scrub/feed.h"
#include "scrub/json_line.h"
#include "scrub/plan.h"
#include "scrub/scan.h"
#include "scrub/source.h"

enum { CHUNK = 1 << 20, LIST_ARENA = 64 << 20 };

struct reading {
	const struct scrub_opts *opts;
	struct source *source;
	struct feed feed;
	struct plan plan;
	struct chunk chunk;
	str *cell;             /* CSV */
	struct json_row *json; /* NDJSON, else NULL */
	uint64_t rows;
	struct members_writer *members;
};

/* An identifier of a row, whole or in parts; what is none names nobody. */
static int add_ident(struct reading *r, const struct plan_ident *id,
	const str *part, struct err *e)
{
	uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
	struct ident joined;
	enum ident_fault f;

	if (id->parts == 1) {
		f = ident_key_of(r->opts->keyring, id->kind, part[0], key);
		return f ? 0 : members_add(r->members, key, e);
	}
	if (ident_read_parts(&joined, IDENT_TOYON_1, id->kind, part, id->parts))
		return 0;
	ident_digest(&joined, digest);
	ident_key(r->opts->keyring, id->kind, digest, key);
	return members_add(r->members, key, e);
}

static int changed(struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		"the list was changed between the scrub and its entry in the "
		"ledger");
}

/* --- CSV --- */

static int add_cells(
	struct reading *r, const struct plan_ident *id, struct err *e)
{
	char text[IDENT_PARTS_MAX][IDENT_RAW_MAX + 2];
	str part[IDENT_PARTS_MAX];

	for (size_t i = 0; i < id->parts; i++) {
		str cell = r->cell[id->column[i]];

		if (cell.n > sizeof text[i])
			return 0;
		part[i] = plan_unquote(cell, text[i]);
	}
	return add_ident(r, id, part, e);
}

static int read_csv_row(struct reading *r, str row, struct err *e)
{
	size_t n = plan_cells(row, r->plan.sep, r->cell, PLAN_COLUMNS_MAX);

	if (n != r->plan.columns)
		return changed(e);
	for (size_t i = 0; i < r->plan.idents; i++)
		if (add_cells(r, &r->plan.ident[i], e))
			return -1;
	return 0;
}

/* --- NDJSON --- */

/* The row that is read: parts of composites wait until its end, and a member
 * that fails to be added is told there. */
struct json_row {
	struct reading *r;
	struct err *e;
	bool has_failed;
	bool is_twice[SCRUB_COLUMNS_MAX];
	str part[SCRUB_COLUMNS_MAX][IDENT_PARTS_MAX];
	char text[SCRUB_COLUMNS_MAX][IDENT_PARTS_MAX][IDENT_RAW_MAX + 1];
};

/* As the scrub has it: a second value for a part could be another person's. */
static void keep_part(struct json_row *j, size_t ident, size_t part, str value)
{
	str *kept = &j->part[ident][part];

	value = str_head(value, sizeof j->text[ident][part]);
	j->is_twice[ident] |= kept->n > 0;
	if (value.n)
		memcpy(j->text[ident][part], value.p, value.n);
	*kept = (str){ j->text[ident][part], value.n };
}

static void take_value(struct json_row *j, size_t ident, size_t part, str value)
{
	const struct plan_ident *id = &j->r->plan.ident[ident];

	if (id->parts > 1)
		keep_part(j, ident, part, value);
	else
		j->has_failed |= add_ident(j->r, id, &value, j->e) != 0;
}

static void take_member(void *ctx, str path, str name, str value)
{
	struct json_row *j = ctx;
	const struct plan *p = &j->r->plan;
	enum ident_kind kind = IDENT_KINDS;

	if (p->is_usual && !plan_usual_kind(name, &kind))
		return;
	for (size_t i = 0; i < p->idents; i++)
		for (size_t k = 0; k < p->ident[i].parts; k++)
			if (p->is_usual ? p->ident[i].kind == kind
					: str_eq(p->ident[i].path[k], path))
				take_value(j, i, k, value);
}

static int read_json_row(struct reading *r, str row, struct err *e)
{
	struct json_row *j = r->json;

	*j = (struct json_row){ .r = r, .e = e };
	if (r->rows == 1 && str_starts(row, STR("\xef\xbb\xbf")))
		row = str_from(row, 3);
	if (!json_line_read(row, take_member, j))
		return changed(e);
	for (size_t i = 0; i < r->plan.idents && !j->has_failed; i++)
		if (r->plan.ident[i].parts > 1 && !j->is_twice[i])
			j->has_failed = add_ident(r, &r->plan.ident[i],
						j->part[i], e) != 0;
	return j->has_failed ? -1 : 0;
}

/* --- both --- */

static int read_row(struct reading *r, str row, struct err *e)
{
	if (str_ends(row, STR("\r")))
		row.n--;
	if (!row.n)
		return 0; /* a blank line between rows */
	r->rows++;
	return r->json ? read_json_row(r, row, e) : read_csv_row(r, row, e);
}

/* Rows end at a line end, in CSV at one outside quotes. */
static int read_chunk(struct reading *r, struct err *e)
{
	const struct chunk *c = &r->chunk;
	bool is_quoted = false;
	size_t start = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (c->p[i] == '"' && !r->json)
			is_quoted = !is_quoted;
		if (c->p[i] != '\n' || is_quoted)
			continue;
		if (read_row(r, (str){ c->p + start, i - start }, e))
			return -1;
		start = i + 1;
	}
	return 0;
}

static int start_list(struct reading *r, struct arena *a, struct err *e)
{
	str header, whole;

	if (r->opts->format == SCRUB_NDJSON) {
		r->feed.is_lines = true;
		r->json = arena_one(a, struct json_row);
		return plan_read_members(&r->plan, r->opts->map, e);
	}
	if (feed_header(&r->feed, &header, &whole, e) ||
		plan_read(&r->plan, header, r->opts->map, e))
		return -1;
	feed_skip(&r->feed, whole.n);
	r->cell = arena_many(a, str, PLAN_COLUMNS_MAX);
	return 0;
}

static int read_list(struct reading *r, struct arena *a, struct err *e)
{
	struct scrub_end end = { .path = r->opts->out.path };
	int rc;

	if (source_open(a, &r->source, &end, true, e))
		return -1;
	feed_init(
		&r->feed, a, r->source, cpu_path_resolve(r->opts->cpu), CHUNK);
	if (start_list(r, a, e))
		return -1;
	r->chunk.p = arena_alloc(a, feed_room(CHUNK) + 1 + SCAN_PAD);
	while ((rc = feed_take(&r->feed, &r->chunk, e)) > 0)
		if (read_chunk(r, e))
			return -1;
	return rc;
}

static int check_same(
	struct reading *r, const struct scrub_report *report, struct err *e)
{
	uint8_t digest[32];

	source_sha256(r->source, digest);
	return r->rows == report->kept && !memcmp(digest, report->sha256_out,
						  sizeof digest)
		       ? 0
		       : changed(e);
}

int disclosure_members(const struct scrub_opts *opts,
	const struct scrub_report *report, const char *folder,
	struct members_made *out, struct err *e)
{
	struct arena *a = arena_new(LIST_ARENA);
	struct reading *r = arena_one(a, struct reading);
	int rc = -1;

	must(opts->with_sha256);
	r->opts = opts;
	if (!members_start(&r->members, folder, e) && !read_list(r, a, e) &&
		!check_same(r, report, e))
		rc = members_finish(
			r->members, opts->keyring->fingerprint, out, e);
	members_drop(r->members);
	arena_free(a);
	return rc;
}
