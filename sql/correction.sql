-- correction_add: one
-- in: request_id int, task_id int, system text, table_name text, column_name text, what text, source text, made_at int, never_disclose text, sealed blob
-- out: id int
insert into correction (request_id, task_id, system, table_name, column_name,
	what, source, made_at, never_disclose, sealed)
values (:request_id, :task_id, :system, :table_name, :column_name, :what,
	:source, :made_at, :never_disclose, :sealed)
returning id

-- correction_identifier_add: exec
-- in: id_key blob, correction_id int
insert into correction_identifier (id_key, correction_id)
values (:id_key, :correction_id)
on conflict do nothing

-- correction_of_task: many
-- What one system is to hold; rows of one table stand together.
-- in: task_id int
-- out: id int, table_name text, column_name text, sealed blob
select id, table_name, column_name, sealed from correction
where task_id = :task_id and done_at = 0
order by id

-- correction_of_request: many
-- in: request_id int
-- out: what text, source text, system text, table_name text, column_name text, never_disclose text, sealed blob, done_at int, by_hand int
select what, source, system, table_name, column_name, never_disclose, sealed, done_at, by_hand
from correction
where request_id = :request_id
order by id

-- correction_done: exec
-- in: task_id int, at int
update correction set done_at = :at where task_id = :task_id and done_at = 0

-- correction_form: exec
-- The system writes it in a form of its own.  What was forgotten meanwhile stays so.
-- in: id int, sealed blob
update correction set sealed = :sealed where id = :id and length(sealed) > 0

-- correction_by_hand: exec
-- Written by staff, where the worker could not.
-- in: task_id int, at int
update correction set done_at = :at, by_hand = 1
where task_id = :task_id and done_at = 0

-- correction_undo_identifiers: exec
-- Decided, not carried out, and decided anew.
-- in: task_id int
delete from correction_identifier where correction_id in (
	select id from correction where task_id = :task_id and done_at = 0)

-- correction_undo: exec
-- in: task_id int
delete from correction where task_id = :task_id and done_at = 0

-- correction_page: many
-- What an import into a system must write right again, a page at a time.
-- in: system text, after_key blob, after_id int, first int
-- out: id_key blob, id int, table_name text, column_name text, sealed blob
select i.id_key, c.id, c.table_name, c.column_name, c.sealed
from correction_identifier i join correction c on c.id = i.correction_id
where c.system = :system and c.done_at > 0
	and (i.id_key > :after_key
		or (i.id_key = :after_key and c.id > :after_id))
order by i.id_key, c.id
limit :first

-- correction_of_key: many
-- The same for one identifier.
-- in: system text, id_key blob
-- out: table_name text, column_name text, sealed blob
select c.table_name, c.column_name, c.sealed
from correction_identifier i join correction c on c.id = i.correction_id
where i.id_key = :id_key and c.system = :system and c.done_at > 0
order by c.id

-- correction_identifier_forget: exec
-- Who is deleted has nothing left to be right.
-- in: id_key blob
delete from correction_identifier where correction_id in (
	select mine.correction_id from correction_identifier mine
	where mine.id_key = :id_key)

-- correction_forget: exec
-- Those that nobody can be known by any more; while their case is open, its letter
-- and the companies need them.
-- in: nothing blob
update correction set sealed = :nothing
where done_at > 0 and length(sealed) > 0
	and request_id in (select id from request where closed_at > 0)
	and not exists (
		select 1 from correction_identifier i
		where i.correction_id = correction.id)

-- correction_forget_closed: exec
-- The same when the case closes, of its own ones.
-- in: request_id int, nothing blob
update correction set sealed = :nothing
where request_id = :request_id and length(sealed) > 0
	and not exists (
		select 1 from correction_identifier i
		where i.correction_id = correction.id)

-- correction_drop_undone: exec
-- The case ended before.
-- in: request_id int
delete from correction where request_id = :request_id and done_at = 0

-- correction_drop_undone_identifiers: exec
-- in: request_id int
delete from correction_identifier where correction_id in (
	select id from correction
	where request_id = :request_id and done_at = 0)
