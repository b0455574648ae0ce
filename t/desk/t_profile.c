/*
 * What belongs to one person, and whose data a minor's is: rows, E3,
 * E9, E10, NT-1, NT-2 and M-01 of docs/law.md.
 */
#include "check.h"
#include "opting.h"

#include <sodium.h>

#include "desk/child.h"
#include "desk/profile.h"
#include "law/reason.h"

static const char device_a[] = "c0ffee-a", device_b[] = "c0ffee-b";
static const char profile[] = "pseudo-7", account[] = "account-7";

/* The ids of a visit: browser, profile, account; NULL ends. */
static struct profile visit(struct test *t, const char *const ids[],
	bool has_signal, const char *program, enum profile_choice choice)
{
	static const enum ident_kind kinds[] = { IDENT_COOKIE, IDENT_COOKIE,
		IDENT_ACCOUNT };
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query *q = arena_many(t->a, struct suppress_query, 3);
	struct profile p = { .has_signal = has_signal,
		.program = str_of(program),
		.choice = choice };
	struct err e = { 0 };

	p.of.at = q;
	for (size_t i = 0; i < 3; i++)
		if (ids[i])
			q[p.of.n++] = (struct suppress_query){ .kind = kinds[i],
				.value = str_of(ids[i]) };
	if (profile_seen(&d, &p, &e))
		fail("visit", &e);
	return p;
}

static void test_one_for_all(struct test *t)
{
	struct profile p =
		visit(t, (const char *const[]){ device_a, profile, account },
			false, "", CHOICE_NONE);

	CHECK(!p.is_opted_out && !p.added &&
			!reasons_of(t, IDENT_ACCOUNT, account),
		"R-38: no signal says nothing");
	p = visit(t, (const char *const[]){ device_a, profile, NULL }, true, "",
		CHOICE_NONE);
	CHECK(p.is_opted_out && p.added == 2 &&
			reasons_of(t, IDENT_COOKIE, profile) == REASON_OPT_OUT,
		"R-35: browser and pseudonymous profile");
	CHECK(!reasons_of(t, IDENT_ACCOUNT, account),
		"nobody is logged in yet");
	p = visit(t, (const char *const[]){ device_a, profile, account }, false,
		"", CHOICE_NONE);
	CHECK(p.is_opted_out && p.added == 1 &&
			reasons_of(t, IDENT_ACCOUNT, account) == REASON_OPT_OUT,
		"NT-1: logged in later, without the signal: the account");
	p = visit(t, (const char *const[]){ device_b, NULL, account }, false,
		"", CHOICE_NONE);
	CHECK(p.is_opted_out && p.added == 1 &&
			reasons_of(t, IDENT_COOKIE, device_b) == REASON_OPT_OUT,
		"E10, NT-2: and the other device, or this one without its "
		"cookies");
	p = visit(t, (const char *const[]){ device_a, profile, account }, true,
		"", CHOICE_NONE);
	CHECK(p.is_opted_out && !p.added, "nothing is said twice");
}

static struct profile seen(struct test *t, const char *cookie,
	const char *member, const char *email, bool has_signal)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query q[3];
	struct profile p = { .has_signal = has_signal };
	struct err e = { 0 };

	if (cookie)
		q[p.of.n++] = (struct suppress_query){ .kind = IDENT_COOKIE,
			.value = str_of(cookie) };
	q[p.of.n++] = (struct suppress_query){ .kind = IDENT_ACCOUNT,
		.value = str_of(member) };
	q[p.of.n++] = (struct suppress_query){ .kind = IDENT_EMAIL,
		.value = str_of(email) };
	p.of.at = q;
	if (profile_seen(&d, &p, &e))
		fail("visit", &e);
	return p;
}

/* 7028(a): the newer act of the person counts over an older signal, and the record says
 * what came. */
static void test_opted_in_since(struct test *t)
{
	const char *email = "back@example.com";
	struct profile p = seen(t, "back-1", "back-7", email, true);

	CHECK(p.added == 3 && str_eq(source_of(t, IDENT_EMAIL, email),
				      STR("api:1:gpc")),
		"a signal of all three");
	t->clock.fixed_ms += 3600000;
	opt_in(t, email);
	CHECK(!reasons_of(t, IDENT_EMAIL, email), "opted in");
	t->clock.fixed_ms += 3600000;
	p = seen(t, NULL, "back-7", email, false);
	CHECK(!p.is_opted_out && !p.added && !reasons_of(t, IDENT_EMAIL, email),
		"the next visit without a signal takes nothing back");
	p = seen(t, "back-2", "back-7", email, false);
	CHECK(!p.is_opted_out && !reasons_of(t, IDENT_COOKIE, "back-2"),
		"nor on a new device");
	CHECK(reasons_of(t, IDENT_COOKIE, "back-1") == REASON_OPT_OUT &&
			reasons_of(t, IDENT_ACCOUNT, "back-7") ==
				REASON_OPT_OUT,
		"R-38: and a visit releases nothing");
	p = seen(t, "back-3", "back-7", email, true);
	CHECK(p.is_opted_out && p.added == 2 &&
			reasons_of(t, IDENT_EMAIL, email) == REASON_OPT_OUT,
		"a signal of now is newer");
	t->clock.fixed_ms += 3600000;
	opt_in(t, email);
	t->clock.fixed_ms += 3600000;
	visit(t, (const char *const[]){ "back-4", NULL, NULL }, true, "",
		CHOICE_NONE);
	p = seen(t, "back-4", "back-7", email, false);
	CHECK(p.is_opted_out && p.added == 1 &&
			str_starts(source_of(t, IDENT_EMAIL, email),
				STR("api:1:visit:20")),
		"NT-1: so is one before the login, and it is recorded as what "
		"it was: %.*s",
		STR_ARG(source_of(t, IDENT_EMAIL, email)));
}

static void test_program(struct test *t)
{
	const char *const at_home[] = { "home", NULL, "member-9" };
	const char *const on_the_way[] = { "phone", NULL, "member-9" };
	struct profile p = visit(t, at_home, false, "Gold card", CHOICE_NONE);

	CHECK(!p.may_ask, "R-37: without an opt-out there is no conflict");
	p = visit(t, at_home, true, "Gold card", CHOICE_NONE);
	CHECK(p.is_opted_out && p.may_ask && !p.chosen.n,
		"the signal is honored, and they may be asked");
	CHECK(reasons_of(t, IDENT_ACCOUNT, "member-9") == REASON_OPT_OUT,
		"before they answer");
	p = visit(t, at_home, true, "Gold card", CHOICE_NONE);
	CHECK(!p.may_ask, "once");
	p = visit(t, on_the_way, true, "Gold card", CHOICE_NONE);
	CHECK(!p.may_ask, "and not once a device");
	p = visit(t, at_home, true, "Other card", CHOICE_NONE);
	CHECK(p.may_ask, "another program is another question");
	p = visit(t, on_the_way, true, "Gold card", CHOICE_KEEP);
	CHECK(!p.may_ask && str_eq(p.chosen, STR("keep")), "what they answer");
	p = visit(t, at_home, false, "Gold card", CHOICE_NONE);
	CHECK(str_eq(p.chosen, STR("keep")) && p.is_opted_out,
		"is known everywhere, and sells nothing");
	p = visit(t, at_home, false, "Gold card", CHOICE_LEAVE);
	CHECK(str_eq(p.chosen, STR("leave")), "and can be changed");
}

static void test_refused(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query q[2] = { { .kind = IDENT_ACCOUNT,
					       .value = STR("good-1") },
		{ .kind = IDENT_EMAIL, .value = STR("nobody") } };
	struct profile p = { .has_signal = true };
	struct err e = { 0 };

	p.of.at = q;
	p.of.n = 2;
	CHECK(profile_seen(&d, &p, &e) == -1 && e.code == ERR_INVALID &&
			q[1].fault && !q[0].fault,
		"one can't be read");
	CHECK(!reasons_of(t, IDENT_ACCOUNT, "good-1"),
		"then nothing is stored");
}

/* --- minors --- */

static struct child found(
	struct test *t, const char *email, struct date born_on, enum minor age)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query *q = arena_many(t->a, struct suppress_query, 2);
	struct child c = { .born_on = born_on, .age = age };
	struct err e = { 0 };

	q[c.of.n++] = (struct suppress_query){ .kind = IDENT_ACCOUNT,
		.value = arena_fmt(t->a, "of %s", email ? email : "nobody") };
	if (email)
		q[c.of.n++] = (struct suppress_query){ .kind = IDENT_EMAIL,
			.value = str_of(email) };
	c.of.at = q;
	if (child_found(&d, &c, &e))
		fail("child", &e);
	return c;
}

static void test_child(struct test *t)
{
	struct child c = found(
		t, "kim@example.com", (struct date){ 2015, 5, 1 }, MINOR_END);
	struct case_view v;

	CHECK(c.age == MINOR_UNDER_13 && c.is_new && c.reference.n == 8 &&
			!date_cmp(c.until, (struct date){ 2031, 5, 1 }),
		"eleven years old: a case is opened by itself");
	CHECK(reasons_of(t, IDENT_EMAIL, "kim@example.com") == REASON_MINOR &&
			reasons_of(t, IDENT_ACCOUNT, "of kim@example.com") ==
				REASON_MINOR,
		"M-01: and nothing is sold");
	v = view(t, c.reference);
	CHECK(v.kind == KIND_DELETE && v.state == STATE_SEARCHING && v.is_open,
		"it is searched for at once: nobody is there to be verified");
	CHECK(!letter_of(t, c.reference, "code").id &&
			!letter_of(t, c.reference, "receipt").id,
		"and nobody gets a letter");
	CHECK(str_eq(v.channel, STR("What came to light: nobody asked")),
		"nobody asked, and the case says so: %.*s", STR_ARG(v.channel));
}

static void test_child_again(struct test *t)
{
	struct child first = found(
		t, "ash@example.com", (struct date){ 2012, 2, 29 }, MINOR_END);
	struct child second =
		found(t, "ASH@example.com", (struct date){ 0 }, MINOR_TEEN);

	CHECK(first.age == MINOR_TEEN &&
			!date_cmp(first.until, (struct date){ 2028, 2, 29 }),
		"M-02: fourteen");
	CHECK(!second.is_new && str_eq(second.reference, first.reference),
		"found twice is one case");
	CHECK(date_is_none(second.until), "an age alone has no end");
}

/* "Until the 16th birthday": on that day, in California, it is over. */
static void test_birthday(struct test *t)
{
	int64_t now_ms = t->clock.fixed_ms;
	struct child c = found(
		t, "lee@example.com", (struct date){ 2010, 11, 25 }, MINOR_END);
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n;

	t->clock.fixed_ms = pacific_midnight_ms(c.until) - 1;
	CHECK(!suppress_lapse(&d, &n, &e) &&
			reasons_of(t, IDENT_EMAIL, "lee@example.com") ==
				REASON_MINOR,
		"the evening before");
	t->clock.fixed_ms = pacific_midnight_ms(c.until);
	CHECK(!suppress_lapse(&d, &n, &e) && n &&
			!reasons_of(t, IDENT_EMAIL, "lee@example.com"),
		"the birthday");
	t->clock.fixed_ms = now_ms;
}

static void test_no_child(struct test *t)
{
	struct child c = found(
		t, "old@example.com", (struct date){ 2010, 11, 21 }, MINOR_END);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("later@example.com") };
	struct desk d = desk_as(t, ACTOR_API);
	struct child ahead = { .born_on = { 2026, 11, 22 } };
	struct err e = { 0 };

	CHECK(c.age == MINOR_GROWN && !c.reference.n &&
			!reasons_of(t, IDENT_EMAIL, "old@example.com"),
		"16 today: nothing is done");
	c = found(t, NULL, (struct date){ 0 }, MINOR_UNDER_13);
	CHECK(!c.reference.n && reasons_of(t, IDENT_ACCOUNT, "of nobody") ==
					REASON_MINOR,
		"no address: nothing to search by, and still not sold");
	ahead.of.at = &q;
	ahead.of.n = 1;
	CHECK(child_found(&d, &ahead, &e) == -1 && e.code == ERR_INVALID,
		"born tomorrow");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "profile", fresh_server(argc, argv));
	set_contact(&t);
	test_one_for_all(&t);
	test_opted_in_since(&t);
	test_program(&t);
	test_refused(&t);
	test_child(&t);
	test_child_again(&t);
	test_birthday(&t);
	test_no_child(&t);
	end(&t);
	return CHECK_DONE();
}
