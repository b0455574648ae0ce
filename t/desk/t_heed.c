/*
 * The opt-out preference signal with what people type on our own pages: row R-35 of
 * docs/law.md (11 CCR 7025(c)(1)).
 */
#include "act.h"
#include "check.h"

#include <sodium.h>

#include "desk/age_gate.h"
#include "desk/agent_ask.h"
#include "desk/parent_ask.h"
#include "desk/stop.h"
#include "law/reason.h"

static struct desk browser(struct test *t, bool has_signal)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);

	d.has_signal = has_signal;
	return d;
}

static str send_delete(struct test *t, const char *email, bool has_signal)
{
	struct desk d = browser(t, has_signal);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person.name.v = STR("Luis Medina");
	f.person.email.v = str_of(email);
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("no");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return out.reference;
}

/* Who said that they are opted out, and in which case. */
static struct suppress_reason said_of(struct test *t, const char *email)
{
	struct desk d = staff(t);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct suppress_why why;
	struct err e = { 0 };

	if (suppress_why(&d, &q, 1, &why, &e))
		fail("why", &e);
	for (size_t bit = 0; bit < COUNTOF(why.of); bit++)
		if (why.reasons & REASON_OPT_OUT &&
			REASON_OPT_OUT == UINT32_C(1) << bit)
			return why.of[bit];
	return (struct suppress_reason){ 0 };
}

static void test_sent(struct test *t)
{
	str ref = send_delete(t, "no.signal@example.com", false);
	struct post p;

	CHECK(!reasons_of(t, IDENT_EMAIL, "no.signal@example.com"),
		"without a signal nothing is stopped");
	ref = send_delete(t, "signal@example.com", true);
	CHECK(reasons_of(t, IDENT_EMAIL, "signal@example.com") ==
			REASON_OPT_OUT,
		"the signal is for who typed their address");
	CHECK(str_eq(said_of(t, "signal@example.com").source,
		      STR("consumer:gpc")) &&
			!said_of(t, "signal@example.com").request_id,
		"it is no request, and is not taken back with one: %.*s",
		STR_ARG(said_of(t, "signal@example.com").source));
	p = letter_of(t, ref, "receipt");
	CHECK(str_find(p.text.v, STR("We have stopped already")) > 0,
		"the receipt says it");
}

/* Another browser than the one that sent it: that of who reads the mailbox. */
static void test_confirmed(struct test *t)
{
	str ref = send_delete(t, "later@example.com", false);
	struct post p = letter_of(t, ref, "code");
	struct desk d = browser(t, true);
	struct problems ps = { 0 };
	struct err e = { 0 };
	bool is_right = true;

	if (intake_confirm_code(&d, ref, STR("000000"), &is_right, &ps, &e))
		fail("code", &e);
	CHECK(!is_right && !reasons_of(t, IDENT_EMAIL, "later@example.com"),
		"a wrong code says nothing of who is there");
	if (intake_confirm_code(&d, ref, code_in(&p), &is_right, &ps, &e))
		fail("code", &e);
	CHECK(is_right && reasons_of(t, IDENT_EMAIL, "later@example.com") ==
				  REASON_OPT_OUT,
		"with the right one they are known");
}

static void test_limit(struct test *t)
{
	struct desk d = browser(t, true);
	struct stop_in in = { .kind = KIND_LIMIT,
		.identifier = { STR("limit@example.com") },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out;
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("limit", &e);
	CHECK(reasons_of(t, IDENT_EMAIL, "limit@example.com") ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"what they asked for, and what their browser says");
	in.kind = KIND_OPT_OUT;
	in.identifier.v = STR("out@example.com");
	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-out", &e);
	CHECK(said_of(t, "out@example.com").request_id ==
			request_id(t, out.reference),
		"an opt-out is the request, as before");
}

/* 7025(c)(1) is about the consumer whose browser it is. */
static void test_for_others(struct test *t)
{
	struct desk d = browser(t, true);
	struct agent_ask agent = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_AGENT,
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Maria Gomez") },
				.email = { STR("maria@example.com") },
				.zip = { STR("94607") } } },
		.agent = { .name = STR("Ann Doe"),
			.email = STR("ann@doe.example") },
		.permission = { .proof = PROOF_SIGNED,
			.signed_by = { STR("Maria Gomez") },
			.signed_on = STR("11/20/2026") },
	};
	struct parent_ask parent = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_WEB,
			.peer = STR("192.0.2.1"),
			.person = { .email = { STR("kim@example.com") },
				.name = { STR("Kim Doe") },
				.zip = { STR("94607") } } },
		.born = { { STR("5") }, { STR("1") }, { STR("2015") } },
		.name = { STR("Pat Doe") },
		.email = { STR("pat@example.com") },
		.check = STR("form"),
	};
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref;

	if (agent_ask(&d, &agent, &ref, &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : "agent", &e);
	CHECK(!reasons_of(t, IDENT_EMAIL, "maria@example.com") &&
			!reasons_of(t, IDENT_EMAIL, "ann@doe.example"),
		"an agent's browser says nothing of the consumer");
	if (parent_ask(&d, &parent, &ref, &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : "parent", &e);
	CHECK(reasons_of(t, IDENT_EMAIL, "kim@example.com") == REASON_MINOR &&
			!reasons_of(t, IDENT_EMAIL, "pat@example.com"),
		"a parent's nothing of the child");
}

static void put(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail(name, &e);
}

static void test_visitor(struct test *t)
{
	struct suppress_query q = { .kind = IDENT_ACCOUNT,
		.value = STR("visitor-1") };
	struct age_gate gate = { &q, 1, STR("https://shop.example/on") };
	struct age_gate_answer a = {
		.typed = { { STR("5") }, { STR("1") }, { STR("1990") } },
		.peer = STR("192.0.2.1"),
	};
	struct desk d = browser(t, true);
	struct problems ps = { 0 };
	struct err e = { 0 };

	put(t, "age_gate", "yes");
	put(t, "age_gate_returns", "https://shop.example");
	if (age_gate_take(&d, &gate, &a, &ps, &e) || ps.n)
		fail("age gate", &e);
	CHECK(reasons_of(t, IDENT_ACCOUNT, "visitor-1") == REASON_OPT_OUT,
		"the business has said whose browser it is");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "heed", fresh_server(argc, argv));
	set_contact(&t);
	test_sent(&t);
	test_confirmed(&t);
	test_limit(&t);
	test_for_others(&t);
	test_visitor(&t);
	end(&t);
	return CHECK_DONE();
}
