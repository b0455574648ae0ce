#ifndef T_DESK_ACT_H
#define T_DESK_ACT_H

#include "start.h"

#include "check.h"
#include "desk/case.h"
#include "desk/deny.h"
#include "desk/intake.h"
#include "desk/post.h"
#include "store/sql.h"

/* What tests of one request do again and again, as consumer, staff and worker. */

static inline struct desk staff(struct test *t)
{
	return desk_as(t, ACTOR_STAFF);
}

static inline void four_eyes_are(struct test *t, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("four_eyes"), str_of(value), &e))
		fail("four_eyes", &e);
}

static inline void set_contact(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("contact_email"),
		    STR("privacy@lakeshore.example"), &e))
		fail("settings", &e);
}

static inline uint32_t reasons_of(
	struct test *t, enum ident_kind kind, const char *v)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = kind, .value = str_of(v) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	return q.reasons;
}

/* The letters of a request as the worker would hand them over. */
static inline struct post letter_of(
	struct test *t, str reference, const char *template)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct post p = { 0 };
	struct err e = { 0 };

	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 100 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].reference, reference) &&
			str_eq(rows.at[i].template, str_of(template))) {
			if (post_load(&d, rows.at[i].id, &p, &e) != 1)
				fail("letter", &e);
			return p;
		}
	return p;
}

static inline str code_in(struct post *p)
{
	str text = p->text.v;

	for (size_t i = 0; i + 6 <= text.n; i++) {
		size_t k = 0;

		while (k < 6 && text.p[i + k] >= '0' && text.p[i + k] <= '9')
			k++;
		if (k == 6 && (i + 6 == text.n || text.p[i + 6] < '0' ||
				      text.p[i + 6] > '9'))
			return (str){ text.p + i, 6 };
	}
	return STR("");
}

static inline bool confirm(
	struct test *t, str reference, str code, struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	bool is_right = false;

	if (intake_confirm_code(&d, reference, code, &is_right, ps, &e))
		fail("code", &e);
	return is_right;
}

/* On a ground, with facts for those that want some: 0, or -1; ps->n: not taken. */
static inline int deny(struct test *t, str reference, const char *ground,
	const char *why, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_STAFF);
	struct denial x = { .ground = str_of(ground), .why = str_of(why) };
	struct problems ps = { 0 };

	return case_deny(&d, reference, &x, &ps, e) || ps.n ? -1 : 0;
}

static inline struct case_view view(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct case_view v;
	struct err e = { 0 };

	if (case_load(&d, reference, false, &v, &e) != 1)
		fail("case", &e);
	return v;
}

static inline int64_t request_id(struct test *t, str reference)
{
	struct sql_request_id_row row;
	struct err e = { 0 };

	if (sql_request_id(t->db, t->a,
		    &(struct sql_request_id_in){ reference }, &row, &e) != 1)
		fail("id", &e);
	return row.id;
}

static inline void hand_over(
	struct test *t, str reference, const char *template)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct post p = letter_of(t, reference, template);
	struct err e = { 0 };

	if (!p.id || post_sent(&d, &p, &e) || post_sent(&d, &p, &e))
		fail(template, &e);
}

/* By law enforcement; the number of the hold. */
static inline int64_t hold_email(struct test *t, const char *email)
{
	struct desk d = staff(t);
	struct hold_identifier one = { IDENT_EMAIL, { str_of(email) } };
	struct hold_wish w = { &one, 1, STR("Oakland PD, 26-3001") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id = 0;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	return id;
}

#endif
