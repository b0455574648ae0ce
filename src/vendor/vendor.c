/* What vendors are told, as rows; how they are reached is a channel's business. */
#include "vendor/vendor.h"

#include "base/base.h"

static const char *const duties[] = {
#define DUTY(ROLE, why) [ROLE_##ROLE] = why,
#include "vendor/tbl/duties.h"
};

static const struct {
	const char *name;
	const char *title;
	const char *ask;
} acts[] = {
#define VENDOR_ACT(NAME, name, title, ask) { #name, title, ask },
#include "vendor/tbl/acts.h"
};

bool vendor_role_of(str name, enum vendor_role *out)
{
	for (size_t i = 0; i < COUNTOF(duties); i++) {
		if (!str_eq(name,
			    str_of(vendor_role_name((enum vendor_role)i))))
			continue;
		*out = (enum vendor_role)i;
		return true;
	}
	return false;
}

const char *vendor_role_duty(enum vendor_role r)
{
	must(r < COUNTOF(duties) && duties[r]);
	return duties[r];
}

const char *vendor_act_name(enum vendor_act act)
{
	must(act < VENDOR_ACTS);
	return acts[act].name;
}

const char *vendor_act_title(enum vendor_act act)
{
	must(act < VENDOR_ACTS);
	return acts[act].title;
}

const char *vendor_act_ask(enum vendor_act act)
{
	must(act < VENDOR_ACTS);
	return acts[act].ask;
}

int vendor_notice_check(const struct vendor_notice *n, struct err *e)
{
	const struct {
		str value;
		const char *what;
	} needed[] = {
		{ n->vendor, "the company's name" },
		{ n->contact, "a contact" },
		{ n->reference, "a reference" },
		{ n->link, "a link" },
	};

	for (size_t i = 0; i < COUNTOF(needed); i++)
		if (!needed[i].value.n)
			return err_set(e, ERR_INVALID,
				"a notice to a vendor lacks %s",
				needed[i].what);
	if (!date_is_valid(n->due_on))
		return err_set(e, ERR_INVALID,
			"a notice to a vendor lacks the date to answer by");
	return 0;
}
