/*
 * A fee for what is manifestly unfounded or excessive (Civ. Code 1798.145(h)(3)):
 * estimated with its reason and its proof, told, accepted before anything is carried
 * out, and no excuse for the clock.
 */
#include "cases.h"

#include <sodium.h>

#include "desk/charge.h"

static size_t ask(struct test *t, str reference, const char *amount, int *rc)
{
	struct charge_ask in = { str_of(amount),
		STR("It is the ninth request for the same in a month."),
		STR("The nine requests are in the queue.") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	*rc = case_charge(&d, reference, &in, &ps, &e);
	return ps.n;
}

static struct sent in_review(struct test *t, const char *email)
{
	struct sent s = confirmed(t, email);

	report_found(t, s.reference, "leads", 2, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "in review");
	return s;
}

/* The secret in the letter's link. */
static str token_of(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "fee");
	ptrdiff_t at = str_find(p.text.v, STR("/fee/"));
	str rest = at < 0 ? STR("") : str_from(p.text.v, (size_t)at + 5);
	size_t n = 0;

	while (n < rest.n && rest.p[n] != '\n' && rest.p[n] != ' ')
		n++;
	return str_head(rest, n);
}

static int decide(struct test *t, str token, bool accepts)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct err e = { 0 };

	if (!charge_decide(&d, token, accepts, &e))
		return 0;
	return e.code == ERR_CONFLICT ? -1 : e.code == ERR_NOT_FOUND ? -2 : -3;
}

static void test_accepted(struct test *t)
{
	struct sent s = in_review(t, "nine.times@example.com");
	struct date due = view(t, s.reference).due_on;
	struct desk c = desk_as(t, ACTOR_CONSUMER);
	struct charge_offer x;
	struct status status;
	struct err e = { 0 };
	struct case_view v;
	str token;
	int rc;

	CHECK(view(t, s.reference).charge.can, "staff may ask");
	CHECK(!ask(t, s.reference, "45.5", &rc) && !rc, "asked");
	v = view(t, s.reference);
	CHECK(v.charge.state == CHARGE_ASKED &&
			str_eq(v.charge.amount, STR("$45.50")) && !v.charge.can,
		"%.*s, once", STR_ARG(v.charge.amount));
	CHECK(str_eq(str_of(v.next.code), STR("fee")) && !v.can_approve,
		"next: %s", v.next.code);
	CHECK(!date_cmp(v.due_on, due), "the clock does not stop");
	CHECK(approve(t, s.reference, &e) == -1 && e.code == ERR_DENIED,
		"nothing is carried out before it is accepted");
	CHECK(intake_status(&c, s.reference, STR("192.0.2.4"), &status, &e) ==
				1 &&
			str_find(str_of(status.told), STR("accept a fee")) > 0,
		"the page of the request says so: %s", status.told);
	token = token_of(t, s.reference);
	CHECK(charge_open(&c, token, &x, &e) == 1 && x.is_open &&
			str_eq(x.amount, STR("$45.50")),
		"the link opens it");
	CHECK(!charge_open(
		      &c, STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &x, &e) &&
			decide(t, s.reference, true) == -2,
		"nothing else does, the reference least of all");
	CHECK(!decide(t, token, true), "accepted");
	CHECK(decide(t, token, false) == -1, "once");
	v = view(t, s.reference);
	CHECK(v.charge.state == CHARGE_ACCEPTED && v.can_approve, "goes on");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
}

static void test_declined(struct test *t)
{
	struct sent s = in_review(t, "says.no@example.com");
	struct err e = { 0 };
	struct case_view v;
	str token;
	int rc;

	CHECK(!ask(t, s.reference, "$20", &rc) && !rc, "asked");
	token = token_of(t, s.reference);
	CHECK(!decide(t, token, false), "declined");
	v = view(t, s.reference);
	CHECK(str_eq(str_of(v.next.code), STR("fee-declined")) &&
			!v.can_approve,
		"next: %s", v.next.code);
	CHECK(approve(t, s.reference, &e) == -1, "not carried out");
	CHECK(!deny(t, s.reference, "UNFOUNDED", "It is the ninth request.",
		      &e) &&
			!answer(t, s.reference, "", &e),
		"denied, with the reason: %s", e.message);
	CHECK(decide(t, token, true) == -1, "too late for a yes");
}

static const struct {
	const char *amount;
	const char *why;
	size_t problems;
} amounts[] = {
	{ "0", "nothing is no fee", 1 },
	{ "-5", "less than nothing", 1 },
	{ "4.505", "parts of a cent", 1 },
	{ "4.", "no cents", 1 },
	{ "forty", "words", 1 },
	{ "10001", "above the bound", 1 },
	{ "", "no estimate", 1 },
	{ "10000", "at the bound", 0 },
};

static void test_amounts(struct test *t)
{
	struct sent s = in_review(t, "amounts@example.com");
	struct charge_ask in = { STR("5"), STR(" "), STR("") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc;

	CHECK(!case_charge(&d, s.reference, &in, &ps, &e) && ps.n == 2,
		"no fee without its reason and what proves it");
	for (size_t i = 0; i < COUNTOF(amounts); i++)
		CHECK(ask(t, s.reference, amounts[i].amount, &rc) ==
					amounts[i].problems &&
				!rc,
			"%s", amounts[i].why);
	CHECK(!ask(t, s.reference, "5", &rc) && rc == -1, "one is enough");
	d.actor.role = STR("agent");
	in = (struct charge_ask){ STR("5"), STR("a"), STR("b") };
	ps = (struct problems){ 0 };
	CHECK(case_charge(&d, s.reference, &in, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"it is a decision");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "fee", fresh_server(argc, argv));
	set_contact(&t);
	test_accepted(&t);
	test_declined(&t);
	test_amounts(&t);
	end(&t);
	return CHECK_DONE();
}
