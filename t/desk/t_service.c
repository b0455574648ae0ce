/*
 * A request that reaches the business as the service provider of another one (row P-03,
 * 11 CCR 7050): the letter says so and whom to ask, and an opt-out is kept to.
 */
#include "act.h"

#include <sodium.h>

#include "desk/stop.h"
#include "law/reason.h"

static str ask(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;

	f.person.name.v = STR("Ann");
	f.person.email.v = str_of(email);
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("yes");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return s.reference;
}

static void test_answer(struct test *t)
{
	str reference = ask(t, "ann@example.com");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	CHECK(deny(t, reference, "SERVICE_PROVIDER", " ", &e) == -1,
		"not without the name of the business");
	CHECK(!deny(t, reference, "SERVICE_PROVIDER",
		      "Bayshore Bank, privacy@bayshore.example", &e),
		"%s", e.message);
	if (case_answer(&d, reference, STR(""), &ps, &e) || ps.n)
		fail("answer", &e);
	p = letter_of(t, reference, "denied");
	CHECK(str_find(p.text.v, STR("service provider of another business")) >
				0 &&
			str_find(p.text.v, STR("Bayshore Bank")) > 0 &&
			str_find(p.text.v, STR("11 CCR 7050")) > 0,
		"who it is, and the section: %.*s", STR_ARG(p.text.v));
	hand_over(t, reference, "denied");
	CHECK(!view(t, reference).is_open &&
			str_eq(view(t, reference).outcome, STR("Denied")),
		"a record like any other: %.*s",
		STR_ARG(view(t, reference).outcome));
	CHECK(reasons_of(t, IDENT_EMAIL, "ann@example.com") == REASON_OPT_OUT,
		"what was opted out of stays so");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "service", fresh_server(argc, argv));
	set_contact(&t);
	test_answer(&t);
	end(&t);
	return CHECK_DONE();
}
