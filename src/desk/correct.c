#include "desk/correct.h"

#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/note.h"
#include "desk/record.h"

bool correct_can(const struct record *r)
{
	return kind_row(r->kind)->flow == FLOW_CORRECT &&
	       r->state == STATE_REVIEW &&
	       (r->row.email_confirmed_at || r->person.reason.v.n);
}

struct correcting {
	str reference;
	const struct correction *c;
	bool has_untold; /* out: there are companies, and nobody told them */
};

/* Each task ends as staff say it did: nothing here was read again. */
static int end_tasks(struct desk *d, const struct tally *t, struct err *e)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		bool is_system = str_eq(row->target, STR("system"));
		struct sql_task_done_in in = {
			.id = row->id,
			.state = !is_system        ? STR("instructed")
				 : row->rows_found ? STR("corrected")
						   : STR("nothing"),
			.at = desk_now(d),
			.evidence = STR("{\"by\":\"staff\"}"),
			.sealed = STR(""),
		};

		if (sql_task_done(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int move(struct desk *d, struct record *r, const struct correction *c,
	struct err *e)
{
	struct identity who;
	struct state_facts facts = {
		.is_previewed = true,
		.is_settled = true,
		.is_whole = !c->is_part,
	};
	struct sql_request_approved_in in = { r->row.id, desk_now(d) };
	int is_held = hold_is_on(d, r->row.id, e);

	if (is_held < 0)
		return -1;
	identity_of(r, &who);
	facts.is_identified = who.is_reached;
	facts.is_decided = who.is_vouched;
	facts.is_free = !is_held;
	if (record_move(d, r, ON_APPROVED, &facts, e) ||
		sql_request_approved(d->db, &in, e) < 0)
		return -1;
	return record_move(d, r, ON_ALL_DONE, &facts, e);
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	struct correcting *x = ctx;
	struct record r;
	struct tally t;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	if (!correct_can(&r) || t.systems_searching)
		return err_set(e, ERR_CONFLICT,
			"there is nothing to correct on this case now");
	x->has_untold = t.vendors > 0 && !x->c->has_told;
	if (x->has_untold)
		return 0;
	r.person.corrected.v = x->c->done;
	r.person.source.v = x->c->source;
	if (move(d, &r, x->c, e) || end_tasks(d, &t, e) ||
		record_save_person(d, &r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_CORRECTED, r.row.reference, e,
		AD("systems", t.systems), AD("vendors", t.vendors));
}

int case_correct(struct desk *d, str reference, const struct correction *c,
	struct problems *ps, struct err *e)
{
	struct correction trimmed = *c;
	struct correcting x = { .reference = reference, .c = &trimmed };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	trimmed.done = str_trim(c->done);
	trimmed.source = str_trim(c->source);
	note_check(trimmed.done, "done", "Write what was corrected, and where",
		ps);
	note_check(trimmed.source, "source",
		"Write where the wrong information came from, or that the "
		"source was told that it is wrong",
		ps);
	if (ps->n || desk_write(d, store, &x, e))
		return ps->n ? 0 : -1;
	if (x.has_untold)
		problem_add(ps, "has_told", "missing",
			"Tell the companies that got it from you what is "
			"right, then tick this");
	return 0;
}
