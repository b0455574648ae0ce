/*
 * What can be refused and on what ground, what is never disclosed, what a letter
 * must say.
 */
#include "law/category.h"
#include "law/deny.h"
#include "law/letter.h"

#include "base/base.h"
#include "check.h"

static const struct date today = { 2026, 11, 21 };

static const struct {
	const char *why;
	const char *ground;
	enum kind kind;
	bool applies;
} refusals[] = {
	{ "an opt-out is never refused as unverified (7060(b))", "UNVERIFIED",
		KIND_OPT_OUT, false },
	{ "nor a limit", "UNVERIFIED", KIND_LIMIT, false },
	{ "a deletion may be (7022(a))", "UNVERIFIED", KIND_DELETE, true },
	{ "an opt-out only for documented fraud (7026(e))", "FRAUD",
		KIND_OPT_OUT, true },
	{ "fraud of that kind is no ground for a deletion", "FRAUD",
		KIND_DELETE, false },
	{ "an opt-out does not cost disproportionate effort", "EFFORT",
		KIND_OPT_OUT, false },
	{ "an agent shows the permission, for an opt-out too (7026(j))",
		"AGENT_WITHOUT_PERMISSION", KIND_OPT_OUT, true },
	{ "deletions have exceptions", "DX8", KIND_DELETE, true },
	{ "know has no deletion exceptions", "DX8", KIND_KNOW_SPECIFIC, false },
	{ "the third request to know", "KNOW_TWICE", KIND_KNOW_CATEGORIES,
		true },
	{ "deletions have no number", "KNOW_TWICE", KIND_DELETE, false },
	{ "the same correction within 6 months", "SAME_CORRECTION",
		KIND_CORRECT, true },
	{ "household data is not deleted (1798.145(p))", "EX_HOUSEHOLD",
		KIND_DELETE, true },
	{ "nor corrected", "EX_HOUSEHOLD", KIND_CORRECT, true },
	{ "nor told", "EX_HOUSEHOLD", KIND_KNOW_CATEGORIES, true },
	{ "but its opt-out is honoured", "EX_HOUSEHOLD", KIND_OPT_OUT, false },
	{ "a hold stops a deletion", "EX_LE_HOLD", KIND_DELETE, true },
	{ "a correction would change what is held", "EX_LE_HOLD", KIND_CORRECT,
		true },
	{ "the person may know what is held of them", "EX_LE_HOLD",
		KIND_KNOW_SPECIFIC, false },
	{ "and how they were decided about", "EX_LE_HOLD", KIND_ACCESS_ADMT,
		false },
	{ "a service provider says whom to ask (7050)", "SERVICE_PROVIDER",
		KIND_DELETE, true },
	{ "of whatever kind", "SERVICE_PROVIDER", KIND_KNOW_SPECIFIC, true },
	{ "and an opt-out is kept to all the same", "SERVICE_PROVIDER",
		KIND_OPT_OUT, false },
	{ "an order of a court (1798.145(a))", "EX_ORDER", KIND_DELETE, true },
	{ "an investigation", "EX_INQUIRY", KIND_DELETE, true },
	{ "an emergency", "EX_EMERGENCY", KIND_DELETE, true },
	{ "a legal claim", "EX_CLAIM", KIND_DELETE, true },
	{ "which says nothing against an opt-out", "EX_CLAIM", KIND_OPT_OUT,
		false },
	{ "ADMT grounds wait for the right", "ADMT_APPEAL", KIND_OPT_OUT_ADMT,
		false },
};

/* Every ground but exceptions and exemptions: section 0.1, "Deny allowed when". */
static const char *const denials[] = { "UNVERIFIED", "NO_METHOD",
	"NOT_A_CONSUMER", "AGENT_WITHOUT_PERMISSION", "KNOW_TWICE", "UNFOUNDED",
	"EFFORT", "SERVICE_PROVIDER", "SAME_CORRECTION", "ACCURATE",
	"CORRECTION_ABUSE", "FRAUD", "ADMT_APPEAL", "ADMT_ABILITY",
	"ADMT_ALLOCATION" };

static void denials_are_all_there(void)
{
	size_t others = 0;

	for (size_t i = 0; i < COUNTOF(denials); i++)
		CHECK(ground_of(str_of(denials[i])), "%s", denials[i]);
	for (size_t i = 0; i < ground_count(); i++)
		others += strncmp(ground_at(i)->id, "DX", 2) &&
			  strncmp(ground_at(i)->id, "EX_", 3);
	CHECK(others == COUNTOF(denials), "and no other");
}

/* 11 CCR 7023(g), (h): what may be refused again as the same, and what has to be
 * documented. */
static void settles(void)
{
	static const struct {
		const char *why, *id;
		bool settles, needs_evidence;
	} cases[] = {
		{ "it was weighed", "ACCURATE", true, false },
		{ "it was found to be abuse", "CORRECTION_ABUSE", true, true },
		{ "the law leaves it out", "EX_PUBLIC", true, false },
		{ "nobody knew who asked", "UNVERIFIED", false, false },
		{ "a hold keeps it as it is", "EX_LE_HOLD", false, false },
		{ "another business looks at it", "SERVICE_PROVIDER", false,
			false },
		{ "it was not looked at anew", "SAME_CORRECTION", false,
			false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		const struct ground *g = ground_of(str_of(cases[i].id));

		CHECK(ground_settles(g) == cases[i].settles &&
				ground_needs_evidence(g) ==
					cases[i].needs_evidence,
			"%s", cases[i].why);
	}
}

/* DXn is the n-th of Civ. Code 1798.105(d), and says so. */
static void exceptions_cite_their_number(void)
{
	for (int n = 1; n <= 8; n++) {
		char id[8], citation[40];

		snprintf(id, sizeof id, "DX%d", n);
		snprintf(citation, sizeof citation, "Civ. Code 1798.105(d)(%d)",
			n);
		CHECK(!strcmp(ground_of(str_of(id))->citation, citation), "%s",
			id);
		CHECK(ground_of(str_of(id))->kinds == KIND_BIT(DELETE),
			"%s is for deletions alone", id);
	}
}

static void grounds(void)
{
	size_t exceptions = 0, exemptions = 0;

	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		const struct ground *g = ground_of(str_of(refusals[i].ground));

		CHECK(g && ground_applies(g, refusals[i].kind, today) ==
					refusals[i].applies,
			"%s", refusals[i].why);
	}
	CHECK(ground_applies(ground_of(STR("ADMT_APPEAL")), KIND_OPT_OUT_ADMT,
		      (struct date){ 2027, 1, 1 }),
		"and come with it");
	for (size_t i = 0; i < ground_count(); i++) {
		const struct ground *g = ground_at(i);

		exceptions += !strncmp(g->id, "DX", 2);
		exemptions += !strncmp(g->id, "EX_", 3);
		CHECK(ground_of(str_of(g->id)) == g, "%s is there once", g->id);
		CHECK(g->kinds && *g->title && *g->citation, "%s is whole",
			g->id);
		CHECK(!*g->told == !strcmp(g->id, "EX_LE_HOLD"),
			"%s: only a hold may be kept from the consumer", g->id);
		CHECK(*denial_bucket_code(g->bucket), "%s is counted", g->id);
	}
	CHECK(exceptions == 8, "1798.105(d) has eight, not the nine of 2018");
	CHECK(exemptions == 23, "section 2.4 lists 19 exemptions; C-27 is four "
				"of these rows, and one that has ended");
	CHECK(!ground_of(STR("DX9")), "the ninth of 2018 is gone");
	CHECK(!strcmp(denial_bucket_code(ground_of(STR("UNVERIFIED"))->bucket),
		      "unverified"),
		"counted as unverified (7102(a)(2))");
	CHECK(!strcmp(denial_bucket_code(
			      ground_of(STR("NOT_A_CONSUMER"))->bucket),
		      "not-a-consumer"),
		"counted as not a consumer");
	CHECK(!strcmp(denial_bucket_code(ground_of(STR("DX1"))->bucket),
		      "exempt"),
		"counted as exempt");
	CHECK(!strcmp(denial_bucket_code(ground_of(STR("KNOW_TWICE"))->bucket),
		      "other"),
		"counted as other");
}

/* A case that was decided on it says for ever what its consumer was told. */
static void an_id_keeps_its_words(void)
{
	const struct ground *g = ground_of(STR("EX_LAW"));

	CHECK(!strcmp(g->told, "Another law, an order, an investigation or a "
			       "legal claim requires it."),
		"as it was told: %s", g->told);
	CHECK(ground_applies(g, KIND_DELETE, today) &&
			!ground_applies(
				g, KIND_DELETE, (struct date){ 2026, 11, 22 }),
		"and nobody else is told so");
	CHECK(ground_applies(g, KIND_DELETE, (struct date){ 2023, 1, 1 }) &&
			!ground_applies(
				g, KIND_DELETE, (struct date){ 2022, 12, 31 }),
		"nor who was answered before the law was so");
	CHECK(!strcmp(ground_of(STR("EX_ORDER"))->told,
		      "Another law, or a court order or subpoena, requires "
		      "it."),
		"the narrow one has an id of its own");
}

static void categories(void)
{
	static const char letters[] = "ABCDEFGHIJKL";

	CHECK(CATEGORY_END - 1 == sizeof letters - 1, "A to L");
	for (size_t i = 0; i < sizeof letters - 1; i++) {
		enum category c = category_of((str){ letters + i, 1 });

		CHECK(c == (enum category)(i + 1), "%c", letters[i]);
		CHECK(category_row(c)->code[0] == letters[i] &&
				*category_row(c)->title,
			"%c", letters[i]);
	}
	CHECK(category_of(STR("M")) == CATEGORY_NONE, "no M");
	CHECK(category_of(STR("a")) == CATEGORY_NONE, "capitals");
	CHECK(category_of(STR("")) == CATEGORY_NONE, "nothing");
	CHECK(sensitive_of(STR("neural")) && sensitive_of(STR("minor")),
		"the later sensitive kinds");
	CHECK(!sensitive_of(STR("name")), "a name is not sensitive");
	for (size_t i = 0; i < sensitive_count(); i++)
		CHECK(sensitive_of(str_of(sensitive_at(i)->code)) ==
				sensitive_at(i),
			"%s is there once", sensitive_at(i)->code);
}

/* Invariant 4 rests on this list: the seven classes of 7024(d). */
static void never(void)
{
	static const char *const classes[] = { "ssn", "government-id",
		"financial-account", "health-id", "password", "security-answer",
		"biometric" };

	CHECK(never_disclose_count() == COUNTOF(classes), "seven classes");
	for (size_t i = 0; i < COUNTOF(classes); i++) {
		const struct category_row *row =
			never_disclose_of(str_of(classes[i]));

		CHECK(row && str_starts(str_of(row->text), STR("We hold ")),
			"%s: the answer says that it is held", classes[i]);
		CHECK(never_disclose_at(i) == row, "%s", classes[i]);
	}
	CHECK(!never_disclose_of(STR("email")), "an email may be disclosed");
}

/* Civ. Code 1798.140(ae), and who is known to be under 16 (7001(bbb)). */
static const struct {
	const char *code;
	int since;
} kinds_of_sensitive[] = {
	{ "government-id", 2023 },
	{ "account", 2023 },
	{ "precise-location", 2023 },
	{ "origin", 2023 },
	{ "immigration", 2024 },
	{ "belief", 2023 },
	{ "union", 2023 },
	{ "messages", 2023 },
	{ "genetic", 2023 },
	{ "neural", 2025 },
	{ "biometric", 2023 },
	{ "health", 2023 },
	{ "sex", 2023 },
	{ "minor", 2026 },
};

static void sensitive(void)
{
	CHECK(sensitive_count() == COUNTOF(kinds_of_sensitive), "all of them");
	for (size_t i = 0; i < COUNTOF(kinds_of_sensitive); i++) {
		const struct category_row *row =
			sensitive_of(str_of(kinds_of_sensitive[i].code));

		CHECK(row, "%s", kinds_of_sensitive[i].code);
		CHECK(row && !date_cmp(row->valid.from,
				     (struct date){ kinds_of_sensitive[i].since,
					     1, 1 }),
			"%s: since", kinds_of_sensitive[i].code);
	}
}

static const struct {
	const char *why;
	enum letter letter;
	enum kind kind;
	unsigned when;
	const char *statement;
	bool is_required;
} statements[] = {
	{ "opting in takes a second act (7028(a))", LETTER_OPT_IN, KIND_OPT_IN,
		0, "opt-in-second", true },
	{ "and so does taking a limit back", LETTER_OPT_IN,
		KIND_OPT_IN_SENSITIVE, 0, "opt-in-second", true },
	{ "who opts in for a minor hears how to opt out (7070(b))",
		LETTER_OPT_IN, KIND_OPT_IN_MINOR, 0, "opt-in-minor-opt-out",
		true },
	{ "a denied deletion of a seller offers the opt-out (7022(g))",
		LETTER_DENIAL, KIND_DELETE, 1u << WHEN_SELLS,
		"denial-offer-opt-out", true },
	{ "not when nothing is sold", LETTER_DENIAL, KIND_DELETE, 0,
		"denial-offer-opt-out", false },
	{ "a denial states its basis", LETTER_DENIAL, KIND_DELETE, 0,
		"denial-basis", true },
	{ "to know as well", LETTER_DENIAL, KIND_KNOW_SPECIFIC, 0,
		"denial-basis", true },
	{ "the answer is another letter", LETTER_ANSWER, KIND_DELETE, ~0u,
		"denial-basis", false },
	{ "a deletion tells of the record (7022(e))", LETTER_ANSWER,
		KIND_DELETE, 0, "answer-record-kept", true },
	{ "what is kept is explained", LETTER_ANSWER, KIND_DELETE,
		1u << WHEN_KEPT, "answer-kept", true },
	{ "another condition is not this one", LETTER_ANSWER, KIND_DELETE,
		1u << WHEN_BACKUP, "answer-kept", false },
	{ "an opt-out shows its state (7025(c)(6))", LETTER_PROCESSED,
		KIND_OPT_OUT, 0, "processed-state", true },
	{ "an opt-out hears nothing of verification", LETTER_RECEIPT,
		KIND_OPT_OUT, ~0u, "receipt-verification", false },
	{ "a refused opt-out hears why (7026(e))", LETTER_DENIAL, KIND_OPT_OUT,
		1u << WHEN_FRAUD, "denial-fraud", true },
	{ "an agent is told how to show the permission (7026(j))",
		LETTER_DENIAL, KIND_LIMIT, 1u << WHEN_AGENT,
		"denial-agent-proof", true },
	{ "for every kind (7063(a))", LETTER_DENIAL, KIND_CORRECT,
		1u << WHEN_AGENT, "denial-agent-proof", true },
	{ "a consumer is not", LETTER_DENIAL, KIND_DELETE, 0,
		"denial-agent-proof", false },
	{ "receipt says that it came (7021(a))", LETTER_RECEIPT,
		KIND_KNOW_SPECIFIC, 0, "receipt-received", true },
	{ "and how it is handled", LETTER_RECEIPT, KIND_CORRECT, 0,
		"receipt-process", true },
	{ "and when the answer comes", LETTER_RECEIPT, KIND_DELETE, 0,
		"receipt-when", true },
	{ "the choice can be looked up later (7026(g))", LETTER_PROCESSED,
		KIND_LIMIT, 0, "processed-check", true },
	{ "a deletion says whether (7022(e))", LETTER_ANSWER, KIND_DELETE, 0,
		"answer-complied", true },
	{ "what waits in backups (7022(d))", LETTER_ANSWER, KIND_DELETE,
		1u << WHEN_BACKUP, "answer-backup", true },
	{ "who could not be told", LETTER_ANSWER, KIND_DELETE,
		1u << WHEN_NOT_TOLD, "answer-not-told", true },
	{ "the opt-out, with something kept (7022(g))", LETTER_ANSWER,
		KIND_DELETE, 1u << WHEN_SELLS, "answer-offer-opt-out", true },
	{ "whether it was corrected", LETTER_ANSWER, KIND_CORRECT, 0,
		"answer-corrected", true },
	{ "and where it came from", LETTER_ANSWER, KIND_CORRECT, 0,
		"answer-source", true },
	{ "what is held and never disclosed (7024(d))", LETTER_ANSWER,
		KIND_KNOW_SPECIFIC, 0, "answer-held", true },
	{ "two lists, sold and disclosed", LETTER_ANSWER, KIND_KNOW_CATEGORIES,
		0, "answer-sold", true },
	{ "what was not searched (7024(c))", LETTER_ANSWER, KIND_KNOW_SPECIFIC,
		1u << WHEN_SEARCH_SKIP, "answer-not-searched", true },
	{ "how the technology decided (7222)", LETTER_ANSWER, KIND_ACCESS_ADMT,
		0, "answer-admt", true },
	{ "a denial names the right to appeal", LETTER_DENIAL, KIND_CORRECT, 0,
		"denial-appeal", true },
	{ "categories: where the policy is (7024(b))", LETTER_DENIAL,
		KIND_KNOW_CATEGORIES, 0, "denial-policy", true },
	{ "what is not corrected can be deleted", LETTER_DENIAL, KIND_CORRECT,
		0, "denial-delete", true },
	{ "250 words for health data (7023(f))", LETTER_DENIAL, KIND_CORRECT,
		1u << WHEN_HEALTH, "denial-health-statement", true },
	{ "an extension says until when", LETTER_EXTENSION, KIND_DELETE, 0,
		"extension-until", true },
	{ "an extension gives its reason", LETTER_EXTENSION, KIND_CORRECT, 0,
		"extension-reason", true },
};

static bool is_required(size_t i)
{
	for (size_t s = 0; s < statement_count(); s++)
		if (!strcmp(statement_at(s)->id, statements[i].statement))
			return statement_is_required(statement_at(s),
				statements[i].letter, statements[i].kind,
				statements[i].when);
	CHECK(false, "there is no statement %s", statements[i].statement);
	return false;
}

static void letters(void)
{
	for (size_t i = 0; i < COUNTOF(statements); i++)
		CHECK(is_required(i) == statements[i].is_required, "%s",
			statements[i].why);
	for (int l = LETTER_NONE + 1; l < LETTER_END; l++) {
		size_t n = 0;

		for (size_t s = 0; s < statement_count(); s++)
			n += statement_at(s)->letter == (enum letter)l;
		CHECK(n, "%s has to say something",
			letter_row((enum letter)l)->code);
		CHECK(letter_of(str_of(letter_row((enum letter)l)->code)) ==
				(enum letter)l,
			"%s", letter_row((enum letter)l)->code);
	}
	CHECK(letter_of(STR("postcard")) == LETTER_NONE, "an unknown letter");
}

/* What stays on a ground that is about a use serves that use (7022(f)(3)). */
static const struct {
	const char *why;
	const char *id;
	enum kind kind;
	bool locks;
} stays[] = {
	{ "an exception", "DX8", KIND_DELETE, true },
	{ "a claim: 1798.145(a)", "EX_CLAIM", KIND_DELETE, true },
	{ "an order", "EX_ORDER", KIND_DELETE, true },
	{ "an inquiry", "EX_INQUIRY", KIND_DELETE, true },
	{ "an emergency", "EX_EMERGENCY", KIND_DELETE, true },
	{ "the four in one, of before", "EX_LAW", KIND_DELETE, true },
	{ "not sold nor used for anything else: 1798.145(g)", "EX_VEHICLE",
		KIND_DELETE, true },
	{ "a privileged communication", "EX_PRIVILEGE", KIND_DELETE, true },
	{ "noncommercial speech", "EX_PRESS", KIND_DELETE, true },
	{ "an exemption: outside of the law", "EX_FCRA", KIND_DELETE, false },
	{ "it is somebody else's, too", "EX_THIRD_PARTY_RIGHTS", KIND_DELETE,
		false },
	{ "the hold says more by itself, and ends", "EX_LE_HOLD", KIND_DELETE,
		false },
	{ "nobody knows whose it is", "UNVERIFIED", KIND_DELETE, false },
	{ "nothing was to go", "EX_CLAIM", KIND_KNOW_SPECIFIC, false },
	{ "nothing was to go", "EX_CLAIM", KIND_CORRECT, false },
};

/* Which letters may say nothing of their ground: never a hold's alone. */
static void silent(void)
{
	size_t never_told = 0, may = 0;

	for (size_t i = 0; i < ground_count(); i++) {
		const struct ground *g = ground_at(i);

		never_told += ground_is_silent(g);
		may += ground_may_be_silent(g);
		CHECK(!ground_is_silent(g) || ground_may_be_silent(g), "%s",
			g->id);
	}
	CHECK(never_told == 1 && may == 4, "%zu of %zu", never_told, may);
	CHECK(!ground_may_be_silent(ground_of(STR("DX8"))),
		"an exception is told in detail (7022(f)(1))");
}

static void locks(void)
{
	for (size_t i = 0; i < COUNTOF(stays); i++)
		CHECK(ground_locks(ground_of(str_of(stays[i].id)),
			      stays[i].kind) == stays[i].locks,
			"%s: %s", stays[i].id, stays[i].why);
}

/* What is said elsewhere than in a letter that mail/tbl/required.h locks. */
static const struct {
	const char *id;
	const char *where;
} elsewhere[] = {
	{ "answer-held", "in the package: know/tbl/words.h" },
	{ "answer-sold", "in the package: know/tbl/words.h" },
};

/* Each statement of the law is one that its letter can't be without, or it is known where
 * else it is said. */
static void letters_carry_statements(void)
{
	static const char *const required[] = {
#define REQUIRED(LANGUAGE, LETTER, statement, when, words, citation) statement,
#include "mail/tbl/required.h"
	};

	for (size_t i = 0; i < statement_count(); i++) {
		const char *id = statement_at(i)->id;
		int places = 0;

		for (size_t k = 0; k < COUNTOF(required); k++)
			if (!strcmp(required[k], id)) {
				places++;
				break;
			}
		for (size_t k = 0; k < COUNTOF(elsewhere); k++)
			places += !strcmp(elsewhere[k].id, id);
		CHECK(places == 1,
			"%s is required of a letter, or said "
			"elsewhere; not both",
			id);
	}
}

int main(void)
{
	grounds();
	an_id_keeps_its_words();
	denials_are_all_there();
	settles();
	exceptions_cite_their_number();
	categories();
	never();
	sensitive();
	locks();
	silent();
	letters();
	letters_carry_statements();
	return CHECK_DONE();
}
