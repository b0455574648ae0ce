/*
 * A company that could not be told, a system that is left out: the letter says in detail why
 * (11 CCR 7022(b)(3), (f)(1)), in the words of staff, and does not leave without them; or that a law forbids to say.  On
 * both engines.
 */
#include "denying.h"

#include <sodium.h>

#include "desk/queue.h"
#include "desk/spoken.h"

static const char closed_down[] =
	"They closed in May. We wrote to three addresses, and each came back.";

static void fails(struct test *t, str reference, const char *name)
{
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, name);
	struct err why = { .code = ERR_INVALID, .message = "no such mailbox" };
	struct err e = { 0 };

	if (fulfil_failed(&worker, &w, &why, &e))
		fail("failed", &e);
}

static void give_up(struct test *t, str reference, const char *name)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	fails(t, reference, name);
	if (case_drop(&d, reference, work_of(t, reference, name).task_id,
		    STR("Ask Jo, who has the letters."), &ps, &e) ||
		ps.n)
		fail("drop", &e);
}

/* Erased, nearly due, and the buyer can't be reached. */
static str given_up(struct test *t, const char *email)
{
	struct sent s = found(t, email);
	struct err e = { 0 };

	if (approve(t, s.reference, &e))
		fail("approve", &e);
	report_erased(t, s.reference, "leads", 4);
	t->clock.fixed_ms += 40LL * 86400000;
	give_up(t, s.reference, "mailharbor");
	give_up(t, s.reference, "countbox");
	give_up(t, s.reference, "buyer");
	return s.reference;
}

static str shown(struct test *t, str reference)
{
	struct case_view v = view(t, reference);

	return arena_join(t->a, v.answer.at, v.answer.n, STR("\n"));
}

static void is_next(struct test *t, str reference, const char *words)
{
	struct desk d = staff(t);
	struct case_view v = view(t, reference);
	struct queue q;
	struct err e = { 0 };

	if (queue_load(&d, QUEUE_OPEN, reference, &q, &e))
		fail("queue", &e);
	CHECK(str_eq(v.next_sentence, str_of(words)) && q.rows.n == 1 &&
			str_eq(q.rows.at[0].next, str_of(words)),
		"%.*s; %.*s", STR_ARG(v.next_sentence),
		STR_ARG(q.rows.n ? q.rows.at[0].next : STR("")));
}

/* One after the other, and the answer waits for all of them. */
static void test_required(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	str reference = given_up(t, "required@untold.example");
	struct case_view v = view(t, reference);
	struct err e = { 0 };

	CHECK(v.state == STATE_ANSWERING && v.untold.n == 3 &&
			v.can_say_untold && !v.can_answer,
		"three were not told, and the letter waits: %s", v.state_title);
	is_next(t, reference, "Say why Buyer could not be told");
	CHECK(answer(t, reference, "", &e) == -1 && e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("Buyer")) >= 0,
		"no answer without it: %s", e.message);
	CHECK(say_untold(t, reference, "mailharbor", " \n", &e) == -2,
		"blanks are no facts");
	CHECK(!say_untold(t, reference, "mailharbor", closed_down, &e) &&
			!say_untold(
				t, reference, "countbox", "It is gone.", &e),
		"%s", e.message);
	is_next(t, reference, "Say why Buyer could not be told");
	CHECK(answer(t, reference, "", &e) == -1, "one is missing");
	CHECK(!say_untold(t, reference, "buyer", "It takes no letters.", &e) &&
			!say_untold(t, reference, "countbox",
				"Its last address\nis no more.", &e),
		"until it is sent it can be changed: %s", e.message);
	is_next(t, reference, "Read the answer, then send it");
	CHECK(str_find(shown(t, reference), STR("They closed in May.")) > 0,
		"staff read it before it goes out: %.*s",
		STR_ARG(shown(t, reference)));
	CHECK(!answer(t, reference, "", &e), "%s", e.message);
	CHECK(letter_says(t, reference,
		      "- We could not tell MailHarbor, a company that may have got your information from us. This is why: They closed in May. We wrote to three addresses, and each came back.") &&
			letter_says(t, reference,
				"This is why: Its last address is no more.") &&
			!letter_says(t, reference, "It is gone."),
		"%.*s", STR_ARG(letter_of(t, reference, "deleted").text.v));
	CHECK(!letter_says(t, reference, "Ask Jo"),
		"what is kept with the case is no word of the letter");
	CHECK(say_untold(t, reference, "buyer", "Late.", &e) == -1 &&
			e.code == ERR_CONFLICT,
		"on its way: %s", e.message);
	t->clock.fixed_ms = now;
}

/* In the same words, whichever law it is. */
static void test_silent(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	str reference = given_up(t, "silent@untold.example");
	struct err e = { 0 };

	CHECK(!say_untold(t, reference, "mailharbor", closed_down, &e) &&
			!say_untold(t, reference, "mailharbor", "", &e) &&
			!say_untold(t, reference, "countbox", "", &e) &&
			!say_untold(t, reference, "buyer", "", &e),
		"%s", e.message);
	CHECK(view(t, reference).untold.at[0].is_silent &&
			!view(t, reference).untold.at[0].facts.v.n,
		"what was written before is no more");
	CHECK(!answer(t, reference, "", &e) &&
			letter_says(t, reference,
				"We could not tell Buyer, a company that may have got your information from us. The law makes exceptions, and one of them applies here. That is all we can say.") &&
			!letter_says(t, reference, "This is why:"),
		"%.*s", STR_ARG(letter_of(t, reference, "deleted").text.v));
	t->clock.fixed_ms = now;
}

static void test_spanish(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	str reference = given_up(t, "carta@untold.example");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct desk command = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&command, STR("languages"), STR("en es"), &e))
		fail("languages", &e);
	if (case_speak(&d, reference, STR("es"), &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : "speak", &e);
	CHECK(!say_untold(t, reference, "mailharbor", "Cerró en mayo.", &e) &&
			!say_untold(
				t, reference, "countbox", "No existe.", &e) &&
			!say_untold(t, reference, "buyer", "", &e) &&
			!answer(t, reference, "", &e),
		"%s", e.message);
	CHECK(letter_says(t, reference,
		      "No pudimos avisar a MailHarbor, una empresa que tal vez recibió su información de nosotros. Esta es la razón: Cerró en mayo.") &&
			letter_says(t, reference,
				"Eso es todo lo que podemos decir."),
		"%.*s", STR_ARG(letter_of(t, reference, "deleted").text.v));
	t->clock.fixed_ms = now;
}

/* 11 CCR 7022(f)(1): a system in which it was not done is explained as well, after the
 * companies; it may be said in the words of a law that forbids it. */
static void test_system(struct test *t)
{
	struct sent s = found(t, "system@untold.example");
	int64_t now = t->clock.fixed_ms;
	struct case_view v;
	struct err e = { 0 };

	if (approve(t, s.reference, &e))
		fail("approve", &e);
	t->clock.fixed_ms += 40LL * 86400000;
	give_up(t, s.reference, "leads");
	give_up(t, s.reference, "mailharbor");
	give_up(t, s.reference, "countbox");
	give_up(t, s.reference, "buyer");
	v = view(t, s.reference);
	CHECK(v.untold.n == 4 && v.untold.at[3].is_system &&
			v.untold.at[3].is_left && !v.untold.at[2].is_system,
		"the system comes last, where something stays");
	is_next(t, s.reference, "Say why Buyer could not be told");
	CHECK(!say_untold(t, s.reference, "mailharbor", closed_down, &e) &&
			!say_untold(t, s.reference, "countbox", "x", &e) &&
			!say_untold(t, s.reference, "buyer", "x", &e),
		"%s", e.message);
	is_next(t, s.reference, "Say why Lead exchange is left out");
	CHECK(!view(t, s.reference).can_answer &&
			answer(t, s.reference, "", &e) == -1 &&
			e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("Lead exchange")) >= 0,
		"no answer without it: %s", e.message);
	CHECK(!say_untold(
		      t, s.reference, "leads", "It burned down in May.", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	CHECK(letter_says(t, s.reference,
		      "- We could not do what you asked for in Lead exchange, where we found information about you. This is why: It burned down in May.") &&
			!letter_says(t, s.reference, "Ask Jo"),
		"%.*s", STR_ARG(letter_of(t, s.reference, "deleted").text.v));
	t->clock.fixed_ms = now;
}

/* Of who was told, or of a system that was searched, nobody has to write anything; and not everybody may. */
static void test_others(struct test *t)
{
	struct sent s = found(t, "others@untold.example");
	struct desk d = staff(t);
	struct untold_why x = { .facts = STR("x") };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (approve(t, s.reference, &e))
		fail("approve", &e);
	report_erased(t, s.reference, "leads", 4);
	tell(t, s.reference);
	CHECK(say_untold(t, s.reference, "mailharbor", "x", &e) == -1 &&
			say_untold(t, s.reference, "leads", "x", &e) == -1 &&
			e.code == ERR_CONFLICT,
		"told, or no company: %s", e.message);
	CHECK(!view(t, s.reference).untold.n, "none");
	x.task_id = work_of(t, s.reference, "buyer").task_id;
	d.actor.role = STR("agent");
	CHECK(case_untold(&d, s.reference, &x, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"not by everybody");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start_denying(&t, "untold", fresh_server(argc, argv));
	test_required(&t);
	test_silent(&t);
	test_spanish(&t);
	test_system(&t);
	test_others(&t);
	end(&t);
	return CHECK_DONE();
}
