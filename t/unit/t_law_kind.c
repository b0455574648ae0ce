/*
 * The kinds of request: section 0.1 of the law reference, one row a kind.
 */
#include "law/kind.h"

#include <stdlib.h>

#include "base/base.h"
#include "check.h"
#include "law/field.h"

static const struct {
	const char *why;
	enum kind kind;
	const char *code;
	const char *path;
	enum flow flow;
	enum verification verification;
	bool is_receipt_confirmed;
	bool is_verified;
	int fields_max;
} rows[] = {
	{ "know, categories: 2 data points (7062(b))", KIND_KNOW_CATEGORIES,
		"know-categories", "know", FLOW_TELL, VERIFY_REASONABLE, true,
		true, 2 },
	{ "know, specific pieces: 3 and a declaration (7062(c))",
		KIND_KNOW_SPECIFIC, "know-specific", "know", FLOW_TELL,
		VERIFY_HIGH, true, true, 3 },
	{ "delete: by sensitivity (7062(d))", KIND_DELETE, "delete", "delete",
		FLOW_ERASE, VERIFY_SLIDING, true, true, 2 },
	{ "correct: by sensitivity, and what is wrong and right", KIND_CORRECT,
		"correct", "correct", FLOW_CORRECT, VERIFY_SLIDING, true, true,
		3 },
	{ "opt-out: nobody is verified (7060(b)), one field", KIND_OPT_OUT,
		"opt-out", "opt-out", FLOW_STOP, VERIFY_FORBIDDEN, false, false,
		1 },
	{ "limit: the same", KIND_LIMIT, "limit", "limit", FLOW_STOP,
		VERIFY_FORBIDDEN, false, false, 1 },
	{ "opt-in: two acts, no identity", KIND_OPT_IN, "opt-in", "opt-in",
		FLOW_OPT_IN, VERIFY_NONE, false, false, 1 },
	{ "7028: the same two acts take a limit back", KIND_OPT_IN_SENSITIVE,
		"opt-in-sensitive", "opt-in", FLOW_OPT_IN, VERIFY_NONE, false,
		false, 1 },
	{ "opt-in of a minor: the parent, or the minor in two steps",
		KIND_OPT_IN_MINOR, "opt-in-minor", "child", FLOW_OPT_IN_MINOR,
		VERIFY_PARENT, false, true, 2 },
	{ "opt out of ADMT: nobody is verified (7221(f))", KIND_OPT_OUT_ADMT,
		"opt-out-admt", "opt-out-admt", FLOW_STOP, VERIFY_FORBIDDEN,
		false, false, 1 },
	{ "access to ADMT: reasonably high (7062(c))", KIND_ACCESS_ADMT,
		"access-admt", "access-admt", FLOW_EXPLAIN, VERIFY_HIGH, true,
		true, 3 },
	{ "appeal: answered like the others", KIND_APPEAL_ADMT, "appeal-admt",
		"appeal-admt", FLOW_EXPLAIN, VERIFY_REASONABLE, true, true, 3 },
	{ "DROP: the consumer may not be contacted", KIND_DROP, "drop", "drop",
		FLOW_BATCH, VERIFY_FORBIDDEN, false, false, 0 },
};

static void columns(void)
{
	CHECK(COUNTOF(rows) == KIND_END - 1, "each kind has a row here");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct kind_row *k = kind_row(rows[i].kind);

		CHECK(k->kind == rows[i].kind, "%s", rows[i].why);
		CHECK(!strcmp(k->code, rows[i].code) &&
				!strcmp(k->path, rows[i].path),
			"%s: words", rows[i].why);
		CHECK(k->flow == rows[i].flow, "%s: flow", rows[i].why);
		CHECK(kind_verification(k->kind) == rows[i].verification,
			"%s: grade", rows[i].why);
		CHECK(kind_is_verified(k->kind) == rows[i].is_verified,
			"%s: verified at all", rows[i].why);
		CHECK(k->is_receipt_confirmed == rows[i].is_receipt_confirmed,
			"%s: letter of receipt", rows[i].why);
		CHECK(k->fields_max == rows[i].fields_max, "%s: fields",
			rows[i].why);
		CHECK(kind_is_at_once(k->kind) == (rows[i].flow == FLOW_STOP),
			"%s: at once", rows[i].why);
		CHECK(kind_only_answers(k->kind) ==
				(rows[i].flow == FLOW_TELL ||
					rows[i].flow == FLOW_EXPLAIN),
			"%s: nothing is changed by it", rows[i].why);
		CHECK(*kind_title(k->kind) && *k->phrase &&
				*kind_citation(k->kind),
			"%s: words and citation", rows[i].why);
		CHECK(kind_of(str_of(k->code)) == k->kind, "%s: read back",
			rows[i].why);
	}
}

/* Opt-out and limit ask for one identifier at most, whatever else (Honda). */
static void forbidden_means_short(void)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		if (kind_verification((enum kind)k) == VERIFY_FORBIDDEN)
			CHECK(kind_row((enum kind)k)->fields_max <= 1 &&
					!kind_row((enum kind)k)
						 ->is_receipt_confirmed,
				"%s", kind_code((enum kind)k));
}

static const struct {
	const char *why;
	const char *word;
	enum kind kind;
} words[] = {
	{ "a code", "delete", KIND_DELETE },
	{ "capitals", "Delete", KIND_DELETE },
	{ "an underscore for the dash", "opt_out", KIND_OPT_OUT },
	{ "no dash at all", "optout", KIND_OPT_OUT },
	{ "the signal is an opt-out", "gpc", KIND_OPT_OUT },
	{ "know alone: the stricter check", "know", KIND_KNOW_SPECIFIC },
	{ "the other one", "know_categories", KIND_KNOW_CATEGORIES },
	{ "in capitals with an underscore", "DO_NOT_SELL", KIND_OPT_OUT },
	{ "the GDPR's word, the stricter check", "access", KIND_KNOW_SPECIFIC },
	{ "half of a code", "categories", KIND_KNOW_CATEGORIES },
	{ "the other half", "specific", KIND_KNOW_SPECIFIC },
	{ "the noun", "deletion", KIND_DELETE },
	{ "the GDPR's verb", "erase", KIND_DELETE },
	{ "what is asked for", "correction", KIND_CORRECT },
	{ "opting in without its dash", "optin", KIND_OPT_IN },
	{ "nothing", "", KIND_NONE },
	{ "a prefix", "del", KIND_NONE },
	{ "another first letter", "belete", KIND_NONE },
	{ "more than the word", "deletes", KIND_NONE },
	{ "the word of another regime", "dsar", KIND_NONE },
};

static void typed(void)
{
	for (size_t i = 0; i < COUNTOF(words); i++)
		CHECK(kind_of_word(str_of(words[i].word)) == words[i].kind,
			"%s", words[i].why);
	CHECK(kind_of(STR("know")) == KIND_NONE,
		"records hold codes, never other words");
	CHECK(kind_of(STR("Delete")) == KIND_NONE, "nor capitals");
	CHECK(kind_of(STR("")) == KIND_NONE, "nor nothing");
}

/* A word from a form ends where its length says, with no NUL behind it. */
static void typed_without_end(void)
{
	char *word = malloc(6);

	must(word);
	memcpy(word, "delete", 6);
	CHECK(kind_of_word((str){ word, 6 }) == KIND_DELETE, "as it stands");
	free(word);
}

static const struct {
	const char *why;
	enum kind kind;
	struct date day;
	bool is_valid;
} days[] = {
	{ "delete, since the CPRA", KIND_DELETE, { 2023, 1, 1 }, true },
	{ "the tables say nothing of the time before", KIND_DELETE,
		{ 2022, 12, 31 }, false },
	{ "no end is known", KIND_DELETE, { 2099, 1, 1 }, true },
	{ "ADMT, the day before (7200)", KIND_OPT_OUT_ADMT, { 2026, 12, 31 },
		false },
	{ "ADMT", KIND_OPT_OUT_ADMT, { 2027, 1, 1 }, true },
	{ "DROP, the day before brokers must", KIND_DROP, { 2026, 7, 31 },
		false },
	{ "DROP", KIND_DROP, { 2026, 8, 1 }, true },
};

static void validity(void)
{
	static const struct valid august = BETWEEN(2026, 8, 1, 2026, 8, 31);

	for (size_t i = 0; i < COUNTOF(days); i++)
		CHECK(valid_on(kind_row(days[i].kind)->valid, days[i].day) ==
				days[i].is_valid,
			"%s", days[i].why);
	CHECK(valid_on(august, (struct date){ 2026, 8, 31 }),
		"the last day is inside");
	CHECK(!valid_on(august, (struct date){ 2026, 9, 1 }),
		"the day after is not");
}

static const struct {
	const char *why;
	enum verification v;
	int points;
	bool needs_declaration;
} grades[] = {
	{ "forbidden asks nothing", VERIFY_FORBIDDEN, 0, false },
	{ "none asks nothing", VERIFY_NONE, 0, false },
	{ "reasonable: 2 (7062(b))", VERIFY_REASONABLE, 2, false },
	{ "reasonably high: 3 and a declaration (7062(c))", VERIFY_HIGH, 3,
		true },
	{ "sliding begins at reasonable (7062(d))", VERIFY_SLIDING, 2, false },
	{ "a parent has the methods of 7070", VERIFY_PARENT, 0, false },
};

static void verifications(void)
{
	for (size_t i = 0; i < COUNTOF(grades); i++) {
		const struct verification_row *v =
			verification_row(grades[i].v);

		CHECK(v->verification == grades[i].v, "%s", grades[i].why);
		CHECK(v->points == grades[i].points &&
				v->needs_declaration ==
					grades[i].needs_declaration,
			"%s", grades[i].why);
	}
}

static const struct {
	const char *why;
	const char *field;
	enum kind kind;
	bool is_allowed;
} fields[] = {
	{ "an opt-out finds records by email", "email", KIND_OPT_OUT, true },
	{ "or by phone", "phone", KIND_OPT_OUT, true },
	{ "a name is not burdensome (7060(b))", "name", KIND_OPT_OUT, true },
	{ "a ZIP code verifies: not on an opt-out (Honda)", "zip", KIND_OPT_OUT,
		false },
	{ "no code on an opt-out (Ford)", "code", KIND_OPT_OUT, false },
	{ "no code on a limit", "code", KIND_LIMIT, false },
	{ "nor on an opt-out of ADMT", "code", KIND_OPT_OUT_ADMT, false },
	{ "no declaration on an opt-out", "declaration", KIND_OPT_OUT, false },
	{ "an agent's permission is enough (7026(j))", "permission",
		KIND_OPT_OUT, true },
	{ "delete is confirmed by code", "code", KIND_DELETE, true },
	{ "delete takes a ZIP code", "zip", KIND_DELETE, true },
	{ "who has neither email nor phone opts out by name and address",
		"name-address", KIND_OPT_OUT, true },
	{ "an answer comes by mail or electronically", "delivery",
		KIND_KNOW_SPECIFIC, true },
	{ "what has no answer asks for no way", "delivery", KIND_OPT_OUT,
		false },
	{ "an appeal names the decision", "decision", KIND_APPEAL_ADMT, true },
	{ "nothing else does", "decision", KIND_CORRECT, false },
	{ "only specific pieces and the like are declared", "declaration",
		KIND_KNOW_CATEGORIES, false },
	{ "know is of the kinds or of the pieces (7024)", "pieces",
		KIND_KNOW_CATEGORIES, true },
	{ "delete is not", "pieces", KIND_DELETE, false },
	{ "know has a range of dates (7020)", "range", KIND_KNOW_SPECIFIC,
		true },
	{ "delete reaches everything", "range", KIND_DELETE, false },
	{ "a postal address can be matched", "address", KIND_DELETE, true },
	{ "so can a detail we hold", "point", KIND_KNOW_CATEGORIES, true },
	{ "specific pieces are declared (7062(c))", "declaration",
		KIND_KNOW_SPECIFIC, true },
	{ "a deletion of sensitive data is, too (7062(d))", "declaration",
		KIND_DELETE, true },
	{ "and access to ADMT (7222)", "declaration", KIND_ACCESS_ADMT, true },
	{ "everything first, parts second (7022(h))", "scope", KIND_DELETE,
		true },
	{ "what is wrong", "item", KIND_CORRECT, true },
	{ "what is right", "should-be", KIND_CORRECT, true },
	{ "documents are accepted (7023(d))", "document", KIND_CORRECT, true },
	{ "no documents to delete", "document", KIND_DELETE, false },
	{ "the opt-out is offered beside a deletion", "opt-out", KIND_DELETE,
		true },
	{ "anything else", "note", KIND_DELETE, true },
	{ "an unknown field is not allowed", "mother", KIND_DELETE, false },
};

static const char *const never[] = { "ssn", "government-id", "card", "selfie",
	"notary", "password" };

static void forms(void)
{
	for (size_t i = 0; i < COUNTOF(fields); i++)
		CHECK(field_is_allowed(str_of(fields[i].field),
			      fields[i].kind) == fields[i].is_allowed,
			"%s", fields[i].why);
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		for (size_t i = 0; i < COUNTOF(never); i++)
			CHECK(field_of(str_of(never[i])) &&
					!field_is_allowed(
						str_of(never[i]), (enum kind)k),
				"%s never asks for %s", kind_code((enum kind)k),
				never[i]);
	for (size_t i = 0; i < field_count(); i++)
		CHECK(field_of(str_of(field_at(i)->code)) == field_at(i) &&
				*field_at(i)->title && *field_at(i)->citation,
			"%s is there once, with its citation",
			field_at(i)->code);
	/* A name or a ZIP code is many people's; name and street address are
	 * not. */
	for (size_t i = 0; i < field_count(); i++)
		CHECK(field_at(i)->is_identifier ==
				(!strcmp(field_at(i)->code, "email") ||
					!strcmp(field_at(i)->code, "phone") ||
					!strcmp(field_at(i)->code,
						"name-address")),
			"%s: what finds a record", field_at(i)->code);
	/* All but what names the person or the agent is kept off these. */
	for (size_t i = 0; i < field_count(); i++)
		CHECK(!(field_at(i)->kinds & KIND_BIT(OPT_OUT)) ==
				!(field_at(i)->kinds & KIND_BIT(LIMIT)),
			"%s: opt-out and limit ask the same",
			field_at(i)->code);
}

int main(void)
{
	forms();
	columns();
	forbidden_means_short();
	typed();
	typed_without_end();
	validity();
	verifications();
	return CHECK_DONE();
}
