/*
 * DIALECT(NAME, dbms, is_wide, is_filling, is_typed, schema): databases about which more is known than their
 * drivers say; dbms is how SQL_DBMS_NAME begins.  is_wide: texts travel in
 * UTF-16, which any driver for Unicode takes whatever the locale is.  schema asks
 * in which schema a table is that is named without one; NULL: the user's own is
 * taken for it.  is_filling: a char(n) gets blanks up to n letters, which are no part of its
 * value.  is_typed: a column holds values of its type only; else one that is told to be texts or
 * bytes may have numbers, which are not their digits.  OTHER is the last.
 *
 * SQLite's driver hands bytes through as they are only when it need not make
 * UTF-16 of them.
 */
DIALECT(SQLITE, "SQLite", false, false, false, NULL)
DIALECT(POSTGRES, "PostgreSQL", true, true, true,
	"select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = ? and pg_table_is_visible(c.oid)")
DIALECT(OTHER, "", true, true, true, NULL)
#undef DIALECT
