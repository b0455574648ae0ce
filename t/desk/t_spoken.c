/*
 * The language of a case (11 CCR 7003(b)): who asks for somebody else says theirs, it can
 * be changed while letters are to come, and never to one that the business does not offer.
 */
#include "cases.h"

#include <sodium.h>

#include "desk/agent_file.h"
#include "desk/case.h"
#include "desk/limit.h"
#include "desk/spoken.h"

static bool is_in(
	struct test *t, str reference, const char *letter, enum lang l)
{
	struct post p = letter_of(t, reference, letter);

	CHECK(p.id, "%s was written", letter);
	return p.lang == l;
}

static enum lang lang_of(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	enum lang l;

	if (spoken_of(&d, reference, &l, &e))
		fail("language", &e);
	return l;
}

static int events_of(struct test *t, str reference, const char *words)
{
	struct desk d = staff(t);
	struct case_view v;
	struct err e = { 0 };
	int n = 0;

	if (case_load(&d, reference, false, &v, &e) != 1)
		fail("case", &e);
	for (size_t i = 0; i < v.events.n; i++)
		n += str_find(v.events.at[i].title, str_of(words)) >= 0;
	return n;
}

/* --- changed --------------------------------------------------------------------- */

static void nothing_left(struct test *t, str reference)
{
	struct err e = { 0 };

	report_found(t, reference, "leads", 0, NULL);
	report_found(t, reference, "crm", 0, NULL);
	if (answer(t, reference, "", &e))
		fail("answer", &e);
}

static void test_by_staff(struct test *t)
{
	struct sent s = confirmed(t, "cambio@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	CHECK(is_in(t, s.reference, "receipt", LANG_EN), "asked in English");
	if (case_speak(&d, s.reference, STR("es"), &ps, &e) || ps.n)
		fail("speak", &e);
	CHECK(lang_of(t, s.reference) == LANG_ES, "from now on");
	CHECK(events_of(t, s.reference,
		      "Letters to who asked are in Español from now on") == 1,
		"the trail says so");
	if (case_speak(&d, s.reference, STR("es"), &ps, &e) || ps.n)
		fail("again", &e);
	CHECK(events_of(t, s.reference, "Letters to who asked are in") == 1,
		"the same again changes nothing");
	nothing_left(t, s.reference);
	CHECK(is_in(t, s.reference, "nothing_found", LANG_ES),
		"letters from then on are in it");
	CHECK(is_in(t, s.reference, "receipt", LANG_EN), "no older one");
	p = letter_of(t, s.reference, "nothing_found");
	CHECK(str_find(p.text.v, STR("olicitud")) >= 0, "every word");
	if (post_sent(&worker, &p, &e))
		fail("sent", &e);
	CHECK(case_speak(&d, s.reference, STR("en"), &ps, &e) < 0 &&
			e.code == ERR_CONFLICT,
		"after the last letter there is nothing to change");
}

static void test_refused(struct test *t)
{
	struct sent s = send_delete(t, "nadie.mas@example.com");
	static const char *const bad[] = { "", "fr", "es en", "ES; drop" };
	struct desk d = staff(t);
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct problems ps = { 0 };

		CHECK(!case_speak(&d, s.reference, str_of(bad[i]), &ps, &e) &&
				ps.n == 1 &&
				!strcmp(ps.at[0].field, "language"),
			"\"%s\" is none", bad[i]);
	}
	d.actor.role = STR("auditor");
	CHECK(case_speak(&d, s.reference, STR("es"), &(struct problems){ 0 },
		      &e) < 0 &&
			e.code == ERR_DENIED,
		"who only reads changes nothing");
	CHECK(lang_of(t, s.reference) == LANG_EN, "it is what it was");
}

/* A business that does not offer it: neither staff nor a link get it. */
static void test_not_offered(struct test *t)
{
	struct sent s = send_delete(t, "solo.ingles@example.com");
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct problems ps = { 0 };
	struct status st;
	struct err e = { 0 };

	if (setting_put(&d, STR("languages"), STR("en"), &e))
		fail("setting", &e);
	d = staff(t);
	CHECK(!case_speak(&d, s.reference, STR("es"), &ps, &e) && ps.n == 1,
		"there are words for it, and nobody offers it");
	if (intake_status(&d, s.reference, STR("192.0.2.9"), &st, &e) != 1)
		fail("status", &e);
	CHECK(!st.can_speak, "there is nothing to choose");
	d = desk_as(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("languages"), STR("en es"), &e))
		fail("setting", &e);
}

static void test_by_consumer(struct test *t)
{
	struct sent s = send_delete(t, "en.mi.idioma@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	str peer = STR("192.0.2.77");
	struct status st;
	struct err e = { 0 };

	if (intake_status(&d, s.reference, peer, &st, &e) != 1)
		fail("status", &e);
	CHECK(st.can_speak && st.lang == LANG_EN, "they may choose");
	for (int i = 0; i < LIMIT_MESSAGES_PEER; i++)
		if (spoken_choose(&d, s.reference, LANG_ES, peer, &e))
			fail("choose", &e);
	CHECK(lang_of(t, s.reference) == LANG_ES &&
			events_of(t, s.reference, "are in Español") == 1,
		"theirs, and once");
	CHECK(spoken_choose(&d, s.reference, LANG_EN, peer, &e) < 0 &&
			e.code == ERR_TOO_MANY,
		"one above the limit");
	CHECK(spoken_choose(&d, STR("ZZZZ-ZZZZ"), LANG_ES, STR("192.0.2.78"),
		      &e) < 0 &&
			e.code == ERR_NOT_FOUND,
		"of a request that there is");
}

/* --- asked for somebody else ----------------------------------------------------- */

static struct agent_ask by_agent(const char *language)
{
	return (struct agent_ask){
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_AGENT,
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Maria Gomez") },
				.email = { STR("maria@example.com") },
				.zip = { STR("94607") },
				.language = str_of(language) } },
		.agent = { .name = STR("Ana Doe"),
			.email = STR("ana@doe.example") },
		.permission = { .proof = PROOF_SIGNED,
			.signed_by = { STR("Maria Gomez") },
			.signed_on = STR("11/20/2026") },
	};
}

static void test_agent(struct test *t)
{
	static const struct {
		const char *why;
		enum lang page;
		const char *theirs;
		enum lang consumer;
	} rows[] = {
		{ "an agent in English, for who reads Spanish", LANG_EN, "es",
			LANG_ES },
		{ "the other way round", LANG_ES, "en", LANG_EN },
		{ "said nothing: the agent's", LANG_ES, "", LANG_ES },
		{ "both in English", LANG_EN, "en", LANG_EN },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct agent_ask in = by_agent(rows[i].theirs);
		struct desk d = desk_as(t, ACTOR_CONSUMER);
		struct problems ps = { 0 };
		struct err e = { 0 };
		str ref = { 0 };

		d.lang = rows[i].page;
		if (agent_ask(&d, &in, &ref, &ps, &e) || ps.n)
			fail(rows[i].why, &e);
		CHECK(is_in(t, ref, "agent_code", rows[i].consumer),
			"%s: what the consumer reads", rows[i].why);
		CHECK(is_in(t, ref, "receipt", rows[i].page),
			"%s: what the agent reads", rows[i].why);
		CHECK(lang_of(t, ref) == rows[i].consumer, "%s: the case",
			rows[i].why);
	}
}

/* As it is kept: without the dash. */
static str reference_of(struct test *t, str shown)
{
	return arena_fmt(
		t->a, "%.*s%.*s", 4, shown.p, STR_ARG(str_from(shown, 5)));
}

static const char many[] =
	"kind,email,zip,language,signed_by,signed_on\n"
	"delete,f1@example.com,94607,es,Fay One,2026-11-02\n"
	"delete,f2@example.com,94607,,Fay Two,2026-11-02\n"
	"delete,f3@example.com,94607,en,Fay Three,2026-11-02\n"
	"delete,f4@example.com,94607,fr,Fay Four,2026-11-02\n";

static void test_file(struct test *t)
{
	struct agent_new who = { STR("Many"), STR("many@doe.example"), { 0 },
		false, { 0 } };
	struct agent_file in = {
		.bytes = str_of(many), .name = "x", .is_spoken = true
	};
	static const enum lang consumer[] = { LANG_ES, LANG_ES, LANG_EN };
	struct desk d = staff(t);
	struct agent_rows rows;
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (agent_add(&d, &who, &in.agent_id, &ps, &e) || ps.n)
		fail("agent", &e);
	d.lang = LANG_ES;
	if (agent_file(&d, &in, &rows, &e))
		fail("file", &e);
	CHECK(rows.n == 4 && rows.bad == 1 &&
			rows.at[3].state == AGENT_ROW_BAD &&
			!strcmp(rows.at[3].field, "language"),
		"a language that nobody offers is a bad row: %zu", rows.bad);
	for (size_t i = 0; i < COUNTOF(consumer); i++) {
		str ref = reference_of(t, rows.at[i].reference);

		CHECK(is_in(t, ref, "agent_code", consumer[i]) &&
				is_in(t, ref, "receipt", LANG_ES),
			"line %d", (int)rows.at[i].line);
	}
}

/* --- what the agent reads is in the agent's language --- */

/* The letters to one of them: the first is what asked for the permission, or the receipt. */
static enum lang of_letter(struct test *t, str ref, const char *letter)
{
	struct post p = letter_of(t, ref, letter);

	must(p.id);
	return p.lang;
}

static str asked_by(
	struct test *t, enum lang agents, const char *consumers, enum proof p)
{
	struct agent_ask in = by_agent(consumers);
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	in.request.person.name.v = STR("Luz Reyes");
	in.request.person.email.v =
		arena_fmt(t->a, "luz.%d.%d@example.com", (int)agents, (int)p);
	in.permission.signed_by.v = STR("Luz Reyes");
	in.permission.proof = p;
	if (p == PROOF_POWER)
		in.permission.file = STR("%PDF-1.7 a power of attorney");
	d.lang = agents;
	if (agent_ask(&d, &in, &ref, &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : "ask", &e);
	return ref;
}

static void refuse(struct test *t, str ref)
{
	struct desk d = staff(t);
	struct denial x = { .ground = STR("UNFOUNDED"),
		.why = STR("It was asked a hundred times.") };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_deny(&d, ref, &x, &ps, &e) || ps.n ||
		case_answer(&d, ref, STR(""), &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : "deny", &e);
}

static bool says_in(
	struct test *t, str ref, const char *letter, const char *words)
{
	return str_find(letter_of(t, ref, letter).text.v, str_of(words)) >= 0;
}

/* The consumer reads theirs, and the agent's copy says the same in another language. */
static void test_agents_copy(struct test *t)
{
	str ref = asked_by(t, LANG_EN, "es", PROOF_SIGNED);

	refuse(t, ref);
	CHECK(of_letter(t, ref, "denied") == LANG_ES &&
			says_in(t, ref, "denied", "No lo hicimos."),
		"the consumer's");
	CHECK(of_letter(t, ref, "agent_copy") == LANG_EN &&
			says_in(t, ref, "agent_copy",
				"this is a copy for you") &&
			says_in(t, ref, "agent_copy", "We did not do it."),
		"%.*s", STR_ARG(letter_of(t, ref, "agent_copy").text.v));
	ref = asked_by(t, LANG_ES, "en", PROOF_SIGNED);
	refuse(t, ref);
	CHECK(of_letter(t, ref, "denied") == LANG_EN &&
			of_letter(t, ref, "agent_copy") == LANG_ES &&
			says_in(t, ref, "agent_copy", "No lo hicimos."),
		"the other way round");
}

/* Who stands for the consumer alone reads it. */
static void test_agents_own(struct test *t)
{
	str ref = asked_by(t, LANG_ES, "en", PROOF_POWER);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_extend(&d, ref, STR("There is much of it."), &ps, &e) || ps.n)
		fail("extend", &e);
	CHECK(of_letter(t, ref, "extension") == LANG_ES &&
			says_in(t, ref, "extension", "Esta es la razón:"),
		"more time");
	refuse(t, ref);
	CHECK(of_letter(t, ref, "denied") == LANG_ES &&
			says_in(t, ref, "denied", "No lo hicimos."),
		"the answer: %.*s",
		STR_ARG(letter_of(t, ref, "denied").text.v));
}

static const char two_rows[] =
	"kind,email,zip,language,signed_by,signed_on\n"
	"delete,%s1@example.com,94607,es,Gil One,2026-11-02\n"
	"delete,%s2@example.com,94607,,Gil Two,2026-11-02\n";

/* A file without a language: that of the registry, and English when nobody said which. */
static void test_registry(struct test *t)
{
	static const struct {
		const char *why;
		const char *registry;
		const char *changed; /* to, afterwards */
		enum lang agents;
		enum lang second; /* of the consumer who said none */
	} rows[] = {
		{ "nobody said which", "", NULL, LANG_EN, LANG_EN },
		{ "of the registry", "es", NULL, LANG_ES, LANG_ES },
		{ "changed there", "", "es", LANG_ES, LANG_ES },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		str tag = arena_fmt(t->a, "g%zu", i);
		struct agent_new who = { .name = STR("Gil"),
			.email = arena_fmt(t->a, "gil%zu@doe.example", i),
			.language = str_of(rows[i].registry) };
		const char *name = arena_cstr(t->a, tag);
		struct agent_file in = { .name = "x",
			.bytes = arena_fmt(t->a, two_rows, name, name) };
		struct desk d = staff(t);
		struct agent_rows filed;
		struct problems ps = { 0 };
		struct err e = { 0 };

		if (agent_add(&d, &who, &in.agent_id, &ps, &e) || ps.n ||
			(rows[i].changed &&
				agent_speak(&d, in.agent_id,
					str_of(rows[i].changed), &ps, &e)) ||
			ps.n || agent_file(&d, &in, &filed, &e) || filed.bad)
			fail(rows[i].why, &e);
		for (size_t k = 0; k < 2; k++) {
			str ref = reference_of(t, filed.at[k].reference);

			CHECK(is_in(t, ref, "receipt", rows[i].agents) &&
					is_in(t, ref, "agent_code",
						k ? rows[i].second : LANG_ES),
				"%s, row %zu", rows[i].why, k);
		}
		CHECK(d.lang == LANG_EN, "the desk's own stays");
	}
}

/* Staff enter a letter of an agent who is in the registry. */
static void test_registry_entered(struct test *t)
{
	struct agent_ask in = by_agent("en");
	struct agent_new who = { .name = STR("Iris"),
		.email = STR("iris@doe.example"),
		.language = STR("es") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	in.request.channel = CHANNEL_MAIL;
	in.request.received_on = STR("2026-11-20");
	in.request.person.email.v = STR("entered.for@example.com");
	if (agent_add(&d, &who, &in.agent_id, &ps, &e) || ps.n ||
		agent_ask_entered(&d, &in, &ref, &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : "enter", &e);
	CHECK(is_in(t, ref, "receipt", LANG_ES) &&
			is_in(t, ref, "agent_code", LANG_EN),
		"each in theirs");
	CHECK(!agent_speak(&d, in.agent_id, STR("fr"), &ps, &e) && ps.n == 1,
		"one that nobody offers is none");
	ps.n = 0;
	CHECK(!agent_speak(&d, in.agent_id, STR(""), &ps, &e) && ps.n == 1,
		"and none is none");
}

int main(int argc, char **argv)
{
	struct test t = { .lang = LANG_EN };

	must(sodium_init() >= 0);
	start(&t, "spoken", fresh_server(argc, argv));
	set_contact(&t);
	test_by_staff(&t);
	test_refused(&t);
	test_not_offered(&t);
	test_by_consumer(&t);
	test_agent(&t);
	test_file(&t);
	test_agents_copy(&t);
	test_agents_own(&t);
	test_registry(&t);
	test_registry_entered(&t);
	end(&t);
	return CHECK_DONE();
}
