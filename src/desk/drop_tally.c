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

int drop_tally_change(struct desk *d, struct err *e)
{
	must(db_in_transaction(d->db));
	return sql_drop_tally_change(d->db, e) < 0 ? -1 : 0;
}

struct counted {
	int64_t changed;
	struct drop_tally tally;
};

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct counted *c = ctx;
	struct sql_drop_tally_counted_in in = { c->changed };
	int64_t n = sql_drop_tally_counted(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	if (sql_drop_tally_clear(d->db, e) < 0)
		return -1;
	for (size_t i = 0; i < c->tally.n; i++) {
		const struct drop_tally_row *r = &c->tally.at[i];
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

/* The mark is read before the items are: what changes after it is seen. */
void drop_tally_keep(struct desk *d)
{
	struct sql_drop_tally_mark_row mark;
	struct counted c;
	struct err e;

	must(!db_in_transaction(d->db));
	if (sql_drop_tally_mark(d->db, d->arena, &mark, &e) != 1 ||
		mark.changed == mark.counted)
		return;
	c.changed = mark.changed;
	if (!drop_tally_count(d, &c.tally, &e))
		(void)desk_write(d, store, &c, &e);
}
