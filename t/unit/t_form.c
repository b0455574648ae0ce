/*
 * The forms: what each kind is asked, that the law lets it be asked, and which
 * answers will do.
 */
#include "desk/form.h"

#include <string.h>

#include "base/base.h"
#include "base/clock.h"
#include "check.h"
#include "desk/config.h"
#include "law/field.h"

static struct arena *arena;

/* Saturday, November 21, 2026. */
static struct clock noon = { .fixed_ms = INT64_C(1795291440000) };

static struct desk desk(void)
{
	return (struct desk){ .arena = arena, .clock = &noon };
}

/* 11 CCR 7026(b), 7060: no field that its row does not allow, for any kind. */
static void only_what_the_law_allows(void)
{
	int asked = 0;

	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		for (size_t i = 0; i < asked_count(); i++) {
			const struct asked *a = asked_at(i);

			if (!question_is_asked(a->question, (enum kind)k))
				continue;
			asked++;
			CHECK(field_is_allowed(str_of(a->field), (enum kind)k),
				"%s asks \"%s\"", kind_code((enum kind)k),
				a->name);
		}
	/* Both kinds of know, delete, correct, access and appeal of ADMT: a
	 * walk over nothing proves nothing. */
	CHECK(asked == 13 + 15 + 11 + 11 + 11 + 10, "%d fields were walked",
		asked);
}

/* Opting out and limiting have no such form, so nothing of it can reach them. */
static void others_have_none(void)
{
	struct person p = { 0 };

	for (int k = KIND_NONE + 1; k < KIND_END; k++) {
		bool has_form = form_of((enum kind)k) != NULL;

		for (int q = 0; q < QUESTIONS; q++)
			CHECK(has_form || !question_is_asked((enum question)q,
						  (enum kind)k),
				"%s, \"%s\"", kind_code((enum kind)k),
				question_row((enum question)q)->path);
		CHECK(!has_form || kind_is_verified((enum kind)k), "%s",
			kind_code((enum kind)k));
		CHECK(has_form == (k == KIND_KNOW_CATEGORIES ||
					  k == KIND_KNOW_SPECIFIC ||
					  k == KIND_DELETE ||
					  k == KIND_CORRECT ||
					  k == KIND_ACCESS_ADMT ||
					  k == KIND_APPEAL_ADMT),
			"%s", kind_code((enum kind)k));
	}
	CHECK(form_kind(STR("opt-out"), &p) == KIND_NONE, "no path to it");
	CHECK(form_kind(STR("nothing"), &p) == KIND_NONE, "nor to nothing");
}

/* Both kinds of know are one path; who has not said so does not get the pieces. */
static void paths(void)
{
	struct person p = { .pieces = STR("specific") };

	CHECK(form_kind(STR("know"), &p) == KIND_KNOW_SPECIFIC, "pieces");
	CHECK(form_kind(STR("delete"), &p) == KIND_DELETE, "no other kind");
	p.pieces = STR("categories");
	CHECK(form_kind(STR("know"), &p) == KIND_KNOW_CATEGORIES, "categories");
	p.pieces = STR("");
	CHECK(form_kind(STR("know"), &p) == KIND_KNOW_CATEGORIES, "unanswered");
}

static const struct {
	const char *why;
	enum question question;
	struct person answers;
	const char *field; /* of the first problem; NULL: none */
} answers[] = {
	{ "electronically, where nobody says otherwise", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("") }, NULL },
	{ "by mail, with an address", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("paper"),
			.postal = { STR_INIT("Ellen Tran\r\n 12 Elm St\n\n"
					     "Oakland, CA 94607-1234") } },
		NULL },
	{ "no letter arrives without a ZIP code", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("paper"),
			.postal = { STR_INIT("Ellen Tran\n12 Elm St\nOakland "
					     "9460") } },
		"postal" },
	{ "nor with a line alone", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("paper"),
			.postal = { STR_INIT("94607") } },
		"postal" },
	{ "a long number is no ZIP code", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("paper"),
			.postal = { STR_INIT("E. Tran\n946071") } },
		"postal" },
	{ "eight lines", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("paper"),
			.postal = { STR_INIT("a\nb\nc\nd\ne\nf\ng\n94607") } },
		NULL },
	{ "nine are none", QUESTION_DELIVERY,
		{ .letter_by = STR_INIT("paper"),
			.postal = { STR_INIT(
				"a\nb\nc\nd\ne\nf\ng\nh\n94607") } },
		"postal" },
	{ "another way", QUESTION_DELIVERY, { .letter_by = STR_INIT("fax") },
		"letter_by" },
	{ "nothing is chosen beforehand", QUESTION_PIECES,
		{ .pieces = STR_INIT("") }, "pieces" },
	{ "what cannot be chosen", QUESTION_PIECES,
		{ .pieces = STR_INIT("all") }, "pieces" },
	{ "the kinds only", QUESTION_PIECES,
		{ .pieces = STR_INIT("categories") }, NULL },
	{ "everything needs no dates (7020)", QUESTION_RANGE,
		{ .range = STR_INIT("all") }, NULL },
	{ "dates need both", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2024-01-01") } },
		"range_to" },
	{ "the first day there is", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2022-01-01") },
			.range_to = { STR_INIT("2026-11-21") } },
		NULL },
	{ "a day before", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2021-12-31") },
			.range_to = { STR_INIT("2026-11-21") } },
		"range_from" },
	{ "tomorrow", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2022-01-01") },
			.range_to = { STR_INIT("2026-11-22") } },
		"range_to" },
	{ "the wrong way round", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2024-02-02") },
			.range_to = { STR_INIT("2024-02-01") } },
		"range_to" },
	{ "one day is a range", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2024-02-01") },
			.range_to = { STR_INIT("2024-02-01") } },
		NULL },
	{ "as people write it, in a browser without a calendar", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("3/5/2024") },
			.range_to = { STR_INIT("12/31/2024") } },
		NULL },
	{ "a day that is none", QUESTION_RANGE,
		{ .range = STR_INIT("dates"),
			.range_from = { STR_INIT("2/30/2024") },
			.range_to = { STR_INIT("12/31/2024") } },
		"range_from" },
	{ "everything, without a word (7022(h))", QUESTION_PARTS,
		{ .parts = STR_INIT("") }, NULL },
	{ "two kinds", QUESTION_PARTS, { .parts = STR_INIT("A,D") }, NULL },
	{ "no kind of the law's", QUESTION_PARTS, { .parts = STR_INIT("A,X") },
		"parts" },
	{ "what is wrong is not said", QUESTION_ITEM,
		{ .should_be = { STR_INIT("12 Elm Street") } }, "item" },
	{ "nor what is right", QUESTION_ITEM,
		{ .item = { STR_INIT("my street") } }, "should_be" },
	{ "both", QUESTION_ITEM,
		{ .item = { STR_INIT("my street") },
			.should_be = { STR_INIT("12 Elm Street") } },
		NULL },
	{ "a date of birth is nobody's duty", QUESTION_DETAILS,
		{ .zip = { STR_INIT("94607") } }, NULL },
	{ "one that is none", QUESTION_DETAILS,
		{ .zip = { STR_INIT("94607") },
			.birth_date = { STR_INIT("31/31/1984") } },
		"birth_date" },
	{ "one in the future", QUESTION_DETAILS,
		{ .zip = { STR_INIT("94607") },
			.birth_date = { STR_INIT("11/22/2026") } },
		"birth_date" },
	{ "as people write it", QUESTION_DETAILS,
		{ .zip = { STR_INIT("94607") },
			.birth_date = { STR_INIT("3/15/1984") } },
		NULL },
	{ "a Social Security number is not taken (7060(c))", QUESTION_ITEM,
		{ .item = { STR_INIT("it is 123-45-6789, not what you have") },
			.should_be = { STR_INIT("see there") } },
		"item" },
	{ "with blanks, at the end", QUESTION_ITEM,
		{ .item = { STR_INIT("my number") },
			.should_be = { STR_INIT("123 45 6789") } },
		"should_be" },
	{ "longer numbers are others", QUESTION_ITEM,
		{ .item = { STR_INIT("order 9123-45-6789") },
			.should_be = { STR_INIT("order 123-45-67890") } },
		NULL },
	{ "an address finds the person", QUESTION_FIND,
		{ .email = { STR_INIT(" ellen@example.com ") } }, NULL },
	{ "no address", QUESTION_FIND,
		{ .phone = { STR_INIT("510-555-0142") } }, "email" },
	{ "no address that could be one", QUESTION_FIND,
		{ .email = { STR_INIT("ellen at home") } }, "email" },
	{ "a number may be left out, not be wrong", QUESTION_FIND,
		{ .email = { STR_INIT("ellen@example.com") },
			.phone = { STR_INIT("12") } },
		"phone" },
	{ "a ZIP code", QUESTION_DETAILS, { .zip = { STR_INIT("94607") } },
		NULL },
	{ "with its four more", QUESTION_DETAILS,
		{ .zip = { STR_INIT("94607-1234") } }, NULL },
	{ "one digit short", QUESTION_DETAILS, { .zip = { STR_INIT("9460") } },
		"zip" },
	{ "signed, and not declared", QUESTION_DECLARATION,
		{ .signed_by = { STR_INIT("Ellen Tran") } }, "declared" },
	{ "declared, and not signed", QUESTION_DECLARATION,
		{ .declared = STR_INIT("yes") }, "signed_by" },
	{ "both (7062(c))", QUESTION_DECLARATION,
		{ .declared = STR_INIT("yes"),
			.signed_by = { STR_INIT("Ellen Tran") } },
		NULL },
	{ "no answer to the offer is none", QUESTION_SALE,
		{ .stop_sale = STR_INIT("") }, "stop_sale" },
	{ "a no is one", QUESTION_SALE, { .stop_sale = STR_INIT("no") }, NULL },
};

static void checked(void)
{
	struct desk d = desk();

	for (size_t i = 0; i < COUNTOF(answers); i++) {
		struct person p = answers[i].answers;
		struct problems ps = { 0 };

		question_check(&d, answers[i].question, &p, &ps);
		CHECK(answers[i].field ? ps.n == 1 && !strcmp(ps.at[0].field,
							      answers[i].field)
				       : ps.n == 0,
			"%s: %zu, %s", answers[i].why, ps.n,
			ps.n ? ps.at[0].field : "");
	}
}

/* LIMIT and one more, for what is typed at length. */
static void long_answers(void)
{
	struct desk d = desk();
	char *text = arena_alloc(arena, PERSON_item_max + 1);
	struct person p = { .should_be = { STR("right") } };
	struct problems ps = { 0 };

	memset(text, 'x', PERSON_item_max + 1);
	p.item.v = (str){ text, PERSON_item_max };
	question_check(&d, QUESTION_ITEM, &p, &ps);
	CHECK(!ps.n, "as long as can be");
	p.item.v.n++;
	question_check(&d, QUESTION_ITEM, &p, &ps);
	CHECK(ps.n == 1 && !strcmp(ps.at[0].code, "long"), "one more");
}

static struct person all_of_it(void)
{
	return (struct person){
		.parts = STR("A,D"),
		.pieces = STR("specific"),
		.range = STR("dates"),
		.range_from = { STR("3/5/2024") },
		.range_to = { STR("12/31/2024") },
		.item = { STR("my street") },
		.should_be = { STR("12 Elm Street") },
		.email = { STR("ellen@example.com") },
		.phone = { STR("510-555-0142") },
		.zip = { STR("94607") },
		.name = { STR("Ellen Tran") },
		.street = { STR("12 Elm Street") },
		.birth_date = { STR("3/15/1984") },
		.code_by = STR("email"),
		.declared = STR("yes"),
		.signed_by = { STR("Ellen Tran") },
		.decision = { STR("no loan in May, and I earn more now") },
		.letter_by = STR("paper"),
		.postal = { STR("Ellen Tran\nOakland, CA 94607") },
		.stop_sale = STR("yes"),
	};
}

/* The pages come in order, and each stays until it has a good answer. */
static void one_after_the_other(void)
{
	struct desk d = desk();
	struct person p = { 0 };

	CHECK(form_next(&d, KIND_KNOW_SPECIFIC, &p) == QUESTION_PIECES, "1");
	CHECK(form_next(&d, KIND_CORRECT, &p) == QUESTION_ITEM, "correct");
	CHECK(form_next(&d, KIND_DELETE, &p) == QUESTION_FIND, "delete");
	CHECK(form_next(&d, KIND_APPEAL_ADMT, &p) == QUESTION_DECISION,
		"which decision is appealed (7221(b))");
	CHECK(form_next(&d, KIND_ACCESS_ADMT, &p) == QUESTION_FIND,
		"access is about all of them");
	p.pieces = STR("specific");
	CHECK(form_next(&d, KIND_KNOW_SPECIFIC, &p) == QUESTION_RANGE, "2");
	p.range = STR("all");
	p.email.v = STR("ellen@example.com");
	p.zip.v = STR("94607");
	CHECK(form_next(&d, KIND_KNOW_SPECIFIC, &p) == QUESTION_DECLARATION,
		"the pieces are signed for");
	CHECK(form_next(&d, KIND_ACCESS_ADMT, &p) == QUESTION_DECLARATION,
		"and so is access to ADMT (7062(c))");
	CHECK(form_next(&d, KIND_KNOW_CATEGORIES, &p) == QUESTIONS,
		"the kinds are not");
	CHECK(form_next(&d, KIND_DELETE, &p) == QUESTION_SALE,
		"only deleting has the offer");
	p = all_of_it();
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		CHECK(form_next(&d, (enum kind)k, &p) == QUESTIONS, "%s",
			kind_code((enum kind)k));
}

/* What was typed into another form goes with no request. */
static void nothing_more(void)
{
	struct desk d = desk();
	struct problems ps = { 0 };
	struct person p = all_of_it();

	form_only(KIND_DELETE, &p);
	CHECK(!p.item.v.n && !p.should_be.v.n && !p.declared.n &&
			!p.signed_by.v.n && !p.range.n && !p.range_from.v.n &&
			!p.pieces.n,
		"a deletion has nothing of the others");
	CHECK(p.email.v.n && p.zip.v.n && p.stop_sale.n, "and its own");
	p = all_of_it();
	form_only(KIND_KNOW_SPECIFIC, &p);
	form_check(&d, KIND_KNOW_SPECIFIC, &p, &ps);
	CHECK(!ps.n && !p.stop_sale.n && !p.item.v.n, "know");
	CHECK(str_eq(p.range_from.v, STR("2024-03-05")), "one way to write it");
	p.range = STR("all");
	form_only(KIND_KNOW_SPECIFIC, &p);
	CHECK(!p.range_from.v.n && !p.range_to.v.n,
		"everything has no first day");
}

/* 11 CCR 7060(c): what the business does not rely on, it does not ask. */
static void only_what_verifies(void)
{
	struct config config = { .sms_url = STR("https://sms.example/{to}") };
	struct desk with = { .config = &config };
	struct desk d = { 0 };

	for (size_t i = 0; i < asked_count(); i++) {
		const struct asked *a = asked_at(i);
		bool is_more = !strcmp(a->name, "street") ||
			       !strcmp(a->name, "birth_date");
		bool is_sms = !strcmp(a->name, "code_by");

		CHECK(asked_is_needed(&d, a, 0) == (!is_more && !is_sms), "%s",
			a->name);
		CHECK(asked_is_needed(&d, a, ~0u) == !is_sms, "%s, relied on",
			a->name);
		CHECK(asked_is_needed(&with, a, 0) == !is_more,
			"%s, with a gateway", a->name);
	}
}

static str words_of(const char *name, const struct person *p)
{
	for (size_t i = 0; i < asked_count(); i++)
		if (!strcmp(asked_at(i)->name, name))
			return asked_words(arena, LANG_EN, asked_at(i), p);
	return STR("no such field");
}

static void words(void)
{
	struct person p = all_of_it();

	CHECK(str_eq(words_of("pieces", &p), STR("The information itself")),
		"a choice in words");
	CHECK(str_eq(words_of("item", &p), STR("my street")), "as typed");
	p.range_from.v = STR("2024-03-05");
	CHECK(str_eq(words_of("range_from", &p), STR("March 5, 2024")),
		"a day in words");
	CHECK(str_starts(words_of("parts", &p), STR("Identifiers; Commercial")),
		"kinds by their names: %.*s", STR_ARG(words_of("parts", &p)));
	for (size_t i = 0; i < asked_count(); i++) {
		str value = *asked_value(asked_at(i), &p);

		CHECK(value.n > 0, "%s is a field of its own",
			asked_at(i)->name);
	}
}

int main(void)
{
	arena = arena_new(1 << 20);
	only_what_the_law_allows();
	only_what_verifies();
	others_have_none();
	paths();
	checked();
	long_answers();
	one_after_the_other();
	nothing_more();
	words();
	arena_free(arena);
	return CHECK_DONE();
}
