/*
 * CONNECTOR(NAME, name, whether its tables are files, whether many people are
 * erased together, what `database:` holds): every kind of system that Toyon
 * searches and erases itself.  Together is better where a call costs as much for
 * many as for one: a pass over files, a transaction; not where each row is a call.
 */
CONNECTOR(SQLITE, sqlite, false, true, "a file, relative to the data map")
CONNECTOR(POSTGRES, postgres, false, true, "the name of a secret that holds the URL")
CONNECTOR(MARIADB, mariadb, false, true, "the name of a secret that holds the URL")
CONNECTOR(ODBC, odbc, false, true, "the name of a secret that holds the connection string")
CONNECTOR(REDIS, redis, false, false, "the name of a secret that holds the URL")
CONNECTOR(LDAP, ldap, false, false, "the name of a secret that holds the URL")
CONNECTOR(CSV, csv, true, true, "a folder or a file, relative to the data map")
CONNECTOR(JSONL, jsonl, true, true, "a folder or a file, relative to the data map")
CONNECTOR(PROGRAM, program, false, false, "a program, relative to the data map")
CONNECTOR(HTTP, http, false, false, "a recipe, relative to the data map")
CONNECTOR(S3_CSV, s3_csv, true, true, "the name of a secret that holds the address")
CONNECTOR(S3_JSONL, s3_jsonl, true, true, "the name of a secret that holds the address")
CONNECTOR(PERSON, person, false, false, "the email address of who is asked")
#undef CONNECTOR
