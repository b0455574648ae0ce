#include "desk/extend.h"

#include "desk/agent_post.h"
#include "desk/answer.h"
#include "desk/child.h"
#include "desk/form.h"
#include "desk/note.h"
#include "desk/post.h"
#include "desk/record.h"
#include "law/deadline.h"
#include "law/reference.h"
#include "words/words.h"

/* Decided already, and on its way. */
static int count_waiting(
	struct desk *d, const struct record *r, int *waiting, struct err *e)
{
	str name = str_of(letter_kind_name(LETTER_EXTENSION));
	struct sql_mail_of_request_rows rows;

	*waiting = 0;
	if (sql_mail_of_request(d->db, d->arena,
		    &(struct sql_mail_of_request_in){ r->row.id }, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		*waiting += str_eq(rows.at[i].template, name) &&
			    str_eq(rows.at[i].state, STR("waiting"));
	return 0;
}

/* By the rows of the day of receipt, which are kept with the case. */
static int dates_of(
	const struct record *r, struct deadlines *out, struct err *e)
{
	return deadlines_of(r->kind, record_received_on(r), out, e);
}

static struct state_facts facts_of(
	struct desk *d, const struct record *r, const struct deadlines *dl)
{
	return (struct state_facts){
		.has_extension_left = !r->row.extended_at,
		.is_notice_timely = !date_is_none(dl->extend_notice_by.on) &&
				    extension_is_timely(dl, desk_today(d)),
	};
}

int extend_look(struct desk *d, const struct record *r, struct extension *out,
	struct err *e)
{
	struct state_facts facts;
	struct deadlines dl;
	int waiting;

	*out = (struct extension){ 0 };
	if (!r->row.extendable_to.n)
		return 0;
	if (dates_of(r, &dl, e) || count_waiting(d, r, &waiting, e))
		return -1;
	facts = facts_of(d, r, &dl);
	facts.is_decided = true;
	out->is_waiting = waiting > 0;
	out->can = desk_may(d, PERM_DECIDE) && !waiting && r->seal &&
		   !r->row.answered_at && !child_opened(r) &&
		   state_can(r->kind, r->state, ON_EXTENDED, &facts);
	out->notice_by = dl.extend_notice_by.on;
	out->until = deadlines_final(&dl);
	if (r->row.extended_at)
		out->first_due_on = deadlines_due(&dl);
	return 0;
}

static int write_letter(struct desk *d, const struct record *r,
	const struct extension *x, struct letter_words *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_extension v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.due_on = words_date(d->arena, l, record_due_on(r)),
		.until = words_date(d->arena, l, x->until),
		.days = date_between(record_received_on(r), x->until),
		.why = { note_line(d->arena, r->person.more_time.v) },
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	v.status_link = post_link(d, l, "/s/", v.reference);
	*out = letters_extension(d->arena, l, &v);
	return 0;
}

int case_extension(struct desk *d, str reference, str reason,
	struct extension_page *out, struct err *e)
{
	struct letter_words words;
	struct paragraphs p;
	struct record r;
	int rc;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct extension_page){
		.reference = reference_show(d->arena, r.row.reference),
		.received_on = record_received_on(&r),
		.due_on = record_due_on(&r),
	};
	if (extend_look(d, &r, &out->x, e))
		return -1;
	if (!out->x.can)
		return 1;
	r.person.name.v = STR("");
	r.person.more_time.v = reason.n ? reason : STR("(your reason)");
	if (write_letter(d, &r, &out->x, &words, e))
		return -1;
	p = answer_paragraphs(d->arena, words.text);
	out->letter = p.at;
	out->letter_n = p.n;
	out->lang = words.lang;
	return 1;
}

struct extending {
	str reference;
	str reason;
};

static int draft(struct desk *d, const struct record *r, const void *ctx,
	struct post_draft *out, struct err *e)
{
	out->kind = LETTER_EXTENSION;
	return write_letter(d, r, ctx, &out->words, e);
}

static int send_letter(struct desk *d, struct record *r,
	const struct extension *x, struct err *e)
{
	if (post_requester(d, r, &(struct post_writer){ draft, x }, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_EXTENSION_WRITTEN, r->row.reference, e,
		AD("due", r->row.extendable_to),
		AD("notice_by", date_iso(d->arena, x->notice_by)));
}

static int extend(struct desk *d, void *ctx, struct err *e)
{
	struct extending *c = ctx;
	struct state_facts facts;
	struct deadlines dl;
	struct extension x;
	struct record r;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e) ||
		extend_look(d, &r, &x, e) || dates_of(&r, &dl, e))
		return -1;
	if (x.is_waiting || r.row.answered_at)
		return err_set(e, ERR_CONFLICT,
			"more time was decided on, or the answer is on its "
			"way already");
	facts = facts_of(d, &r, &dl);
	facts.is_decided = c->reason.n > 0;
	if (record_move(d, &r, ON_EXTENDED, &facts, e))
		return -1;
	r.person.more_time.v = c->reason;
	if (record_save_person(d, &r, e))
		return -1;
	return send_letter(d, &r, &x, e);
}

int case_extend(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e)
{
	struct extending c = { reference, str_trim(reason) };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(c.reason, "reason", "Write why more time is needed", ps);
	if (ps->n)
		return 0;
	return desk_write(d, extend, &c, e);
}

struct withholding {
	const struct post *p;
	bool is_withheld;
};

static int withhold(struct desk *d, void *ctx, struct err *e)
{
	struct withholding *w = ctx;
	struct sql_mail_failed_in failed = { w->p->id };
	struct deadlines dl;
	struct record r;
	int64_t n;

	if (record_need(d, w->p->reference, &r, e) || record_lock(d, &r, e) ||
		dates_of(&r, &dl, e))
		return -1;
	if (extension_is_timely(&dl, desk_today(d)))
		return 0;
	w->is_withheld = true;
	n = sql_mail_failed(d->db, &failed, e);
	if (n <= 0) /* by an earlier run that lost its lease */
		return (int)n;
	return DESK_AUDIT(d, AUDIT_EXTENSION_WITHHELD, w->p->reference, e,
		AD("notice_by", date_iso(d->arena, dl.extend_notice_by.on)));
}

int extend_withhold(
	struct desk *d, const struct post *p, bool *is_withheld, struct err *e)
{
	struct withholding w = { .p = p };
	str name = str_of(letter_kind_name(LETTER_EXTENSION));

	*is_withheld = false;
	if (!str_eq(p->template, name))
		return 0;
	if (desk_write(d, withhold, &w, e))
		return -1;
	*is_withheld = w.is_withheld;
	return 0;
}

int extend_told(struct desk *d, const struct post *p, struct err *e)
{
	struct sql_request_extended_in in = { p->request_id,
		post_left_at(d, p) };
	struct deadlines dl;
	struct record r;

	if (record_by_id(d, p->request_id, &r, e) != 1 ||
		record_lock(d, &r, e) || dates_of(&r, &dl, e))
		return -1;
	if (!state_is_open(r.state))
		return 0;
	if (!extension_is_timely(&dl, date_pacific(in.at)))
		return DESK_AUDIT(d, AUDIT_EXTENSION_LATE, p->reference, e,
			AD("notice_by",
				date_iso(d->arena, dl.extend_notice_by.on)));
	if (sql_request_extended(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_EXTENDED, p->reference, e,
		AD("due", r.row.extendable_to));
}
