/* What vendors are told, as rows; how they are reached is a channel's business. */
#include "vendor/vendor.h"

#include "base/base.h"

static const char *const duties[VENDOR_ACTS][ROLE_THIRD_PARTY + 1] = {
#define DUTY(ACT, ROLE, why) [VENDOR_ACT_##ACT][ROLE_##ROLE] = why,
#include "vendor/tbl/duties.h"
};

static const struct {
	const char *name;
	const char *title;
	const char *ask;
	struct vendor_words words;
} acts[] = {
#define VENDOR_ACT(NAME, name, title, ask, ...) \
	{ #name, title, ask, { __VA_ARGS__ } },
#include "vendor/tbl/acts.h"
};

bool vendor_role_of(str name, enum vendor_role *out)
{
	for (size_t i = 0; i < COUNTOF(duties[0]); i++) {
		if (!str_eq(name,
			    str_of(vendor_role_name((enum vendor_role)i))))
			continue;
		*out = (enum vendor_role)i;
		return true;
	}
	return false;
}

const char *vendor_duty(enum vendor_act act, enum vendor_role r)
{
	must(act < VENDOR_ACTS && r < COUNTOF(duties[0]));
	return duties[act][r];
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

const struct vendor_words *vendor_act_words(enum vendor_act act)
{
	must(act < VENDOR_ACTS);
	return &acts[act].words;
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
