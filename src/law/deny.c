/*
 * Grounds of denial, from law/tbl/grounds.h.
 */
#include "law/deny.h"

#include "base/base.h"

#define KNOWS (KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC))
#define STOPS (KIND_BIT(OPT_OUT) | KIND_BIT(LIMIT) | KIND_BIT(OPT_OUT_ADMT))
#define VERIFIED                                        \
	(KNOWS | KIND_BIT(DELETE) | KIND_BIT(CORRECT) | \
		KIND_BIT(ACCESS_ADMT) | KIND_BIT(APPEAL_ADMT))
/* All that is asked of the business; an opt-out is not, it is told. */
#define REFUSABLE VERIFIED

static const struct ground grounds[] = {
#define GROUND(                                                              \
	id, title, told, still, kinds, bucket, stay, needs, citation, valid) \
	{ id, title, told, still, kinds, DENIED_##bucket, GROUND_##stay,     \
		GROUND_NEEDS_##needs, citation, valid },
#include "law/tbl/grounds.h"
};

static const char *const buckets[] = { "unverified", "not-a-consumer", "exempt",
	"other" };

size_t ground_count(void)
{
	return COUNTOF(grounds);
}

const struct ground *ground_at(size_t i)
{
	must(i < COUNTOF(grounds));
	return &grounds[i];
}

const struct ground *ground_of(str id)
{
	for (size_t i = 0; i < COUNTOF(grounds); i++)
		if (str_eq(id, str_of(grounds[i].id)))
			return &grounds[i];
	return NULL;
}

bool ground_applies(const struct ground *g, enum kind kind, struct date day)
{
	must(kind > KIND_NONE && kind < KIND_END);
	return g->kinds & 1u << kind && valid_on(g->valid, day);
}

/* Nothing goes by a request to know or to correct, so nothing stays by its denial. */
bool ground_locks(const struct ground *g, enum kind kind)
{
	return g->stay == GROUND_ONE_PURPOSE &&
	       kind_row(kind)->flow == FLOW_ERASE;
}

bool ground_settles(const struct ground *g)
{
	return (g->bucket == DENIED_EXEMPT && g->needs != GROUND_NEEDS_HOLD) ||
	       str_eq(str_of(g->id), STR("ACCURATE")) ||
	       str_eq(str_of(g->id), STR("CORRECTION_ABUSE"));
}

bool ground_needs_evidence(const struct ground *g)
{
	return str_eq(str_of(g->id), STR("CORRECTION_ABUSE"));
}

bool ground_is_silent(const struct ground *g)
{
	return !*g->told;
}

bool ground_may_be_silent(const struct ground *g)
{
	static const str ids[] = { STR_INIT("EX_ORDER"), STR_INIT("EX_INQUIRY"),
		STR_INIT("EX_EMERGENCY") };

	for (size_t i = 0; i < COUNTOF(ids); i++)
		if (str_eq(str_of(g->id), ids[i]))
			return true;
	return ground_is_silent(g);
}

const char *denial_bucket_code(enum denial_bucket b)
{
	must((size_t)b < COUNTOF(buckets));
	return buckets[b];
}
