-- expiry_run_add: one
-- in: system text, title text, is_preview int, rules text, today text, started_at int, started_by text
-- out: id int
insert into expiry_run (system, title, is_preview, rules, today, started_at, started_by)
values (:system, :title, :is_preview, :rules, :today, :started_at, :started_by)
returning id

-- expiry_run_by_id: one
-- in: id int
-- out: id int, system text, title text, is_preview int, rules text, today text, started_at int, started_by text, ended_at int, is_proven int, problem text, address text
select id, system, title, is_preview, rules, today, started_at, started_by, ended_at,
	is_proven, problem, address
from expiry_run where id = :id

-- expiry_newest: one
-- in: system text, is_preview int
-- out: id int
select max(id) from expiry_run where system = :system and is_preview = :is_preview
having max(id) is not null

-- expiry_seen: one
-- The newest preview that somebody made: the worker looks at nothing for anybody.
-- in: system text, worker text
-- out: id int
select max(id) from expiry_run
where system = :system and is_preview = 1 and started_by <> :worker
having max(id) is not null

-- expiry_run_ended: exec
-- in: id int, at int, is_proven int
update expiry_run set ended_at = :at, is_proven = :is_proven, problem = ''
where id = :id

-- expiry_run_address: exec
-- in: id int, address text
update expiry_run set address = :address where id = :id

-- expiry_lease_take: exec
-- And to go on holding it.  0 rows: somebody else has it.
-- in: system text, held_by text, now int, held_until int
insert into expiry_lease (system, held_by, held_until)
values (:system, :held_by, :held_until)
on conflict (system) do update set held_by = excluded.held_by,
	held_until = excluded.held_until
where expiry_lease.held_by = excluded.held_by or expiry_lease.held_until < :now

-- expiry_lease_give: exec
-- in: system text, held_by text
delete from expiry_lease where system = :system and held_by = :held_by

-- expiry_run_problem: exec
-- in: id int, problem text
update expiry_run set problem = :problem where id = :id

-- expiry_table_add: exec
-- in: run_id int, position int, name text, holds text, categories text, kept_for text
insert into expiry_table (run_id, position, name, holds, categories, kept_for)
values (:run_id, :position, :name, :holds, :categories, :kept_for)
on conflict (run_id, name) do nothing

-- expiry_table_read: exec
-- What was too old at first stays so when a run goes on; the reasons are of the last
-- reading.
-- in: run_id int, name text, rows_read int, old int, undated int, oldest text, kept int, needed int, younger int, others int, unsure int, refused int, many int
update expiry_table set rows_read = :rows_read, undated = :undated,
	old = case when is_read = 1 then old else :old end,
	oldest = case when is_read = 1 then oldest else :oldest end,
	kept = :kept, needed = :needed, younger = :younger, others = :others,
	unsure = :unsure, refused = :refused, many = :many, is_read = 1
where run_id = :run_id and name = :name

-- expiry_table_went: exec
-- in: run_id int, name text, goes int, along int
update expiry_table set goes = goes + :goes, along = along + :along
where run_id = :run_id and name = :name

-- expiry_table_left: exec
-- in: run_id int, name text, left_old int, undated int
update expiry_table set left_old = :left_old, undated = :undated
where run_id = :run_id and name = :name

-- expiry_tables: many
-- in: run_id int
-- out: name text, holds text, categories text, kept_for text, rows_read int, old int, undated int, oldest text, goes int, along int, kept int, needed int, younger int, others int, unsure int, refused int, many int, left_old int
select name, holds, categories, kept_for, rows_read, old, undated, oldest, goes, along,
	kept, needed, younger, others, unsure, refused, many, left_old
from expiry_table where run_id = :run_id order by position

-- expiry_act_add: exec
-- in: run_id int, at int, name text, goes int, along int, is_proven int, evidence text
insert into expiry_act (run_id, at, name, goes, along, is_proven, evidence)
values (:run_id, :at, :name, :goes, :along, :is_proven, :evidence)

-- expiry_acts: many
-- in: run_id int
-- out: at int, name text, goes int, along int, is_proven int, evidence text
select at, name, goes, along, is_proven, evidence from expiry_act
where run_id = :run_id order by id

-- expiry_on_put: exec
-- in: system text, rules text, address text, on_at int, on_by text
insert into expiry_on (system, rules, address, on_at, on_by)
values (:system, :rules, :address, :on_at, :on_by)
on conflict (system) do update set rules = excluded.rules, address = excluded.address,
	on_at = excluded.on_at, on_by = excluded.on_by

-- expiry_on_take: exec
-- in: system text
delete from expiry_on where system = :system

-- expiry_on_of: one
-- in: system text
-- out: rules text, address text, on_at int, on_by text
select rules, address, on_at, on_by from expiry_on where system = :system

-- expiry_requests: many
-- Requests that are open: some of them need what is held.
-- out: id int, kind text
select id, kind from request where closed_at = 0 order by id

-- expiry_needed_mark: one
-- Of what makes rows of a system stay; another one when any of it was added to since.
-- request: the newest that is open.  The rest is of what staff keep there, and of what
-- searches found there for requests that are open, or of who is held, and of what these
-- say of themselves, as a second address: a deletion needs nothing else.
-- in: system text
-- out: holds int, hold_keys int, request int, keep int, keeps int, kept_at int, tasks int, found int, sealed int, people int
select (select count(*) from hold), (select count(*) from hold_key),
	(select coalesce(max(id), 0) from request where closed_at = 0),
	(select coalesce(max(id), 0) from keep where system = :system),
	(select count(*) from keep where system = :system),
	(select coalesce(max(kept_at), 0) from keep where system = :system),
	count(t.id), coalesce(cast(sum(t.rows_found) as bigint), 0),
	coalesce(cast(sum(length(t.sealed)) as bigint), 0),
	coalesce(cast(sum(length(r.sealed)) as bigint), 0)
from request r left join task t on t.request_id = r.id and t.target = 'system'
	and t.name = :system and t.state not in ('planned', 'searching')
where (r.closed_at = 0 and r.kind <> 'delete')
	or r.id in (select request_id from hold where ended_at = 0)
