/*
 * FORM(name, form): what a column of that type takes, for values that are made up for it
 * (connect/erase_value.h); name as format_type() has it, without lengths.  Types of
 * letters are texts; of all others the look of the value decides.
 */
FORM("smallint", INT)
FORM("integer", INT)
FORM("bigint", INT)
FORM("numeric", DECIMAL)
FORM("double precision", DECIMAL)
FORM("real", DECIMAL)
FORM("uuid", UUID)
FORM("bytea", BYTES)
FORM("date", DAY)
FORM("timestamp without time zone", TIME)
FORM("timestamp with time zone", TIME)
FORM("time without time zone", CLOCK)
FORM("time with time zone", CLOCK)
FORM("interval", SPAN)
FORM("boolean", BOOL)
FORM("json", JSON)
FORM("jsonb", JSON)
FORM("inet", INET)
#undef FORM
