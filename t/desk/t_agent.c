/*
 * Authorized agents (11 CCR 7026(j), 7063): who they are, what they file for whom with
 * what proof, and who hears of it.
 */
#include "cases.h"

#include <sodium.h>

#include "desk/agent_file.h"
#include "desk/agent_refuse.h"
#include "desk/call_back.h"
#include "desk/code.h"
#include "desk/limit.h"
#include "desk/trail.h"
#include "law/reason.h"

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
		  STR_INIT("not a number"), false, { 0 } },
		NULL, "a person needs no registration" },
	{ { STR_INIT(""), STR_INIT("b@doe.example"), { 0 }, false, { 0 } },
		"agent_name", "somebody has to be named" },
	{ { STR_INIT("B"), STR_INIT("b at doe"), { 0 }, false, { 0 } },
		"agent_email", "letters go there" },
	{ { STR_INIT("B"), STR_INIT("b@doe.example"), { 0 }, true, { 0 } },
		"registration", "a business is registered (11 CCR 7001)" },
	{ { STR_INIT("B"), STR_INIT("b@doe.example"), STR_INIT("1234"), true,
		  { 0 } },
		"registration", "too short to be one" },
	{ { STR_INIT("B"), STR_INIT("b@doe.example"),
		  STR_INIT("12345678901234567"), true, { 0 } },
		"registration", "one above sixteen" },
	{ { STR_INIT("C"), STR_INIT("c@doe.example"),
		  STR_INIT("1234567890123456"), true, { 0 } },
		NULL, "sixteen" },
	{ { STR_INIT("D"), STR_INIT("d@doe.example"), { 0 }, false,
		  STR_INIT("es") },
		NULL, "who reads Spanish" },
	{ { STR_INIT("E"), STR_INIT("e@doe.example"), { 0 }, false,
		  STR_INIT("fr") },
		"language", "nobody offers that one" },
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
		false, { 0 } };
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

/* --- what they ask --- */

static struct agent_ask asks(enum kind kind, enum proof proof)
{
	struct agent_ask in = {
		.request = { .kind = kind,
			.channel = CHANNEL_AGENT,
			.id = { STR("maria@example.com") },
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Maria Gomez") },
				.email = { STR("maria@example.com") },
				.zip = { STR("94607") },
				.pieces = STR("specific"),
				.item = { STR("the street") },
				.should_be = { STR("12 Elm Street") } } },
		.agent = { .name = STR("Ann Doe"),
			.email = STR("Ann@Doe.example") },
		.permission = { .proof = proof,
			.signed_by = { STR("Maria Gomez") },
			.signed_on = STR("11/20/2026") },
	};

	if (proof == PROOF_POWER)
		in.permission.file = STR("%PDF-1.7 a power of attorney");
	return in;
}

static str ask(struct test *t, const struct agent_ask *in, struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	str reference = { 0 };

	*ps = (struct problems){ 0 };
	if (agent_ask(&d, in, &reference, ps, &e))
		fail("ask", &e);
	return reference;
}

static str asked(
	struct test *t, enum kind kind, enum proof proof, const char *email)
{
	struct agent_ask in = asks(kind, proof);
	struct problems ps;
	str reference;

	in.request.id.v = in.request.person.email.v = str_of(email);
	reference = ask(t, &in, &ps);
	CHECK(!ps.n && reference.n == 8, "%s: %s", email,
		ps.n ? ps.at[0].text : "taken");
	return reference;
}

static struct permission_row shown(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct permission_row row = { 0 };
	struct err e = { 0 };

	if (permission_load(&d, request_id(t, reference), &row, &e) != 1)
		fail("permission", &e);
	return row;
}

/* All letters of a request: how many went to whom. */
static int letters_to(struct test *t, str reference, const char *address)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct err e = { 0 };
	int n = 0;

	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 500 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++) {
		struct post p;

		if (!str_eq(rows.at[i].reference, reference))
			continue;
		if (post_load(&d, rows.at[i].id, &p, &e) != 1)
			fail("letter", &e);
		n += !*address || str_eq(p.to.v, str_of(address));
	}
	return n;
}

static bool says(struct test *t, const struct post *p, const char *text)
{
	struct buf b = buf_in(t->a, 1 << 18);

	/* A sentence may be wrapped anywhere, and what goes on be set in. */
	for (size_t i = 0; i < p->text.v.n; i++) {
		char c = p->text.v.p[i] == '\n' ? ' ' : p->text.v.p[i];

		if (c != ' ' || !b.n || b.p[b.n - 1] != ' ')
			buf_putc(&b, c);
	}
	return str_find(buf_str(&b), str_of(text)) >= 0;
}

static bool in_trail(struct test *t, str reference, const char *what)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_find(v.events.at[i].title, str_of(what)) >= 0)
			return true;
	return false;
}

/* NT-5, E4: the permission alone, in force when it is answered, and not a word to the
 * consumer (11 CCR 7026(j), 7027(i)). */
static void test_stops(struct test *t)
{
	static const struct {
		enum kind kind;
		enum proof proof;
		const char *email;
		uint32_t reason;
	} rows[] = {
		{ KIND_OPT_OUT, PROOF_SIGNED, "out@example.com",
			REASON_OPT_OUT },
		{ KIND_LIMIT, PROOF_SIGNED, "limit@example.com", REASON_LIMIT },
		{ KIND_OPT_OUT, PROOF_POWER, "power.out@example.com",
			REASON_OPT_OUT },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		str reference =
			asked(t, rows[i].kind, rows[i].proof, rows[i].email);
		struct case_view v = view(t, reference);

		CHECK(reasons_of(t, IDENT_EMAIL, rows[i].email) ==
				rows[i].reason,
			"%s: in force at once", rows[i].email);
		CHECK(letters_to(t, reference, "") == 0,
			"%s: nobody is written to", rows[i].email);
		CHECK(v.agent.is_there && !v.agent.can_accept,
			"%s: the case says that an agent asked", rows[i].email);
		CHECK(str_eq(v.channel, STR("Authorized agent")),
			"how it was made (7101(b))");
		if (v.is_open)
			continue;
		CHECK(shown(t, reference).destroyed_at == t->clock.fixed_ms &&
				in_trail(t, reference, "was destroyed"),
			"%s: closed, so what was shown is gone", rows[i].email);
	}
}

/* Who has neither address nor number is found by where they live, whoever asks; and
 * still nobody writes to them. */
static void test_stop_by_address(struct test *t)
{
	struct agent_ask in = asks(KIND_OPT_OUT, PROOF_SIGNED);
	struct problems ps;
	str reference;

	in.request.id.v = STR("");
	in.request.person.first.v = STR("Vera");
	in.request.person.last.v = STR("Stone");
	reference = ask(t, &in, &ps);
	CHECK(!reference.n && ps.n == 2 && !strcmp(ps.at[0].field, "street"),
		"a name alone is everybody's");
	in.request.person.street.v = STR("9 Elm Street");
	in.request.postal.city.v = STR("Oakland, CA");
	reference = ask(t, &in, &ps);
	CHECK(reference.n == 8 && !ps.n, "%s", ps.n ? ps.at[0].text : "taken");
	CHECK(reasons_of(t, IDENT_NAME_ADDRESS, "VERA|Stone|9 elm st.|94607") ==
			REASON_OPT_OUT,
		"in force at once");
	CHECK(letters_to(t, reference, "") == 0, "no letter on paper either");
}

/* The agent hears that it came, the consumer is asked once; their code shows both that
 * the address is theirs and that they permitted it (7063(a)). */
static void test_confirmed(struct test *t)
{
	str ref = asked(t, KIND_DELETE, PROOF_SIGNED, "luis@example.com");
	struct post code = letter_of(t, ref, "agent_code");
	struct post receipt = letter_of(t, ref, "receipt");
	struct problems ps = { 0 };
	struct case_view v = view(t, ref);

	CHECK(letters_to(t, ref, "luis@example.com") == 1 &&
			letters_to(t, ref, "ann@doe.example") == 1,
		"one letter each");
	CHECK(str_eq(code.to.v, STR("luis@example.com")) &&
			says(t, &code,
				"Ann Doe asked us, in your name, to "
				"delete the personal information") &&
			says(t, &code, "/r/delete/code?ref="),
		"the consumer is told who asks for what, and where to say so");
	CHECK(str_eq(receipt.to.v, STR("ann@doe.example")) &&
			says(t, &receipt, "for Maria Gomez, as their agent") &&
			says(t, &receipt, "they show us that you may ask"),
		"7021(a): the requester, here the agent, hears of the receipt");
	CHECK(!strcmp(v.next.code, "permission") &&
			v.next.turn == TURN_CONSUMER,
		"the case waits for the consumer: %s", v.next.code);
	CHECK(str_eq(v.agent.name.v, STR("Ann D.")) && v.agent.can_show &&
			!v.agent.has_document,
		"who asks is masked, what was typed can be shown");
	CHECK(confirm(t, ref, code_in(&code), &ps), "the code is right");
	CHECK(view(t, ref).state == STATE_SEARCHING, "the search begins");
	hand_over(t, ref, "receipt");
	CHECK(!date_is_none(view(t, ref).receipt_confirmed_on),
		"receipt is confirmed by the letter to the agent");
}

/* To its end: the answer to the consumer and a copy to the agent; with it goes what the
 * agent showed. */
static void test_answered(struct test *t)
{
	str ref = asked(t, KIND_DELETE, PROOF_SIGNED, "none@example.com");
	struct post code = letter_of(t, ref, "agent_code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post copy;

	CHECK(confirm(t, ref, code_in(&code), &ps), "confirmed");
	CHECK(deny(t, ref, "AGENT_WITHOUT_PERMISSION", "None.", &e) == -1 &&
			e.code == ERR_INVALID,
		"who was asked permitted it: %s", e.message);
	if (fulfil_plan(&d, request_id(t, ref), plan_of_three, 2, &e))
		fail("plan", &e);
	report_found(t, ref, "leads", 0, NULL);
	report_found(t, ref, "crm", 0, NULL);
	CHECK(!answer(t, ref, "", &e), "answered: %s", e.message);
	copy = letter_of(t, ref, "agent_copy");
	CHECK(str_eq(letter_of(t, ref, "nothing_found").to.v,
		      STR("none@example.com")) &&
			str_eq(copy.to.v, STR("ann@doe.example")) &&
			says(t, &copy, "this is a copy for you") &&
			says(t, &copy, "We found none"),
		"both hear the same");
	CHECK(!shown(t, ref).destroyed_at, "open: it is there");
	hand_over(t, ref, "nothing_found");
	hand_over(t, ref, "agent_copy");
	CHECK(!view(t, ref).is_open && shown(t, ref).destroyed_at > 0,
		"closed: it is destroyed (7060(d))");
	CHECK(in_trail(t, ref, "What the agent showed was destroyed"),
		"with its entry");
	CHECK(permission_show(&d, ref, &(struct permission){ 0 }, &e) < 0 &&
			e.code == ERR_NOT_FOUND,
		"and nobody can look at it any more");
}

/* Refused by one of two people is not refused: the permission comes, and the answer goes
 * to the consumer as well. */
static void test_refused_by_one(struct test *t)
{
	str ref = asked(t, KIND_DELETE, PROOF_SIGNED, "by.one@example.com");
	struct post code = letter_of(t, ref, "agent_code");
	struct denial x = { .ground = STR("AGENT_WITHOUT_PERMISSION"),
		.why = STR("Not signed.") };
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct desk one = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	four_eyes_are(t, "yes");
	CHECK(case_deny(&one, ref, &x, &ps, &e) == 1 && !ps.n, "it waits: %s",
		e.message);
	four_eyes_are(t, "no");
	CHECK(confirm(t, ref, code_in(&code), &ps), "confirmed");
	if (fulfil_plan(&d, request_id(t, ref), plan_of_three, 2, &e))
		fail("plan", &e);
	report_found(t, ref, "leads", 0, NULL);
	report_found(t, ref, "crm", 0, NULL);
	CHECK(!answer(t, ref, "", &e), "answered: %s", e.message);
	CHECK(str_eq(letter_of(t, ref, "nothing_found").to.v,
		      STR("by.one@example.com")),
		"to who asked, not to the agent alone");
}

/* Prob. Code 4121 to 4130: nothing is asked of the consumer, and nobody writes to them;
 * staff look at the paper. */
static void test_power(struct test *t)
{
	str ref = asked(t, KIND_KNOW_SPECIFIC, PROOF_POWER, "old@example.com");
	struct desk d = staff(t);
	struct case_view v = view(t, ref);
	struct permission p;
	struct problems ps = { 0 };
	struct err e = { 0 };
	bool is_right;

	CHECK(letters_to(t, ref, "old@example.com") == 0,
		"no letter to the consumer");
	CHECK(!letter_of(t, ref, "agent_code").id, "no code at all");
	CHECK(!intake_send_code_again(&d, ref, &ps, &e) &&
			!letter_of(t, ref, "agent_code").id,
		"nor when somebody asks for one again");
	CHECK(!intake_confirm_code(
		      &d, ref, STR("123456"), &is_right, &ps, &e) &&
			!is_right,
		"no code opens it");
	CHECK(!strcmp(v.next.code, "power") && v.next.turn == TURN_STAFF &&
			v.agent.can_accept && !v.can_search,
		"staff look at it: %s", v.next.code);
	ps.n = 0;
	CHECK(case_search(&d, ref, STR("I know her"), &ps, &e) < 0 &&
			e.code == ERR_CONFLICT,
		"not searched past the power of attorney");
	CHECK(!permission_show(&d, ref, &p, &e) &&
			str_eq(p.file, STR("%PDF-1.7 a power of attorney")) &&
			in_trail(t, ref, "looked at what the agent showed"),
		"they see what was sent, byte for byte, with an entry");
	d.actor.role = STR("agent");
	CHECK(permission_show(&d, ref, &p, &e) < 0 && e.code == ERR_DENIED &&
			permission_accept(&d, ref, &e) < 0 &&
			e.code == ERR_DENIED,
		"a support agent neither sees nor accepts it");
	d.actor.role = STR("officer");
	CHECK(!permission_accept(&d, ref, &e), "accepted: %s", e.message);
	CHECK(view(t, ref).state == STATE_SEARCHING &&
			view(t, ref).agent.is_accepted,
		"the search begins");
	CHECK(permission_accept(&d, ref, &e) < 0 && e.code == ERR_CONFLICT,
		"once");
	CHECK(letters_to(t, ref, "old@example.com") == 0, "still no letter");
	CHECK(permission_accept(&d,
		      asked(t, KIND_DELETE, PROOF_SIGNED, "s@example.com"),
		      &e) < 0 &&
			e.code == ERR_CONFLICT,
		"a permission is no power of attorney");
}

static str entered(struct test *t, const struct agent_ask *in, const char *role,
	struct problems *ps, struct err *e)
{
	struct desk d = staff(t);
	str reference = { 0 };

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	d.actor.role = str_of(role);
	if (agent_ask_entered(&d, in, &reference, ps, e))
		return STR("");
	return reference;
}

/* 7026(j): refused for want of a permission, never in force, and the letter goes to the
 * agent alone. */
/* What a consumer asks is theirs, whoever asked before in their name: their code must
 * neither confirm that one nor have its answers go to that agent. */
static void test_own_beside(struct test *t)
{
	str ref = asked(t, KIND_DELETE, PROOF_POWER, "own@example.com");
	struct sent own = confirmed(t, "own@example.com");

	CHECK(view(t, own.reference).state == STATE_SEARCHING,
		"their own request goes on: %s",
		view(t, own.reference).state_title);
	CHECK(view(t, ref).state == STATE_UNCONFIRMED &&
			view(t, ref).agent.can_accept,
		"and the other one waits for staff as before");
}

/* An agent's form may say what it likes: the code went to the email address, so the
 * systems are searched by it, and a phone number proves nothing. */
static void test_not_by_phone(struct test *t)
{
	struct agent_ask in = asks(KIND_DELETE, PROOF_SIGNED);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct problems ps;
	struct post code;
	struct err e = { 0 };
	struct work w;
	str ref;

	t->config.sms_url = STR("https://sms.example/{to}/{text}");
	in.request.person.email.v = STR("thief@example.com");
	in.request.person.phone.v = STR("510-555-0142");
	in.request.person.code_by = STR("sms");
	ref = ask(t, &in, &ps);
	t->config.sms_url = STR("");
	CHECK(!ps.n, "%s", ps.n ? ps.at[0].text : "taken");
	code = letter_of(t, ref, "agent_code");
	CHECK(confirm(t, ref, code_in(&code), &ps), "confirmed by email");
	if (fulfil_plan(&worker, request_id(t, ref), plan_of_three, 3, &e))
		fail("plan", &e);
	w = work_of(t, ref, "leads");
	CHECK(!w.phone.n && w.emails.n == 1 &&
			str_eq(w.emails.at[0], STR("thief@example.com")) &&
			w.typed.proven == POINT_BIT(EMAIL),
		"searched by what was confirmed");
}

static struct agent_ask without_email(enum proof proof, const char *phone)
{
	struct agent_ask in = asks(KIND_DELETE, proof);

	in.request.person.email.v = STR("");
	in.request.person.phone.v = str_of(phone);
	in.request.person.street.v = STR("9 Elm Street");
	in.request.postal.city.v = STR("Oakland, CA");
	return in;
}

static int call_back(struct test *t, str ref, const char *phone)
{
	struct call_back in = { { str_of(phone) },
		STR("She signed it, she says.") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	return case_call_back(&d, ref, &in, &ps, &e) || ps.n ? -1 : 0;
}

/* Many people whom agents ask for have no email address: the one question whether they
 * permitted it is asked on the phone, and what is written to them goes on paper. */
static void test_no_email(struct test *t)
{
	struct agent_ask in = without_email(PROOF_SIGNED, "510-555-0151");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk d = staff(t);
	struct call_back_page page;
	struct problems ps;
	struct err e = { 0 };
	struct post p;
	struct work w;
	str ref = ask(t, &in, &ps);

	CHECK(!ps.n, "a number is enough: %s", ps.n ? ps.at[0].text : "taken");
	p = letter_of(t, ref, "receipt");
	CHECK(letters_to(t, ref, "") == 1 &&
			str_eq(p.to.v, STR("ann@doe.example")) &&
			says(t, &p, "We call the person you ask for"),
		"the agent hears that they are called, and they nothing yet");
	CHECK(!strcmp(view(t, ref).next.code, "call-back") &&
			view(t, ref).can_call && !view(t, ref).can_search,
		"staff call: %s", view(t, ref).next.code);
	CHECK(call_back_page(&d, ref, &page, &e) == 1 && page.can &&
			str_eq(page.agent, STR("Ann Doe")),
		"and ask whether they permitted that agent");
	CHECK(!call_back(t, ref, "510-555-0151"), "called");
	if (fulfil_plan(&worker, request_id(t, ref), plan_of_three, 3, &e))
		fail("plan", &e);
	w = work_of(t, ref, "leads");
	CHECK(str_eq(w.phone, STR("510-555-0151")) && !w.emails.n &&
			!w.is_by_points,
		"searched by the number that confirmed it");
	CHECK(!deny(t, ref, "UNVERIFIED", "", &e) && !answer(t, ref, "", &e),
		"denied: %s", e.message);
	p = letter_of(t, ref, "denied_unverified");
	CHECK(p.is_paper && str_find(p.postal.v, STR("9 Elm Street")) >= 0,
		"the consumer's answer goes on paper");
	CHECK(letters_to(t, ref, "ann@doe.example") == 2 &&
			!letter_of(t, ref, "agent_copy").is_paper,
		"and the agent's by email");
}

/* Neither address nor number: taken all the same (11 CCR 7020(e)), and staff decide. */
static void test_no_number(struct test *t)
{
	struct agent_ask in = without_email(PROOF_SIGNED, "");
	struct problems ps;
	struct post p;
	str ref = ask(t, &in, &ps);

	CHECK(!ps.n, "an address is enough: %s", ps.n ? ps.at[0].text : "");
	p = letter_of(t, ref, "receipt");
	CHECK(says(t, &p, "a person here looks at the permission"),
		"no code is said to have gone out");
	in.request.postal.city.v = STR("");
	ref = ask(t, &in, &ps);
	CHECK(!ref.n && ps.n == 1 && !strcmp(ps.at[0].field, "email"),
		"a street is a detail, and leads to nobody");
}

/* Who holds a power of attorney stands for them: no call, and their number leads. */
static void test_power_by_phone(struct test *t)
{
	struct agent_ask in = without_email(PROOF_POWER, "510-555-0152");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk d = staff(t);
	struct problems ps;
	struct err e = { 0 };
	str ref = ask(t, &in, &ps);

	CHECK(!ps.n && !view(t, ref).can_call &&
			call_back(t, ref, "510-555-0152"),
		"nothing is asked of the consumer");
	CHECK(!permission_accept(&d, ref, &e), "accepted: %s", e.message);
	if (fulfil_plan(&worker, request_id(t, ref), plan_of_three, 3, &e))
		fail("plan", &e);
	CHECK(str_eq(work_of(t, ref, "crm").phone, STR("510-555-0152")),
		"searched by the number");
}

/* The form of the phone line has the choice of paper, for who asks on their own.  A code
 * of 30 minutes in the paper tray, without an address, would reach nobody (7063(a)). */
static void test_not_on_paper(struct test *t)
{
	struct agent_ask in = asks(KIND_DELETE, PROOF_SIGNED);
	struct problems ps;
	struct post code;
	struct err e;
	str ref[2];

	in.request.person.letter_by = STR("paper");
	in.request.person.email.v = STR("paper.one@example.com");
	ref[0] = ask(t, &in, &ps);
	CHECK(!ps.n, "no postal address is asked of an agent");
	in.request.channel = CHANNEL_MAIL;
	in.request.person.email.v = STR("paper.two@example.com");
	ref[1] = entered(t, &in, "agent", &ps, &e);
	for (size_t i = 0; i < COUNTOF(ref); i++) {
		code = letter_of(t, ref[i], "agent_code");
		CHECK(code.id && !code.is_paper &&
				str_starts(code.to.v, STR("paper.")),
			"%zu: the code goes by email: %.*s", i,
			STR_ARG(code.to.v));
		CHECK(confirm(t, ref[i], code_in(&code), &ps), "and counts");
		CHECK(!deny(t, ref[i], "UNVERIFIED", "", &e) &&
				!answer(t, ref[i], "", &e) &&
				!letter_of(t, ref[i], "denied_unverified")
					 .is_paper,
			"%zu: so does the answer: %s", i, e.message);
	}
}

static int send_code(struct desk *d, void *ctx, struct err *e)
{
	return code_send(d, ctx, CODE_PACKAGE, e);
}

/* Who reads an answer reads the code that opens it: a code in Spanish would else go
 * to the consumer, or nowhere, and the package to the holder of a power of attorney. */
static void test_code_in_spanish(struct test *t)
{
	static const struct {
		enum proof proof;
		const char *email;
		const char *reader;
	} rows[] = {
		{ PROOF_POWER, "es.power@example.com", "ann@doe.example" },
		{ PROOF_SIGNED, "es.signed@example.com",
			"es.signed@example.com" },
	};
	static const char *const languages[] = { "", "es" };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		for (size_t l = 0; l < COUNTOF(languages); l++) {
			struct desk d = desk_as(t, ACTOR_CONSUMER);
			struct record r;
			struct err e = { 0 };
			struct post p;
			str ref = asked(t, KIND_KNOW_SPECIFIC, rows[i].proof,
				rows[i].email);

			if (record_need(&d, ref, &r, &e))
				fail("record", &e);
			r.person.language = str_of(languages[l]);
			r.person.agent_language = r.person.language;
			if (desk_write(&d, send_code, &r, &e))
				fail("code", &e);
			p = letter_of(t, ref, "code");
			CHECK(says(t, &p, l ? "Su código es" : "Your code is"),
				"in \"%s\"", languages[l]);
			CHECK(str_eq(p.to.v, str_of(rows[i].reader)),
				"%s: the code in \"%s\" went elsewhere",
				rows[i].email, languages[l]);
		}
}

struct readers {
	enum letter_kind kind;
	enum { NOBODY, CONSUMER, AGENT, BOTH } of[PROOF_END];
};

static const struct readers letter_readers[] = {
#define AGENT_LETTER(NAME, ...) { LETTER_##NAME, { __VA_ARGS__ } },
#include "desk/tbl/agent_letters.h"
};

static const struct readers *readers_of(enum letter_kind kind)
{
	for (size_t i = 0; i < COUNTOF(letter_readers); i++)
		if (letter_readers[i].kind == kind)
			return &letter_readers[i];
	return NULL;
}

/* An answer without a row has no reader. */
static void test_answers_have_readers(void)
{
	size_t answers = 0;

	for (int k = 0; k < LETTER_KINDS; k++) {
		str name = str_of(letter_kind_name((enum letter_kind)k));

		if (!post_is_answer(name))
			continue;
		answers++;
		CHECK(readers_of((enum letter_kind)k),
			"who reads \"%.*s\" is said", STR_ARG(name));
	}
	CHECK(answers == 7, "%zu kinds of answers", answers);
}

static void test_stop_refused(struct test *t)
{
	struct agent_ask in = asks(KIND_OPT_OUT, PROOF_NONE);
	struct problems ps;
	struct err e;
	struct post p;
	str ref;

	in.request.channel = CHANNEL_MAIL;
	in.request.id.v = STR("unproved@example.com");
	ref = entered(t, &in, "agent", &ps, &e);
	CHECK(!ref.n && ps.n == 1 && !strcmp(ps.at[0].field, "proof"),
		"to refuse it is not for everybody");
	ref = entered(t, &in, "officer", &ps, &e);
	CHECK(ref.n == 8 && !ps.n, "refused: %s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "unproved@example.com") == 0,
		"nothing is in force");
	p = letter_of(t, ref, "agent_denied");
	CHECK(letters_to(t, ref, "") == 1 &&
			str_eq(p.to.v, STR("ann@doe.example")) &&
			says(t, &p, "to opt out of sale and sharing") &&
			says(t, &p, "11 CCR 7026(j), 7063(a)") &&
			says(t, &p, "You can send us the signed permission"),
		"the agent is told why, and how it can be shown");
	CHECK(!view(t, ref).is_open &&
			str_eq(view(t, ref).outcome, STR("Denied")) &&
			in_trail(t, ref, "No proof of the agent"),
		"closed as denied, on its ground: %.*s",
		STR_ARG(view(t, ref).outcome));
}

static void four_eyes(struct test *t, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("four_eyes"), str_of(value), &e))
		fail("four_eyes", &e);
}

static str unproved(struct test *t, enum kind kind, const char *email)
{
	struct agent_ask in = asks(kind, PROOF_NONE);
	struct problems ps;
	struct err e;
	str ref;

	in.request.channel = CHANNEL_MAIL;
	in.request.id.v = str_of(email);
	ref = entered(t, &in, "officer", &ps, &e);
	CHECK(ref.n == 8 && !ps.n, "%s: %s", email, e.message);
	return ref;
}

static int refuse_as(struct test *t, int64_t id, str ref, struct err *e)
{
	struct desk d = staff(t);

	*e = (struct err){ 0 };
	d.actor.id = id;
	return case_refuse_agent(&d, ref, e);
}

/* Four eyes: entering it is no denial yet.  A choice that may be the consumer's waits for
 * nobody, so until a second person refuses it, too, it is in force. */
static void test_stop_second(struct test *t)
{
	struct case_view v;
	struct err e;
	str ref;

	four_eyes(t, "yes");
	ref = unproved(t, KIND_OPT_OUT, "two.refuse@example.com");
	v = view(t, ref);
	CHECK(v.state == STATE_IN_FORCE && v.second.is_waiting &&
			v.second.is_denial && v.second.is_own &&
			v.agent.can_refuse,
		"one person alone refuses nothing");
	CHECK(reasons_of(t, IDENT_EMAIL, "two.refuse@example.com") ==
			REASON_OPT_OUT,
		"and it is in force");
	CHECK(letters_to(t, ref, "") == 0, "nobody is told anything yet");
	CHECK(v.answer.n &&
			str_find(arena_join(t->a, v.answer.at, v.answer.n,
					 STR("\n")),
				STR("You can send us the signed permission")) >=
				0,
		"who decides reads what the agent will be told");
	CHECK(refuse_as(t, 1, ref, &e) == 1 &&
			view(t, ref).state == STATE_IN_FORCE,
		"the same person twice is one");
	CHECK(refuse_as(t, 2, ref, &e) == 0, "the second one: %s", e.message);
	CHECK(!view(t, ref).is_open &&
			str_eq(view(t, ref).outcome, STR("Denied")) &&
			reasons_of(t, IDENT_EMAIL, "two.refuse@example.com") ==
				0,
		"refused, and released");
	CHECK(letters_to(t, ref, "ann@doe.example") == 1 &&
			letters_to(t, ref, "") == 1 &&
			letter_of(t, ref, "agent_denied").id,
		"the agent is told, and nobody else");
	CHECK(in_trail(t, ref, "a second one has to agree") &&
			in_trail(t, ref, "want of the agent's permission"),
		"both decisions are in the trail");
	CHECK(refuse_as(t, 2, ref, &e) == -1 && e.code == ERR_CONFLICT, "once");
	four_eyes(t, "no");
}

/* What the second person does not refuse is a stop like any other; what somebody else
 * asked for as well stays in force. */
static void test_stop_sent_back(struct test *t)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	str ref;

	four_eyes(t, "yes");
	ref = unproved(t, KIND_OPT_OUT, "two.keep@example.com");
	d.actor.id = 2;
	CHECK(!case_send_back(&d, ref, &e) && !view(t, ref).is_open &&
			str_eq(view(t, ref).outcome, STR("Complied in whole")),
		"sent back: %s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "two.keep@example.com") ==
				REASON_OPT_OUT &&
			letters_to(t, ref, "") == 0,
		"it stays in force, and nobody is written to");
	CHECK(refuse_as(t, 2, ref, &e) == -1 && e.code == ERR_CONFLICT,
		"and is refused no more");
	(void)asked(t, KIND_OPT_OUT, PROOF_SIGNED, "two.asked@example.com");
	ref = unproved(t, KIND_OPT_OUT, "two.asked@example.com");
	CHECK(refuse_as(t, 2, ref, &e) == 0 &&
			reasons_of(t, IDENT_EMAIL, "two.asked@example.com") ==
				REASON_OPT_OUT,
		"what another request asks for stays");
	ref = unproved(t, KIND_LIMIT, "two.limit@example.com");
	CHECK(!case_send_back(&d, ref, &e) && view(t, ref).is_open &&
			view(t, ref).state == STATE_IN_FORCE,
		"a limit goes on to find out who is told");
	CHECK(refuse_as(t, 2, ref, &e) == -1 && e.code == ERR_CONFLICT &&
			!view(t, ref).second.is_waiting,
		"sent back, it is not refused by one person after all");
	d.actor.role = STR("agent");
	CHECK(case_refuse_agent(&d, ref, &e) == -1 && e.code == ERR_DENIED,
		"the phone line refuses nothing");
	four_eyes(t, "no");
}

/* 7063(a): what is answered by letter is denied by letter, to the agent alone. */
static void test_denied(struct test *t)
{
	struct agent_ask in = asks(KIND_DELETE, PROOF_NONE);
	struct problems ps;
	struct err e;
	struct post p;
	str ref;

	in.request.channel = CHANNEL_EMAIL;
	in.request.person.email.v = STR("nobody.asked@example.com");
	ref = entered(t, &in, "agent", &ps, &e);
	CHECK(ref.n == 8 && !strcmp(view(t, ref).next.code, "no-proof"),
		"entered; staff decide");
	CHECK(!view(t, ref).foretold.n &&
			view(t, asked(t, KIND_DELETE, PROOF_SIGNED,
					"told@example.com"))
				.foretold.n,
		"not foretold to be unverified: no permission is the ground");
	p = letter_of(t, ref, "receipt");
	CHECK(letters_to(t, ref, "nobody.asked@example.com") == 0 &&
			says(t, &p, "We did not get the signed permission"),
		"the agent hears what is missing, the consumer nothing");
	CHECK(!deny(t, ref, "AGENT_WITHOUT_PERMISSION", "None came.", &e) &&
			!answer(t, ref, "", &e),
		"denied: %s", e.message);
	p = letter_of(t, ref, "denied");
	CHECK(str_eq(p.to.v, STR("ann@doe.example")) &&
			says(t, &p, "You can send us the signed permission") &&
			letters_to(t, ref, "nobody.asked@example.com") == 0,
		"the letter goes to the agent");
	hand_over(t, ref, "denied");
	CHECK(!view(t, ref).is_open, "and closes the case");
	/* So it is when a permission was shown that does not hold. */
	ref = asked(t, KIND_DELETE, PROOF_SIGNED, "forged@example.com");
	CHECK(!deny(t, ref, "AGENT_WITHOUT_PERMISSION", "Not signed.", &e) &&
			!answer(t, ref, "", &e) &&
			letters_to(t, ref, "forged@example.com") == 1,
		"nothing more to the consumer than the code");
}

static int bring(struct test *t, str reference, const struct permission *p,
	const char *role, struct problems *ps, struct err *e)
{
	struct desk d = staff(t);

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	d.actor.role = str_of(role);
	return permission_bring(&d, reference, p, ps, e);
}

/* What was missing comes: the clock has run since receipt, and the case goes on as if it
 * had been there (7021(b)). */
static void test_came_later(struct test *t)
{
	struct agent_ask in = asks(KIND_DELETE, PROOF_NONE);
	struct permission came = { .proof = PROOF_SIGNED,
		.signed_by = { STR("Maria Gomez") },
		.signed_on = STR("2026-11-20") };
	struct permission none = { .proof = PROOF_NONE };
	struct problems ps;
	struct err e;
	struct post code;
	str ref;

	in.request.channel = CHANNEL_MAIL;
	in.request.received_on = STR("2026-11-10");
	in.request.person.email.v = STR("later@example.com");
	ref = entered(t, &in, "agent", &ps, &e);
	CHECK(view(t, ref).agent.can_bring, "it may still come");
	CHECK(!bring(t, ref, &none, "agent", &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "proof"),
		"nothing is no proof");
	CHECK(bring(t, ref, &came, "auditor", &ps, &e) < 0 &&
			e.code == ERR_DENIED,
		"an auditor enters nothing");
	CHECK(!bring(t, ref, &came, "agent", &ps, &e) && !ps.n, "it came: %s",
		e.message);
	code = letter_of(t, ref, "agent_code");
	CHECK(str_eq(code.to.v, STR("later@example.com")) &&
			in_trail(t, ref, "had to show came"),
		"now the consumer is asked, with an entry");
	CHECK(!strcmp(view(t, ref).next.code, "permission") &&
			view(t, ref).received_on.day == 10 &&
			shown(t, ref).proof == PROOF_SIGNED,
		"the day of receipt stays");
	CHECK(confirm(t, ref, code_in(&code), &ps), "and their code counts");
	CHECK(bring(t, ref, &came, "officer", &ps, &e) < 0 &&
			e.code == ERR_CONFLICT,
		"nothing is missing any more");
}

static const struct {
	enum kind kind;
	enum proof proof;
	const char *signed_by;
	const char *signed_on;
	const char *file;
	const char *field; /* NULL: taken */
	const char *why;
} proofs[] = {
	{ KIND_OPT_OUT, PROOF_NONE, "", "", "", "proof",
		"on the pages a proof is needed" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "", "11/20/2026", "", "signed_by",
		"who signed?" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "Maria Gomez", "", "", "signed_on",
		"when?" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "Maria Gomez", "2026-11-22", "",
		"signed_on", "tomorrow is no day of a signature" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "Maria Gomez", "2026-11-21", "", NULL,
		"today is one" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "", "", "%PDF-1.7", NULL,
		"the document alone" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "", "", "<html>", "file",
		"a page is no document" },
	{ KIND_OPT_OUT, PROOF_SIGNED, "", "2026-11-21", "%PDF-1.7", "signed_by",
		"half a signature beside it" },
	{ KIND_DELETE, PROOF_POWER, "Maria Gomez", "2026-11-21", "", "file",
		"staff have to see the power of attorney" },
	{ KIND_DELETE, PROOF_POWER, "", "", "\xff\xd8\xff\xe0", NULL,
		"a picture of it" },
};

static void test_proofs(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(proofs); i++) {
		struct agent_ask in = asks(proofs[i].kind, proofs[i].proof);
		struct problems ps;
		str ref;

		in.permission.signed_by.v = str_of(proofs[i].signed_by);
		in.permission.signed_on = str_of(proofs[i].signed_on);
		in.permission.file = str_of(proofs[i].file);
		ref = ask(t, &in, &ps);
		if (proofs[i].field)
			CHECK(!ref.n && ps.n == 1 &&
					!strcmp(ps.at[0].field,
						proofs[i].field),
				"%s: %s", proofs[i].why,
				ps.n ? ps.at[0].field : "taken");
		else
			CHECK(ref.n == 8 && !ps.n, "%s: %s", proofs[i].why,
				ps.n ? ps.at[0].text : "");
	}
}

/* One below, at, and above the bound. */
static void test_bound(struct test *t)
{
	struct agent_ask in = asks(KIND_OPT_OUT, PROOF_SIGNED);
	size_t max = LIMIT_DOCUMENT_BYTES;
	char *file = arena_alloc(t->a, max + 1);
	struct problems ps;

	memcpy(file, "%PDF-", 5);
	for (size_t n = max - 1; n <= max + 1; n++) {
		in.permission.file = (str){ file, n };
		CHECK(!ask(t, &in, &ps).n == (n > max) && ps.n == (n > max),
			"%zu bytes", n);
	}
}

/* Who stands in the registry is known by the address; suspended, they may ask here all
 * the same, for the consumer asks: staff see it. */
static void test_known(struct test *t)
{
	struct agent_ask in = asks(KIND_DELETE, PROOF_SIGNED);
	struct problems ps;
	struct err e;
	struct desk d = staff(t);
	str ref;

	in.agent.email = STR("EVE@doe.example");
	in.request.person.email.v = STR("known@example.com");
	ref = ask(t, &in, &ps);
	CHECK(shown(t, ref).agent_id > 0 &&
			str_eq(shown(t, ref).agent, STR("Eve")) &&
			!view(t, ref).agent.is_suspended,
		"found in the registry");
	ps.n = 0;
	if (agent_suspend(&d, shown(t, ref).agent_id, STR("x"), &ps, &e))
		fail("suspend", &e);
	CHECK(view(t, ref).agent.is_suspended, "the case says it");
	CHECK(ask(t, &in, &ps).n == 8, "the consumer's right stays");
	in.agent_id = shown(t, ref).agent_id;
	in.request.channel = CHANNEL_MAIL;
	CHECK(!entered(t, &in, "officer", &ps, &e).n && ps.n == 1 &&
			!strcmp(ps.at[0].field, "agent_id"),
		"but not as somebody who is trusted");
}

/* A stranger types the agent's name, and anybody may be sent a letter. */
static void test_name_in_letter(struct test *t)
{
	struct agent_ask in = asks(KIND_DELETE, PROOF_SIGNED);
	struct problems ps;
	struct post p;
	str ref;

	in.agent.name = STR("See https://evil.example now");
	in.request.person.name.v = STR("Go to https://evil.example");
	in.request.person.email.v = STR("victim@example.com");
	ref = ask(t, &in, &ps);
	p = letter_of(t, ref, "agent_code");
	CHECK(p.id && !says(t, &p, "evil.example") &&
			says(t, &p, "An agent asked us"),
		"the consumer's letter carries no message of theirs");
	p = letter_of(t, ref, "receipt");
	CHECK(p.id && !says(t, &p, "evil.example"), "neither does the agent's");
}

/* --- a file of them --- */

static struct agent_rows file(struct test *t, int64_t id, const char *bytes,
	bool is_preview, struct err *e)
{
	struct desk d = staff(t);
	struct agent_file in = { .agent_id = id,
		.bytes = str_of(bytes),
		.name = "requests.csv",
		.is_preview = is_preview };
	struct agent_rows rows = { 0 };

	*e = (struct err){ 0 };
	(void)agent_file(&d, &in, &rows, e);
	return rows;
}

static int64_t filer(struct test *t, const char *email)
{
	struct agent_new in = { STR("Many"), str_of(email), { 0 }, false,
		{ 0 } };
	struct err e;

	return add(t, &in, &e);
}

static const char many[] =
	"kind,email,phone,pieces,item,should_be,signed_by,signed_on\r\n"
	"opt-out,f1@example.com,,,,,Fay One,2026-11-02\r\n"
	"delete,f2@example.com,,,,,Fay Two,11/3/2026\r\n"
	"know,f3@example.com,,specific,,,Fay Three,2026-11-04\r\n"
	"opt-out,,510-555-0133,,,,Fay Four,2026-11-05\r\n"
	"\r\n"
	"correct,f5@example.com,,,\"the\nstreet\",12 Elm,Fay Five,2026-11-06\r\n"
	"OPT-OUT ,F1@EXAMPLE.com,,,,,Fay One,11/2/2026\r\n"
	"opt-out,F1@EXAMPLE.com,,,,,Fay One,11/2/2026\r\n";

static const struct {
	int64_t line;
	enum agent_row_state state;
	const char *why;
} rows_of_many[] = {
	{ 2, AGENT_ROW_FILED, "a stop" },
	{ 3, AGENT_ROW_FILED, "a day as people type it" },
	{ 4, AGENT_ROW_FILED, "the pieces" },
	{ 5, AGENT_ROW_FILED, "by telephone number" },
	{ 7, AGENT_ROW_FILED, "behind an empty line, with a line end in it" },
	{ 9, AGENT_ROW_BAD, "kinds are written small" },
	{ 10, AGENT_ROW_KNOWN, "line 2, typed otherwise" },
};

/* Rows are filed some at once: a bad one at the seam, and one that came in a group before,
 * are told as they are alone. */
static void test_long_file(struct test *t)
{
	enum { ROWS = 120, BAD = 50, AGAIN = 101, FIRST = 3 };
	int64_t id = filer(t, "long@doe.example");
	struct buf b = buf_in(t->a, 1 << 16);
	struct agent_rows rows;
	struct err e;

	buf_puts(&b, "kind,email,signed_by,signed_on\r\n");
	for (int i = 0; i < ROWS; i++)
		buf_fmt(&b, "%s,l%d@example.com,Lee %d,2026-11-02\r\n",
			i == BAD ? "unknown" : "delete", i == AGAIN ? FIRST : i,
			i == AGAIN ? FIRST : i);
	buf_putc(&b, '\0');
	rows = file(t, id, buf_str(&b).p, false, &e);
	CHECK(rows.n == ROWS && rows.bad == 1, "%zu rows, %zu bad: %s", rows.n,
		rows.bad, e.message);
	for (size_t i = 0; i < rows.n; i++) {
		enum agent_row_state want = i == BAD     ? AGENT_ROW_BAD
					    : i == AGAIN ? AGENT_ROW_KNOWN
							 : AGENT_ROW_FILED;

		CHECK(rows.at[i].state == want &&
				rows.at[i].line == (int64_t)i + 2,
			"row %zu: %d", i, (int)rows.at[i].state);
	}
	CHECK(str_eq(rows.at[AGAIN].reference, rows.at[FIRST].reference),
		"the row of the group before is named");
	CHECK(view(t, rows.at[ROWS - 1].reference).kind == KIND_DELETE,
		"and the last is a case");
}

/* What is said of the kinds is what is read: each of them, and no other. */
static void test_file_kinds(struct test *t)
{
	int64_t id = filer(t, "kinds@doe.example");
	str kinds = agent_file_kinds(t->a), rest, word;
	size_t paths = 0, read = 0;
	struct err e;

	CHECK(str_eq(kinds, STR(AGENT_FILE_KINDS)), "the manual says so: %.*s",
		STR_ARG(kinds));
	CHECK(str_eq(str_of(file(t, id,
			     "kind,email,signed_by,signed_on\r\n"
			     "forget,k@example.com,Kay,2026-11-02\r\n",
			     true, &e)
				     .at[0]
				     .reason),
		      arena_fmt(t->a, "The kind is %.*s", STR_ARG(kinds))),
		"who writes another is told all of them");
	for (int k = KIND_NONE + 1; k < KIND_END; k++) {
		const char *path = kind_row((enum kind)k)->path;
		str text = arena_fmt(t->a,
			"kind,email,pieces,signed_by,signed_on\r\n"
			"%s,k@example.com,specific,Kay,2026-11-02\r\n",
			path);
		struct agent_row row =
			file(t, id, arena_cstr(t->a, text), true, &e).at[0];
		bool is_read = row.state != AGENT_ROW_BAD ||
			       strncmp(row.reason, "The kind is ", 12) != 0;
		bool is_named = false;

		for (rest = kinds; str_next(&rest, ' ', &word);)
			is_named |= str_eq(word.n && word.p[word.n - 1] == ','
						   ? str_head(word, word.n - 1)
						   : word,
				str_of(path));
		CHECK(is_read == is_named, "%s", path);
		paths++;
		read += is_read;
	}
	CHECK(read == 9 && paths > read, "%zu of %zu kinds", read, paths);
}

/* A row each, a bad one stops no other, and nothing is filed twice. */
static void test_file(struct test *t)
{
	int64_t id = filer(t, "many@doe.example");
	struct err e;
	struct agent_rows rows = file(t, id, many, true, &e);
	struct desk d = staff(t);
	struct agent_requests all;
	str first;

	for (int pass = 0; pass < 2; pass++) {
		CHECK(rows.n == COUNTOF(rows_of_many) && rows.bad == 1,
			"pass %d: %zu rows, %zu bad: %s", pass, rows.n,
			rows.bad, e.message);
		for (size_t i = 0; i < rows.n; i++)
			CHECK(rows.at[i].line == rows_of_many[i].line &&
					rows.at[i].state ==
						rows_of_many[i].state,
				"pass %d, line %d, %s: %s", pass,
				(int)rows.at[i].line, rows_of_many[i].why,
				rows.at[i].reason ? rows.at[i].reason : "");
		if (pass)
			break;
		CHECK(reasons_of(t, IDENT_EMAIL, "f1@example.com") == 0,
			"a preview files nothing");
		rows = file(t, id, many, false, &e);
	}
	first = rows.at[0].reference;
	CHECK(first.n == 9 && str_eq(rows.at[6].reference, first),
		"the row that came before is named");
	CHECK(reasons_of(t, IDENT_EMAIL, "f1@example.com") == REASON_OPT_OUT &&
			reasons_of(t, IDENT_PHONE, "5105550133") ==
				REASON_OPT_OUT,
		"opt-outs are in force");
	rows = file(t, id, many, false, &e);
	for (size_t i = 0; i < rows.n; i++)
		CHECK(rows.at[i].state ==
				(i == 5 ? AGENT_ROW_BAD : AGENT_ROW_KNOWN),
			"line %d: a rerun files nothing twice",
			(int)rows.at[i].line);
	if (agent_requests_load(&d, id, &all, &e))
		fail("requests", &e);
	CHECK(all.n == 5, "five requests: %zu", all.n);
	id = filer(t, "other@doe.example");
	CHECK(file(t, id, many, true, &e).at[0].state == AGENT_ROW_FILED,
		"another agent's row is another one");
}

static const struct {
	const char *row;
	const char *field;
	const char *why;
} bad_rows[] = {
	{ "erase,a@example.com,A,2026-11-01", "kind", "no such kind" },
	{ "opt-out-admt,a@example.com,A,2026-11-01", "kind",
		"not offered before its day" },
	{ "opt-out,a@example.com,A,2026-11-01,", "kind", "a field too many" },
	{ "opt-out,a@example.com", "kind", "fields are missing" },
	{ "opt-out,,A,2026-11-01", "email", "nobody is named" },
	{ "opt-out,no address,A,2026-11-01", "email", "not an address" },
	{ "delete,,A,2026-11-01", "email", "the code and answer go there" },
	{ "delete,no address,A,2026-11-01", "email", "not an address" },
	{ "know,a@example.com,A,2026-11-01", "pieces", "what is to be seen?" },
	{ "correct,a@example.com,A,2026-11-01", "item", "what is wrong?" },
	{ "opt-out,a@example.com,,2026-11-01", "signed_by",
		"no permission: refused (7026(j))" },
	{ "opt-out,a@example.com,A,", "signed_on", "no day" },
	{ "opt-out,a@example.com,A,2026-12-01", "signed_on",
		"a day that has not come" },
};

static void test_bad_rows(struct test *t)
{
	int64_t id = filer(t, "bad@doe.example");

	for (int preview = 0; preview < 2; preview++)
		for (size_t i = 0; i < COUNTOF(bad_rows); i++) {
			str text = arena_fmt(t->a,
				"kind,email,signed_by,signed_on\n%s\n"
				"opt-out,good%zu@example.com,A,2026-11-01\n",
				bad_rows[i].row, i);
			struct err e;
			struct agent_rows rows = file(t, id,
				arena_cstr(t->a, text), preview == 0, &e);

			CHECK(rows.n == 2 && rows.bad == 1 &&
					rows.at[0].state == AGENT_ROW_BAD &&
					!strcmp(rows.at[0].field,
						bad_rows[i].field) &&
					*rows.at[0].reason,
				"%s: %s", bad_rows[i].why,
				rows.n && rows.at[0].field ? rows.at[0].field
							   : e.message);
			CHECK(rows.n == 2 &&
					rows.at[1].state == AGENT_ROW_FILED,
				"%s: the next one is filed", bad_rows[i].why);
		}
}

/* What the preview takes, filing takes: a number is enough, and staff call it. */
static void test_preview_agrees(struct test *t)
{
	static const char bytes[] =
		"kind,email,phone,city,signed_by,signed_on\n"
		"delete,,510-555-0134,,A,2026-11-01\n"
		"delete,,,\"Oakland, CA\",A,2026-11-01\n"
		"opt-out,mixed@example.com,,\"Oakland, CA\",A,2026-11-01\n";
	int64_t id = filer(t, "agrees@doe.example");

	for (int preview = 1; preview >= 0; preview--) {
		struct err e;
		struct agent_rows rows = file(t, id, bytes, preview == 1, &e);

		CHECK(rows.n == 3 && rows.at[0].state == AGENT_ROW_FILED,
			"preview %d: %s", preview,
			rows.n && rows.at[0].field ? rows.at[0].field
						   : "taken");
		CHECK(rows.n == 3 && rows.at[1].state == AGENT_ROW_BAD &&
				!strcmp(rows.at[1].field, "street"),
			"preview %d: a city alone is no address", preview);
		CHECK(rows.n == 3 && rows.at[2].state == AGENT_ROW_FILED,
			"preview %d: a stop needs its identifier alone",
			preview);
	}
}

static const struct {
	const char *bytes;
	enum err_code code;
	const char *why;
} bad_files[] = {
	{ "", ERR_INVALID, "empty" },
	{ "kind,email,signed_by\nopt-out,a@example.com,A\n", ERR_INVALID,
		"a column is missing" },
	{ "kind,email,signed_by,signed_on,ssn\n", ERR_INVALID,
		"a column that nobody may ask for" },
	{ "kind,kind,signed_by,signed_on\n", ERR_INVALID, "twice" },
	{ "kind,email,signed_by,signed_on\n"
	  "opt-out,whole@example.com,A,2026-11-01\n\"open",
		ERR_INVALID, "a quote that never ends" },
};

/* What is no such file files nothing of it. */
static void test_bad_files(struct test *t)
{
	int64_t id = filer(t, "files@doe.example");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct agent_rows rows = { 0 };
	struct agent_file in = {
		.agent_id = id, .bytes = str_of(many), .name = "x"
	};
	struct err e;

	for (size_t i = 0; i < COUNTOF(bad_files); i++)
		CHECK(file(t, id, bad_files[i].bytes, false, &e).n == 0 &&
				e.code == bad_files[i].code,
			"%s: %s", bad_files[i].why, e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "whole@example.com") == 0,
		"not the rows before the damage");
	d.actor.role = STR("auditor");
	CHECK(agent_file(&d, &in, &rows, &e) < 0 && e.code == ERR_DENIED,
		"an auditor files nothing");
	d.actor.role = STR("officer");
	in.agent_id = 999;
	CHECK(agent_file(&d, &in, &rows, &e) < 0 && e.code == ERR_NOT_FOUND,
		"nobody has this number");
	if (agent_suspend(&d, id, STR("x"), &ps, &e))
		fail("suspend", &e);
	CHECK(file(t, id, many, false, &e).n == 0 && e.code == ERR_DENIED,
		"nor an agent who is suspended");
}

/* As many rows as a file takes, and one more. */
static void test_file_bound(struct test *t)
{
	int64_t id = filer(t, "bound@doe.example");
	struct buf b = buf_in(t->a, 1 << 20);
	struct err e;
	struct agent_rows rows;

	buf_puts(&b, "kind,phone,signed_by,signed_on\n");
	for (int i = 0; i < LIMIT_AGENT_FILE_ROWS; i++)
		buf_fmt(&b, "limit,510555%04d,A,2026-11-01\n", i);
	rows = file(t, id, arena_cstr(t->a, buf_str(&b)), true, &e);
	CHECK(rows.n == LIMIT_AGENT_FILE_ROWS && !rows.bad, "at it: %s",
		e.message);
	buf_puts(&b, "limit,5105551999,A,2026-11-01\n");
	rows = file(t, id, arena_cstr(t->a, buf_str(&b)), true, &e);
	CHECK(!rows.n && e.code == ERR_LIMIT, "one above: %s", e.message);
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
	test_stops(&t);
	test_stop_by_address(&t);
	test_confirmed(&t);
	test_answered(&t);
	test_refused_by_one(&t);
	test_power(&t);
	test_own_beside(&t);
	test_not_by_phone(&t);
	test_not_on_paper(&t);
	test_no_email(&t);
	test_no_number(&t);
	test_power_by_phone(&t);
	test_code_in_spanish(&t);
	test_answers_have_readers();
	test_stop_refused(&t);
	test_stop_second(&t);
	test_stop_sent_back(&t);
	test_denied(&t);
	test_came_later(&t);
	test_proofs(&t);
	test_bound(&t);
	test_known(&t);
	test_name_in_letter(&t);
	test_file(&t);
	test_file_kinds(&t);
	test_long_file(&t);
	test_bad_rows(&t);
	test_preview_agrees(&t);
	test_bad_files(&t);
	test_file_bound(&t);
	end(&t);
	return CHECK_DONE();
}
