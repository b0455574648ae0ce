/*
 * STATEMENT(NAME, text): what the connector says to PostgreSQL.  {table},
 * {column} and {columns} are quoted names of the data map; {same},
 * {key_same} and {target_same} are comparisons with a parameter, by the type
 * of the column, or TUPLES, with one for each of several columns, {sets} are columns that get one (postgres.c); {alike} is one of tbl/alike.h; {function} is the
 * extension's, with its schema, and {kind} a name of ours (hash.c); {casts} and
 * {arrays} belong to the unnested rows of an insert.
 */
STATEMENT(READ_ONLY, "set default_transaction_read_only = on")
STATEMENT(TIMEOUT, "set statement_timeout = {ms}")
STATEMENT(BYTES, "set bytea_output = hex")
STATEMENT(DATES, "set datestyle = ISO")
STATEMENT(SPANS, "set intervalstyle = postgres")
STATEMENT(ALL_ROWS, "set row_security = off")
STATEMENT(FLOATS, "set extra_float_digits = 3")
STATEMENT(BEGIN, "begin")
STATEMENT(BEGIN_GUARDED, "begin isolation level serializable")
STATEMENT(LATE, "set constraints all deferred")
STATEMENT(COMMIT, "commit")
STATEMENT(ROLLBACK, "rollback")
STATEMENT(TYPES, "with recursive base(name, type, typmod, free) as (select attname, atttypid, atttypmod, not attnotnull from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped union all select b.name, t.typbasetype, t.typtypmod, b.free and not t.typnotnull from base b join pg_type t on t.oid = b.type where t.typtype = 'd') select b.name, format_type(t.oid, -1), t.typcategory, case when t.oid = 'bpchar'::regtype and b.typmod > 4 then b.typmod - 4 else 0 end, b.free from base b join pg_type t on t.oid = b.type where t.typtype <> 'd'")
STATEMENT(ROWS_ALL, "select {columns} from {table}")
STATEMENT(ROWS_FEW, "select {columns} from {table} limit {n}")
STATEMENT(ROWS_EXACT, "select {columns} from {table} where {same}")
STATEMENT(ROWS_IDENT, "select {columns}, {column} from {table} where {alike} or octet_length({column}::text) <> char_length({column}::text)")
STATEMENT(HASH_FIND, "select n.nspname from pg_extension e join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e' and d.classid = 'pg_proc'::regclass join pg_proc p on p.oid = d.objid join pg_namespace n on n.oid = p.pronamespace where e.extname = 'toyon' and p.proname = 'toyon_drop_hash' and oidvectortypes(p.proargtypes) = 'text, text' and p.prorettype = 'bytea'::regtype and has_function_privilege(p.oid, 'execute') and has_schema_privilege(n.oid, 'usage')")
STATEMENT(HASH_TRY, "select string_agg(coalesce(encode({function}(t.kind, t.value), 'base64'), '-'), '' order by t.nr) from unnest($1::text[], $2::text[]) with ordinality as t(kind, value, nr)")
STATEMENT(HASHED, "case when octet_length({column}::text) < 44 then coalesce('=' || encode({function}('{kind}', {column}::text), 'base64'), '-' || {column}::text) else '-' || {column}::text end")
STATEMENT(TUPLES, "({columns}) in (select * from unnest({arrays}))")
STATEMENT(ERASE, "delete from {table} where {key_same}")
STATEMENT(UNLINK, "update {table} set {column} = null where {key_same} and {target_same}")
STATEMENT(SET, "update {table} set {sets} where {key_same}")
STATEMENT(INSERT, "insert into {table} ({columns}) select {casts} from unnest({arrays}) as v({names})")
STATEMENT(DESCRIBE, "select case when pg_table_is_visible(c.oid) and (c.relname = any ($1::text[]) or n.nspname || '.' || c.relname <> all ($1::text[])) then c.relname else n.nspname || '.' || c.relname end, a.attname, format_type(a.atttypid, null), exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1 and i.indkey[0] = a.attnum), coalesce(case when pg_table_is_visible(r.oid) and (r.relname = any ($1::text[]) or rn.nspname || '.' || r.relname <> all ($1::text[])) then r.relname else rn.nspname || '.' || r.relname end, ''), coalesce(ra.attname, ''), coalesce((select array_position(i.indkey::int2[], a.attnum) - array_lower(i.indkey, 1) + 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts > 1), 0)::text, exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indnkeyatts = 1 and i.indkey[0] = a.attnum), a.attnotnull from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped left join lateral (select k.confrelid, k.confkey[1] as to_column from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and array_length(k.conkey, 1) = 1 and k.conkey[1] = a.attnum order by k.oid limit 1) f on true left join (pg_class r join pg_namespace rn on rn.oid = r.relnamespace) on r.oid = f.confrelid and (pg_table_is_visible(r.oid) or rn.nspname || '.' || r.relname = any ($1::text[])) left join pg_attribute ra on ra.attrelid = r.oid and ra.attnum = f.to_column where c.relkind in ('r', 'p') and not c.relispartition and (pg_table_is_visible(c.oid) and n.nspname not in ('pg_catalog', 'information_schema') or n.nspname || '.' || c.relname = any ($1::text[]) and to_regclass(quote_ident(n.nspname || '.' || c.relname)) is null) order by 1, a.attnum")
STATEMENT(UNLISTED, "select count(*)::text, min(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm', 'f') and pg_table_is_visible(c.oid) and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' having count(*) > 0")
STATEMENT(SCHEMAS, "select n.nspname, count(*)::text, min(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and not pg_table_is_visible(c.oid) and not (n.nspname || '.' || c.relname = any ($1::text[])) and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' group by n.nspname order by n.nspname")
STATEMENT(TUPLE_KEYS, "select k.oid::text, cn.nspname || '.' || c.relname, case when pg_table_is_visible(c.oid) then c.relname else '' end, a.attname, rn.nspname || '.' || r.relname, case when pg_table_is_visible(r.oid) then r.relname else '' end, ra.attname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace cross join lateral unnest(k.conkey, k.confkey) with ordinality as p(at, to_at, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.at join pg_attribute ra on ra.attrelid = r.oid and ra.attnum = p.to_at where k.contype = 'f' and k.conparentid = 0 and cardinality(k.conkey) > 1 order by k.oid, p.place")
STATEMENT(RIPPLES, "select k.oid::text, cn.nspname || '.' || c.relname, case when pg_table_is_visible(c.oid) then c.relname else '' end, a.attname, rn.nspname || '.' || r.relname, case when pg_table_is_visible(r.oid) then r.relname else '' end, ra.attname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace cross join lateral unnest(k.conkey, k.confkey) as p(at, to_at) join pg_attribute a on a.attrelid = c.oid and a.attnum = p.at join pg_attribute ra on ra.attrelid = r.oid and ra.attnum = p.to_at where k.contype = 'f' and k.conparentid = 0 and k.confdeltype in ('c', 'n', 'd')")
#undef STATEMENT
