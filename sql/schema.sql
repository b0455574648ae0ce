-- schema_is_there: one
-- Whether a migration was ever applied here.
-- out: n int
-- sqlite:
select count(*) from sqlite_master
where type = 'table' and name = 'schema_migration'
-- postgres:
select count(*) from pg_class where oid = to_regclass('schema_migration')

-- schema_lock: one
-- Until the end of the transaction nobody else migrates.  On SQLite a write
-- transaction is that already.
-- out: is_locked int
-- sqlite:
select 1
-- postgres:
select 1 from pg_advisory_xact_lock(7209070111)

-- schema_create: exec
create table if not exists schema_migration (
	number bigint primary key,
	name text not null,
	applied_at bigint not null
)

-- schema_number: one
-- The last migration that was applied; 0 before the first.
-- out: number int
select coalesce(max(number), 0) from schema_migration

-- schema_add: exec
-- in: number int, name text, applied_at int
insert into schema_migration (number, name, applied_at)
values (:number, :name, :applied_at)
