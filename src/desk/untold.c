#include "desk/untold.h"

#include "desk/note.h"
#include "desk/record.h"

/* What is sealed: one of these, then the facts. */
static const str facts_follow = STR_INIT("why\n");
static const str law_forbids = STR_INIT("law\n");

static str label_of(struct desk *d, str name)
{
	return arena_fmt(d->arena, "untold:%.*s", STR_ARG(name));
}

static bool is_system(const struct sql_task_list_row *row)
{
	return str_eq(row->target, STR("system"));
}

/* A company that was told has nothing to explain; a system is asked about, not told. */
static bool is_untold(const struct sql_task_list_row *row)
{
	return str_eq(row->state, STR("dropped")) &&
	       (is_system(row) || !row->asked_at);
}

static int open_one(struct desk *d, const struct record *r,
	const struct sql_task_list_row *row, struct untold *out, struct err *e)
{
	str text;

	*out = (struct untold){ .task_id = row->id,
		.title = row->title,
		.is_system = is_system(row),
		.is_left = is_system(row) && row->rows_found > row->rows_erased,
		.is_said = row->untold.n > 0 };
	if (!row->untold.n || !r->seal)
		return 0;
	if (seal_get(d->arena, r->seal, label_of(d, row->name), row->untold,
		    &text, e))
		return -1;
	out->is_silent = str_eq(text, law_forbids);
	if (str_starts(text, facts_follow))
		out->facts.v = str_from(text, facts_follow.n);
	return 0;
}

static bool comes_first(const struct untold *a, const struct untold *b)
{
	return a->is_system == b->is_system ? str_cmp(a->title, b->title) < 0
					    : b->is_system;
}

static void put_in_order(struct untolds *all, const struct untold *u)
{
	size_t i = all->n++;

	for (; i && comes_first(u, &all->at[i - 1]); i--)
		all->at[i] = all->at[i - 1];
	all->at[i] = *u;
}

int untold_list(struct desk *d, const struct record *r, const struct tally *t,
	struct untolds *out, struct err *e)
{
	out->at = arena_many(d->arena, struct untold, t->rows.n);
	out->n = 0;
	for (size_t i = 0; i < t->rows.n; i++) {
		struct untold u;

		if (!is_untold(&t->rows.at[i]))
			continue;
		if (open_one(d, r, &t->rows.at[i], &u, e))
			return -1;
		put_in_order(out, &u);
	}
	return 0;
}

str untold_words(struct desk *d, const struct untolds *all, int64_t task_id)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct untold *u = &all->at[i];

		if (u->task_id != task_id)
			continue;
		return u->is_said ? note_line(d->arena, u->facts.v)
				  : STR("(your explanation)");
	}
	return STR("");
}

struct unsaid untold_owed(
	enum kind kind, enum outcome outcome, struct unsaid given_up)
{
	if (outcome == OUTCOME_DENIED)
		return (struct unsaid){ 0, 0 };
	if (kind_row(kind)->flow == FLOW_EXPLAIN)
		given_up.systems = 0;
	return given_up;
}

struct unsaid untold_unsaid(const struct record *r, const struct tally *t)
{
	return untold_owed(r->kind, outcome_of(r->row.outcome),
		(struct unsaid){ t->vendors_unsaid, t->systems_unsaid });
}

int untold_check(const struct record *r, const struct tally *t, struct err *e)
{
	struct unsaid n = untold_unsaid(r, t);

	if (n.vendors)
		err_set(e, ERR_CONFLICT,
			"nobody wrote why \"%.*s\" could not be told",
			STR_ARG(t->unsaid_title));
	else if (n.systems)
		err_set(e, ERR_CONFLICT,
			"nobody wrote why \"%.*s\" is left out",
			STR_ARG(t->system_unsaid_title));
	else
		return 0;
	return err_hint(e, "the answer owes the requester the facts: write "
			   "them on the page of the case");
}

struct saying {
	str reference;
	const struct untold_why *x;
};

static const struct sql_task_list_row *task_of(
	const struct tally *t, int64_t id)
{
	for (size_t i = 0; i < t->rows.n; i++)
		if (t->rows.at[i].id == id && is_untold(&t->rows.at[i]))
			return &t->rows.at[i];
	return NULL;
}

static str sealed_of(struct desk *d, const struct record *r, str name,
	const struct untold_why *x)
{
	str text = arena_fmt(
		d->arena, "%.*s%.*s", STR_ARG(facts_follow), STR_ARG(x->facts));

	return seal_put(d->arena, r->seal, label_of(d, name),
		x->is_silent ? law_forbids : text);
}

static int keep_why(struct desk *d, void *ctx, struct err *e)
{
	const struct saying *c = ctx;
	const struct sql_task_list_row *row;
	struct sql_task_why_untold_in in;
	struct record r;
	struct tally t;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	row = task_of(&t, c->x->task_id);
	if (!row || !r.seal || !state_is_open(r.state) || r.row.answered_at)
		return err_set(e, ERR_CONFLICT,
			"nothing of this case waits for that, or the answer "
			"is on its way");
	in = (struct sql_task_why_untold_in){ row->id, r.row.id,
		sealed_of(d, &r, row->name, c->x) };
	if (sql_task_why_untold(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_UNTOLD_EXPLAINED, r.row.reference, e,
		AD("name", row->title));
}

int case_untold(struct desk *d, str reference, const struct untold_why *x,
	struct problems *ps, struct err *e)
{
	struct untold_why tidy = *x;
	struct saying c = { reference, &tidy };
	const char *field = arena_cstr(d->arena,
		arena_fmt(d->arena, "untold-%lld", (long long)x->task_id));

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	tidy.facts = note_line(d->arena, str_trim(x->facts));
	if (x->is_silent)
		tidy.facts = STR("");
	note_check(tidy.facts, field,
		x->is_silent ? NULL
			     : "Write why, with the facts. The answer gives "
			       "them",
		ps);
	return ps->n ? 0 : desk_write(d, keep_why, &c, e);
}
