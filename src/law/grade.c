/*
 * Grades of verification, from law/tbl/grades.h and law/tbl/unverified.h.
 */
#include "law/grade.h"

#include "base/base.h"

enum stake { STAKE_ANYTHING, STAKE_SENSITIVE };

static const struct {
	enum kind kind;
	enum stake stake;
	enum verification verification;
	const char *citation;
} grades[] = {
#define GRADE(kind, stake, verification, citation, valid) \
	{ KIND_##kind, STAKE_##stake, VERIFY_##verification, citation },
#include "law/tbl/grades.h"
};

bool grade_is_for(enum kind kind)
{
	for (size_t i = 0; i < COUNTOF(grades); i++)
		if (grades[i].kind == kind)
			return true;
	return false;
}

bool grade_slides(enum kind kind)
{
	for (size_t i = 0; i < COUNTOF(grades); i++)
		if (grades[i].kind == kind &&
			grades[i].stake == STAKE_SENSITIVE)
			return true;
	return false;
}

/* Of each kind that is graded, the last row is for whatever is at stake. */
static size_t row_of(enum kind kind, bool is_high)
{
	size_t i = 0;

	must(grade_is_for(kind));
	while (grades[i].kind != kind ||
		(grades[i].stake == STAKE_SENSITIVE && !is_high))
		i++;
	return i;
}

struct grade grade_judge(const struct grade_facts *f)
{
	size_t i = row_of(f->kind, f->is_sensitive || f->is_raised);
	struct grade out = {
		.needed = verification_row(grades[i].verification),
		.citation = grades[i].citation,
	};

	if (f->is_account) {
		out.citation = "11 CCR 7061";
		out.is_reached = true;
		return out;
	}
	if (f->points < out.needed->points)
		out.points_short = out.needed->points - f->points;
	out.lacks_declaration =
		out.needed->needs_declaration && !f->is_declared;
	out.is_reached = !out.points_short && !out.lacks_declaration;
	return out;
}

enum kind grade_lesser(enum kind kind)
{
	return kind == KIND_KNOW_SPECIFIC ? KIND_KNOW_CATEGORIES : kind;
}

const struct unverified *unverified_of(const struct unverified_facts *f)
{
#define UNVERIFIED(id, kinds, condition, act, sentence, citation, valid) \
	if ((kinds)&1u << f->kind && (condition)) {                      \
		static const struct unverified row = { id, kinds,        \
			UNVERIFIED_##act, sentence, citation, valid };   \
                                                                         \
		return &row;                                             \
	}
#include "law/tbl/unverified.h"
	/* No row: the kind is not verified at all. */
	bool has_row = false;

	must(has_row);
	return NULL;
}
