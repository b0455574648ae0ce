#include "desk/offer.h"

#include "desk/automated.h"
#include "desk/config.h"
#include "desk/setting.h"
#include "desk/stop.h"

int offer_is_made(struct desk *d, enum kind kind, struct err *e)
{
	return offer_is_made_on(d, kind, desk_today(d), e);
}

int offer_is_taken(struct desk *d, enum kind kind, struct err *e)
{
	return kind == KIND_OPT_OUT ? 1 : offer_is_made(d, kind, e);
}

int offer_is_made_on(
	struct desk *d, enum kind kind, struct date day, struct err *e)
{
	struct settings s;

	if (stop_row(kind))
		return stop_is_offered_on(d, kind, day, e);
	if (!valid_on(kind_row(kind)->valid, day))
		return 0;
	if (kind_row(kind)->flow != FLOW_EXPLAIN)
		return 1;
	if (settings_load(d, &s, e))
		return -1;
	if (!config_flag(s.uses_admt))
		return 0;
	return kind == KIND_APPEAL_ADMT ? automated_may_appeal(d, e) : 1;
}
