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
#include "scrub/plan.h"
#include "scrub/source.h"

enum { CHUNK = 1 << 20, LIST_ARENA = 64 << 20 };

struct reading {
	const struct scrub_opts *opts;
	struct source *source;
	struct feed feed;
	struct plan plan;
	struct chunk chunk;
	str *cell;
	uint64_t rows;
	struct members_writer *members;
};

/* The key of one identifier of a row; what is none names nobody. */
static enum ident_fault key_of(const struct reading *r,
	const struct plan_ident *id, uint8_t key[IDENT_KEY_SIZE])
{
	char text[IDENT_PARTS_MAX][IDENT_RAW_MAX + 2];
	str part[IDENT_PARTS_MAX];
	uint8_t digest[SHA256_SIZE];
	struct ident joined;
	enum ident_fault f;

	for (size_t i = 0; i < id->parts; i++) {
		str cell = r->cell[id->column[i]];

		if (cell.n > sizeof text[i])
			return IDENT_FAULT_LONG;
		part[i] = plan_unquote(cell, text[i]);
	}
	if (id->parts == 1)
		return ident_key_of(r->opts->keyring, id->kind, part[0], key);
	f = ident_read_parts(&joined, IDENT_TOYON_1, id->kind, part, id->parts);
	if (f)
		return f;
	ident_digest(&joined, digest);
	ident_key(r->opts->keyring, id->kind, digest, key);
	return IDENT_FAULT_NONE;
}

static int read_row(struct reading *r, str row, struct err *e)
{
	uint8_t key[IDENT_KEY_SIZE];
	size_t n;

	if (str_ends(row, STR("\r")))
		row.n--;
	if (!row.n)
		return 0; /* a blank line between rows */
	n = plan_cells(row, r->plan.sep, r->cell, PLAN_COLUMNS_MAX);
	if (n != r->plan.columns)
		return err_set(e, ERR_CONFLICT,
			"the list was changed while it was read");
	r->rows++;
	for (size_t i = 0; i < r->plan.idents; i++)
		if (!key_of(r, &r->plan.ident[i], key) &&
			members_add(r->members, key, e))
			return -1;
	return 0;
}

/* Rows end at a line end outside quotes. */
static int read_chunk(struct reading *r, struct err *e)
{
	const struct chunk *c = &r->chunk;
	bool is_quoted = false;
	size_t start = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (c->p[i] == '"')
			is_quoted = !is_quoted;
		if (c->p[i] != '\n' || is_quoted)
			continue;
		if (read_row(r, (str){ c->p + start, i - start }, e))
			return -1;
		start = i + 1;
	}
	return 0;
}

static int read_list(struct reading *r, struct arena *a, struct err *e)
{
	enum cpu_path cpu = cpu_path_resolve(r->opts->cpu);
	str header, whole;
	int rc;

	if (source_open(a, &r->source,
		    &(struct scrub_end){ .path = r->opts->out.path }, true, e))
		return -1;
	feed_init(&r->feed, a, r->source, cpu, CHUNK);
	if (feed_header(&r->feed, &header, &whole, e) ||
		plan_read(&r->plan, header, r->opts->map, e))
		return -1;
	feed_skip(&r->feed, whole.n);
	r->chunk.p = arena_alloc(a, feed_room(CHUNK) + 1 + 64);
	r->cell = arena_many(a, str, PLAN_COLUMNS_MAX);
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
	if (r->rows == report->kept &&
		!memcmp(digest, report->sha256_out, sizeof digest))
		return 0;
	return err_set(e, ERR_CONFLICT,
		"the list was changed between the scrub and its entry in the "
		"ledger");
}

int disclosure_members(const struct scrub_opts *opts,
	const struct scrub_report *report, const char *folder,
	struct members_made *out, struct err *e)
{
	struct arena *a = arena_new(LIST_ARENA);
	struct reading *r = arena_one(a, struct reading);
	int rc = -1;

	must(opts->with_sha256 && opts->format == SCRUB_CSV);
	r->opts = opts;
	if (!members_start(&r->members, folder, e) && !read_list(r, a, e) &&
		!check_same(r, report, e))
		rc = members_finish(
			r->members, opts->keyring->fingerprint, out, e);
	members_drop(r->members);
	arena_free(a);
	return rc;
}
