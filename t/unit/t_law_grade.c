/*
 * How sure the business must be who asks (rows V-06 to V-09), and what becomes of a
 * request when nobody can be.
 */
#include "law/grade.h"

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	struct grade_facts facts;
	bool is_reached;
	int points_short;
	bool lacks_declaration;
	const char *citation;
} rows[] = {
	{ "nobody filled anything in: not verified",
		{ .kind = KIND_KNOW_CATEGORIES }, false, 2, false,
		"11 CCR 7062(b)" },
	{ "categories: one point is too few",
		{ .kind = KIND_KNOW_CATEGORIES, .points = 1 }, false, 1, false,
		"11 CCR 7062(b)" },
	{ "categories: two are enough (7062(b))",
		{ .kind = KIND_KNOW_CATEGORIES, .points = 2 }, true, 0, false,
		"11 CCR 7062(b)" },
	{ "and need no declaration, however many",
		{ .kind = KIND_KNOW_CATEGORIES, .points = 4 }, true, 0, false,
		"11 CCR 7062(b)" },
	{ "pieces: two and the declaration are too few",
		{ .kind = KIND_KNOW_SPECIFIC,
			.points = 2,
			.is_declared = true },
		false, 1, false, "11 CCR 7062(c)" },
	{ "pieces: three without the declaration are too few",
		{ .kind = KIND_KNOW_SPECIFIC, .points = 3 }, false, 0, true,
		"11 CCR 7062(c)" },
	{ "pieces: three and the declaration (7062(c))",
		{ .kind = KIND_KNOW_SPECIFIC,
			.points = 3,
			.is_declared = true },
		true, 0, false, "11 CCR 7062(c)" },
	{ "delete: two, of nothing sensitive (7062(d))",
		{ .kind = KIND_DELETE, .points = 2 }, true, 0, false,
		"11 CCR 7062(d)" },
	{ "delete: sensitive, and two are too few",
		{ .kind = KIND_DELETE, .is_sensitive = true, .points = 2 },
		false, 1, true, "11 CCR 7062(d)" },
	{ "delete: sensitive, three and the declaration",
		{ .kind = KIND_DELETE,
			.is_sensitive = true,
			.points = 3,
			.is_declared = true },
		true, 0, false, "11 CCR 7062(d)" },
	{ "delete: nothing sensitive, and staff weighed that it takes more (7060(c))",
		{ .kind = KIND_DELETE, .is_raised = true, .points = 2 }, false,
		1, true, "11 CCR 7062(d)" },
	{ "delete: raised, and there is what it takes",
		{ .kind = KIND_DELETE,
			.is_raised = true,
			.points = 3,
			.is_declared = true },
		true, 0, false, "11 CCR 7062(d)" },
	{ "the categories have one grade, whatever is weighed",
		{ .kind = KIND_KNOW_CATEGORIES,
			.is_raised = true,
			.points = 2 },
		true, 0, false, "11 CCR 7062(b)" },
	{ "correct slides as well",
		{ .kind = KIND_CORRECT, .is_sensitive = true, .points = 3 },
		false, 0, true, "11 CCR 7062(d)" },
	{ "correct: nothing sensitive", { .kind = KIND_CORRECT, .points = 2 },
		true, 0, false, "11 CCR 7062(d)" },
	{ "access to ADMT is as the pieces (7222)",
		{ .kind = KIND_ACCESS_ADMT, .points = 3 }, false, 0, true,
		"11 CCR 7062(c), 7222" },
	{ "an appeal is as the categories",
		{ .kind = KIND_APPEAL_ADMT, .points = 2 }, true, 0, false,
		"11 CCR 7062(b), 7221(b)" },
	{ "an account that was signed in to again is verified (7061)",
		{ .kind = KIND_KNOW_SPECIFIC, .is_account = true }, true, 0,
		false, "11 CCR 7061" },
};

static void grades(void)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct grade g = grade_judge(&rows[i].facts);

		CHECK(g.is_reached == rows[i].is_reached &&
				g.points_short == rows[i].points_short &&
				g.lacks_declaration ==
					rows[i].lacks_declaration,
			"%s: %d short", rows[i].why, g.points_short);
		CHECK(!strcmp(g.citation, rows[i].citation), "%s: %s",
			rows[i].why, g.citation);
	}
}

/* What a kind asks of everybody is what its row in kinds.h says. */
static void kinds_agree(void)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++) {
		struct grade_facts f = { .kind = (enum kind)k };
		enum verification v = kind_verification((enum kind)k);

		if (v != VERIFY_REASONABLE && v != VERIFY_HIGH &&
			v != VERIFY_SLIDING)
			continue;
		CHECK(grade_judge(&f).needed->points ==
				verification_row(v)->points,
			"%s", kind_code((enum kind)k));
		f.is_sensitive = true;
		CHECK((grade_judge(&f).needed->verification == VERIFY_HIGH) ==
				(v != VERIFY_REASONABLE),
			"%s: sensitive", kind_code((enum kind)k));
	}
	CHECK(grade_slides(KIND_DELETE) && grade_slides(KIND_CORRECT) &&
			!grade_slides(KIND_KNOW_SPECIFIC) &&
			!grade_slides(KIND_OPT_OUT),
		"two kinds slide (7062(d))");
	CHECK(grade_lesser(KIND_KNOW_SPECIFIC) == KIND_KNOW_CATEGORIES &&
			grade_lesser(KIND_DELETE) == KIND_DELETE,
		"the pieces fall to the categories (7024(a)), nothing else");
}

static const struct {
	const char *why;
	struct unverified_facts facts;
	const char *id;
	enum unverified_act act;
} ends[] = {
	{ "pieces, and enough for the kinds (7024(a))",
		{ .kind = KIND_KNOW_SPECIFIC, .is_enough_for_less = true },
		"unverified-pieces", UNVERIFIED_AS_CATEGORIES },
	{ "pieces, and not enough for the kinds either",
		{ .kind = KIND_KNOW_SPECIFIC }, "unverified-know",
		UNVERIFIED_DENIED },
	{ "the kinds: the policy (7024(b))", { .kind = KIND_KNOW_CATEGORIES },
		"unverified-know", UNVERIFIED_DENIED },
	{ "a deletion by a business that sells: the offer (7022(g))",
		{ .kind = KIND_DELETE, .sells = true },
		"unverified-delete-offer", UNVERIFIED_DENIED },
	{ "who opted out already is offered nothing",
		{ .kind = KIND_DELETE, .sells = true, .is_opted_out = true },
		"unverified-delete", UNVERIFIED_DENIED },
	{ "a business that sells nothing has no opt-out to offer",
		{ .kind = KIND_DELETE }, "unverified-delete",
		UNVERIFIED_DENIED },
	{ "a correction (7023(a))", { .kind = KIND_CORRECT, .sells = true },
		"unverified-correct", UNVERIFIED_DENIED },
	{ "access to ADMT", { .kind = KIND_ACCESS_ADMT }, "unverified-admt",
		UNVERIFIED_DENIED },
	{ "an appeal", { .kind = KIND_APPEAL_ADMT }, "unverified-admt",
		UNVERIFIED_DENIED },
};

static void unverified(void)
{
	for (size_t i = 0; i < COUNTOF(ends); i++) {
		const struct unverified *u = unverified_of(&ends[i].facts);

		CHECK(!strcmp(u->id, ends[i].id) && u->act == ends[i].act &&
				*u->sentence && *u->citation &&
				u->kinds & 1u << ends[i].facts.kind,
			"%s: %s", ends[i].why, u->id);
	}
}

/* A case of each of them is opened on the desk: whose grade is asked has one. */
static void not_all_are_graded(void)
{
	CHECK(grade_is_for(KIND_DELETE) && grade_is_for(KIND_KNOW_SPECIFIC),
		"what matches decides");
	CHECK(!grade_is_for(KIND_OPT_OUT) && !grade_is_for(KIND_OPT_IN),
		"nobody is asked who they are");
	CHECK(!grade_is_for(KIND_OPT_IN_MINOR),
		"M-01: a parent is found to be one by 11 CCR 7070(a)(2)");
}

int main(void)
{
	grades();
	not_all_are_graded();
	kinds_agree();
	unverified();
	return CHECK_DONE();
}
