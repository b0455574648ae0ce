/*
 * REFUSAL(DIALECT, state, native, code, text): what an error means for us, by
 * how its SQLSTATE begins and by the database's own number (-1: any); the first
 * row that fits.  OTHER is every dialect's.  What is not listed is
 * ERR_UNAVAILABLE.  SQLite has one SQLSTATE for all.
 */
REFUSAL(SQLITE, "", 1, INVALID, "the table or a column is missing")
REFUSAL(SQLITE, "", 20, INVALID, "the database does not take the values")
REFUSAL(SQLITE, "", 3, DENIED, "not allowed")
REFUSAL(SQLITE, "", 8, DENIED, "not allowed")
REFUSAL(SQLITE, "", 23, DENIED, "not allowed")
REFUSAL(SQLITE, "", 19, CONFLICT, "a row elsewhere refers to one of these, or a rule of the database forbids it")
REFUSAL(SQLITE, "", 18, LIMIT, "a value is too large")
REFUSAL(SQLITE, "", 11, CORRUPT, "the file is damaged")
REFUSAL(SQLITE, "", 26, CORRUPT, "the file is damaged")
REFUSAL(POSTGRES, "42501", -1, DENIED, "not allowed")
REFUSAL(POSTGRES, "25006", -1, DENIED, "not allowed")
REFUSAL(POSTGRES, "54", -1, LIMIT, "a value is too large")
REFUSAL(POSTGRES, "23502", -1, CONFLICT, "a column of it may not be empty")
REFUSAL(POSTGRES, "XX001", -1, CORRUPT, "the database is damaged")
REFUSAL(POSTGRES, "XX002", -1, CORRUPT, "the database is damaged")
REFUSAL(OTHER, "42", -1, INVALID, "the table or a column is missing")
REFUSAL(OTHER, "3D", -1, INVALID, "the database is missing")
REFUSAL(OTHER, "22", -1, INVALID, "the database does not take the values")
REFUSAL(OTHER, "21", -1, INVALID, "the database does not take the values")
REFUSAL(OTHER, "07006", -1, INVALID, "the database does not take the values")
REFUSAL(OTHER, "23", -1, CONFLICT, "a row elsewhere refers to one of these, or a rule of the database forbids it")
REFUSAL(OTHER, "44", -1, CONFLICT, "a rule of the database forbids it")
REFUSAL(OTHER, "28", -1, DENIED, "not allowed")
REFUSAL(OTHER, "IM002", -1, INVALID, "there is no such ODBC driver or data source")
REFUSAL(OTHER, "IM003", -1, INVALID, "the ODBC driver can't be loaded")
REFUSAL(OTHER, "01000", -1, INVALID, "the ODBC driver can't be loaded")
#undef REFUSAL
