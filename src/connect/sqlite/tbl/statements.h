/*
 * STATEMENT(NAME, text): what the connector says to SQLite.  {table}, {key},
 * {column} and {columns} are quoted names of the data map, {values} and
 * {targets} are question marks, {sets} names that get one, {kind} is a number of ours.
 */
STATEMENT(READ_ONLY, "pragma query_only = on")
STATEMENT(REFERENCES, "pragma foreign_keys = on")
STATEMENT(OVERWRITE, "pragma secure_delete = on")
STATEMENT(HELLO, "pragma schema_version")
STATEMENT(BEGIN, "begin immediate")
STATEMENT(LATE, "pragma defer_foreign_keys = on")
STATEMENT(COMMIT, "commit")
STATEMENT(ROLLBACK, "rollback")
STATEMENT(ROWS_ALL, "select {columns} from {table}")
STATEMENT(ROWS_FEW, "select {columns} from {table} limit {n}")
STATEMENT(ROWS_EXACT, "select {columns} from {table} where {column} in ({values})")
STATEMENT(ROWS_IDENT, "select {columns} from {table} where toyon_ident({kind}, {column}) in ({values})")
STATEMENT(ERASE, "delete from {table} where {key} in ({values})")
STATEMENT(UNLINK, "update {table} set {column} = null where {key} in ({values}) and {column} in ({targets})")
STATEMENT(SET, "update {table} set {sets} where {key} in ({values})")
STATEMENT(INSERT, "insert into {table} ({columns}) values ({values})")
STATEMENT(DESCRIBE, "select m.name, c.name, c.type, c.pk and 1 = (select count(*) from pragma_table_info(m.name) k where k.pk), f.\"table\", f.\"to\" from sqlite_schema m join pragma_table_info(m.name) c left join pragma_foreign_key_list(m.name) f on f.\"from\" = c.name where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' group by m.name, c.cid order by m.name, c.cid")
STATEMENT(RIPPLES, "select m.name || ' ' || f.id, m.name, f.\"from\", f.\"table\", coalesce(f.\"to\", '') from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT')")
#undef STATEMENT
