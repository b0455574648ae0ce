/*
 * CONNECTOR(NAME, name, whether its tables are files, whether many people are
 * erased together, whether it can add rows up, whether an index serves who asks for
 * an exact value, whether `database:` is the name of a secret, what it holds): every kind of system that Toyon searches and erases
 * itself.  Together is better where a call costs as much for many as for one: a
 * pass over files, a transaction; not where each row is a call.
 */
CONNECTOR(SQLITE, sqlite, false, true, true, true, false, "a file, relative to the data map")
CONNECTOR(POSTGRES, postgres, false, true, true, true, true, "the name of a secret that holds the URL")
CONNECTOR(MARIADB, mariadb, false, true, true, true, true, "the name of a secret that holds the URL")
CONNECTOR(ODBC, odbc, false, true, false, true, true, "the name of a secret that holds the connection string")
CONNECTOR(REDIS, redis, false, false, false, false, true, "the name of a secret that holds the URL")
CONNECTOR(LDAP, ldap, false, false, false, false, true, "the name of a secret that holds the URL")
CONNECTOR(CSV, csv, true, true, false, false, false, "a folder or a file, relative to the data map")
CONNECTOR(JSONL, jsonl, true, true, false, false, false, "a folder or a file, relative to the data map")
CONNECTOR(PROGRAM, program, false, false, false, false, false, "a program, relative to the data map")
CONNECTOR(HTTP, http, false, false, false, false, false, "a recipe, relative to the data map")
CONNECTOR(S3_CSV, s3_csv, true, true, false, false, true, "the name of a secret that holds the address")
CONNECTOR(S3_JSONL, s3_jsonl, true, true, false, false, true, "the name of a secret that holds the address")
CONNECTOR(PERSON, person, false, false, false, false, false, "the email address of who is asked")
#undef CONNECTOR
