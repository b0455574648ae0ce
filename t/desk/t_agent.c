/*
 * Authorized agents (11 CCR 7026(j), 7063): who they are, what they file for whom with
 * what proof, and who hears of it.
 */
#include "act.h"

#include <sodium.h>

#include "desk/agent.h"
#include "desk/trail.h"

static int64_t add(struct test *t, const struct agent_new *in, struct err *e)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	int64_t id = 0;

	*e = (struct err){ 0 };
	if (agent_add(&d, in, &id, &ps, e))
		return -1;
	CHECK(!ps.n, "%s", ps.n ? ps.at[0].text : "");
	return id;
}

static struct agent one(struct test *t, int64_t id)
{
	struct desk d = staff(t);
	struct agent a = { 0 };
	struct err e = { 0 };

	if (agent_need(&d, id, &a, &e))
		fail("agent", &e);
	return a;
}

static const struct agent_new permit_me = {
	.name = STR_INIT(" Permit Me, Inc. "),
	.email = STR_INIT("Desk@PermitMe.example"),
	.registration = STR_INIT("c 3456-789"),
	.is_business = true,
};

/* Written once as people mean it, so that the same agent is not there twice. */
static void test_registered(struct test *t)
{
	struct err e;
	int64_t id = add(t, &permit_me, &e);
	struct agent a = one(t, id);

	CHECK(str_eq(a.name, STR("Permit Me, Inc.")), "the name is trimmed");
	CHECK(str_eq(a.email, STR("desk@permitme.example")),
		"the address is one, however it is typed");
	CHECK(str_eq(a.registration, STR("C3456789")),
		"letters and digits: %.*s", STR_ARG(a.registration));
	CHECK(!a.suspended_at && !a.why.n, "in good standing");
	CHECK(add(t, &permit_me, &e) < 0 && e.code == ERR_CONFLICT,
		"the same address is there already");
}

static const struct {
	struct agent_new in;
	const char *field; /* NULL: taken */
	const char *why;
} typed[] = {
	{ { STR_INIT("Ann Doe"), STR_INIT("ann@doe.example"),
		  STR_INIT("not a number"), false },
		NULL, "a person needs no registration" },
	{ { STR_INIT(""), STR_INIT("b@doe.example"), { 0 }, false }, "name",
		"somebody has to be named" },
	{ { STR_INIT("B"), STR_INIT("b at doe"), { 0 }, false }, "email",
		"letters go there" },
	{ { STR_INIT("B"), STR_INIT("b@doe.example"), { 0 }, true },
		"registration", "a business is registered (11 CCR 7001)" },
	{ { STR_INIT("B"), STR_INIT("b@doe.example"), STR_INIT("1234"), true },
		"registration", "too short to be one" },
	{ { STR_INIT("B"), STR_INIT("b@doe.example"),
		  STR_INIT("12345678901234567"), true },
		"registration", "one above sixteen" },
	{ { STR_INIT("C"), STR_INIT("c@doe.example"),
		  STR_INIT("1234567890123456"), true },
		NULL, "sixteen" },
};

static void test_typed(struct test *t)
{
	struct desk d = staff(t);

	for (size_t i = 0; i < COUNTOF(typed); i++) {
		struct problems ps = { 0 };
		struct err e = { 0 };
		int64_t id = 0;

		if (agent_add(&d, &typed[i].in, &id, &ps, &e))
			fail(typed[i].why, &e);
		if (typed[i].field)
			CHECK(ps.n == 1 &&
					!strcmp(ps.at[0].field,
						typed[i].field) &&
					!id,
				"%s", typed[i].why);
		else
			CHECK(!ps.n && id, "%s", typed[i].why);
	}
}

static void test_standing(struct test *t)
{
	struct agent_new in = { STR("Eve"), STR("eve@doe.example"), { 0 },
		false };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e;
	int64_t id = add(t, &in, &e);

	CHECK(!agent_suspend(&d, id, STR("  "), &ps, &e) && ps.n == 1 &&
			!one(t, id).suspended_at,
		"nobody is suspended without a reason");
	ps.n = 0;
	CHECK(!agent_suspend(&d, id, STR("Made up"), &ps, &e) && !ps.n, "now");
	CHECK(one(t, id).suspended_at == t->clock.fixed_ms &&
			str_eq(one(t, id).why, STR("Made up")),
		"when and why are kept");
	CHECK(agent_suspend(&d, id, STR("Again"), &ps, &e) < 0 &&
			e.code == ERR_CONFLICT &&
			str_eq(one(t, id).why, STR("Made up")),
		"suspended once, with the first reason");
	CHECK(!agent_resume(&d, id, &e) && !one(t, id).suspended_at &&
			!one(t, id).why.n,
		"taken back");
	CHECK(agent_resume(&d, id, &e) < 0 && e.code == ERR_CONFLICT,
		"there is nothing to take back");
	CHECK(agent_resume(&d, 999, &e) < 0 && e.code == ERR_NOT_FOUND,
		"nobody has this number");
}

/* Who takes calls sees who is registered, and changes nothing of it. */
static void test_roles(struct test *t)
{
	static const char *const roles[] = { "agent", "auditor" };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct agents all;
	int64_t id;

	for (size_t i = 0; i < COUNTOF(roles); i++) {
		struct err e = { 0 };

		d.actor.role = str_of(roles[i]);
		CHECK(!agents_load(&d, &all, &e) && all.n > 3, "%s looks",
			roles[i]);
		CHECK(agent_add(&d, &permit_me, &id, &ps, &e) < 0 &&
				e.code == ERR_DENIED &&
				agent_suspend(&d, 1, STR("x"), &ps, &e) < 0 &&
				e.code == ERR_DENIED &&
				agent_resume(&d, 1, &e) < 0 &&
				e.code == ERR_DENIED,
			"%s changes nothing", roles[i]);
	}
	CHECK(!one(t, 1).suspended_at, "and nothing was changed");
}

/* Each change has its entry, and none says who the agent is. */
static void test_trail(struct test *t)
{
	static const char *const said[] = {
		"Authorized agent 1 was registered",
		"was suspended",
		"is in good standing again",
	};
	struct desk d = staff(t);
	struct trail trail;
	struct err e = { 0 };

	if (trail_load(&d, 0, &trail, &e))
		fail("trail", &e);
	for (size_t k = 0; k < COUNTOF(said); k++) {
		int n = 0;

		for (size_t i = 0; i < trail.entries.n; i++)
			n += str_find(trail.entries.at[i].what,
				     str_of(said[k])) >= 0;
		CHECK(n == 1, "\"%s\": %d times", said[k], n);
	}
	for (size_t i = 0; i < trail.entries.n; i++)
		CHECK(str_find(trail.entries.at[i].what, STR("Eve")) < 0 &&
				str_find(trail.entries.at[i].what,
					STR("Permit")) < 0,
			"no name is in the trail");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "agent", fresh_server(argc, argv));
	set_contact(&t);
	test_registered(&t);
	test_typed(&t);
	test_standing(&t);
	test_roles(&t);
	test_trail(&t);
	end(&t);
	return CHECK_DONE();
}
