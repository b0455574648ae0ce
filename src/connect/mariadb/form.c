/* What columns take, by what the server says of them. */
#include "base/base.h"
#include "connect/mariadb/session.h"

static enum cell_form form_of_type(enum enum_field_types t)
{
	switch (t) {
	case MYSQL_TYPE_TINY:
	case MYSQL_TYPE_SHORT:
	case MYSQL_TYPE_INT24:
	case MYSQL_TYPE_LONG:
	case MYSQL_TYPE_LONGLONG:
		return FORM_INT;
	case MYSQL_TYPE_YEAR:
		return FORM_YEAR;
	case MYSQL_TYPE_DECIMAL:
	case MYSQL_TYPE_NEWDECIMAL:
	case MYSQL_TYPE_FLOAT:
	case MYSQL_TYPE_DOUBLE:
		return FORM_DECIMAL;
	case MYSQL_TYPE_DATE:
	case MYSQL_TYPE_NEWDATE:
		return FORM_DAY;
	case MYSQL_TYPE_DATETIME:
	case MYSQL_TYPE_TIMESTAMP:
		return FORM_TIME;
	case MYSQL_TYPE_TIME:
		return FORM_CLOCK;
	case MYSQL_TYPE_JSON:
		return FORM_JSON;
	default:
		return FORM_LOOK;
	}
}

/* A type that is stored as another one: the server says so beside it. */
static enum cell_form form_of_name(const MYSQL_FIELD *f)
{
	static const struct {
		enum mariadb_field_attr_t attr;
		str name;
		enum cell_form form;
	} names[] = {
		{ MARIADB_FIELD_ATTR_DATA_TYPE_NAME, STR_INIT("uuid"),
			FORM_UUID },
		{ MARIADB_FIELD_ATTR_DATA_TYPE_NAME, STR_INIT("inet4"),
			FORM_INET },
		{ MARIADB_FIELD_ATTR_DATA_TYPE_NAME, STR_INIT("inet6"),
			FORM_INET },
		{ MARIADB_FIELD_ATTR_FORMAT_NAME, STR_INIT("json"), FORM_JSON },
	};
	MARIADB_CONST_STRING said;

	for (size_t i = 0; i < COUNTOF(names); i++)
		if (!mariadb_field_attr(&said, f, names[i].attr) &&
			str_eq((str){ said.str, said.length }, names[i].name))
			return names[i].form;
	return FORM_LOOK;
}

static bool is_letters(const MYSQL_FIELD *f)
{
	switch (f->type) {
	case MYSQL_TYPE_STRING:
	case MYSQL_TYPE_VAR_STRING:
	case MYSQL_TYPE_VARCHAR:
	case MYSQL_TYPE_TINY_BLOB:
	case MYSQL_TYPE_BLOB:
	case MYSQL_TYPE_MEDIUM_BLOB:
	case MYSQL_TYPE_LONG_BLOB:
		return !(f->flags & (ENUM_FLAG | SET_FLAG));
	default:
		return false;
	}
}

enum cell_form maria_form_of(const MYSQL_FIELD *f)
{
	enum cell_form form = form_of_name(f);

	if (form || !is_letters(f))
		return form ? form : form_of_type(f->type);
	return f->charsetnr == MARIA_CHARSET_BYTES ? FORM_BYTES : FORM_TEXT;
}

int maria_form(struct conn *conn, str table, str column, enum cell_form *out,
	struct err *e)
{
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	struct maria_among in = { .table = table, .column = column };
	struct maria_type type;
	int rc = maria_type_of(maria_own(conn), a, &in, &type, e);

	if (!rc)
		*out = type.form;
	arena_free(a);
	return rc;
}
