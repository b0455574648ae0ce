/*
 * Duties downstream, from law/tbl/duties.h.
 */
#include "law/duty.h"

#include "base/base.h"

#define SERVES (1u << RECIPIENT_SERVICE_PROVIDER | 1u << RECIPIENT_CONTRACTOR)
#define THIRD  (1u << RECIPIENT_THIRD_PARTY)

static const struct duty duties[] = {
#define DUTY(id, kinds, recipients, reach, title, citation, valid) \
	{ id, kinds, recipients, REACHES_##reach, title, citation, valid },
#include "law/tbl/duties.h"
};

size_t duty_count(void)
{
	return COUNTOF(duties);
}

const struct duty *duty_at(size_t i)
{
	must(i < COUNTOF(duties));
	return &duties[i];
}

const struct duty *duty_of(enum kind kind, enum recipient r, struct date day)
{
	for (size_t i = 0; i < COUNTOF(duties); i++) {
		const struct duty *d = &duties[i];

		if (d->kinds & 1u << kind && d->recipients & 1u << r &&
			valid_on(d->valid, day))
			return d;
	}
	return NULL;
}

bool duty_reaches(const struct duty *d, const struct duty_facts *f)
{
	if (f->is_without)
		return false;
	if (d->reach == REACHES_GAP)
		return !(f->is_gap_known && f->is_before_only);
	return d->reach != REACHES_USES || !f->is_other_use;
}
