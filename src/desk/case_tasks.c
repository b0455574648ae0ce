/* The tasks of a case in words: each system and vendor, how far it got, and what it
 * said. */
#include "desk/case_fill.h"
#include "desk/contracts.h"

struct task_words {
	const char *state;
	const char *tone;
	const char *words;
};

/* States that need no number of rows. */
static const struct task_words of_systems[] = {
	{ "corrected", "ok", "Corrected" },
	{ "unchanged", "ok", "Left as it is" },
	{ "by_hand", "ok", "By hand, as staff wrote" },
	{ "ended", "keep", "Left alone: taken back or denied" },
	{ "dropped", "bad", "Dropped, not proven" },
	{ "told", "ok", "In the answer" },
};

static const struct task_words of_vendors[] = {
	{ "kept", "keep", "Kept, with a reason" },
	{ "dropped", "bad", "Dropped, not confirmed" },
	{ "instructed", "ok", "Told by staff" },
	{ "exempt", "ok", "Not told: a third party" },
	{ "ended", "ok", "Not told: taken back or denied" },
	{ "spared", "ok", "Not told: nothing held" },
	{ "nothing", "ok", "Nothing held" },
};

static bool words_among(
	const struct task_words *rows, size_t n, str state, struct case_task *c)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(state, str_of(rows[i].state)))
			continue;
		c->tone = rows[i].tone;
		c->words = str_of(rows[i].words);
		return true;
	}
	return false;
}

/* What an exception keeps is told beside what is gone, never instead. */
static void done_words(
	struct arena *a, const struct sql_task_list_row *t, struct case_task *c)
{
	bool is_kept = str_eq(t->state, STR("kept"));
	str day = date_short(a, case_day(t->done_at));

	c->tone = is_kept ? "keep" : "ok";
	c->detail = day;
	if (words_among(of_systems, COUNTOF(of_systems), t->state, c))
		return;
	if (!t->rows_erased) {
		c->words = is_kept ? STR("Kept, with a reason")
				   : STR("Nothing held");
		return;
	}
	c->words = is_kept ? STR("Deleted, some kept") : STR("Deleted");
	c->detail = arena_fmt(a, "%lld %s, none left, %.*s",
		(long long)t->rows_erased, t->rows_erased == 1 ? "row" : "rows",
		STR_ARG(day));
}

static int days_late(struct desk *d, const struct sql_task_list_row *t)
{
	return t->due_on.n ? date_between(case_date(t->due_on), desk_today(d))
			   : 0;
}

/* Whoever has been asked, and has not answered. */
static void waiting_words(
	struct desk *d, const struct sql_task_list_row *t, struct case_task *c)
{
	struct arena *a = d->arena;
	int late = days_late(d, t);

	c->is_late = late > 0;
	c->tone = c->is_late ? "bad" : "wait";
	if (c->is_late)
		c->words = arena_fmt(
			a, "%d %s late", late, late == 1 ? "day" : "days");
	else
		c->words =
			c->is_system ? STR("A person was asked") : STR("Told");
	c->detail = arena_fmt(a, "asked %.*s, due %.*s",
		STR_ARG(date_short(a, case_day(t->asked_at))),
		STR_ARG(date_short(a, case_date(t->due_on))));
}

static void state_words(const struct sql_task_list_row *t, struct case_task *c)
{
	c->tone = "wait";
	if (str_eq(t->state, STR("searching")))
		c->words = STR("Searching");
	else if (str_eq(t->state, STR("correcting")))
		c->words = STR("Correcting");
	else if (!str_eq(t->state, STR("found")))
		c->words = STR("Deleting");
	else if (t->rows_found)
		c->words = STR("Found");
	else {
		c->tone = "ok"; /* nothing is left to be done there */
		c->words = STR("Nothing found");
	}
}

/* It was not reached, or did not take it: the problem below says which. */
static str stuck_words(const struct sql_task_list_row *t)
{
	if (str_eq(t->state, STR("searching")))
		return STR("Can’t be searched");
	if (str_eq(t->state, STR("correcting")))
		return STR("Can’t be corrected");
	return STR("Can’t be deleted from");
}

static void system_words(
	struct desk *d, const struct sql_task_list_row *t, struct case_task *c)
{
	struct arena *a = d->arena;

	if (t->done_at) {
		done_words(a, t, c);
		return;
	}
	if (t->asked_at && !t->problem.n) {
		waiting_words(d, t, c);
		return;
	}
	c->is_stuck = t->problem.n > 0;
	if (c->is_stuck) {
		c->tone = "bad";
		c->words = stuck_words(t);
		c->detail = arena_fmt(a,
			t->refused ? "tried %d times; no new try mends it"
				   : "tried %d times, tried again by itself",
			(int)t->attempts);
		return;
	}
	state_words(t, c);
	if (t->rows_found)
		c->detail = arena_fmt(a, "%lld %s", (long long)t->rows_found,
			t->rows_found == 1 ? "row" : "rows");
}

/* Denied: what was found stays, and who was told nothing hears nothing, but of the purpose
 * that something is kept for (desk/deny_tell.h). */
static void denied_words(struct case_view *v, struct case_task *c)
{
	if (!v->is_denied || c->is_done)
		return;
	if (c->is_system) {
		c->tone = "keep";
		c->words = c->rows_found ? STR("Left alone: denied")
					 : STR("Nothing found");
		c->problem = STR("");
		c->is_stuck = false;
	} else if (!c->asked_at) {
		c->tone = "keep";
		c->words = v->is_denied_told ? STR("Told with the answer")
					     : STR("Not told: denied");
	}
}

static void vendor_words(
	struct desk *d, const struct sql_task_list_row *t, struct case_task *c)
{
	struct arena *a = d->arena;

	if (t->done_at) {
		c->tone = "ok";
		c->words = STR("Confirmed");
		(void)words_among(of_vendors, COUNTOF(of_vendors), t->state, c);
		c->detail = date_short(a, case_day(t->done_at));
		return;
	}
	if (!t->asked_at) {
		c->is_stuck = t->problem.n > 0;
		c->tone = c->is_stuck ? "bad" : "wait";
		c->words = c->is_stuck ? STR("Can’t be told")
				       : STR("Not told yet");
		return;
	}
	waiting_words(d, t, c);
}

/* Its word is not enough where the contract lacks what the law wants. */
static bool put_doubt(const struct contract_doubts *all, struct case_task *c)
{
	const struct contract_doubt *doubt = contract_doubt_of(all, c->name);

	if (c->is_system || !doubt)
		return false;
	if (c->is_done)
		c->tone = "bad";
	if (!c->problem.n)
		c->problem = doubt->told;
	return true;
}

void case_fill_doubts(struct desk *d, struct case_view *v)
{
	struct contract_doubts all;

	if (!v->is_open || !v->vendors)
		return;
	all = contracts_in_doubt(d);
	for (size_t i = 0; i < v->tasks.n; i++)
		v->is_in_doubt |= put_doubt(&all, &v->tasks.at[i]);
}

void case_fill_tasks(struct desk *d, const struct tally *t, struct case_view *v)
{
	v->tasks.at = arena_many(d->arena, struct case_task, t->rows.n);
	v->tasks.n = t->rows.n;
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		struct case_task *c = &v->tasks.at[i];

		*c = (struct case_task){
			.id = row->id,
			.is_system = str_eq(row->target, STR("system")),
			.name = row->name,
			.title = row->title,
			.state = row->state,
			.problem = row->problem,
			.is_done = row->done_at > 0,
			.is_dropped = str_eq(row->state, STR("dropped")),
			.attempts = (int)row->attempts,
			.due_on = case_date(row->due_on),
			.asked_at = row->asked_at,
			.done_at = row->done_at,
			.rows_found = row->rows_found,
			.rows_erased = row->rows_erased,
			.evidence = row->evidence,
		};
		if (c->is_system)
			system_words(d, row, c);
		else
			vendor_words(d, row, c);
		denied_words(v, c);
	}
	v->vendors = t->vendors - t->vendors_spared;
	v->vendors_confirmed =
		v->vendors - t->vendors_open - t->vendors_dropped;
	v->rows_found = t->rows_found;
	v->seen = record_seen(d, t);
}

int case_fill_said(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v, struct err *e)
{
	for (size_t i = 0; v->is_revealed && i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];

		bool is_said = str_eq(row->target, STR("vendor")) ||
			       (row->done_at && row->asked_at);

		if (is_said && record_open_task(d, r, row->name, row->sealed,
				       &v->tasks.at[i].said.v, e))
			return -1;
	}
	return 0;
}
