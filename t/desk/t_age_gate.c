/*
 * The age gate: row E3 of docs/law.md.  The same for everybody, sealed, and never
 * mended by going back.
 */
#include "act.h"
#include "check.h"

#include <sodium.h>

#include "desk/age_gate.h"
#include "desk/limit.h"
#include "law/reason.h"

static const char origins[] = "https://shop.example http://127.0.0.1:8080/";

static void put(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail(name, &e);
}

static struct age_gate gate_of(struct test *t, const char *account)
{
	struct suppress_query *q = arena_many(t->a, struct suppress_query, 1);

	*q = (struct suppress_query){ .kind = IDENT_ACCOUNT,
		.value = str_of(account) };
	return (struct age_gate){ q, 1, STR("https://shop.example/on?a=1") };
}

/* The secret of the address. */
static str token_for(struct test *t, const char *account)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct age_gate in = gate_of(t, account);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str url = STR("");
	ptrdiff_t at;

	if (age_gate_make(&d, &in, &url, &ps, &e) || ps.n)
		fail("gate", &e);
	at = str_find(url, STR("/age?t="));
	CHECK(at > 0 && str_find(url, str_of(account)) < 0,
		"the address says nothing of who it stands for: %.*s",
		STR_ARG(url));
	return str_from(url, (size_t)at + 7);
}

/* Answers, and gives back what the browser keeps. */
static str answer(struct test *t, str token, const char *year, str remembered,
	struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct age_gate_answer a = {
		.typed = { { STR("5") }, { STR("1") }, { str_of(year) } },
		.remembered = remembered,
		.peer = STR("192.0.2.1"),
	};
	struct age_gate gate;
	struct err e = { 0 };

	if (age_gate_open(&d, token, &gate, &e) != 1 ||
		age_gate_take(&d, &gate, &a, ps, &e))
		fail("answer", &e);
	return a.keep;
}

static void test_off(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct age_gate in = gate_of(t, "a-0");
	struct problems ps = { 0 };
	struct err e = { 0 };
	str url;

	CHECK(age_gate_make(&d, &in, &url, &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"off until the business turns it on");
	put(t, "age_gate", "yes");
	CHECK(!age_gate_make(&d, &in, &url, &ps, &e) &&
			problem_of(&ps, "return_to"),
		"and leads nowhere that is not listed");
	put(t, "age_gate_returns", origins);
	d = desk_as(t, ACTOR_CONSUMER);
	CHECK(age_gate_make(&d, &in, &url, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"only a program of the business makes one");
}

static void test_answers(struct test *t)
{
	struct problems ps = { 0 };

	answer(t, token_for(t, "a-child"), "2016", STR(""), &ps);
	CHECK(reasons_of(t, IDENT_ACCOUNT, "a-child") == REASON_MINOR,
		"E3: under 13 is not sold");
	answer(t, token_for(t, "a-teen"), "2012", STR(""), &ps);
	CHECK(reasons_of(t, IDENT_ACCOUNT, "a-teen") == REASON_MINOR,
		"nor from 13 to 15");
	answer(t, token_for(t, "a-grown"), "1990", STR(""), &ps);
	CHECK(!ps.n && !reasons_of(t, IDENT_ACCOUNT, "a-grown"),
		"16 and over: nothing is done");
	answer(t, token_for(t, "a-empty"), "", STR(""), &ps);
	CHECK(problem_of(&ps, "month") &&
			!reasons_of(t, IDENT_ACCOUNT, "a-empty"),
		"no day is no answer");
}

/* Of two answers the younger counts. */
static void test_going_back(struct test *t)
{
	struct problems ps = { 0 };
	str kept = answer(t, token_for(t, "b-1"), "2016", STR(""), &ps);

	answer(t, token_for(t, "b-2"), "1990", kept, &ps);
	CHECK(reasons_of(t, IDENT_ACCOUNT, "b-2") == REASON_MINOR,
		"who goes back gets no older, nor in another account");
	kept = answer(t, token_for(t, "b-3"), "", kept, &ps);
	CHECK(!ps.n && reasons_of(t, IDENT_ACCOUNT, "b-3") == REASON_MINOR,
		"and need not answer twice");
	kept = answer(t, token_for(t, "b-4"), "1990", STR(""), &ps);
	answer(t, token_for(t, "b-4"), "2012", kept, &ps);
	CHECK(reasons_of(t, IDENT_ACCOUNT, "b-4") == REASON_MINOR,
		"who says that they are a minor after all has said it");
	answer(t, token_for(t, "b-5"), "1990", STR("not-ours"), &ps);
	CHECK(!reasons_of(t, IDENT_ACCOUNT, "b-5"),
		"what we did not seal is nothing");
}

static void test_sealed(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	int64_t now = t->clock.fixed_ms;
	str token = token_for(t, "c-1");
	char *bent = arena_cstr(t->a, token);
	struct age_gate gate;
	struct err e = { 0 };

	bent[token.n / 2] = bent[token.n / 2] == 'A' ? 'B' : 'A';
	CHECK(!age_gate_open(&d, (str){ bent, token.n }, &gate, &e) &&
			!age_gate_open(&d, STR(""), &gate, &e) &&
			!age_gate_open(&d, STR("anything"), &gate, &e),
		"nobody makes an address of their own");
	CHECK(age_gate_open(&d, token, &gate, &e) == 1 && gate.n == 1 &&
			str_eq(gate.return_to,
				STR("https://shop.example/on?a=1")),
		"ours leads on");
	put(t, "age_gate_returns", "https://other.example");
	CHECK(!age_gate_open(&d, token, &gate, &e),
		"while the address is still listed");
	put(t, "age_gate_returns", origins);
	t->clock.fixed_ms += LIMIT_AGE_GATE_MINUTES * 60000LL;
	CHECK(!age_gate_open(&d, token, &gate, &e), "and not too long");
	t->clock.fixed_ms = now;
}

static const struct {
	const char *why;
	const char *url;
	bool may;
} urls[] = {
	{ "the origin itself", "https://shop.example", true },
	{ "a page under it", "https://shop.example/a/b?c=d#e", true },
	{ "listed with a slash", "http://127.0.0.1:8080/x", true },
	{ "another host that begins so", "https://shop.example.evil/", false },
	{ "who stands before a host", "https://shop.example@evil/", false },
	{ "another port", "https://shop.example:8443/", false },
	{ "without TLS", "http://shop.example/", false },
	{ "a script", "javascript:alert(1)", false },
	{ "a line end", "https://shop.example/\r\nSet-Cookie:a", false },
	{ "a quotation mark", "https://shop.example/\"", false },
	{ "a backslash", "https://shop.example\\evil", false },
	{ "nothing", "", false },
};

static void test_urls(void)
{
	for (size_t i = 0; i < COUNTOF(urls); i++)
		CHECK(age_gate_may_return(str_of(origins),
			      str_of(urls[i].url)) == urls[i].may,
			"%s", urls[i].why);
	CHECK(!age_gate_may_return(STR(""), STR("https://shop.example/")),
		"nothing is listed");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "age_gate", fresh_server(argc, argv));
	set_contact(&t);
	test_off(&t);
	test_answers(&t);
	test_going_back(&t);
	test_sealed(&t);
	test_urls();
	end(&t);
	return CHECK_DONE();
}
