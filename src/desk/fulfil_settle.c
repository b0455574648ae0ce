/* Where a case goes on when all its systems have answered, and when all its tasks are
 * done. */
#include "desk/child.h"
#include "desk/closing.h"
#include "desk/fulfil_task.h"
#include "desk/portal.h"
#include "desk/second.h"
#include "desk/telling.h"

/* Each system's search is its evidence, and nobody has to be told to delete what
 * nobody holds. */
static int close_tasks(struct desk *d, const struct tally *t, struct err *e)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		bool is_system = str_eq(row->target, STR("system"));
		struct sql_task_done_in in = {
			.id = row->id,
			.state = is_system ? STR("nothing") : STR("spared"),
			.at = desk_now(d),
			.evidence = STR("{\"rows_found\":0}"),
			.sealed = STR(""),
		};

		if (sql_task_done(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

/* A case that opened itself waits for no answer. */
static int end_unasked(struct desk *d, struct record *r, struct err *e)
{
	return r->state == STATE_ANSWERING && child_opened(r)
		       ? closing_unasked(d, r, e)
		       : 0;
}

/* All systems were looked at: to the review, or to the answer that there is
 * nothing.  One that was dropped was not looked at: then nobody says so. */
int fulfil_end_search(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_settled = true };
	struct tally t;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	if (t.systems_searching)
		return 0;
	facts.is_searched = !t.systems_dropped;
	facts.is_found = t.rows_waiting > 0;
	if (r->state == STATE_SEARCHING && !facts.is_found &&
		close_tasks(d, &t, e))
		return -1;
	if (r->state != STATE_SEARCHING && !facts.is_found)
		return 0;
	if (record_move(d, r,
		    facts.is_found      ? ON_FOUND
		    : facts.is_searched ? ON_NOTHING_FOUND
					: ON_ALL_DONE,
		    &facts, e))
		return -1;
	return end_unasked(d, r, e) ? -1 : portal_go_on(d, r, e);
}

int fulfil_settle(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_settled = true };
	struct tally t;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	if (r->state == STATE_TELLING)
		return telling_settle(d, r, &t, e);
	if (r->state != STATE_WORKING || t.systems_open || t.vendors_open)
		return 0;
	facts.is_whole = record_is_whole(r, &t);
	/* What waited to be done by hand has been done by the system meanwhile. */
	if (record_move(d, r, ON_ALL_DONE, &facts, e) ||
		second_drop(d, r->row.id, e))
		return -1;
	return end_unasked(d, r, e);
}
