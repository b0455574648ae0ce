/*
 * Patterns of fraud (row V-11, 11 CCR 7060(f), (g)): each request that is part of one
 * says so, nothing follows from it, and what is stopped at once is not looked at.
 */
#include "act.h"

#include <sodium.h>

#include "desk/identity.h"
#include "desk/purge.h"
#include "desk/record.h"
#include "desk/stop.h"
#include "desk/trace.h"
#include "law/reason.h"

enum { DAY_MS = 86400000 };

static const struct {
	const char *peer;
	const char *network;
	const char *why;
} networks[] = {
	{ "203.0.113.7", "203.0.113", "a /24" },
	{ "::ffff:203.0.113.9", "203.0.113", "the same, mapped" },
	{ "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002", "a /64" },
	{ "127.0.0.1", "", "a proxy on this machine is everybody" },
	{ "10.1.2.3", "", "so is one in the house" },
	{ "172.31.0.1", "", "the end of 172.16/12" },
	{ "172.32.0.1", "172.32.0", "and what is behind it" },
	{ "192.168.1.1", "", "the same" },
	{ "::1", "", "loopback" },
	{ "fe80::1", "", "link-local" },
	{ "fd00::1", "", "unique local" },
	{ "", "", "not known" },
	{ "somebody", "", "no address" },
};

static void test_networks(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(networks); i++) {
		str n = trace_network(t->a, str_of(networks[i].peer));

		CHECK(str_eq(n, str_of(networks[i].network)), "%s: %.*s",
			networks[i].why, STR_ARG(n));
	}
}

static const struct {
	const char *email;
	const char *mailbox;
} mailboxes[] = {
	{ "Lu.is+one@Example.com", "luis@example.com" },
	{ "luis@example.com", "luis@example.com" },
	{ "nobody", "" },
	{ "", "" },
};

static void test_mailboxes(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(mailboxes); i++) {
		str m = trace_mailbox(t->a, str_of(mailboxes[i].email));

		CHECK(str_eq(m, str_of(mailboxes[i].mailbox)), "%s: %.*s",
			mailboxes[i].email, STR_ARG(m));
	}
}

/* A request to delete from the web form. */
static str ask(
	struct test *t, const char *name, const char *email, const char *peer)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent sent;

	f.person.name.v = str_of(name);
	f.person.email.v = str_of(email);
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("no");
	if (intake_send(&d, &f, CHANNEL_WEB, str_of(peer), &sent, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return sent.reference;
}

static str in_order(struct test *t, const char *form, int i)
{
	return arena_fmt(t->a, form, i);
}

/* How many patterns a case shows, and the number of the first. */
static size_t shown(struct test *t, str reference, int64_t *n)
{
	struct case_view v = view(t, reference);

	*n = v.suspicions.n ? v.suspicions.at[0].n : 0;
	return v.suspicions.n;
}

static void test_crowd(struct test *t)
{
	str first = STR("");
	int64_t n;

	for (int i = 0; i < 10; i++) {
		str email = in_order(t, "crowd%d@example.com", i);
		str peer = in_order(t, "203.0.113.%d", i + 1);
		str r = ask(t, "Luis Ortega", arena_cstr(t->a, email),
			arena_cstr(t->a, peer));

		first = i ? first : r;
		CHECK(shown(t, r, &n) == (i == 9),
			"nine people of one network are a school: %d", i);
	}
	CHECK(shown(t, first, &n) == 1 && n == 10,
		"the first of them says so as well: %lld", (long long)n);
	CHECK(view(t, first).is_open, "and goes on: nothing is refused");
	(void)shown(t, ask(t, "Ann", "far@example.com", "198.51.100.1"), &n);
	CHECK(!n, "another network has nothing to do with it");
}

static void test_mailbox(struct test *t)
{
	str one = ask(t, "Ann Lee", "pile@example.com", "198.51.100.2");
	str same = ask(t, "ann lee", "pile@example.com", "198.51.100.2");
	int64_t n;
	str r;

	(void)ask(t, "Bea Lee", "pile@example.com", "198.51.100.2");
	CHECK(!shown(t, same, &n), "a couple may share a mailbox");
	r = ask(t, "Cem Lee", "pile@example.com", "198.51.100.2");
	CHECK(shown(t, r, &n) == 1 && n == 3, "three names: %lld",
		(long long)n);
	CHECK(shown(t, one, &n) == 1, "known from the first on");
	(void)ask(t, "Dee", "pair@example.com", "198.51.100.4");
	(void)ask(t, "Eli", "pair@example.com", "198.51.100.4");
	r = ask(t, "", "pair@example.com", "198.51.100.4");
	CHECK(!shown(t, r, &n), "who gives no name is no third: %lld",
		(long long)n);
	(void)ask(t, "Dov", "trick+1@example.com", "198.51.100.3");
	(void)ask(t, "Dov", "tr.ick@example.com", "198.51.100.3");
	r = ask(t, "Dov", "trick+3@example.com", "198.51.100.3");
	CHECK(shown(t, r, &n) == 1 && n == 3,
		"three spellings of one mailbox: %lld", (long long)n);
}

static void test_flood(struct test *t)
{
	str last = STR("");
	int64_t n;

	for (int i = 0; i < 6; i++)
		last = ask(t, "Eva", "flood@example.com", "");
	CHECK(shown(t, last, &n) == 1 && n == 6, "six in a day: %lld",
		(long long)n);
	t->clock.fixed_ms += 2 * DAY_MS;
	last = ask(t, "Eva", "flood@example.com", "");
	CHECK(!shown(t, last, &n), "and one two days later is none of them");
}

/* Who guesses what is held of somebody else is noticed at the third try. */
static void test_stranger(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct record r;
	int64_t n;

	for (int i = 0; i < 3; i++) {
		str email = in_order(t, "guess%d@example.com", i);
		str ref = ask(
			t, "Fay", arena_cstr(t->a, email), "198.51.100.200");

		if (record_by_reference(&d, ref, &r, &e) != 1)
			fail("record", &e);
		r.person.matched =
			i ? STR("-zip:CRM") : STR("-zip:Shop\n-zip:CRM");
		if (trace_compared(&d, &r, &e))
			fail("compared", &e);
		CHECK(shown(t, ref, &n) == (i == 2), "request %d: %lld", i,
			(long long)n);
	}
	r.person.matched = STR("-zip:Shop\nzip:CRM");
	if (trace_compared(&d, &r, &e))
		fail("compared again", &e);
	CHECK(!shown(t, r.row.reference, &n),
		"what another system holds is no guess");
}

/* An opt-out is for whoever asks (7026(d)): nothing of it is kept. */
static void test_stops(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	int64_t n;

	for (int i = 0; i < 10; i++) {
		struct stop_in in = { .kind = KIND_OPT_OUT,
			.identifier = { in_order(t, "out%d@example.com", i) },
			.channel = CHANNEL_WEB,
			.peer = STR("192.0.2.1") };
		struct stop_out out = { 0 };
		struct problems ps = { 0 };
		struct err e = { 0 };

		if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
			fail("stop", &e);
		CHECK(!shown(t, out.reference, &n), "never looked at");
	}
}

static void test_forgotten(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	str r = ask(t, "Gus", "pile@example.com", "");
	struct err e = { 0 };
	int64_t n;

	CHECK(shown(t, r, &n) == 1, "four names of one mailbox: %lld",
		(long long)n);
	t->clock.fixed_ms += 121 * (int64_t)DAY_MS;
	if (purge_run(&d, &e))
		fail("purge", &e);
	CHECK(!shown(t, r, &n), "after 120 days nothing is left to see");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "pattern", fresh_server(argc, argv));
	set_contact(&t);
	test_networks(&t);
	test_mailboxes(&t);
	test_crowd(&t);
	test_mailbox(&t);
	test_flood(&t);
	test_stranger(&t);
	test_stops(&t);
	test_forgotten(&t);
	end(&t);
	return CHECK_DONE();
}
