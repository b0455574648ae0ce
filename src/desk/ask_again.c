#include "desk/ask_again.h"

#include "desk/minor.h"
#include "desk/record.h"

int ask_again_of(
	struct desk *d, const struct record *r, struct date *out, struct err *e)
{
	struct record_keys keys = record_keys(d, r);

	*out = (struct date){ 0 };
	for (size_t i = 0; i < keys.n; i++) {
		struct minor_known known;
		int rc = minor_look(d, keys.at[i].of, &known, e);

		if (rc < 0)
			return -1;
		if (rc && minor_is_refusing(&known, desk_today(d)) &&
			date_cmp(known.ask_from, *out) > 0)
			*out = known.ask_from;
	}
	return 0;
}

int case_ask_again(
	struct desk *d, str reference, struct date *out, struct err *e)
{
	struct record r;

	if (desk_need(d, PERM_SEE_QUEUE, e) || record_need(d, reference, &r, e))
		return -1;
	return ask_again_of(d, &r, out, e);
}
