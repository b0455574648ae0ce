-- Statements with everything that a parameter could be taken for.

-- thing_by_name: one
-- The thing of that name.
-- A second sentence; it's harmless.
-- in: name text
-- out: id int, name text, sealed blob
select id, name, sealed from thing
where name = :name -- not :this
	/* and not :that */;

-- thing_search: many
-- in: text text,
--     first int
-- out: id int,
--      label text
-- sqlite:
select id, 'a :name; ''quoted''' || text from thing
where text like :text or name = :text limit :first
-- postgres:
select id::bigint, ":odd" || text from thing
where text like :text::text or name = :text limit :first;

-- thing_drop: exec
-- in: id int, sealed blob
delete from thing where id = :id and sealed = :sealed

-- thing_count: one
-- out: n int
select count(*) from thing

-- thing_sweep: exec
delete from thing
