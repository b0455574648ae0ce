/*
 * Figures and fees, from law/tbl/amounts.h and fees.h.
 */
#include "law/amount.h"

#include "base/base.h"

#define ANSWERED                                                               \
	(KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC) |                 \
		KIND_BIT(DELETE) | KIND_BIT(CORRECT) | KIND_BIT(ACCESS_ADMT) | \
		KIND_BIT(APPEAL_ADMT))
#define CHOICES                                                         \
	(KIND_BIT(OPT_OUT) | KIND_BIT(LIMIT) | KIND_BIT(OPT_OUT_ADMT) | \
		KIND_BIT(OPT_IN) | KIND_BIT(OPT_IN_SENSITIVE) |         \
		KIND_BIT(OPT_IN_MINOR) | KIND_BIT(DROP))
#define EVERY (ANSWERED | CHOICES)

static const char *const codes[] = {
#define AMOUNT_WHAT(name, code) code,
#include "law/tbl/amount_names.h"
};

static const struct amount amounts[] = {
#define AMOUNT(id, what, count, unit, title, citation, valid) \
	{ id, AMOUNT_##what, count, AMOUNT_##unit, title, citation, valid },
#include "law/tbl/amounts.h"
};

static const struct fee fees[] = {
#define FEE(id, kinds, unfounded, allowed, title, citation, valid) \
	{ id, kinds, unfounded, allowed, title, citation, valid },
#include "law/tbl/fees.h"
};

size_t amount_count(void)
{
	return COUNTOF(amounts);
}

const struct amount *amount_at(size_t i)
{
	must(i < COUNTOF(amounts));
	return &amounts[i];
}

const char *amount_code(enum amount_what what)
{
	must(what < AMOUNT_END);
	return codes[what];
}

const struct amount *amount_on(enum amount_what what, struct date day)
{
	for (size_t i = 0; i < COUNTOF(amounts); i++)
		if (amounts[i].what == what && valid_on(amounts[i].valid, day))
			return &amounts[i];
	return NULL;
}

const struct amount *request_ways_on(bool is_online_only, struct date day)
{
	return amount_on(is_online_only ? AMOUNT_REQUEST_WAYS_ONLINE
					: AMOUNT_REQUEST_WAYS,
		day);
}

struct date amounts_known_until(void)
{
	struct date until = { 0 };

	/* The sums change on the same day: any of them says when. */
	for (size_t i = 0; i < COUNTOF(amounts); i++)
		if (amounts[i].what == AMOUNT_REVENUE)
			until = amounts[i].valid.until;
	return until;
}

size_t fee_count(void)
{
	return COUNTOF(fees);
}

const struct fee *fee_at(size_t i)
{
	must(i < COUNTOF(fees));
	return &fees[i];
}

const struct fee *fee_of(enum kind kind, bool is_unfounded)
{
	size_t i = 0;

	while (!(fee_at(i)->kinds & 1u << kind) ||
		fee_at(i)->is_unfounded != is_unfounded)
		i++;
	return fee_at(i);
}
