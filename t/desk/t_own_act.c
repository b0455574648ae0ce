/*
 * Whose word is the newest: rows of docs/law.md.  What is said
 * once more changes nothing that holds, and decides what is older than it (11 CCR
 * 7025(c), 7028(a)).  A day passes between any two acts.
 */
#include "check.h"
#include "opting.h"

#include <sodium.h>

#include "desk/fraud.h"
#include "desk/limit.h"
#include "desk/own_newer.h"
#include "desk/profile.h"
#include "desk/signals.h"

static const int64_t day_ms = INT64_C(86400000);

/* Who somebody is, in several ways; NULL: not with this visit. */
struct ids {
	const char *cookie, *email, *phone;
};

static struct profile visit_for(struct test *t, struct ids ids, bool has_signal,
	const char *program, enum profile_choice choice)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query q[3];
	struct profile p = { .has_signal = has_signal,
		.program = str_of(program),
		.choice = choice };
	struct err e = { 0 };

	t->clock.fixed_ms += day_ms;
	if (ids.cookie)
		q[p.of.n++] = (struct suppress_query){ .kind = IDENT_COOKIE,
			.value = str_of(ids.cookie) };
	if (ids.email)
		q[p.of.n++] = (struct suppress_query){ .kind = IDENT_EMAIL,
			.value = str_of(ids.email) };
	if (ids.phone)
		q[p.of.n++] = (struct suppress_query){ .kind = IDENT_PHONE,
			.value = str_of(ids.phone) };
	p.of.at = q;
	if (profile_seen(&d, &p, &e))
		fail("visit", &e);
	return p;
}

static struct profile visit(struct test *t, struct ids ids)
{
	return visit_for(t, ids, false, "", CHOICE_NONE);
}

static struct profile signal_of(struct test *t, struct ids ids)
{
	return visit_for(t, ids, true, "", CHOICE_NONE);
}

static void in(struct test *t, const char *email)
{
	t->clock.fixed_ms += day_ms;
	opt_in(t, email);
}

static str out(struct test *t, const char *id)
{
	t->clock.fixed_ms += day_ms;
	return opt_out(t, KIND_OPT_OUT, id);
}

static int64_t entries(struct test *t)
{
	struct sql_suppression_count_row row;
	struct err e = { 0 };

	if (sql_suppression_count(t->db, t->a, &row, &e) < 0)
		fail("count", &e);
	return row.n;
}

static int64_t entries_of(struct test *t, const char *event)
{
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };
	int64_t n = 0;

	if (sql_audit_newest(t->db, t->a,
		    &(struct sql_audit_newest_in){ INT64_MAX, 500 }, &rows, &e))
		fail("newest", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, str_of(event));
	return n;
}

static struct suppress_reason why_of(
	struct test *t, enum ident_kind kind, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = kind, .value = str_of(value) };
	struct suppress_why why;
	struct err e = { 0 };

	if (suppress_why(&d, &q, 1, &why, &e))
		fail("why", &e);
	return why.of[__builtin_ctz(REASON_OPT_OUT)];
}

/* Out by phone; in by address, which never was on the list; out by phone again. */
static void test_out_in_out(struct test *t)
{
	struct ids both = { NULL, "ann@example.com", "510-555-0101" };
	struct suppress_reason r;
	struct profile p;
	int64_t again_at;

	out(t, both.phone);
	in(t, both.email);
	p = visit(t, both);
	CHECK(!p.is_opted_out && !reasons_of(t, IDENT_EMAIL, both.email),
		"an opt-in of who was not on the list is remembered");
	CHECK(reasons_of(t, IDENT_PHONE, both.phone) == REASON_OPT_OUT,
		"and releases nothing else");
	out(t, both.phone);
	again_at = t->clock.fixed_ms;
	r = why_of(t, IDENT_PHONE, both.phone);
	CHECK(r.again_at == again_at && r.since_at < again_at &&
			str_eq(r.again_source, STR("request")),
		"an opt-out said again has its own day and source");
	p = visit(t, both);
	CHECK(p.is_opted_out && p.added == 1 &&
			reasons_of(t, IDENT_EMAIL, both.email) ==
				REASON_OPT_OUT,
		"and is newer than the opt-in");
	in(t, both.email);
	p = visit(t, both);
	CHECK(!p.is_opted_out, "which can be said again, too");
	p = signal_of(t, both);
	CHECK(p.is_opted_out && p.added == 1, "a signal is newer than that");
}

/* The same browser's signal, before and after the opt-in. */
static void test_signal_again(struct test *t)
{
	struct ids browser = { "bo-1", NULL, NULL };
	struct ids known = { "bo-1", "bo@example.com", NULL };
	int64_t n, told;
	struct profile p;

	signal_of(t, browser);
	in(t, known.email);
	p = visit(t, known);
	CHECK(!p.is_opted_out, "the signal was older");
	n = entries(t);
	told = entries_of(t, "suppression.said_again");
	p = signal_of(t, browser);
	CHECK(p.is_opted_out && !p.added && entries(t) == n + 1,
		"the same signal again, before the login: one entry, and "
		"nobody is added");
	CHECK(entries_of(t, "suppression.said_again") == told + 1,
		"and one in the trail");
	signal_of(t, browser);
	CHECK(entries(t) == n + 1, "what nothing can be newer than is enough");
	p = visit(t, known);
	CHECK(p.is_opted_out && p.added == 1,
		"NT-1: logged in without the signal, it counts");
}

/* Nobody was ever on the list: in, a browser that nobody knows, the account. */
static void test_in_first(struct test *t)
{
	struct ids unknown = { "cy-1", NULL, NULL };
	struct ids account = { NULL, "cy@example.com", NULL };
	struct ids both = { "cy-1", "cy@example.com", NULL };
	struct profile p;

	in(t, account.email);
	CHECK(entries_of(t, "optin.recorded") > 0, "two acts");
	signal_of(t, unknown);
	p = visit(t, account);
	CHECK(!p.is_opted_out && !reasons_of(t, IDENT_EMAIL, account.email),
		"whose browser that is nobody knows yet");
	p = visit(t, both);
	CHECK(p.is_opted_out && p.added == 1, "then it is theirs, and newer");
	in(t, account.email);
	in(t, account.email);
	p = visit(t, both);
	CHECK(!p.is_opted_out, "opted in twice is opted in");
}

/* What a visit passes on is as old as what was said, not as the visit. */
static void test_passed_on(struct test *t)
{
	struct ids device = { "di-1", NULL, NULL };
	struct ids call = { "di-1", NULL, "510-555-0104" };
	struct ids home = { NULL, "di@example.com", "510-555-0104" };
	struct profile p;

	signal_of(t, device);
	in(t, home.email);
	p = visit(t, call);
	CHECK(p.added == 1 && str_starts(source_of(t, IDENT_PHONE, call.phone),
				      STR("api:1:visit:20")),
		"the number becomes what the browser is");
	p = visit(t, home);
	CHECK(!p.is_opted_out && !reasons_of(t, IDENT_EMAIL, home.email),
		"7028(a): the signal behind it is older than the opt-in");
	out(t, call.phone);
	p = visit(t, home);
	CHECK(p.is_opted_out && p.added == 1, "their own word is not");
}

/* A limit says nothing of the sale, and a refused request nothing at all. */
static void test_no_word(struct test *t)
{
	struct ids both = { NULL, "ed@example.com", "510-555-0105" };
	struct desk d = staff(t);
	struct fraud x = { STR("A script sent it for 900 people."),
		STR("Server log of November 20.") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str again;
	struct profile p;

	out(t, both.phone);
	in(t, both.email);
	t->clock.fixed_ms += day_ms;
	opt_out(t, KIND_LIMIT, both.phone);
	CHECK(reasons_of(t, IDENT_PHONE, both.phone) ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"limited, later");
	p = visit(t, both);
	CHECK(!p.is_opted_out, "that is no opt-out said again");
	again = out(t, both.phone);
	CHECK(!case_refuse_fraud(&d, again, &x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(reasons_of(t, IDENT_PHONE, both.phone) ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"7026(e): what was said before stays");
	p = visit(t, both);
	CHECK(!p.is_opted_out, "what was refused as fraudulent is no word");
	again = out(t, both.email);
	CHECK(!case_refuse_fraud(&d, again, &x, &ps, &e) && !ps.n &&
			!reasons_of(t, IDENT_EMAIL, both.email),
		"released: %s", e.message);
	p = visit(t, both);
	CHECK(!p.is_opted_out && !reasons_of(t, IDENT_EMAIL, both.email),
		"nor does it take back their own");
}

/* Entered by staff, as somebody called: one address, not a list. */
static void test_entered(struct test *t)
{
	struct ids both = { NULL, "fay@example.com", "510-555-0106" };
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q[2] = { { .kind = IDENT_PHONE,
					       .value = str_of(both.phone) },
		{ .kind = IDENT_PHONE, .value = STR("510-555-0107") } };
	struct err e = { 0 };
	struct profile p;

	CHECK(!suppress_put(&d, q, 2, REASON_OPT_OUT, &e), "%s", e.message);
	in(t, both.email);
	t->clock.fixed_ms += day_ms;
	CHECK(!suppress_put(&d, q, 2, REASON_OPT_OUT, &e), "%s", e.message);
	p = visit(t, both);
	CHECK(!p.is_opted_out, "of a list that is read again nobody said it");
	CHECK(!suppress_put(&d, q, 1, REASON_OPT_OUT, &e), "%s", e.message);
	p = visit(t, both);
	CHECK(p.is_opted_out && p.added == 1,
		"of one that is entered they did");
}

/* What another program posts to the list, of cookies: mostly known already. */
static void post(struct test *t, const char *const *cookie, size_t n,
	const char *source, size_t added)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query q[3];
	struct signals s = { .at = q,
		.n = n,
		.reasons = REASON_OPT_OUT,
		.source = str_of(source) };
	struct err e = { 0 };

	must(n <= COUNTOF(q));
	t->clock.fixed_ms += day_ms;
	for (size_t i = 0; i < n; i++)
		q[i] = (struct suppress_query){ .kind = IDENT_COOKIE,
			.value = str_of(cookie[i]) };
	CHECK(!signals_read(&d, &s, &e) && !signals_put(&d, &s, &e), "%s",
		e.message);
	CHECK(s.fresh_n == added, "%zu added, not %zu", s.fresh_n, added);
}

/* A signal says it anew with each page, whoever's browser it is. */
static void test_posted(struct test *t)
{
	static const char *const cookies[] = { "hal-1", "ira-1", "hal-1" };
	static const char *const twins[] = { "hal-1", "hal-1" };
	struct ids hal = { "hal-1", "hal@example.com", NULL };
	struct ids ira = { "ira-1", "ira@example.com", NULL };
	int64_t n;
	struct profile p;

	post(t, cookies, 3, "gpc", 2);
	in(t, hal.email);
	in(t, ira.email);
	p = visit(t, hal);
	CHECK(!p.is_opted_out, "the signal was older");
	n = entries(t);
	post(t, cookies, 2, "crm", 0);
	CHECK(entries(t) == n, "of a list that is sent again nobody said it");
	p = visit(t, hal);
	CHECK(!p.is_opted_out, "so it is older still");
	post(t, twins, 2, "gpc", 0);
	CHECK(entries(t) == n + 1, "of a signal they did, written down once");
	post(t, twins, 2, "gpc", 0);
	post(t, cookies, 1, "gpc", 0);
	CHECK(entries(t) == n + 1, "what nothing can be newer than is enough");
	p = visit(t, hal);
	CHECK(p.is_opted_out && p.added == 1,
		"7025(c): the signal is newer than the opt-in");
	p = visit(t, ira);
	CHECK(!p.is_opted_out, "and nobody else's");
	post(t, cookies + 1, 1, "crm", 0);
	p = visit(t, ira);
	CHECK(p.is_opted_out && p.added == 1,
		"of one that is entered alone somebody said it");
	in(t, hal.email);
	n = entries(t);
	post(t, cookies, 1, "gpc", 0);
	CHECK(entries(t) == n + 1, "another opt-in, and it is said anew");
	p = visit(t, hal);
	CHECK(p.is_opted_out && p.added == 1, "which counts");
}

/* Keys are spread evenly, as hashes are. */
static void key_of(uint32_t i, uint8_t out[IDENT_KEY_SIZE])
{
	crypto_generichash(
		out, IDENT_KEY_SIZE, (const uint8_t *)&i, sizeof i, NULL, 0);
}

/* What is remembered of whose word is the newest, at its limit. */
static void test_remembered(void)
{
	struct own_newer *s = own_newer_new(CPU_BEST);
	uint8_t key[2 * IDENT_KEY_SIZE];
	uint8_t *last = key + IDENT_KEY_SIZE;
	int64_t at;
	bool found[2];

	key_of(0, key);
	key_of(LIMIT_NEWER_KEYS, last);
	own_newer_put(s, 5, key);
	own_newer_find(s, 5, key, 2, found);
	CHECK(found[0] && !found[1], "known, and not known");
	own_newer_find(s, 6, key, 2, found);
	CHECK(!found[0] && !found[1], "another opt-in: nothing is known");
	for (uint32_t i = 1; i < LIMIT_NEWER_KEYS; i++) {
		key_of(i, last);
		own_newer_put(s, 5, last);
	}
	key_of(LIMIT_NEWER_KEYS, last);
	own_newer_find(s, 5, key, 2, found);
	CHECK(found[0] && !found[1], "as many as are remembered");
	own_newer_put(s, 5, last);
	own_newer_find(s, 5, key, 2, found);
	CHECK(!found[0] && found[1], "one more, and it begins anew");
	CHECK(!own_newer_in_at(s, 7, &at), "nobody has looked");
	own_newer_put_in_at(s, 7, 0);
	CHECK(own_newer_in_at(s, 7, &at) && !at,
		"nobody opted in, as long as the log ends there");
	CHECK(!own_newer_in_at(s, 8, &at), "an entry more, and who knows");
	own_newer_free(s);
}

/* the yes to a program stands against signals, not against a later request. */
static void test_program(struct test *t)
{
	static const char card[] = "Gold card";
	struct ids one = { "gus-1", "gus@example.com", NULL };
	struct profile p = visit_for(t, one, true, card, CHOICE_NONE);

	CHECK(p.is_opted_out && p.may_ask, "a conflict, asked about once");
	visit_for(t, one, true, card, CHOICE_KEEP);
	p = visit_for(t, one, true, card, CHOICE_NONE);
	CHECK(str_eq(p.chosen, STR("keep")),
		"a signal of later does not end it: 7025(c)(4)");
	out(t, one.email);
	p = visit_for(t, one, true, card, CHOICE_NONE);
	CHECK(!p.chosen.n && !p.may_ask,
		"their own opt-out does, and they are not asked again: "
		"%.*s",
		STR_ARG(p.chosen));
	p = visit_for(t, one, false, "Silver card", CHOICE_NONE);
	CHECK(!p.may_ask, "nor about another: 7026(k)");
	visit_for(t, one, false, card, CHOICE_KEEP);
	p = visit_for(t, one, false, card, CHOICE_NONE);
	CHECK(str_eq(p.chosen, STR("keep")), "they may come back themselves");
	p = visit_for(t, (struct ids){ "gus-2", "gus@example.com", NULL }, true,
		card, CHOICE_NONE);
	p = visit_for(t, (struct ids){ "gus-2", NULL, NULL }, true, card,
		CHOICE_NONE);
	CHECK(str_eq(p.chosen, STR("keep")),
		"and a new browser knows that and since when");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "own_act", fresh_server(argc, argv));
	set_contact(&t);
	test_out_in_out(&t);
	test_signal_again(&t);
	test_in_first(&t);
	test_passed_on(&t);
	test_no_word(&t);
	test_entered(&t);
	test_posted(&t);
	test_remembered();
	test_program(&t);
	end(&t);
	return CHECK_DONE();
}
