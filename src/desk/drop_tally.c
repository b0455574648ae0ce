/*
 * How many items there are of each kind, kept in the record for pages.
 *
 * Whatever changes items marks it in the same transaction; after a step they are
 * counted once, and the counts stored only when nothing changed meanwhile.  So it is
 * known whether counts are those of the items as they are.  When they are not, after
 * a step that was killed or during one, a page shows them with the time at which they
 * were counted, and whoever needs them as they are counts for himself.  What decides
 * whether a session is whole never reads them, but the items.
 *
 * What the looks of a former session found is counted once more after the next one
 * was begun, and then stands: it says what was found and done then, and a later
 * session that decides anew on an item doesn't change it.
 */
#include "desk/drop_session.h"

#include "store/sql.h"

enum {
	DURING_MS = 10000, /* between two counts while a step runs */
	DURING_PARTS = 20, /* of which counting is at most one */
};

/* The statements have the same columns. */
#define TAKE_TALLY(a, out, rows)                                              \
	do {                                                                  \
		*(out) = (struct drop_tally){ .n = (rows).n };                \
		(out)->at = arena_many(a, struct drop_tally_row, (rows).n);   \
		for (size_t i = 0; i < (rows).n; i++) {                       \
			must((rows).at[i].list >= 0 &&                        \
				(rows).at[i].list < DROP_LISTS);              \
			(out)->at[i] = (struct drop_tally_row){               \
				.cycle_id = (rows).at[i].cycle_id,            \
				.list = (enum drop_list)(rows).at[i].list,    \
				.people = (int)(rows).at[i].people,           \
				.status = (int)(rows).at[i].status,           \
				.sent_status = (int)(rows).at[i].sent_status, \
				.is_revoked = (rows).at[i].is_revoked,        \
				.n = (rows).at[i].n,                          \
			};                                                    \
		}                                                             \
	} while (0)

int drop_tally_count(struct desk *d, struct drop_tally *out, struct err *e)
{
	struct sql_drop_tally_count_rows rows;

	if (sql_drop_tally_count(d->db, d->arena, &rows, e))
		return -1;
	TAKE_TALLY(d->arena, out, rows);
	return 0;
}

/* The mark is read before what it marks: what is newer has no older time.  0: they
 * were never counted. */
static int read_last(struct desk *d, struct drop_tally *out, struct err *e)
{
	struct sql_drop_tally_mark_row mark;
	struct sql_drop_tally_last_rows rows;

	if (sql_drop_tally_mark(d->db, d->arena, &mark, e) < 0)
		return -1;
	if (!mark.counted_at)
		return 0;
	if (sql_drop_tally_last(d->db, d->arena, &rows, e))
		return -1;
	TAKE_TALLY(d->arena, out, rows);
	if (!mark.items_kept || !mark.matches_kept)
		out->counted_at = mark.counted_at;
	return 1;
}

/* No row: counted too long ago, or no items, which are counted soon. */
int drop_tally_read(
	struct desk *d, enum drop_as as, struct drop_tally *out, struct err *e)
{
	struct sql_drop_tally_list_rows rows;
	int rc;

	rc = as == DROP_AS_COUNTED ? read_last(d, out, e) : 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	if (sql_drop_tally_list(d->db, d->arena, &rows, e))
		return -1;
	if (!rows.n)
		return drop_tally_count(d, out, e);
	TAKE_TALLY(d->arena, out, rows);
	return 0;
}

int drop_tally_change(struct desk *d, enum drop_tally_of of, struct err *e)
{
	struct sql_drop_tally_change_in in = { of };

	must(db_in_transaction(d->db));
	return sql_drop_tally_change(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- counting --- */

struct counted {
	struct sql_drop_tally_mark_row mark;
	struct drop_tally items;
	struct sql_drop_tally_passes_rows passes;
	struct sql_drop_match_counts_rows *found; /* of each */
	int64_t at;                               /* begun */
	int64_t items_ms;                         /* what each took */
	int64_t matches_ms;
};

static int count_found(struct desk *d, struct counted *c, struct err *e)
{
	if (sql_drop_tally_passes(d->db, d->arena, &c->passes, e))
		return -1;
	c->found = arena_many(
		d->arena, struct sql_drop_match_counts_rows, c->passes.n);
	for (size_t i = 0; i < c->passes.n; i++) {
		struct sql_drop_match_counts_in of = { c->passes.at[i].id };

		if (sql_drop_match_counts(
			    d->db, d->arena, &of, &c->found[i], e))
			return -1;
	}
	return 0;
}

static int store_items(
	struct desk *d, const struct drop_tally *items, struct err *e)
{
	if (sql_drop_tally_clear(d->db, e) < 0)
		return -1;
	for (size_t i = 0; i < items->n; i++) {
		const struct drop_tally_row *r = &items->at[i];
		struct sql_drop_tally_add_in add = {
			.cycle_id = r->cycle_id,
			.list = r->list,
			.people = r->people,
			.status = r->status,
			.sent_status = r->sent_status,
			.is_revoked = r->is_revoked,
			.n = r->n,
		};

		if (sql_drop_tally_add(d->db, &add, e) < 0)
			return -1;
	}
	return 0;
}

static int store_pass(struct desk *d, int64_t pass_id,
	const struct sql_drop_match_counts_rows *found, struct err *e)
{
	struct sql_drop_tally_found_clear_in old = { pass_id };

	if (sql_drop_tally_found_clear(d->db, &old, e) < 0)
		return -1;
	for (size_t i = 0; i < found->n; i++) {
		const struct sql_drop_match_counts_row *r = &found->at[i];
		struct sql_drop_tally_found_add_in add = {
			.pass_id = pass_id,
			.system = r->system,
			.held_in = r->held_in,
			.people = r->people,
			.alone = r->alone,
			.several = r->several,
			.erased = r->erased,
			.kept = r->kept,
			.opted_out = r->opted_out,
			.open = r->open,
		};

		if (sql_drop_tally_found_add(d->db, &add, e) < 0)
			return -1;
	}
	return 0;
}

static int store_found(struct desk *d, const struct counted *c, struct err *e)
{
	for (size_t i = 0; i < c->passes.n; i++) {
		const struct sql_drop_tally_passes_row *p = &c->passes.at[i];
		struct sql_drop_tally_former_add_in former = { p->id };

		if (store_pass(d, p->id, &c->found[i], e) ||
			(p->is_former && sql_drop_tally_former_add(
						 d->db, &former, e) < 0))
			return -1;
	}
	return 0;
}

/* 0: they changed meanwhile. */
static int64_t stamp(struct desk *d, const struct counted *c,
	enum drop_tally_of of, struct err *e)
{
	bool is_items = of == DROP_TALLY_ITEMS;
	struct sql_drop_tally_counted_in in = {
		.id = of,
		.changed = is_items ? c->mark.items : c->mark.matches,
		.at = c->at,
		.took_ms = is_items ? c->items_ms : c->matches_ms,
	};

	return sql_drop_tally_counted(d->db, &in, e);
}

/* Either without the other when only one changed meanwhile.  Both get the time, or
 * what did not change for long would look old. */
static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct counted *c = ctx;
	int64_t n = stamp(d, c, DROP_TALLY_ITEMS, e);

	if (n < 0 || (n && !c->mark.items_kept && store_items(d, &c->items, e)))
		return -1;
	n = stamp(d, c, DROP_TALLY_MATCHES, e);
	return n < 0 || (n && !c->mark.matches_kept && store_found(d, c, e))
		       ? -1
		       : 0;
}

static int count(struct desk *d, struct counted *c, struct err *e)
{
	int64_t from = clock_mono_ms(), half;

	c->at = desk_now(d);
	if (!c->mark.items_kept && drop_tally_count(d, &c->items, e))
		return -1;
	half = clock_mono_ms();
	if (!c->mark.matches_kept && count_found(d, c, e))
		return -1;
	c->items_ms = half - from;
	c->matches_ms = clock_mono_ms() - half;
	return 0;
}

/* The mark is read before what it marks: what changes after it is seen. */
static void keep(struct desk *d, bool is_during)
{
	struct counted c = { 0 };
	int64_t pause;
	struct err e;

	if (sql_drop_tally_mark(d->db, d->arena, &c.mark, &e) != 1 ||
		(c.mark.items_kept && c.mark.matches_kept))
		return;
	pause = DURING_PARTS * c.mark.took_ms;
	if (pause < DURING_MS)
		pause = DURING_MS;
	if (is_during && desk_now(d) - c.mark.counted_at < pause)
		return;
	if (!count(d, &c, &e))
		(void)desk_write(d, store, &c, &e);
}

void drop_tally_keep(struct desk *d)
{
	must(!db_in_transaction(d->db));
	keep(d, false);
}

/* In an arena of its own: a step may take hours. */
void drop_tally_during(struct desk *d)
{
	struct arena *outer = d->arena;

	must(!db_in_transaction(d->db));
	d->arena = arena_new(LIMIT_REQUEST_ARENA);
	keep(d, true);
	arena_free(d->arena);
	d->arena = outer;
}

/* --- added up --- */

#define ADD_UP(all, c, field) ((all)->field += (c)->field)

static void add_up(struct drop_count *all, const struct drop_count *c)
{
	ADD_UP(all, c, came);
	ADD_UP(all, c, active);
	ADD_UP(all, c, open);
	ADD_UP(all, c, exempted);
	ADD_UP(all, c, deleted);
	ADD_UP(all, c, opted_out);
	ADD_UP(all, c, not_found);
	ADD_UP(all, c, revoked);
	ADD_UP(all, c, unsent);
}

static struct drop_count count_of(const struct drop_tally_row *r)
{
	struct drop_count c = { .list = r->list, .came = r->n };

	if (r->is_revoked) {
		c.revoked = r->n;
		return c;
	}
	c.active = r->n;
	c.open = r->status ? 0 : r->n;
	c.exempted = r->status == DROP_STATUS_EXEMPTED ? r->n : 0;
	c.deleted = r->status == DROP_STATUS_DELETED ? r->n : 0;
	c.opted_out = r->status == DROP_STATUS_OPTED_OUT ? r->n : 0;
	c.not_found = r->status == DROP_STATUS_NOT_FOUND ? r->n : 0;
	c.unsent = r->status && r->status != r->sent_status ? r->n : 0;
	return c;
}

void drop_tally_counts(
	const struct drop_tally *t, int64_t cycle_id, struct drop_counts *out)
{
	*out = (struct drop_counts){ 0 };
	for (int l = 0; l < DROP_LISTS; l++)
		out->of[l].list = (enum drop_list)l;
	for (size_t i = 0; i < t->n; i++) {
		struct drop_count c = count_of(&t->at[i]);

		if (cycle_id && t->at[i].cycle_id != cycle_id)
			continue;
		add_up(&out->of[c.list], &c);
		add_up(&out->all, &c);
	}
}
