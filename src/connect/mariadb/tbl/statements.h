/*
 * STATEMENT(NAME, text): what the connector says to MariaDB and MySQL.  {table},
 * {column} and {columns} are quoted names of the data map; {same}, {key_same}
 * and {target_same} are comparisons with question marks (session.h), TUPLES among them, {sets} are
 * names that get one; {alike} is made of tbl/alike.h; {kind} is a name of ours,
 * and {tries} are HASH_TRY_ONEs (hash.c).  MODE makes double quotes those of names
 * and lets no value be changed to fit.
 */
STATEMENT(MODE, "set session sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES'")
STATEMENT(LOCK_WAIT, "set session innodb_lock_wait_timeout = {seconds}")
STATEMENT(TIMEOUT, "set session max_statement_time = {ms} / 1000")
STATEMENT(READ_ONLY, "set session transaction read only")
STATEMENT(LOCKING, "set transaction isolation level serializable")
STATEMENT(TURN, "select get_lock('toyon.erase', 60)")
STATEMENT(TURN_OVER, "do release_lock('toyon.erase')")
STATEMENT(BEGIN, "start transaction")
STATEMENT(COMMIT, "commit")
STATEMENT(ROLLBACK, "rollback")
STATEMENT(TYPE, "select {column} from {table} limit 0")
STATEMENT(ROWS_ALL, "select {columns} from {table}")
STATEMENT(ROWS_FEW, "select {columns} from {table} limit {n}")
STATEMENT(ROWS_EXACT, "select {columns} from {table} where {same}")
STATEMENT(ROWS_IDENT, "select {columns}, {column} from {table} where {alike}")
STATEMENT(OTHER_LETTERS, "octet_length(convert({column} using utf8mb4)) <> char_length(convert({column} using utf8mb4))")
STATEMENT(HASH_TRY, "set @toyon_tried = if(exists (select 1 from information_schema.routines where routine_schema = database() and routine_name = 'toyon_drop_hash'), null, concat({tries}))")
STATEMENT(HASH_TRY_ONE, "ifnull(to_base64(toyon_drop_hash('{kind}', ?)), '-')")
STATEMENT(HASH_TRIED, "select @toyon_tried")
STATEMENT(HASHED, "case when octet_length(convert({column} using utf8mb4)) < 44 then coalesce(concat('=', to_base64(toyon_drop_hash('{kind}', convert({column} using utf8mb4)))), concat('-', convert({column} using utf8mb4))) else concat('-', convert({column} using utf8mb4)) end")
STATEMENT(TUPLES, "({columns}) in ({values})")
STATEMENT(BYTES_OF, "cast(convert({column} using utf8mb4) as binary)")
STATEMENT(ERASE, "delete from {table} where {key_same}")
STATEMENT(UNLINK, "update {table} set {column} = null where {key_same} and {target_same}")
STATEMENT(SET, "update {table} set {sets} where {key_same}")
STATEMENT(NOT_TRANSACTIONAL, "select t.table_name from information_schema.tables t left join information_schema.engines g on g.engine = t.engine where t.table_schema = database() and t.table_name in (?, ?) and coalesce(g.transactions, 'NO') <> 'YES'")
STATEMENT(EMPTIABLE, "select column_name from information_schema.columns where table_schema = database() and table_name = ? and column_name = ? and is_nullable = 'YES'")
STATEMENT(INSERT, "insert into {table} ({columns}) values ({values})")
STATEMENT(DESCRIBE, "select c.table_name, c.column_name, c.column_type, c.column_key = 'PRI' and 1 = (select count(*) from information_schema.columns p where p.table_schema = c.table_schema and p.table_name = c.table_name and p.column_key = 'PRI'), coalesce(min(k.referenced_table_name), ''), coalesce(min(k.referenced_column_name), ''), coalesce((select p.ordinal_position from information_schema.key_column_usage p where p.table_schema = c.table_schema and p.table_name = c.table_name and p.column_name = c.column_name and p.constraint_name = 'PRIMARY'), 0), max(u.column_name is not null), c.is_nullable = 'NO' from information_schema.columns c join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE' left join information_schema.key_column_usage k on k.table_schema = c.table_schema and k.table_name = c.table_name and k.column_name = c.column_name and k.referenced_table_name is not null and not exists (select 1 from information_schema.key_column_usage o where o.constraint_schema = k.constraint_schema and o.table_name = k.table_name and o.constraint_name = k.constraint_name and o.ordinal_position > 1) left join (select s.table_name, min(s.column_name) as column_name from information_schema.statistics s where s.table_schema = database() and s.non_unique = 0 group by s.table_name, s.index_name having count(*) = 1) u on u.table_name = c.table_name and u.column_name = c.column_name where c.table_schema = database() group by c.table_name, c.column_name, c.column_type, c.column_key, c.is_nullable, c.ordinal_position order by c.table_name, c.ordinal_position")
STATEMENT(TUPLE_KEYS, "select concat(k.constraint_schema, ' ', k.table_name, ' ', k.constraint_name), if(k.table_schema = database(), k.table_name, ''), k.column_name, k.referenced_table_name, k.referenced_column_name from information_schema.key_column_usage k where k.referenced_table_schema = database() and exists (select 1 from information_schema.key_column_usage o where o.constraint_schema = k.constraint_schema and o.table_name = k.table_name and o.constraint_name = k.constraint_name and o.ordinal_position > 1) order by 1, k.ordinal_position")
STATEMENT(RIPPLES, "select concat(k.constraint_schema, ' ', k.table_name, ' ', k.constraint_name), if(k.table_schema = database(), k.table_name, ''), k.column_name, k.referenced_table_name, k.referenced_column_name from information_schema.referential_constraints r join information_schema.key_column_usage k on k.constraint_schema = r.constraint_schema and k.constraint_name = r.constraint_name and k.table_name = r.table_name where k.referenced_table_schema = database() and r.delete_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT')")
STATEMENT(JOINS, "select min(k.table_name), min(k.column_name), min(k.referenced_table_name), min(k.referenced_column_name) from information_schema.key_column_usage k where k.table_schema = database() and k.referenced_table_schema = database() and k.referenced_table_name is not null group by k.table_name, k.constraint_name having count(*) = 1")
#undef STATEMENT
