/*
 * What forms may ask, from law/tbl/fields.h.
 */
#include "law/field.h"

#include "base/base.h"

#define NEVER 0u
#define KNOWS (KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC))
#define VERIFIED                                        \
	(KNOWS | KIND_BIT(DELETE) | KIND_BIT(CORRECT) | \
		KIND_BIT(ACCESS_ADMT) | KIND_BIT(APPEAL_ADMT))
/* All but DROP, which has no form. */
#define EVERY                                               \
	(VERIFIED | KIND_BIT(OPT_OUT) | KIND_BIT(LIMIT) |   \
		KIND_BIT(OPT_OUT_ADMT) | KIND_BIT(OPT_IN) | \
		KIND_BIT(OPT_IN_SENSITIVE) | KIND_BIT(OPT_IN_MINOR))

static const struct field fields[] = {
#define FIELD(code, title, kinds, is_identifier, citation, valid) \
	{ code, title, kinds, is_identifier, citation, valid },
#include "law/tbl/fields.h"
};

size_t field_count(void)
{
	return COUNTOF(fields);
}

const struct field *field_at(size_t i)
{
	must(i < COUNTOF(fields));
	return &fields[i];
}

const struct field *field_of(str code)
{
	for (size_t i = 0; i < COUNTOF(fields); i++)
		if (str_eq(code, str_of(fields[i].code)))
			return &fields[i];
	return NULL;
}

bool field_is_allowed(str code, enum kind kind)
{
	const struct field *f = field_of(code);

	must(kind > KIND_NONE && kind < KIND_END);
	return f && f->kinds & 1u << kind;
}
