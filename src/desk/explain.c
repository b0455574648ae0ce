/*
 * What staff write about an automated decision, checked against what the law wants
 * told, kept with the case, and made a letter of.
 */
#include "desk/explain.h"

#include <stddef.h>

#include "desk/charge.h"
#include "desk/doubt.h"
#include "desk/identity.h"
#include "desk/note.h"
#include "desk/notice.h"
#include "desk/parent.h"
#include "desk/second.h"
#include "desk/setting.h"
#include "law/amount.h"
#include "law/deadline.h"
#include "law/reference.h"
#include "words/words.h"

static const struct explained_row rows[] = {
#define EXPLAINED(kind, name, title, hint, missing, before, citation) \
	{ KIND_##kind, #name, title, hint, missing, before, citation, \
		offsetof(struct person, name) },
#include "desk/tbl/explained.h"
};

static const struct explained_result results[] = {
#define EXPLAINED_RESULT(kind, value, title, tells) \
	{ KIND_##kind, value, title, tells },
#include "desk/tbl/explained_results.h"
};

size_t explained_count(void)
{
	return COUNTOF(rows);
}

const struct explained_row *explained_at(size_t i)
{
	must(i < COUNTOF(rows));
	return &rows[i];
}

personal *explained_text(const struct explained_row *row, struct person *p)
{
	return (personal *)(void *)((char *)p + row->at);
}

size_t explained_results_count(void)
{
	return COUNTOF(results);
}

const struct explained_result *explained_result_at(size_t i)
{
	must(i < COUNTOF(results));
	return &results[i];
}

static const struct explained_result *result_of(enum kind kind, str value)
{
	for (size_t i = 0; i < COUNTOF(results); i++)
		if (results[i].kind == kind &&
			str_eq(value, str_of(results[i].value)))
			return &results[i];
	return NULL;
}

bool explain_can(const struct record *r)
{
	return kind_row(r->kind)->flow == FLOW_EXPLAIN && r->seal &&
	       r->state == STATE_REVIEW;
}

/* --- the page --- */

static int note_look(struct desk *d, void *ctx, struct err *e)
{
	const struct record *r = ctx;

	return DESK_AUDIT(
		d, AUDIT_REVEALED, r->row.reference, e, AD("id", d->actor.id));
}

/* How many uses have to be told one by one, on the day the request came. */
static int64_t times_max(const struct record *r)
{
	const struct amount *a =
		amount_on(AMOUNT_ADMT_USES, record_received_on(r));

	must(a);
	return a->count;
}

/* Of what was typed, nothing but the answer. */
static void take(enum kind kind, struct person *out, const struct person *typed)
{
	out->explained_result = typed->explained_result;
	out->explained_times = str_eq(typed->explained_result, STR("summed"))
				       ? typed->explained_times
				       : STR("");
	/* Only of access (7222): whoever appeals is told all that decided. */
	out->explained_part =
		kind == KIND_ACCESS_ADMT &&
				str_eq(typed->explained_part, STR("yes"))
			? STR("yes")
			: STR("");
	out->explained_human = str_eq(typed->explained_human, STR("yes"))
				       ? STR("yes")
				       : STR("");
	for (size_t i = 0; i < COUNTOF(rows); i++)
		*explained_text(&rows[i], out) = *explained_text(
			&rows[i], (struct person *)(uintptr_t)typed);
}

/* What one of two people wrote, and the letter that it makes. */
static int fill_proposed(struct desk *d, const struct record *r,
	struct explain_page *out, struct err *e)
{
	struct record shown = *r;
	struct answer a;
	str text;

	if (second_look(d, r->row.id, &out->second, e) ||
		second_details(d, r, &text, e))
		return -1;
	if (!text.n)
		return 0;
	if (person_from_json(d->arena, text, &out->proposed, e))
		return -1;
	take(r->kind, &shown.person, &out->proposed);
	shown.person.name.v = STR("");
	if (explain_answer(d, &shown, &a, e))
		return -1;
	out->letter = letter_ahead_of(d->arena, &a.words);
	return 0;
}

int explain_load(
	struct desk *d, str reference, struct explain_page *out, struct err *e)
{
	struct record r;
	int rc;

	if (desk_need(d, PERM_DECIDE, e) || desk_need(d, PERM_REVEAL, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct explain_page){
		.reference = reference_show(d->arena, r.row.reference),
		.kind = r.kind,
		.can = explain_can(&r),
	};
	if (!out->can)
		return 1;
	out->times_max = times_max(&r);
	out->decision = r.person.decision;
	if (fill_proposed(d, &r, out, e))
		return -1;
	return desk_write(d, note_look, &r, e) ? -1 : 1;
}

/* --- what was written --- */

/* One answer about all of it only when there were more than so many (7222). */
static void check_times(
	const struct person *p, int64_t most, struct problems *ps)
{
	int64_t n;

	if (!str_eq(p->explained_result, STR("summed")))
		return;
	if (!str_int(p->explained_times, &n) || n <= most ||
		p->explained_times.n > PERSON_explained_times_max)
		problem_add(ps, "explained_times", "few",
			"Write how often in the last 12 months. One answer "
			"about all of it is allowed when it was more than four "
			"times");
}

static void check_rows(
	enum kind kind, struct person *p, bool tells, struct problems *ps)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		personal *text = explained_text(&rows[i], p);

		text->v = str_trim(text->v);
		if (rows[i].kind != kind || !tells)
			text->v = STR("");
		else
			note_check(text->v, rows[i].name, rows[i].missing, ps);
	}
}

static void check(const struct record *r, struct person *p, struct problems *ps)
{
	const struct explained_result *result =
		result_of(r->kind, p->explained_result);

	p->explained_times = str_trim(p->explained_times);
	if (!result)
		problem_add(ps, "explained_result", "missing",
			"Choose what you found");
	check_times(p, times_max(r), ps);
	check_rows(r->kind, p, !result || result->tells, ps);
	if (r->kind == KIND_APPEAL_ADMT &&
		!str_eq(p->explained_human, STR("yes")))
		problem_add(ps, "explained_human", "missing",
			"An appeal is decided by a person of whom this is "
			"true");
}

struct explaining {
	str reference;
	struct person typed;
	struct problems *ps;
	bool waits; /* for a second person */
};

static int facts_of(struct desk *d, const struct record *r,
	struct state_facts *out, struct err *e)
{
	struct identity who;

	identity_of(r, &who);
	*out = (struct state_facts){
		.is_previewed = true,
		.is_whole = !r->person.explained_part.n,
		.is_identified = who.is_reached,
		.is_decided = who.is_vouched,
	};
	return parent_narrow(d, r->row.id, out, e) ||
			       charge_narrow(d, r->row.id, out, e)
		       ? -1
		       : 0;
}

static int need_case(
	struct desk *d, str reference, struct record *r, struct err *e)
{
	struct tally t;

	if (record_need(d, reference, r, e) || record_lock(d, r, e) ||
		record_tally(d, r->row.id, &t, e))
		return -1;
	if (!explain_can(r))
		return err_set(e, ERR_CONFLICT,
			"there is no such answer to write: the case is \"%s\"",
			state_title(r->state));
	if (t.systems_searching)
		return err_set(e, ERR_CONFLICT,
			"a system is being searched again; look at the case "
			"once more");
	return doubt_refuse(&r->person, e);
}

static int store(struct desk *d, struct record *r, struct err *e)
{
	struct sql_request_approved_in approved = { r->row.id, desk_now(d) };
	struct sql_package_task_given_in given = { r->row.id, desk_now(d) };
	struct state_facts facts;

	if (facts_of(d, r, &facts, e) || record_save_person(d, r, e) ||
		record_move(d, r, ON_APPROVED, &facts, e) ||
		sql_request_approved(d->db, &approved, e) < 0 ||
		sql_package_task_given(d->db, &given, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_EXPLAINED, r->row.reference, e,
		AD("result",
			result_of(r->kind, r->person.explained_result)->title));
}

/* Something of it is not told: a denial in part, each in words of their own, and those of
 * the second stand. */
static int ask_second(struct desk *d, struct explaining *x,
	const struct record *r, struct err *e)
{
	const struct person *p = &r->person;
	struct second_decision decided;
	struct person own = { 0 };
	int rc;

	take(r->kind, &own, p);
	if (!p->explained_part.n)
		return second_drop(d, r->row.id, e);
	decided = (struct second_decision){ SECOND_APPROVE,
		arena_fmt(d->arena, "%.*s\n%.*s\npart",
			STR_ARG(p->explained_result),
			STR_ARG(p->explained_times)),
		person_to_json(d->arena, &own) };
	rc = second_ask(d, r, &decided, e);
	x->waits = rc > 0;
	return rc;
}

static int explain(struct desk *d, void *ctx, struct err *e)
{
	struct explaining *x = ctx;
	struct person typed = x->typed;
	struct state_facts facts;
	struct record r;
	int rc;

	*x->ps = (struct problems){ 0 };
	if (need_case(d, x->reference, &r, e))
		return -1;
	check(&r, &typed, x->ps);
	if (x->ps->n)
		return 0;
	take(r.kind, &r.person, &typed);
	if (facts_of(d, &r, &facts, e) ||
		!state_move(r.kind, r.state, ON_APPROVED, &facts, e))
		return -1;
	rc = ask_second(d, x, &r, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	return store(d, &r, e);
}

int case_explain(struct desk *d, str reference, const struct person *typed,
	struct problems *ps, struct err *e)
{
	struct explaining x = {
		.reference = reference, .typed = *typed, .ps = ps
	};

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, explain, &x, e) ? -1 : x.waits;
}

/* --- the letter --- */

static void fill_said(
	struct desk *d, const struct record *r, struct letter_said_list *out)
{
	struct person p = r->person;

	out->at = arena_many(d->arena, struct letter_said, COUNTOF(rows));
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		personal text = *explained_text(&rows[i], &p);

		if (rows[i].kind == r->kind && text.v.n)
			out->at[out->n++] = (struct letter_said){
				say(record_lang(r), rows[i].before),
				{ note_line(d->arena, text.v) },
			};
	}
}

int explain_answer(struct desk *d, const struct record *r, struct answer *out,
	struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_explained v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.is_appeal = r->kind == KIND_APPEAL_ADMT,
		.is_changed =
			str_eq(r->person.explained_result, STR("changed")),
		.is_unused = str_eq(r->person.explained_result, STR("unused")),
		.times = r->person.explained_times,
		.is_part = r->person.explained_part.n > 0,
		.keep_until = words_date(
			d->arena, l, record_keep_until(desk_today(d))),
	};
	struct policy_links links;
	struct settings s;

	if (settings_load(d, &s, e) || policy_links(d, &s, l, &links, e) ||
		post_sign(d, &v.sign, e))
		return -1;
	fill_said(d, r, &v.said);
	v.rights_link = links.rights;
	v.status_link = post_link(d, l, "/s/", v.reference);
	out->kind = LETTER_EXPLAINED;
	out->words = letters_explained(d->arena, l, &v);
	return 0;
}
