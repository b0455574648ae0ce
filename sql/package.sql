-- package_by_request: one
-- Without what is sealed.
-- in: request_id int
-- out: state text, problem text, seen text, bytes int, rows_given int, is_whole int, is_specific int, made_at int, expires_on text
select state, problem, seen, bytes, rows_given, is_whole, is_specific, made_at,
	expires_on
from package where request_id = :request_id

-- package_marks: one
-- in: request_id int
-- out: marks blob
select marks from package where request_id = :request_id

-- package_zip: one
-- What says where its bytes are; of one that is older than its parts, the ZIP itself.
-- in: request_id int
-- out: sealed blob
select sealed from package where request_id = :request_id and state = 'made'

-- package_letter: one
-- in: request_id int
-- out: letter blob
select letter from package where request_id = :request_id and state = 'made'

-- package_mark: exec
-- What staff left out; nothing once it is approved.
-- in: request_id int, marks blob, nothing blob
insert into package (request_id, marks, sealed, letter)
values (:request_id, :marks, :nothing, :nothing)
on conflict (request_id) do update set marks = excluded.marks
where package.state in ('', 'stopped')

-- package_want: exec
-- Approved as it was seen.
-- in: request_id int, seen text, nothing blob
insert into package (request_id, state, seen, marks, sealed, letter)
values (:request_id, 'wanted', :seen, :nothing, :nothing, :nothing)
on conflict (request_id) do update
set state = 'wanted', problem = '', seen = excluded.seen
where package.state in ('', 'stopped')

-- package_made: exec
-- 0 rows: an earlier run has done it, or it is not wanted any more.
-- in: request_id int, sealed blob, letter blob, bytes int, rows_given int, is_whole int, is_specific int, at int
update package set state = 'made', problem = '', sealed = :sealed,
	letter = :letter, bytes = :bytes, rows_given = :rows_given,
	is_whole = :is_whole, is_specific = :is_specific, made_at = :at
where request_id = :request_id and state = 'wanted'

-- package_stopped: exec
-- in: request_id int, problem text
update package set state = 'stopped', problem = :problem
where request_id = :request_id and state = 'wanted'

-- package_expires: exec
-- in: request_id int, expires_on text
update package set expires_on = :expires_on
where request_id = :request_id and state = 'made'

-- package_forget: exec
-- in: request_id int, nothing blob
update package set sealed = :nothing, letter = :nothing, marks = :nothing
where request_id = :request_id

-- package_visit_add: exec
-- in: token_hash blob, request_id int, made_at int
insert into package_visit (token_hash, request_id, made_at)
values (:token_hash, :request_id, :made_at)

-- package_visit_by_hash: one
-- in: token_hash blob, since int
-- out: request_id int
select request_id from package_visit
where token_hash = :token_hash and made_at >= :since

-- package_visit_purge: exec
-- in: before int
delete from package_visit where made_at < :before

-- package_task_given: exec
-- Searched, and told: the system's part of the answer is done.
-- in: request_id int, at int
update task set state = case when rows_found > 0 then 'told' else 'nothing' end,
	done_at = :at
where request_id = :request_id and target = 'system' and done_at = 0

-- package_part_add: exec
-- in: request_id int, run text, number int, sealed blob
insert into package_part (request_id, run, number, sealed)
values (:request_id, :run, :number, :sealed)

-- package_part: one
-- in: request_id int, run text, number int
-- out: sealed blob
select sealed from package_part
where request_id = :request_id and run = :run and number = :number

-- package_parts_of_run: one
-- in: request_id int, run text
-- out: n int
select count(*) from package_part
where request_id = :request_id and run = :run

-- package_parts_drop: exec
-- All but those of the run that is kept; "" keeps none.
-- in: request_id int, run text
delete from package_part where request_id = :request_id and run <> :run
