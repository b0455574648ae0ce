/*
 * How many items there are of each kind, kept in the record for pages.
 *
 * Whatever changes items marks it in the same transaction; after a step they are
 * counted once, and the counts stored only when nothing changed meanwhile.  So
 * counts that may be read are those of the items as they are: after a step that
 * was killed, or during one, whoever reads counts for himself.  What decides
 * whether a session is whole never reads them, but the items.
 */
#include "desk/drop_session.h"

#include "store/sql.h"

/* The two statements have the same columns. */
#define TAKE_TALLY(a, out, rows)                                              \
	do {                                                                  \
		(out)->n = (rows).n;                                          \
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

/* No row: counted too long ago, or no items, which are counted soon. */
int drop_tally_read(struct desk *d, struct drop_tally *out, struct err *e)
{
	struct sql_drop_tally_list_rows rows;

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
	struct sql_drop_pass_list_rows passes;
	struct sql_drop_match_counts_rows *found; /* of each */
};

static int count_found(struct desk *d, struct counted *c, struct err *e)
{
	struct sql_drop_cycle_last_row last;
	struct sql_drop_pass_list_in in;
	int rc = sql_drop_cycle_last(d->db, d->arena, &last, e);

	if (rc <= 0)
		return rc;
	in.cycle_id = last.id;
	if (sql_drop_pass_list(d->db, d->arena, &in, &c->passes, e))
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
	if (sql_drop_tally_found_clear(d->db, e) < 0)
		return -1;
	for (size_t i = 0; i < c->passes.n; i++)
		if (store_pass(d, c->passes.at[i].id, &c->found[i], e))
			return -1;
	return 0;
}

/* Both or neither, since what was found speaks of items too; items alone when
 * only matches changed meanwhile. */
static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct counted *c = ctx;
	struct sql_drop_tally_counted_in items = { DROP_TALLY_ITEMS,
		c->mark.items };
	struct sql_drop_tally_counted_in matches = { DROP_TALLY_MATCHES,
		c->mark.matches };
	int64_t n = sql_drop_tally_counted(d->db, &items, e);

	if (n <= 0)
		return (int)n;
	if (store_items(d, &c->items, e))
		return -1;
	n = sql_drop_tally_counted(d->db, &matches, e);
	return n <= 0 ? (int)n : store_found(d, c, e);
}

/* The mark is read before what it marks: what changes after it is seen. */
void drop_tally_keep(struct desk *d)
{
	struct counted c = { 0 };
	struct err e;

	must(!db_in_transaction(d->db));
	if (sql_drop_tally_mark(d->db, d->arena, &c.mark, &e) != 1 ||
		c.mark.is_kept)
		return;
	if (!drop_tally_count(d, &c.items, &e) && !count_found(d, &c, &e))
		(void)desk_write(d, store, &c, &e);
}
