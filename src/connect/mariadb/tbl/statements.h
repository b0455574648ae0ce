/*
 * STATEMENT(NAME, text): what the connector says to MariaDB and MySQL.  {table},
 * {column} and {columns} are quoted names of the data map; {same}, {key_same}
 * and {target_same} are comparisons with question marks (values.h), {sets} are
 * names that get one; {alike} is
 * made of tbl/alike.h.  MODE makes double quotes those of names and lets no value
 * be changed to fit.
 */
STATEMENT(MODE, "set session sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES'")
STATEMENT(LOCK_WAIT, "set session innodb_lock_wait_timeout = {seconds}")
STATEMENT(TIMEOUT, "set session max_statement_time = {ms} / 1000")
STATEMENT(READ_ONLY, "set session transaction read only")
STATEMENT(BEGIN, "start transaction")
STATEMENT(COMMIT, "commit")
STATEMENT(ROLLBACK, "rollback")
STATEMENT(TYPE, "select {column} from {table} limit 0")
STATEMENT(ROWS_ALL, "select {columns} from {table}")
STATEMENT(ROWS_EXACT, "select {columns} from {table} where {same}")
STATEMENT(ROWS_IDENT, "select {columns}, {column} from {table} where {alike}")
STATEMENT(OTHER_LETTERS, "octet_length(convert({column} using utf8mb4)) <> char_length(convert({column} using utf8mb4))")
STATEMENT(ERASE, "delete from {table} where {key_same}")
STATEMENT(UNLINK, "update {table} set {column} = null where {key_same} and {target_same}")
STATEMENT(SET, "update {table} set {sets} where {key_same}")
STATEMENT(INSERT, "insert into {table} ({columns}) values ({values})")
#undef STATEMENT
