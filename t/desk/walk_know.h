#ifndef T_DESK_WALK_KNOW_H
#define T_DESK_WALK_KNOW_H

#include "walk_shop.h"

#include "desk/package.h"

/*
 * Requests to know, from the package that staff approve to the requester who opens it.
 * The model says who may get what: nothing that nobody approved, nothing of somebody
 * else, nothing that is never disclosed, specific pieces to who was verified only.
 */
static inline void look_at_state(struct walk *w, struct model_request *r)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct sql_request_by_id_row row;
	struct package_row p;
	struct err e = { 0 };

	must(row_of(w, r, &row));
	if (package_row(&d, row.id, &p, &e))
		fail("package", &e);
	r->package = p.state;
}

static inline bool is_for_package(const struct model_request *r)
{
	return r->kind == MODEL_KNOW && r->rank == 2;
}

/* As it was shown, or as it was before. */
static inline int approve_package(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	const char *folder = path(&w->t, "disclosures");
	struct package_review *x = arena_one(w->a, struct package_review);
	bool is_stale = !pick(w, 5);
	enum package_state was = (enum package_state)r->package;
	int rc;

	if (!is_for_package(r))
		return 0;
	if (package_review(&d, str_of(r->reference), folder, x, e))
		return -1;
	rc = package_approve(&d, str_of(r->reference),
		is_stale ? STR("stale") : x->plan.seen, folder, e);
	is_done(w, rc);
	look_at_state(w, r);
	if (was == PACKAGE_WANTED || r->package != PACKAGE_WANTED)
		return rc;
	if (is_stale)
		wrong(w, "4: approved, and nobody had seen it", r->reference);
	r->is_wanted = true;
	return rc;
}

static inline int make_package(
	struct walk *w, struct model_request *r, struct err *e)
{
	enum package_state was = (enum package_state)r->package;
	struct sql_request_by_id_row row;
	int rc;

	if (!is_for_package(r) || !row_of(w, r, &row))
		return 0;
	rc = run_job(w, job_package, row.id, e) == JOB_DONE ? 0 : -1;
	is_done(w, rc);
	look_at_state(w, r);
	if (was == PACKAGE_MADE || r->package != PACKAGE_MADE)
		return rc;
	if (!r->is_wanted)
		wrong(w, "4: a package that nobody approved", r->reference);
	if (w->is_put_back)
		wrong(w, "R-11: handed out of a system that was put back",
			r->reference);
	/* A hold keeps nothing from the person themselves: it may be made while it is on. */
	r->is_packaged = true;
	w->ends[END_PACKAGES]++;
	return rc;
}

/* What is in it, and what must not be. */
static inline void look_at_package(
	struct walk *w, const struct model_request *r, str text)
{
	bool has_own = false;

	for (int i = 0; i < MODEL_PEOPLE; i++) {
		bool is_in = str_find(text, email_of(w, i)) >= 0;

		if (is_in && i != r->person)
			wrong(w, "4: somebody else's data", r->reference);
		has_own |= is_in;
	}
	if (str_find(text, STR("123-45-6789")) >= 0)
		wrong(w, "4: what is never disclosed", r->reference);
	if (has_own && (!r->is_specific || r->is_mistyped))
		wrong(w, "specific pieces for who was not verified",
			r->reference);
	w->ends[END_SPECIFIC] += has_own;
}

static inline int open_package(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_CONSUMER);
	str reference = str_of(r->reference), token;
	struct problems ps = { 0 };
	struct package_open x;
	struct post p;
	bool is_right = pick(w, 3);

	if (r->kind != MODEL_KNOW || r->rank != 5)
		return 0;
	r->is_opening = r->is_packaged;
	if (package_send_code(&d, reference, &ps, e))
		return -1;
	p = letter(w, reference, "code");
	if (package_enter_code(&d, reference,
		    p.id && is_right ? code_in(&p) : STR("000000"), &token, &ps,
		    e) ||
		package_open(&d, reference, token, &x, e) != 1)
		return -1;
	if (!r->is_packaged || !is_right || r->is_forgotten)
		wrong(w, "4: opened, and it should not be", r->reference);
	look_at_package(w, r, x.letter.v);
	w->ends[END_OPENED]++;
	return 0;
}

#endif
