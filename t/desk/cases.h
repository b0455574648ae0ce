#ifndef T_DESK_CASES_H
#define T_DESK_CASES_H

#include "act.h"

#include "desk/fulfil.h"
#include "desk/untold.h"

/*
 * A request to delete on its way, as the consumer, the worker and staff move it.
 */
static inline struct sent send_delete(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person.name.v = STR("Luis Medina");
	f.person.email.v = str_of(email);
	f.person.phone.v = STR("510-555-0177");
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("yes");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return out;
}

static inline int approve(struct test *t, str reference, struct err *e)
{
	struct desk d = staff(t);

	return case_approve(&d, reference, view(t, reference).seen, e);
}

static inline struct work work_of(
	struct test *t, str reference, const char *name)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct case_view v = view(t, reference);
	struct work w = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, str_of(name)) &&
			fulfil_work(&d, v.tasks.at[i].id, &w, &e) != 1)
			fail("work", &e);
	return w;
}

static const struct plan_row plan_of_three[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ true, STR_INIT("crm"), STR_INIT("CRM") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
};

/* A confirmed request with its plan: two systems, one vendor. */
static inline struct sent confirmed(struct test *t, const char *email)
{
	struct sent s = send_delete(t, email);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code is right");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three, 3, &e) ||
		fulfil_plan(
			&d, request_id(t, s.reference), plan_of_three, 3, &e))
		fail("plan", &e);
	CHECK(view(t, s.reference).tasks.n == 3,
		"planned twice (a crash) is planned once");
	return s;
}

static inline void report_found(struct test *t, str reference,
	const char *system, int64_t rows, const char *email)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, system);
	str list[1] = { str_of(email) };
	struct found f = { .finding = STR("{}"),
		.rows = rows,
		.points.matched =
			rows ? POINT_BIT(EMAIL) | POINT_BIT(ZIP) : 0 };
	struct err e = { 0 };

	f.emails.at = list;
	f.emails.n = email ? 1 : 0;
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
}

static inline void report_erased(
	struct test *t, str reference, const char *system, int64_t rows)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, system);
	struct erased x = { .rows = rows, .evidence = STR("{\"left\":0}") };
	struct err e = { 0 };

	if (fulfil_erased(&d, &w, &x, &e))
		fail("erased", &e);
}

static inline int answer(
	struct test *t, str reference, const char *reason, struct err *e)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };

	return case_answer(&d, reference, str_of(reason), &ps, e);
}

/* Why a company could not be told, for the letter; without facts: a law forbids to say. */
static inline int say_untold(struct test *t, str reference, const char *name,
	const char *facts, struct err *e)
{
	struct desk d = staff(t);
	struct untold_why x = { work_of(t, reference, name).task_id,
		str_of(facts), !*facts };
	struct problems ps = { 0 };
	int rc = case_untold(&d, reference, &x, &ps, e);

	return ps.n ? -2 : rc;
}

static inline void tell(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "mailharbor");
	struct vendor_notice n = {
		.vendor = STR("MailHarbor"),
		.act = VENDOR_ACT_DELETE,
		.contact = STR("privacy@mailharbor.example"),
		.due_on = date_add(desk_today(&d), 17),
	};
	struct err e = { 0 };

	if (fulfil_tell(&d, &w, &n, &e))
		fail("tell", &e);
}

#endif
