/*
 * HABIT(DIALECT, WHEN, text): what is said to a database beyond what ODBC has a
 * word for: when it is OPENed, to READ or to WRITE, and when a transaction has
 * BEGUN.
 */
HABIT(SQLITE, OPEN, "pragma schema_version")
HABIT(SQLITE, READ, "pragma query_only = on")
HABIT(SQLITE, WRITE, "pragma foreign_keys = on")
HABIT(SQLITE, WRITE, "pragma secure_delete = on")
HABIT(SQLITE, BEGUN, "pragma defer_foreign_keys = on")
HABIT(POSTGRES, OPEN, "set statement_timeout = {ms}")
HABIT(POSTGRES, OPEN, "set datestyle = ISO")
HABIT(POSTGRES, READ, "set session characteristics as transaction read only")
HABIT(POSTGRES, BEGUN, "set constraints all deferred")
#undef HABIT
