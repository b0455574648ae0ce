/* What columns take, by their types. */
#include "base/base.h"
#include "connect/postgres/array.h"
#include "connect/postgres/session.h"

static enum cell_form form_of(const struct pg_type *type)
{
	static const struct {
		str name;
		enum cell_form form;
	} forms[] = {
#define FORM(name, form) { STR_INIT(name), FORM_##form },
#include "connect/postgres/tbl/forms.h"
	};

	for (size_t i = 0; i < COUNTOF(forms); i++)
		if (str_eq(forms[i].name, type->name))
			return forms[i].form;
	if (str_eq(type->category, STR("A")))
		return FORM_LIST;
	return type->sort == PG_TEXT || type->sort == PG_LETTERS ? FORM_TEXT
								 : FORM_LOOK;
}

int pg_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e)
{
	const struct pg_type *type;

	if (pg_type_of(pg_own(conn), table, column, &type, e))
		return -1;
	*out = type->may_be_null;
	return 0;
}

int pg_form(struct conn *conn, str table, str column, enum cell_form *out,
	struct err *e)
{
	const struct pg_type *type;

	if (pg_type_of(pg_own(conn), table, column, &type, e))
		return -1;
	*out = form_of(type);
	return 0;
}
