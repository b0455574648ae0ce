/*
 * CONNECTOR(NAME, name, whether its tables are files, what `database:` holds):
 * every kind of system that Toyon searches and erases itself.
 */
CONNECTOR(SQLITE, sqlite, false, "a file, relative to the data map")
CONNECTOR(POSTGRES, postgres, false, "the name of a secret that holds the URL")
CONNECTOR(MARIADB, mariadb, false, "the name of a secret that holds the URL")
CONNECTOR(ODBC, odbc, false, "the name of a secret that holds the connection string")
CONNECTOR(REDIS, redis, false, "the name of a secret that holds the URL")
CONNECTOR(LDAP, ldap, false, "the name of a secret that holds the URL")
CONNECTOR(CSV, csv, true, "a folder or a file, relative to the data map")
CONNECTOR(JSONL, jsonl, true, "a folder or a file, relative to the data map")
CONNECTOR(PROGRAM, program, false, "a program, relative to the data map")
CONNECTOR(HTTP, http, false, "a recipe, relative to the data map")
CONNECTOR(S3_CSV, s3_csv, true, "the name of a secret that holds the address")
CONNECTOR(S3_JSONL, s3_jsonl, true, "the name of a secret that holds the address")
CONNECTOR(PERSON, person, false, "the email address of who is asked")
#undef CONNECTOR
