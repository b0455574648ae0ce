-- thing_echo: one
-- in: n int, name text, bytes blob
-- out: n int, name text, bytes blob
-- sqlite:
select :n, :name, :bytes
-- postgres:
select :n::bigint, :name::text, :bytes::bytea

-- thing_add: one
-- in: name text, n int, bytes blob
-- out: id int
insert into thing (name, n, bytes) values (:name, :n, :bytes) returning id

-- thing_add_if_new: exec
-- in: name text
insert into thing (name, n, bytes) values (:name, 0, '')
on conflict (name) do nothing

-- thing_get: one
-- in: name text
-- out: id int, n int, bytes blob
select id, n, bytes from thing where name = :name

-- thing_like: many
-- in: pattern text, first int
-- out: name text, n int
select name, n from thing where name like :pattern order by n, name limit :first

-- thing_count: one
-- out: n int
select count(*) from thing

-- thing_grow: exec
-- in: name text
update thing set n = n + 1 where name = :name

-- thing_grow_all: exec
update thing set n = n + 100

-- thing_drop: exec
-- in: pattern text
delete from thing where name like :pattern

-- thing_null: one
-- Breaks the rule that nothing is null.
-- out: n int
-- sqlite:
select null
-- postgres:
select null::bigint

-- thing_mistyped: one
-- Gives something else than it declares.
-- out: n int
select name from thing where name = 'first'

-- thing_slow: one
-- Takes two seconds on PostgreSQL.
-- out: n int
-- sqlite:
select 1
-- postgres:
select 1 from pg_sleep(2)

-- part_add: exec
-- in: thing_id int, place int
insert into part (thing_id, place) values (:thing_id, :place)
