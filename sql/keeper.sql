-- keeper_by_task: one
-- in: task_id int
-- out: holder text, reminded_at int
select holder, reminded_at from keeper where task_id = :task_id

-- keeper_put: exec
-- Who has the task from now on; nobody has reminded them.
-- in: task_id int, holder text
insert into keeper (task_id, holder) values (:task_id, :holder)
on conflict (task_id) do update set holder = excluded.holder, reminded_at = 0

-- keeper_reminded: exec
-- 0 rows: another node was faster.
-- in: task_id int, at int
update keeper set reminded_at = :at where task_id = :task_id and reminded_at = 0

-- keeper_due: many
-- Tasks to be done by that day, of which nobody was reminded.
-- in: until text, first int
-- out: task_id int
select t.id from task t
join keeper k on k.task_id = t.id
join request r on r.id = t.request_id
where k.reminded_at = 0 and t.asked_at > 0 and t.done_at = 0
	and t.due_on <> '' and t.due_on <= :until and r.closed_at = 0
order by t.id limit :first

-- keeper_link_add: exec
-- in: token_hash blob, task_id int, created_at int
insert into keeper_link (token_hash, task_id, created_at)
values (:token_hash, :task_id, :created_at)

-- keeper_link_by_hash: one
-- Not one that is older than its time.
-- in: token_hash blob, since int
-- out: task_id int
select task_id from keeper_link
where token_hash = :token_hash and created_at >= :since

-- keeper_link_forget: exec
-- in: task_id int
delete from keeper_link where task_id = :task_id

-- keeper_file_add: exec
-- in: request_id int, task_id int, place text, bytes int, is_text int, added_at int, sealed_name blob, sealed blob
insert into keeper_file (request_id, task_id, place, bytes, is_text, added_at,
	sealed_name, sealed)
values (:request_id, :task_id, :place, :bytes, :is_text, :added_at,
	:sealed_name, :sealed)

-- keeper_file_list: many
-- Without what is in them.
-- in: task_id int
-- out: id int, place text, bytes int, is_text int, sealed_name blob
select id, place, bytes, is_text, sealed_name from keeper_file
where task_id = :task_id order by id

-- keeper_file_bytes: one
-- What all who were asked for a request have sent for it.
-- in: request_id int
-- out: bytes int
select cast(coalesce(sum(bytes), 0) as bigint) from keeper_file
where request_id = :request_id

-- keeper_file_get: one
-- in: id int, request_id int
-- out: task_id int, is_text int, sealed_name blob, sealed blob
select task_id, is_text, sealed_name, sealed from keeper_file
where id = :id and request_id = :request_id

-- keeper_file_drop: exec
-- in: id int, task_id int
delete from keeper_file where id = :id and task_id = :task_id

-- keeper_file_wipe: exec
-- in: request_id int
delete from keeper_file where request_id = :request_id
