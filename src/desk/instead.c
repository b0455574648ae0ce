/* What becomes of a column that can't be emptied. */
#include "desk/instead.h"

#include "desk/findings.h"
#include "desk/note.h"
#include "desk/parts.h"
#include "desk/second.h"

struct counting {
	size_t n;
	str column; /* the first, "shop: lead.product" */
};

static int count_stuck(struct desk *d, void *ctx,
	const struct sql_task_list_row *t, const struct finding *f,
	struct err *e)
{
	struct counting *c = ctx;
	const struct map_system *s = f->system;

	(void)t;
	(void)e;
	for (size_t k = 0; k < s->tables_n; k++)
		for (size_t i = 0; i < s->tables[k].columns_n; i++) {
			if (!parts_is_stuck(s, f, k, i) || c->n++)
				continue;
			c->column = arena_fmt(d->arena, "%.*s: %.*s.%.*s",
				STR_ARG(s->name), STR_ARG(s->tables[k].name),
				STR_ARG(s->tables[k].columns[i].name));
		}
	return 0;
}

static int count(struct desk *d, const struct record *r, const struct tally *t,
	struct counting *out, struct err *e)
{
	struct tally mapped;
	struct map map;

	*out = (struct counting){ 0 };
	if (!parts_of(&r->person))
		return 0;
	if (map_read(d->arena, d->data_map, &map, e))
		return -1;
	mapped = findings_mapped(d, &map, t);
	return findings_each(
		d, &(struct findings){ &map, r, &mapped }, count_stuck, out, e);
}

int instead_refuse(struct desk *d, const struct record *r,
	const struct tally *t, struct err *e)
{
	struct counting c;

	if (count(d, r, t, &c, e))
		return -1;
	if (!c.n)
		return 0;
	err_set(e, ERR_CONFLICT,
		"the column %.*s can't be emptied: the database says that it "
		"holds something always",
		STR_ARG(c.column));
	return err_hint(e, "decide on the page of what will be deleted what is "
			   "put in its place, or that the row goes");
}

struct choosing {
	str reference;
	const struct instead_choice *choice;
	str why;
};

/* What was decided before can be decided otherwise: counted is as if nothing were. */
static int choose(struct desk *d, void *ctx, struct err *e)
{
	const struct choosing *c = ctx;
	struct counting stuck;
	struct record r;
	struct tally t;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	r.person.stuck = STR("");
	if (r.state != STATE_REVIEW || count(d, &r, &t, &stuck, e))
		return r.state == STATE_REVIEW
			       ? -1
			       : err_set(e, ERR_CONFLICT,
					 "nothing waits for approval here");
	if (!stuck.n)
		return err_set(e, ERR_CONFLICT,
			"every column of what was found can be emptied");
	r.person.stuck = c->choice->what;
	r.person.stuck_why.v = c->why;
	/* Who approved it first had seen something else. */
	if (record_save_person(d, &r, e) || second_drop(d, r.row.id, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_INSTEAD_CHOSEN, r.row.reference, e,
		AD("columns", stuck.n),
		AD("what",
			parts_instead(c->choice->what) == PARTS_ROW
				? STR("the whole row goes")
				: STR("something else is put in its place")));
}

int case_instead(struct desk *d, str reference, const struct instead_choice *c,
	struct problems *ps, struct err *e)
{
	bool is_row = parts_instead(c->what) == PARTS_ROW;
	struct choosing x = { .reference = reference,
		.choice = c,
		.why = is_row ? str_trim(c->why) : STR("") };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	if (!parts_instead(c->what))
		problem_add(ps, "instead", "missing",
			"Choose what becomes of the columns that can't be "
			"emptied");
	note_check(x.why, "instead_why",
		is_row ? "Write how the person agreed to lose the whole row"
		       : NULL,
		ps);
	return ps->n ? 0 : desk_write(d, choose, &x, e);
}
