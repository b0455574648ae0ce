/* The settings without which pages and letters lack what the law has them say. */
#include "cli/business.h"

#include "ident/ident.h"

static bool can_be_read(enum ident_kind kind, str value)
{
	struct ident id;

	return ident_read(&id, IDENT_TOYON_1, kind, value) == IDENT_FAULT_NONE;
}

void business_check(str name, str value, const char *field, struct problems *ps)
{
	if (str_eq(name, STR("business_name")) && !value.n)
		problem_add(ps, field, "missing",
			"the name that consumers know the business by");
	if (str_eq(name, STR("contact_email")) &&
		!can_be_read(IDENT_EMAIL, value))
		problem_add(ps, field, "invalid",
			"an email address like privacy@example.com");
	if (str_eq(name, STR("phone")) && value.n &&
		!can_be_read(IDENT_PHONE, value))
		problem_add(
			ps, field, "invalid", "a US phone number, or nothing");
}
