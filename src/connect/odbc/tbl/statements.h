/*
 * STATEMENT(NAME, text): what the connector says to any database, in the SQL that
 * all of them know.  {table}, {column} and {columns} are quoted names of
 * the data map; those of columns that are read say which table's they are, since
 * SQLite takes another one in double quotes for a text, and would find nobody.
 * {values} are question marks, {sets} names that get one, {same} is AMONG, or several
 * of it (place.c).
 */
STATEMENT(SORTS, "select {columns} from {table} t where 1 = 0")
STATEMENT(ROWS_ALL, "select {columns} from {table} t")
STATEMENT(ROWS_AMONG, "select {columns} from {table} t where {same}")
STATEMENT(AMONG, "{column} in ({values})")
STATEMENT(ERASE, "delete from {table} where {same}")
STATEMENT(SET, "update {table} set {sets} where {same}")
STATEMENT(INSERT, "insert into {table} ({columns}) values ({values})")
#undef STATEMENT
