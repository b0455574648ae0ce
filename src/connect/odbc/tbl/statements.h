/*
 * STATEMENT(NAME, text): what the connector says to any database, in the SQL that
 * all of them know.  {table}, {key}, {column} and {columns} are quoted names of
 * the data map; those of columns that are read say which table's they are, since
 * SQLite takes another one in double quotes for a text, and would find nobody.
 * {values} are question marks, {sets} names that get one.
 */
STATEMENT(SORTS, "select {columns} from {table} t where 1 = 0")
STATEMENT(ROWS_ALL, "select {columns} from {table} t")
STATEMENT(ROWS_WHOLE, "select {columns}, {column} from {table} t")
STATEMENT(ROWS_AMONG, "select {columns}, {column} from {table} t where {column} in ({values})")
STATEMENT(ERASE, "delete from {table} where {key} in ({values})")
STATEMENT(SET, "update {table} set {sets} where {key} in ({values})")
STATEMENT(INSERT, "insert into {table} ({columns}) values ({values})")
#undef STATEMENT
