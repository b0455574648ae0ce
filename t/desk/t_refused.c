/*
 * The same correction again after it was refused (11 CCR 7023(g), (h)): which earlier
 * request is about the same, for how long, and what has to be heard again.
 */
#include "correcting.h"

#include "desk/correct_document.h"
#include "desk/deny.h"
#include "desk/refused_before.h"

static const int64_t day_ms = INT64_C(86400000);

static const struct circumstances weighed = {
	.nature = { STR_INIT("A ZIP code.") },
	.obtained = { STR_INIT("From a list, 2024.") },
	.documented = { STR_INIT("There are none.") },
};

static void test_likeness(struct test *t)
{
	static const struct {
		const char *one, *other;
		enum likeness like;
		const char *why;
	} cases[] = {
		{ "The ZIP code is wrong", "the zip CODE is wrong!!", LIKE_SAME,
			"case and marks say nothing" },
		{ "My ZIP, please", "please my zip zip", LIKE_SAME,
			"nor do order and repeating" },
		{ "The ZIP code is wrong", "The ZIP code is still wrong",
			LIKE_MOSTLY, "a word more" },
		{ "a b", "a c d", LIKE_OTHER, "one of four" },
		{ "a b", "a b c d", LIKE_MOSTLY, "two of four: half" },
		{ "a b", "a b c d e", LIKE_OTHER, "two of five" },
		{ "The ZIP code", "The street", LIKE_OTHER, "another thing" },
		{ "", "", LIKE_OTHER, "nothing is like nothing" },
		{ "Stra\xc3\x9f"
		  "e 4",
			"Stra\xc3\x9f"
			"e 4",
			LIKE_SAME, "letters beyond ASCII" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str one = str_of(cases[i].one), other = str_of(cases[i].other);

		CHECK(likeness_of(t->a, one, other) == cases[i].like &&
				likeness_of(t->a, other, one) == cases[i].like,
			"%s", cases[i].why);
	}
}

static int deny_as(struct test *t, str reference, struct denial x,
	struct problems *ps, struct err *e)
{
	struct desk d = mapped(t, ACTOR_STAFF);

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	x.why = STR("It is what the post office has.");
	return case_deny(&d, reference, &x, ps, e);
}

static void refuse(struct test *t, str reference, const char *ground)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct denial x = { .ground = str_of(ground),
		.weighed = weighed,
		.evidence = STR("Four requests of one sender.") };
	struct problems ps;
	struct err e;

	CHECK(!deny_as(t, reference, x, &ps, &e) && !ps.n, "%s", e.message);
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
}

static struct refused_before before(struct test *t, str reference)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct refused_before out;
	struct err e = { 0 };

	CHECK(refused_before_of(&d, reference, &out, &e) == 1, "%s", e.message);
	return out;
}

static int refuse_again(struct test *t, str reference, struct err *e)
{
	struct problems ps;

	return deny_as(t, reference,
		(struct denial){ .ground = STR("SAME_CORRECTION") }, &ps, e);
}

/* The ground was there for any request, refused before or not. */
static void test_first(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "The county on my card");
	struct err e;

	CHECK(before(t, reference).n == 0, "asked for the first time");
	CHECK(refuse_again(t, reference, &e) == -1 && e.code == ERR_INVALID &&
			view(t, reference).state == STATE_REVIEW,
		"nothing was refused that it could be the same as");
}

static void test_again(struct test *t)
{
	str first = found(t, KIND_CORRECT, "The ZIP code of my home is wrong");
	struct refused_before b;
	str reference, other;
	struct err e;

	refuse(t, first, "ACCURATE");
	t->clock.fixed_ms += 30 * day_ms;
	reference = found(t, KIND_CORRECT, "the zip code of my home is WRONG");
	other = found(t, KIND_CORRECT, "My nickname");
	b = before(t, reference);
	CHECK(b.n == 1 && b.at[0].like == LIKE_SAME && !b.has_documents &&
			str_eq(str_of(b.at[0].ground->id), STR("ACCURATE")),
		"recognized: %zu", b.n);
	CHECK(before(t, other).n == 0 && refuse_again(t, other, &e) == -1 &&
			e.code == ERR_INVALID,
		"what is about something else is heard");
	CHECK(!refuse_again(t, reference, &e) &&
			view(t, reference).state != STATE_REVIEW,
		"%s", e.message);
	t->clock.fixed_ms -= 30 * day_ms;
}

static void discard(struct test *t, str reference)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct correct_documents now;
	struct err e = { 0 };

	CHECK(correct_documents(&d, reference, &now, &e) == 1 &&
			now.sent.n == 1,
		"%s", e.message);
	CHECK(!document_discard(&d, DOCUMENT_CORRECTION, reference,
		      now.sent.at[0].id, &e),
		"%s", e.message);
}

/* New documents: it has to be weighed. */
static void test_documents(struct test *t)
{
	str first = found(t, KIND_CORRECT, "Number of my house");
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	str reference;
	struct err e = { 0 };

	refuse(t, first, "ACCURATE");
	t->clock.fixed_ms += day_ms;
	reference = found(t, KIND_CORRECT, "number of my house");
	CHECK(!correct_document_send(&d, reference, STR("%PDF-1.7 a bill"),
		      STR("192.0.2.7"), &ps, &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(before(t, reference).n == 1 &&
			before(t, reference).has_documents &&
			refuse_again(t, reference, &e) == -1 &&
			e.code == ERR_INVALID,
		"documents are heard");
	discard(t, reference);
	CHECK(before(t, reference).has_documents &&
			refuse_again(t, reference, &e) == -1 &&
			e.code == ERR_INVALID,
		"they came, though: no letter says that none did");
	t->clock.fixed_ms -= day_ms;
}

static void check_heard(struct test *t, str reference, const char *why)
{
	struct refused_before b = before(t, reference);
	struct err e;

	CHECK(b.n == 1 && b.at[0].like == LIKE_MOSTLY,
		"%s: staff are told of it: %zu", why, b.n);
	CHECK(!refused_before_is_ground(&b) &&
			refuse_again(t, reference, &e) == -1 &&
			e.code == ERR_INVALID &&
			view(t, reference).state == STATE_REVIEW,
		"%s: it is another one", why);
}

/* What is alike is not the same: it was refused unheard. */
static void test_alike(struct test *t)
{
	refuse(t, found(t, KIND_CORRECT, "My date of birth is wrong"),
		"ACCURATE");
	check_heard(t, found(t, KIND_CORRECT, "My place of birth is wrong"),
		"another word");
	check_heard(t,
		found_to_be(t, KIND_CORRECT, "My date of birth is wrong",
			"May 2, 1980"),
		"another value");
}

/* Six months from the refusal, by the calendar. */
static void test_six_months(struct test *t)
{
	str first = found(t, KIND_CORRECT, "Color of my car");
	int64_t was = t->clock.fixed_ms;
	struct date end = date_add_months(date_pacific(was), 6);
	str reference;

	refuse(t, first, "ACCURATE");
	t->clock.fixed_ms = pacific_midnight_ms(end) + 3600000;
	reference = found(t, KIND_CORRECT, "Color of my car");
	CHECK(before(t, reference).n == 1, "on the last day");
	refuse(t, reference, "UNVERIFIED");
	t->clock.fixed_ms += day_ms;
	reference = found(t, KIND_CORRECT, "Color of my car");
	CHECK(before(t, reference).n == 0,
		"a day later it is heard again, and nobody looked at it when who "
		"asked was not known");
	t->clock.fixed_ms = was;
}

/* 7023(h): documented, and known again. */
static void test_abuse(struct test *t)
{
	str first = found(t, KIND_CORRECT, "That I owe nothing");
	struct denial x = { .ground = STR("CORRECTION_ABUSE") };
	struct problems ps;
	struct refused_before b;
	str reference;
	struct err e;

	CHECK(!deny_as(t, first, x, &ps, &e) && ps.n == 1 &&
			problem_of(&ps, "evidence") &&
			view(t, first).state == STATE_REVIEW,
		"a belief that is not documented is none");
	refuse(t, first, "CORRECTION_ABUSE");
	reference = found(t, KIND_CORRECT, "that I owe nothing");
	b = before(t, reference);
	CHECK(b.n == 1 && b.at[0].like == LIKE_SAME &&
			ground_needs_evidence(b.at[0].ground),
		"it is seen that it came before");
	CHECK(!refuse_again(t, reference, &e), "%s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "refused", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t);
	test_likeness(&t);
	test_first(&t);
	test_again(&t);
	test_documents(&t);
	test_alike(&t);
	test_six_months(&t);
	test_abuse(&t);
	end(&t);
	return CHECK_DONE();
}
