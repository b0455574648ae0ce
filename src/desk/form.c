/*
 * The forms, from desk/tbl: forms.h, questions.h, asked.h, choices.h.  A question is
 * asked of a kind because its row says so; what it asks and how an answer reads comes
 * from the rows as well, and only what can be wrong with it is code.
 */
#include "desk/form.h"

#include "words/words.h"
#include <stddef.h>

#include "base/base.h"
#include "connect/map.h"
#include "connect/point.h"
#include "desk/account.h"
#include "desk/config.h"
#include "desk/limit.h"
#include "desk/parts.h"
#include "desk/postal.h"
#include "ident/ident.h"
#include "law/deadline.h"
#include "law/field.h"

#define KNOWS    (KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC))
#define EXPLAINS (KIND_BIT(ACCESS_ADMT) | KIND_BIT(APPEAL_ADMT))
#define FORMS    (KNOWS | KIND_BIT(DELETE) | KIND_BIT(CORRECT) | EXPLAINS)

static const struct form forms[] = {
#define FORM(kind, title, what, verb, mixup, does, tells, section) \
	{ KIND_##kind, title, what, verb, mixup, does, tells, section },
#include "desk/tbl/forms.h"
};

static const struct question_row questions[] = {
#define QUESTION(name, path, title, kinds, missing) \
	{ path, title, kinds, missing },
#include "desk/tbl/questions.h"
};

enum {
#define PERSON_PERSONAL(name, max) IS_PERSONAL_##name = true,
#define PERSON_PLAIN(name, max)    IS_PERSONAL_##name = false,
#include "desk/tbl/person.h"
};

static const struct asked fields[] = {
#define ASKED(question, name, field, title)                         \
	{ QUESTION_##question, #name, field, title,                 \
		offsetof(struct person, name), PERSON_##name##_max, \
		IS_PERSONAL_##name },
#include "desk/tbl/asked.h"
};

static const struct choice {
	const char *name;
	const char *value;
	const char *words;
} choices[] = {
#define CHOICE(name, value, words) { #name, value, words },
#include "desk/tbl/choices.h"
};

const struct form *form_of(enum kind kind)
{
	for (size_t i = 0; i < COUNTOF(forms); i++)
		if (forms[i].kind == kind)
			return &forms[i];
	return NULL;
}

enum kind form_kind(str path, const struct person *answers)
{
	for (size_t i = 0; i < COUNTOF(forms); i++) {
		enum kind kind = forms[i].kind;

		if (!str_eq(path, str_of(kind_row(kind)->path)))
			continue;
		if (kind == KIND_KNOW_CATEGORIES &&
			str_eq(answers->pieces, STR("specific")))
			return KIND_KNOW_SPECIFIC;
		return kind;
	}
	return KIND_NONE;
}

const struct question_row *question_row(enum question q)
{
	must(q < QUESTIONS);
	return &questions[q];
}

bool question_is_asked(enum question q, enum kind kind)
{
	return question_row(q)->kinds & 1u << kind;
}

bool question_is_put(const struct desk *d, enum question q, enum kind kind,
	const struct person *p)
{
	bool finds = q == QUESTION_FIND || q == QUESTION_DETAILS ||
		     q == QUESTION_DECLARATION;

	return question_is_asked(q, kind) && !(finds && account_is_fresh(d, p));
}

unsigned form_points(struct desk *d)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	unsigned out = 0;
	struct map map;
	struct err e;

	if (d->data_map && !map_read(a, d->data_map, &map, &e))
		out = map_points(&map);
	arena_free(a);
	return out;
}

bool form_has_sms(const struct desk *d)
{
	return d->config && d->config->sms_url.n > 0;
}

bool asked_is_needed(
	const struct desk *d, const struct asked *a, unsigned points)
{
	static const enum point by_need[] = { POINT_STREET, POINT_BIRTH_DATE };

	if (str_eq(str_of(a->name), STR("code_by")))
		return form_has_sms(d);
	for (size_t i = 0; i < COUNTOF(by_need); i++)
		if (str_eq(str_of(a->name), str_of(point_code(by_need[i]))))
			return points & 1u << by_need[i];
	return true;
}

size_t asked_count(void)
{
	return COUNTOF(fields);
}

const struct asked *asked_at(size_t i)
{
	must(i < COUNTOF(fields));
	return &fields[i];
}

/* A personal is a str in a type of its own: both begin with it. */
str *asked_value(const struct asked *a, struct person *p)
{
	return (str *)(void *)((char *)p + a->at);
}

static str value_of(const struct asked *a, const struct person *p)
{
	return *(const str *)(const void *)((const char *)p + a->at);
}

/* NULL where the answer is typed, or is none of those that can be chosen. */
static const struct choice *choice_of(const char *name, str value)
{
	for (size_t i = 0; i < COUNTOF(choices); i++)
		if (str_eq(str_of(choices[i].name), str_of(name)) &&
			str_eq(str_of(choices[i].value), value))
			return &choices[i];
	return NULL;
}

str asked_words(struct arena *a, enum lang l, const struct asked *asked,
	const struct person *p)
{
	str value = value_of(asked, p);
	const struct choice *c = choice_of(asked->name, value);
	struct date day;

	if (c)
		return say(l, c->words);
	if (str_eq(str_of(asked->name), STR("letter_by")))
		return say(l, "By email");
	if (asked->question == QUESTION_PARTS)
		return value.n ? parts_words(a, l, parts_of(p))
			       : say(l, "Everything");
	return date_parse(value, &day) ? words_date(a, l, day) : value;
}

/* --- what can be wrong with an answer --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool fits(personal value, size_t max)
{
	return value.v.n <= max && str_is_text(value.v);
}

static void check_choice(
	enum question q, const char *name, str value, struct problems *ps)
{
	if (!choice_of(name, value))
		problem_add(ps, name, "missing", question_row(q)->missing);
}

bool form_read_day(str typed, struct date *out)
{
	int64_t month;
	int64_t day;
	int64_t year;
	str first;
	str rest;
	str second;

	if (date_parse(typed, out))
		return true;
	if (!str_cut(typed, '/', &first, &rest) ||
		!str_cut(rest, '/', &second, &rest) || rest.n != 4 ||
		!str_int(first, &month) || !str_int(second, &day) ||
		!str_int(rest, &year) || first.n > 2 || second.n > 2)
		return false;
	*out = (struct date){ (int)year, (int)month, (int)day };
	return date_is_valid(*out);
}

static bool check_day(struct desk *d, const char *name, personal *value,
	struct date *out, struct problems *ps)
{
	value->v = str_trim(value->v);
	if (form_read_day(value->v, out)) {
		value->v = date_iso(d->arena, *out);
		return true;
	}
	problem_add(ps, name, "unreadable",
		"Enter a day as month/day/year, like 3/15/2024");
	return false;
}

static void check_range(struct desk *d, struct person *p, struct problems *ps)
{
	struct date from;
	struct date to;
	bool has_from;
	bool has_to;

	check_choice(QUESTION_RANGE, "range", p->range, ps);
	if (!str_eq(p->range, STR("dates")))
		return;
	has_from = check_day(d, "range_from", &p->range_from, &from, ps);
	has_to = check_day(d, "range_to", &p->range_to, &to, ps);
	if (has_from && date_cmp(from, know_reaches_back_to()) < 0)
		problem_add(ps, "range_from", "early",
			"Enter a first day from January 1, 2022 on");
	if (has_to && date_cmp(to, desk_today(d)) > 0)
		problem_add(ps, "range_to", "late",
			"Enter a last day that is not in the future");
	if (has_from && has_to && date_cmp(to, from) < 0)
		problem_add(ps, "range_to", "order",
			"Enter a last day that is not before the first");
}

/* "123-45-6789", with dashes or blanks, and no digit beside it. */
static bool is_ssn_at(str s, size_t at)
{
	static const char shape[] = "ddd-dd-dddd";
	size_t n = sizeof shape - 1;

	if (at + n > s.n || (at && is_digit(s.p[at - 1])) ||
		(at + n < s.n && is_digit(s.p[at + n])))
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s.p[at + i];

		if (shape[i] == 'd' ? !is_digit(c) : c != '-' && c != ' ')
			return false;
	}
	return true;
}

/* 11 CCR 7060(c): not collected, even when it is offered. */
static void refuse_ssn(const char *name, str typed, struct problems *ps)
{
	for (size_t i = 0; i < typed.n; i++) {
		if (!is_ssn_at(typed, i))
			continue;
		problem_add(ps, name, "never",
			"Leave out the Social Security number. We don’t "
			"need it");
		return;
	}
}

static void check_item(struct person *p, struct problems *ps)
{
	p->item.v = str_trim(p->item.v);
	p->should_be.v = str_trim(p->should_be.v);
	if (!p->item.v.n)
		problem_add(ps, "item", "missing",
			question_row(QUESTION_ITEM)->missing);
	else if (!fits(p->item, PERSON_item_max))
		problem_add(ps, "item", "long",
			"Keep what is wrong under 2,000 characters");
	if (!p->should_be.v.n)
		problem_add(ps, "should_be", "missing",
			"Tell us what it should say. If it should not be "
			"there at all, say that");
	else if (!fits(p->should_be, PERSON_should_be_max))
		problem_add(ps, "should_be", "long",
			"Keep what it should say under 2,000 characters");
	refuse_ssn("item", p->item.v, ps);
	refuse_ssn("should_be", p->should_be.v, ps);
}

static void check_decision(struct person *p, struct problems *ps)
{
	p->decision.v = str_trim(p->decision.v);
	if (!p->decision.v.n)
		problem_add(ps, "decision", "missing",
			question_row(QUESTION_DECISION)->missing);
	else if (!fits(p->decision, PERSON_decision_max))
		problem_add(ps, "decision", "long",
			"Keep it under 2,000 characters");
	refuse_ssn("decision", p->decision.v, ps);
}

/* Nobody who has no choice has chosen. */
static void check_code_by(struct desk *d, struct person *p, struct problems *ps)
{
	if (!form_has_sms(d) || !p->code_by.n)
		p->code_by = STR("email");
	check_choice(QUESTION_FIND, "code_by", p->code_by, ps);
	if (str_eq(p->code_by, STR("sms")) && !p->phone.v.n)
		problem_add(ps, "phone", "missing",
			"Enter the phone number that gets the text message");
}

static void check_find(struct desk *d, struct person *p, struct problems *ps)
{
	struct ident id;

	p->email.v = str_trim(p->email.v);
	p->phone.v = str_trim(p->phone.v);
	if (!p->email.v.n)
		problem_add(ps, "email", "missing",
			question_row(QUESTION_FIND)->missing);
	else if (ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, p->email.v) ||
		 p->email.v.n > PERSON_email_max)
		problem_add(ps, "email", "unreadable",
			"Enter an email address in the form name@example.com");
	if (p->phone.v.n &&
		(ident_read(&id, IDENT_TOYON_1, IDENT_PHONE, p->phone.v) ||
			p->phone.v.n > PERSON_phone_max))
		problem_add(ps, "phone", "unreadable",
			"Enter a US phone number with area code, like "
			"510-555-0142, or leave it empty");
	check_code_by(d, p, ps);
}

static bool is_zip(str s)
{
	if (s.n != 5 && !(s.n == 10 && s.p[5] == '-'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (i != 5 && !is_digit(s.p[i]))
			return false;
	return true;
}

static void check_birth_date(
	struct desk *d, personal *typed, struct problems *ps)
{
	struct date day;

	typed->v = str_trim(typed->v);
	if (typed->v.n && check_day(d, "birth_date", typed, &day, ps) &&
		date_cmp(day, desk_today(d)) > 0)
		problem_add(ps, "birth_date", "late",
			"Enter a date of birth that is not in the future");
}

static void check_details(struct desk *d, struct person *p, struct problems *ps)
{
	p->name.v = str_trim(p->name.v);
	p->zip.v = str_trim(p->zip.v);
	if (!fits(p->name, PERSON_name_max))
		problem_add(ps, "name", "long",
			"Enter a name of at most 120 letters");
	p->street.v = str_trim(p->street.v);
	if (!fits(p->street, PERSON_street_max))
		problem_add(ps, "street", "long",
			"Enter a street of at most 200 letters");
	check_birth_date(d, &p->birth_date, ps);
	if (!is_zip(p->zip.v))
		problem_add(ps, "zip", "unreadable",
			question_row(QUESTION_DETAILS)->missing);
}

/* Civ. Code 1798.130(a)(2)(A): electronically, where they don't choose mail; then nobody
 * needs to know where they live. */
static void check_delivery(
	struct desk *d, struct person *p, struct problems *ps)
{
	if (p->letter_by.n && !choice_of("letter_by", p->letter_by))
		problem_add(ps, "letter_by", "unknown", "Choose email or mail");
	if (!str_eq(p->letter_by, STR("paper"))) {
		p->postal.v = STR("");
		return;
	}
	p->postal.v = postal_lines(d->arena, p->postal.v);
	if (!postal_is_whole(p->postal.v))
		problem_add(ps, "postal", "missing",
			"Enter your name and the address as on an envelope, "
			"with the ZIP code");
}

/* 11 CCR 7062(c): signed, under penalty of perjury. */
void declaration_check(
	struct person *p, const char *unticked, struct problems *ps)
{
	p->signed_by.v = str_trim(p->signed_by.v);
	if (!choice_of("declared", p->declared))
		problem_add(ps, "declared", "missing", unticked);
	if (!p->signed_by.v.n)
		problem_add(ps, "signed_by", "missing",
			"Type your full name to sign");
	else if (!fits(p->signed_by, PERSON_signed_by_max))
		problem_add(ps, "signed_by", "long",
			"Enter a name of at most 120 letters");
}

void question_check(
	struct desk *d, enum question q, struct person *p, struct problems *ps)
{
	switch (q) {
	case QUESTION_PIECES:
		check_choice(q, "pieces", p->pieces, ps);
		break;
	case QUESTION_RANGE:
		check_range(d, p, ps);
		break;
	case QUESTION_ITEM:
		check_item(p, ps);
		break;
	case QUESTION_DECISION:
		check_decision(p, ps);
		break;
	case QUESTION_FIND:
		check_find(d, p, ps);
		break;
	case QUESTION_DETAILS:
		check_details(d, p, ps);
		break;
	case QUESTION_DECLARATION:
		declaration_check(p,
			"Tick the box if you declare this. Without it, you "
			"can still ask which kinds of information we hold",
			ps);
		break;
	case QUESTION_PARTS:
		if (!parts_read(d->arena, p->parts, &p->parts))
			problem_add(ps, "parts", "unknown",
				"Choose from these kinds");
		break;
	case QUESTION_DELIVERY:
		check_delivery(d, p, ps);
		break;
	case QUESTION_SALE:
		check_choice(q, "stop_sale", p->stop_sale, ps);
		break;
	case QUESTIONS:
		must(false);
	}
}

void form_check(
	struct desk *d, enum kind kind, struct person *p, struct problems *ps)
{
	for (int q = 0; q < QUESTIONS; q++)
		if (question_is_put(d, (enum question)q, kind, p))
			question_check(d, (enum question)q, p, ps);
}

enum question form_next(struct desk *d, enum kind kind, const struct person *p)
{
	for (int q = 0; q < QUESTIONS; q++) {
		struct problems ps = { 0 };
		struct person answers = *p;

		if (!question_is_put(d, (enum question)q, kind, p))
			continue;
		question_check(d, (enum question)q, &answers, &ps);
		if (ps.n)
			return (enum question)q;
	}
	return QUESTIONS;
}

void form_only(enum kind kind, struct person *p)
{
	for (size_t i = 0; i < COUNTOF(fields); i++)
		if (!question_is_asked(fields[i].question, kind))
			*asked_value(&fields[i], p) = STR("");
	if (!str_eq(p->range, STR("dates")))
		p->range_from.v = p->range_to.v = STR("");
}
