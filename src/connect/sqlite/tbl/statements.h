/*
 * STATEMENT(NAME, text): what the connector says to SQLite.  {table},
 * {column} and {columns} are quoted names of the data map, {values} are question
 * marks, {sets} names that get one, {kind} is a number of ours; {same}, {key_same} and
 * {target_same} are AMONG, or TUPLES where several columns are one key or link (among.h).
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
STATEMENT(ROWS_EXACT, "select {columns} from {table} where {same}")
STATEMENT(ROWS_IDENT, "select {columns} from {table} where toyon_ident({kind}, {column}) in ({values})")
STATEMENT(AMONG, "{column} in ({values})")
STATEMENT(TUPLES, "({column}) in (values {values})")
STATEMENT(AS_BYTES, "cast({column} as blob)")
STATEMENT(ERASE, "delete from {table} where {key_same}")
STATEMENT(UNLINK, "update {table} set {column} = null where {key_same} and {target_same}")
STATEMENT(SET, "update {table} set {sets} where {key_same}")
STATEMENT(INSERT, "insert into {table} ({columns}) values ({values})")
STATEMENT(DESCRIBE, "select m.name, c.name, c.type, c.pk and 1 = (select count(*) from pragma_table_info(m.name) k where k.pk), f.\"table\", f.\"to\", c.pk, (c.pk and 1 = (select count(*) from pragma_table_info(m.name) k where k.pk)) or exists (select 1 from pragma_index_list(m.name) i where i.\"unique\" and not i.partial and c.name = (select max(x.name) from pragma_index_info(i.name) x having count(*) = 1)), c.\"notnull\" from sqlite_schema m join pragma_table_info(m.name) c left join pragma_foreign_key_list(m.name) f on f.\"from\" = c.name and not exists (select 1 from pragma_foreign_key_list(m.name) o where o.id = f.id and o.seq > 0) where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' group by m.name, c.cid order by m.name, c.cid")
STATEMENT(TUPLE_KEYS, "select m.name || ' ' || f.id, m.name, f.\"from\", f.\"table\", coalesce(f.\"to\", (select k.name from pragma_table_info(f.\"table\") k where k.pk = f.seq + 1), '') from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table' and exists (select 1 from pragma_foreign_key_list(m.name) o where o.id = f.id and o.seq > 0) order by m.name, f.id, f.seq")
STATEMENT(NEVER_EMPTY, "select 1 from pragma_table_info(?1) where name = ?2 collate nocase and \"notnull\"")
STATEMENT(RIPPLES, "select m.name || ' ' || f.id, m.name, f.\"from\", f.\"table\", coalesce(f.\"to\", '') from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT')")
#undef STATEMENT
