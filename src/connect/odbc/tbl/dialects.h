/*
 * DIALECT(NAME, dbms, is_wide): databases about which more is known than their
 * drivers say; dbms is how SQL_DBMS_NAME begins.  is_wide: texts travel in
 * UTF-16, which any driver for Unicode takes whatever the locale is.  OTHER is
 * the last.
 *
 * SQLite's driver hands bytes through as they are only when it need not make
 * UTF-16 of them.
 */
DIALECT(SQLITE, "SQLite", false)
DIALECT(POSTGRES, "PostgreSQL", true)
DIALECT(OTHER, "", true)
#undef DIALECT
