/*
 * Numbers to publish, from law/tbl/metrics.h.
 */
#include "law/metric.h"

#include "base/base.h"

#define COUNTED                                                            \
	(KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC) |             \
		KIND_BIT(DELETE) | KIND_BIT(CORRECT) | KIND_BIT(OPT_OUT) | \
		KIND_BIT(LIMIT))

enum { LARGE = METRIC_LARGE, BROKER = METRIC_BROKER };

static const struct metric metrics[] = {
#define METRIC(code, kinds, by, title, citation, valid) \
	{ code, kinds, by, title, citation, valid },
#include "law/tbl/metrics.h"
};

size_t metric_count(void)
{
	return COUNTOF(metrics);
}

const struct metric *metric_at(size_t i)
{
	must(i < COUNTOF(metrics));
	return &metrics[i];
}

bool metric_is_owed(const struct metric *m, enum kind kind, unsigned by)
{
	return m->kinds & 1u << kind && m->by & by;
}

struct date metrics_due(int year)
{
	return (struct date){ year + 1, 7, 1 };
}
