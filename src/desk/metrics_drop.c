/*
 * What came through the State's platform, for the numbers that each data broker
 * publishes: a line of its own, and one of all deletions together (Civ. Code
 * 1798.99.85).  Received are the items of the sessions that were opened in the year;
 * an answer is the first status that the platform took.
 */
#include "desk/drop_session.h"
#include "desk/metrics_took.h"
#include "store/sql.h"

static struct metrics_line *add_line(
	struct metrics *m, const char *title, const struct metrics_line *from)
{
	struct metrics_line *l;

	must(m->n < METRICS_LINES_MAX);
	l = &m->line[m->n++];
	*l = *from;
	l->title = title;
	return l;
}

static void count(struct metrics_line *l, const struct drop_tally_row *r)
{
	l->received += r->n;
	if (r->is_revoked)
		l->ended += r->n;
	else if (!r->sent_status)
		l->open += r->n;
	else if (r->sent_status == DROP_STATUS_EXEMPTED)
		l->denied += r->n;
	else
		l->complied += r->n;
}

static bool is_among(const struct sql_metric_drop_cycles_rows *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].id == id)
			return true;
	return false;
}

static int load_counts(struct desk *d,
	const struct sql_metric_drop_cycles_rows *cycles,
	struct metrics_line *l, struct err *e)
{
	struct drop_tally t;

	if (drop_tally_read(d, DROP_AS_IS, &t, e))
		return -1;
	for (size_t i = 0; i < t.n; i++)
		if (is_among(cycles, t.at[i].cycle_id))
			count(l, &t.at[i]);
	l->denied_by[DENIED_EXEMPT] = l->denied;
	return 0;
}

static void add(struct metrics_line *sum, const struct metrics_line *more)
{
	sum->received += more->received;
	sum->complied += more->complied;
	sum->denied += more->denied;
	sum->ended += more->ended;
	sum->open += more->open;
	for (size_t i = 0; i < COUNTOF(sum->denied_by); i++)
		sum->denied_by[i] += more->denied_by[i];
}

int metrics_drop(struct desk *d, const struct metrics_days *days,
	struct metrics *m, struct err *e)
{
	struct metrics_line drop = {
		.kind = KIND_DROP, .median = -1, .mean = -1
	};
	struct sql_metric_drop_cycles_in in = { days->from, days->to };
	struct sql_metric_drop_cycles_rows cycles;
	struct sql_metric_drop_days_in days_in = { days->from, days->to };
	struct sql_metric_drop_days_rows rows;
	const struct metrics_line *deletes = metrics_line_of(m, KIND_DELETE);
	struct metrics_line *both;
	struct took *took;

	if (sql_metric_drop_cycles(d->db, d->arena, &in, &cycles, e) ||
		sql_metric_drop_days(d->db, d->arena, &days_in, &rows, e))
		return -1;
	if (!cycles.n)
		return 0;
	if (load_counts(d, &cycles, &drop, e))
		return -1;
	took = arena_many(d->arena, struct took, rows.n + days->deletes_n);
	for (size_t i = 0; i < rows.n; i++)
		took[i] = took_of(
			rows.at[i].opened_on, rows.at[i].hour, rows.at[i].n);
	must(deletes);
	both = add_line(m, "Delete, with the State’s platform", deletes);
	add(both, &drop);
	took_sum_up(took, rows.n, &drop);
	add_line(m, kind_title(KIND_DROP), &drop);
	for (size_t i = 0; i < days->deletes_n; i++)
		took[rows.n + i] = days->deletes[i];
	took_sum_up(took, rows.n + days->deletes_n, both);
	return 0;
}
