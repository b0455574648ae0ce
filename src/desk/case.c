/*
 * One request as staff see it: the clock, the next step, what happened, where
 * the data was, and what can be done now.
 */
#include "desk/agent_refuse.h"
#include "desk/answer.h"
#include "desk/binder_data.h"
#include "desk/case_fill.h"
#include "desk/child.h"
#include "desk/intake.h"
#include "desk/reopen.h"
#include "desk/resume.h"
#include "desk/spoken.h"
#include "desk/tray.h"
#include "law/reference.h"

struct date case_date(str iso)
{
	struct date out = { 0 };

	(void)date_parse(iso, &out);
	return out;
}

struct date case_day(int64_t at)
{
	return at ? date_pacific(at) : (struct date){ 0 };
}

/* One letter tells of all of it and of a part. */
static str title_of(const struct record *r, enum letter_kind kind)
{
	if (kind != LETTER_DELETED)
		return str_of(letter_kind_title(kind));
	return outcome_of(r->row.outcome) == OUTCOME_PART
		       ? STR("Deleted in part")
		       : STR("Deleted everywhere");
}

/* The second of two people reads what the agent is told. */
static int fill_refusal(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	struct letter_words words;
	struct letter_ahead letter;

	if (agent_refusal_letter(d, r, &words, e))
		return -1;
	letter = letter_ahead_of(d->arena, &words);
	v->answer.at = letter.at;
	v->answer.n = letter.n;
	v->answer_title = str_of(letter_kind_title(LETTER_AGENT_DENIED));
	v->answer_lang = letter.lang;
	return 0;
}

/* The letter greets by name: here by the one that is shown, if there is one. */
static int fill_answer(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v, struct err *e)
{
	struct record shown = *r;
	struct answer answer;
	struct paragraphs p;

	if (r->seal && v->second.is_waiting && agent_refusal_is_open(r))
		return fill_refusal(d, r, v, e);
	if (!r->seal || child_opened(r) ||
		(r->state != STATE_ANSWERING && !v->can_answer))
		return 0;
	if (shown.person.name.v.n)
		shown.person.name = v->person.name;
	if (answer_write(d, &shown, t, &answer, e))
		return -1;
	p = answer_paragraphs(d->arena, answer.words.text);
	v->answer.at = p.at;
	v->answer.n = p.n;
	v->answer_title = title_of(r, answer.kind);
	v->answer_lang = answer.words.lang;
	return 0;
}

static int fill_owner(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	struct sql_staff_name_row row;
	int rc = sql_staff_name(d->db, d->arena,
		&(struct sql_staff_name_in){ r->row.owner_id }, &row, e);

	if (rc < 0)
		return -1;
	v->owner = rc ? row.name : STR("");
	v->is_mine =
		d->actor.kind == ACTOR_STAFF && r->row.owner_id == d->actor.id;
	return 0;
}

static void fill_dates(
	struct desk *d, const struct record *r, struct case_view *v)
{
	struct date today = desk_today(d);
	struct deadlines all;
	struct err ignored = { 0 };

	v->received_at = r->row.received_at;
	v->received_on = case_date(r->row.received_on);
	v->confirm_by = case_date(r->row.confirm_by);
	v->due_on = case_date(r->row.due_on);
	v->has_due = !date_is_none(v->due_on);
	v->lacks_holidays =
		!deadlines_of(r->kind, v->received_on, &all, &ignored) &&
		all.lacks_holidays;
	v->extendable_to = case_date(r->row.extendable_to);
	v->receipt_confirmed_on = case_day(r->row.receipt_confirmed_at);
	v->closed_on = case_day(r->row.closed_at);
	v->keep_until = case_date(r->row.keep_until);
	v->day = date_between(v->received_on, today);
	v->days_left = v->has_due ? date_between(today, v->due_on) : 0;
}

/* What other use cases know of it. */
static int fill_around(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	if (package_row(d, r->row.id, &v->package, e) ||
		hold_look(d, r, &v->hold, e) ||
		agent_case_load(d, r, v->is_revealed, &v->agent, e) ||
		second_look(d, r->row.id, &v->second, e) ||
		keep_list(d, r, &v->keeps, e) ||
		parent_of(d, r, &v->parent, e) < 0 ||
		charge_of(d, r, &v->charge, e) ||
		declaration_of(d, r, &v->declaration, e) ||
		binder_of(d, r, &v->binder, e) ||
		trace_suspicions(d, r->row.id, &v->suspicions, e) < 0 ||
		extend_look(d, r, &v->extension, e))
		return -1;
	v->papers = tray_waiting(d, r->row.id, e);
	return v->papers < 0 ? -1 : 0;
}

static int fill_hold_over(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	int is_due = reopen_is_due(d, r, e);

	v->is_hold_over = is_due > 0;
	return is_due < 0 ? -1 : 0;
}

int case_load(struct desk *d, str reference, bool is_revealed,
	struct case_view *out, struct err *e)
{
	struct record r;
	struct tally t;
	int rc;

	if (desk_need(d, PERM_SEE_QUEUE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct case_view){
		.id = r.row.id,
		.reference = reference_show(d->arena, r.row.reference),
		.kind = r.kind,
		.kind_title = kind_title(r.kind),
		.state = r.state,
		.state_title = state_title(r.state),
		.channel = str_of(channel_title(r.row.channel)),
		.is_open = state_is_open(r.state),
		.is_unasked = child_opened(&r),
		.citation = kind_citation(r.kind),
		.outcome = str_of(outcome_title(outcome_of(r.row.outcome))),
		.is_revealed = is_revealed && desk_may(d, PERM_REVEAL),
	};
	if (record_tally(d, r.row.id, &t, e) || fill_around(d, &r, out, e) ||
		fill_hold_over(d, &r, out, e))
		return -1;
	if (desk_may(d, PERM_DECIDE) && resume_look(d, &r, &out->resume, e))
		return -1;
	fill_dates(d, &r, out);
	case_fill_person(d, &r, out);
	if (case_fill_identity(d, &r, out, e) ||
		spoken_can(d, &r, &out->can_speak, e))
		return -1;
	out->can_speak &= desk_may(d, PERM_INTAKE);
	case_fill_asked(d, &r, out);
	case_fill_messages(d, &r, out);
	case_fill_tasks(d, &t, out);
	case_fill_matches(d, &r, out);
	if (second_compare(d, &r,
		    &(struct second_decision){
			    SECOND_APPROVE, out->seen, { 0 } },
		    &out->second, e))
		return -1;
	case_fill_next(d, &r, &t, out);
	case_fill_buttons(d, &r, &t, out);
	case_fill_doubts(d, out);
	if (case_fill_said(d, &r, &t, out, e) ||
		case_fill_events(d, out, r.row.reference, e) ||
		case_fill_letters(d, out, e) ||
		untold_list(d, &r, &t, &out->untold, e) ||
		case_fill_close(d, &r, out, e) ||
		case_fill_others(d, &r, out, e) ||
		fill_answer(d, &r, &t, out, e) || fill_owner(d, &r, out, e))
		return -1;
	return 1;
}

static int audit_reveal(struct desk *d, void *ctx, struct err *e)
{
	const struct record *r = ctx;

	return DESK_AUDIT(
		d, AUDIT_REVEALED, r->row.reference, e, AD("id", d->actor.id));
}

int case_reveal(struct desk *d, str reference, struct err *e)
{
	struct record r;

	if (desk_need(d, PERM_REVEAL, e) || record_need(d, reference, &r, e))
		return -1;
	return desk_write(d, audit_reveal, &r, e);
}

int case_receipt(
	struct desk *d, str reference, str *body, str *signature, struct err *e)
{
	struct sql_receipt_of_row row;
	struct record r;
	int rc;

	*body = *signature = STR("");
	if (desk_need(d, PERM_SEE_QUEUE, e) || record_need(d, reference, &r, e))
		return -1;
	rc = sql_receipt_of(d->db, d->arena,
		&(struct sql_receipt_of_in){ r.row.id }, &row, e);
	if (rc <= 0)
		return rc;
	*body = row.body;
	*signature = row.signature;
	return 0;
}
