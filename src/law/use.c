/*
 * The one answer, from law/tbl/uses.h and verdicts.h.
 */
#include "law/use.h"

#include "base/base.h"

static const struct use_row uses[] = {
#define USE(name, code, forbids, title) { code, forbids, title },
#include "law/tbl/uses.h"
};

static const struct {
	uint32_t reasons;
	enum use use;
	const char *citation;
} verdicts[] = {
#define VERDICT(reason, use, citation) \
	{ (uint32_t)REASON_##reason, USE_##use, citation },
#include "law/tbl/verdicts.h"
};

static const struct use_refusal without_consent = { "no-consent",
	"a new purpose, and no consent to it that holds", "11 CCR 7002(e)" };

static const struct use_refusal undisclosed = { "not-disclosed",
	"no notice in force says that it is used so", "11 CCR 7002" };

const struct use_row *use_row(enum use u)
{
	must(u < USE_END);
	return &uses[u];
}

enum use use_of(str code)
{
	int u = 0;

	while (u < USE_OTHER && !str_eq_nocase(code, str_of(uses[u].code)))
		u++;
	return (enum use)u;
}

uint32_t use_forbidden_by(uint32_t reasons, const struct use_asked *q)
{
	uint32_t by = reasons & ~(uint32_t)REASONS_KNOWN;

	must(q->use < USE_END);
	must(!(q->lock & ~(uint32_t)REASON_LOCKS));
	/* The purpose it is kept for: only a hold stands above that. */
	if (q->use == USE_OTHER && reasons & q->lock)
		return by | (reasons & REASON_HOLD);
	must(!q->is_excepted || q->use == USE_ADMT);
	if (q->is_excepted)
		reasons &= ~(uint32_t)REASON_ADMT;
	for (size_t i = 0; i < COUNTOF(verdicts); i++)
		if (verdicts[i].use == q->use)
			by |= reasons & verdicts[i].reasons;
	return by;
}

const char *use_citation(enum reason reason, enum use u)
{
	for (size_t i = 0; i < COUNTOF(verdicts); i++)
		if (verdicts[i].use == u &&
			verdicts[i].reasons & (uint32_t)reason)
			return verdicts[i].citation;
	return NULL;
}

struct use_refusals use_refusals(const struct use_asked *q, bool lacks_consent)
{
	struct use_refusals out = { .n = 0 };

	if (lacks_consent)
		out.at[out.n++] = &without_consent;
	if (q->is_undisclosed)
		out.at[out.n++] = &undisclosed;
	return out;
}
