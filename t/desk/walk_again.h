#ifndef T_DESK_WALK_AGAIN_H
#define T_DESK_WALK_AGAIN_H

#include "walk_shop.h"

#include "desk/declare.h"
#include "desk/reopen.h"
#include "desk/resume.h"

/*
 * What is done a second time: a denial that is taken back, a deletion that goes on when the
 * hold has ended, a declaration that only the search shows to be needed.  The model says
 * when each may be, and what may come of it.
 */

/* As long as nobody was told of the denial (11 CCR 7021(b): the clock has run on, see
 * model_clock()). */
static inline int take_denial_back(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct problems ps = { 0 };
	int rc = case_reopen(&d, str_of(r->reference),
		STR("The wrong case was denied."), &ps, e);
	const char *what;

	if (!is_done(w, rc) || ps.n)
		return rc;
	what = model_taken_back(r);
	if (what)
		wrong(w, what, r->reference);
	w->ends[END_REOPENED]++;
	/* Approved before, its person is one who is deleted again. */
	if (r->kind == MODEL_DELETE && r->is_approved) {
		r->is_listed = true;
		w->person[r->person].reasons |= M_DELETED;
	}
	return rc;
}

/* The reference of the case that began in this step; its caller may have died. */
static inline bool new_case(struct walk *w, char *out)
{
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };

	if (sql_audit_newest(w->t.db, w->a,
		    &(struct sql_audit_newest_in){ INT64_MAX, 20 }, &rows, &e))
		fail("newest", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].seq > w->before &&
			str_eq(rows.at[i].event, STR("request.resumed"))) {
			must(rows.at[i].reference.n == 8);
			memcpy(out, rows.at[i].reference.p, 8);
			out[8] = 0;
			return true;
		}
	return false;
}

/* Mostly one that may be: few cases are denied for a hold that ends later. */
static inline struct model_request *one_to_take_up(
	struct walk *w, struct model_request *r)
{
	bool is_any = !pick(w, 4);

	for (size_t i = 0; !is_any && i < w->n; i++) {
		struct model_request *x = &w->request[i];

		if (!model_why_not_again(x, &w->person[x->person]))
			return x;
	}
	return r;
}

/* Refused is what may not be, and nothing else: nobody asks the person a second time. */
static inline int take_up_again(
	struct walk *w, struct model_request *any, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct model_request *r = one_to_take_up(w, any);
	const struct model_person *p = &w->person[r->person];
	const char *why_not = model_why_not_again(r, p);
	struct model_request *again;
	bool is_confirmed = r->is_confirmed;
	int person = r->person;
	char reference[9];
	str out;
	bool is_armed = w->is_armed;
	int rc = case_resume(&d, str_of(r->reference), &out, e);

	if (!is_done(w, rc)) {
		if (!why_not && !is_armed)
			wrong(w,
				"NT-12: not taken up, and nothing stands "
				"against it",
				r->reference);
		return rc;
	}
	if (why_not)
		wrong(w, why_not, r->reference);
	must(new_case(w, reference));
	r->is_again = true;
	w->ends[END_RESUMED]++;
	again = add_request_as(w, person, MODEL_DELETE, reference);
	again->is_confirmed = is_confirmed;
	return rc;
}

/* --- the declaration --- */

static inline int ask_declaration(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	int rc = case_ask_declaration(&d, str_of(r->reference), e);
	const char *what;

	if (!is_done(w, rc))
		return rc;
	what = model_declaration_asked(r, today(w));
	if (what)
		wrong(w, what, r->reference);
	return rc;
}

static inline int sign_declaration(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_CONSUMER);
	bool is_right = pick(w, 4);
	struct declare_in in = { .declared = STR("yes"),
		.signed_by = { STR("Wanda Walker") } };
	struct problems ps = { 0 };
	struct post p;
	int rc;

	w->t.clock.fixed_ms += 120 * 1000;
	if (declare_send_code(&d, str_of(r->reference), &ps, e) || ps.n)
		return -1;
	if (w->is_armed)
		reopen(w, 0); /* what the walk itself looks up does not fail */
	p = letter(w, str_of(r->reference), "code");
	in.code = is_right && p.id ? code_in(&p) : STR("000000");
	w->before = newest(w, NULL);
	if (w->is_armed)
		reopen(w, 1 + pick(w, FAULT_WITHIN));
	d = as(w, ACTOR_CONSUMER);
	rc = declare_sign(&d, str_of(r->reference), &in, &ps, e);
	if (!is_done(w, rc) || ps.n)
		return rc;
	if (!is_right)
		wrong(w, "7062(d): signed without the code", r->reference);
	if (!r->is_declaration_asked || r->is_declared || r->is_closed)
		wrong(w, "7062(d): signed, and nobody asked for it",
			r->reference);
	r->is_declared = true;
	w->ends[END_DECLARED]++;
	return rc;
}

#endif
