/*
 * CONNECTOR(NAME, name, what `database:` holds): every kind of system that
 * Toyon searches and erases itself.
 */
CONNECTOR(SQLITE, sqlite, "a file, relative to the data map")
CONNECTOR(POSTGRES, postgres, "the name of a secret that holds the URL")
#undef CONNECTOR
