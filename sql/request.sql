-- request_add: one
-- A request is stored with its clock: received_on and due_on never change.
-- in: reference text, kind text, channel text, state text, received_at int, received_on text, confirm_by text, due_on text, extendable_to text, rule text, is_test int, wrapped_key blob, sealed blob
-- out: id int
insert into request (reference, kind, channel, state, received_at, received_on,
	confirm_by, due_on, extendable_to, rule, is_test, wrapped_key, sealed)
values (:reference, :kind, :channel, :state, :received_at, :received_on,
	:confirm_by, :due_on, :extendable_to, :rule, :is_test, :wrapped_key, :sealed)
returning id

-- request_id: one
-- in: reference text
-- out: id int
select id from request where reference = :reference

-- request_by_id: one
-- in: id int
-- out: id int, reference text, kind text, channel text, state text, received_at int, received_on text, confirm_by text, due_on text, extendable_to text, rule text, receipt_confirmed_at int, email_confirmed_at int, approved_at int, answered_at int, closed_at int, outcome text, owner_id int, is_test int, keep_until text, wrapped_key blob, sealed blob
select id, reference, kind, channel, state, received_at, received_on, confirm_by,
	due_on, extendable_to, rule, receipt_confirmed_at, email_confirmed_at,
	approved_at, answered_at, closed_at, outcome, owner_id, is_test, keep_until,
	wrapped_key, sealed
from request where id = :id

-- request_lock: one
-- Takes the row for this transaction, so that two events of one case follow
-- each other.  SQLite has one writer at a time anyway.
-- in: id int
-- out: state text
-- sqlite:
select state from request where id = :id
-- postgres:
select state from request where id = :id for update

-- request_move: exec
-- The next state; nothing changes when somebody else was faster.
-- in: id int, was text, state text
update request set state = :state where id = :id and state = :was

-- request_seal: exec
-- in: id int, sealed blob
update request set sealed = :sealed where id = :id

-- request_receipt_confirmed: exec
-- in: id int, at int
update request set receipt_confirmed_at = :at
where id = :id and receipt_confirmed_at = 0

-- request_email_confirmed: exec
-- in: id int, at int
update request set email_confirmed_at = :at
where id = :id and email_confirmed_at = 0

-- request_approved: exec
-- in: id int, at int
update request set approved_at = :at where id = :id

-- request_answered: exec
-- in: id int, at int
update request set answered_at = :at where id = :id

-- request_outcome: exec
-- in: id int, outcome text
update request set outcome = :outcome where id = :id

-- request_closed: exec
-- in: id int, at int, keep_until text
update request set closed_at = :at, keep_until = :keep_until where id = :id

-- request_assign: exec
-- in: id int, owner_id int
update request set owner_id = :owner_id where id = :id

-- request_open_list: many
-- The queue: every open request, soonest legal date first, with what its tasks
-- add up to.
-- in: today text, first int
-- out: id int, reference text, kind text, channel text, state text, received_at int, received_on text, due_on text, rule text, receipt_confirmed_at int, email_confirmed_at int, answered_at int, is_test int, owner_name text, wrapped_key blob, sealed blob, tasks int, tasks_done int, tasks_late int, tasks_stuck int, late_title text, stuck_title text, rows_found int
select r.id, r.reference, r.kind, r.channel, r.state, r.received_at,
	r.received_on, r.due_on, r.rule, r.receipt_confirmed_at,
	r.email_confirmed_at, r.answered_at, r.is_test, coalesce(s.name, ''),
	r.wrapped_key, r.sealed,
	(select count(*) from task t where t.request_id = r.id),
	(select count(*) from task t where t.request_id = r.id and t.done_at > 0),
	(select count(*) from task t where t.request_id = r.id and t.done_at = 0
		and t.due_on <> '' and t.due_on < :today),
	(select count(*) from task t where t.request_id = r.id and t.done_at = 0
		and t.problem <> ''),
	coalesce((select min(t.title) from task t where t.request_id = r.id
		and t.done_at = 0 and t.due_on <> '' and t.due_on < :today), ''),
	coalesce((select min(t.title) from task t where t.request_id = r.id
		and t.done_at = 0 and t.problem <> ''), ''),
	coalesce((select cast(sum(t.rows_found) as bigint) from task t
		where t.request_id = r.id), 0)
from request r left join staff s on s.id = r.owner_id
where r.closed_at = 0
order by r.due_on, r.id
limit :first

-- request_open_days: many
-- The runway: how many open requests are due on each day.
-- in: today text
-- out: due_on text, n int, late int
select r.due_on, count(*),
	coalesce(cast(sum(case when exists (select 1 from task t
		where t.request_id = r.id and t.done_at = 0 and t.due_on <> ''
		and t.due_on < :today) then 1 else 0 end) as bigint), 0)
from request r
where r.closed_at = 0
group by r.due_on
order by r.due_on

-- request_closed_list: many
-- The newest closed requests.
-- in: first int
-- out: id int, reference text, kind text, channel text, state text, received_on text, due_on text, closed_at int, outcome text, is_test int, wrapped_key blob, sealed blob
select id, reference, kind, channel, state, received_on, due_on, closed_at,
	outcome, is_test, wrapped_key, sealed
from request
where closed_at > 0
order by closed_at desc, id desc
limit :first

-- request_closed_days: many
-- How long the answers since a day took.
-- in: since int
-- out: received_at int, closed_at int
select received_at, closed_at from request
where closed_at >= :since and kind not in ('opt-out', 'limit') and is_test = 0

-- request_identifier_add: exec
-- in: request_id int, kind text, id_key blob
insert into request_identifier (request_id, kind, id_key)
values (:request_id, :kind, :id_key)
on conflict do nothing

-- request_same_person: many
-- Earlier and later requests that gave one of the same identifiers.
-- in: request_id int
-- out: reference text, kind text, state text, received_on text
select distinct r.reference, r.kind, r.state, r.received_on
from request_identifier mine
join request_identifier other on other.id_key = mine.id_key
join request r on r.id = other.request_id
where mine.request_id = :request_id and other.request_id <> :request_id
order by r.received_on desc

-- code_put: exec
-- A new code replaces the old one and its tries.
-- in: request_id int, code_hash blob, made_at int
insert into code (request_id, code_hash, made_at, tries)
values (:request_id, :code_hash, :made_at, 0)
on conflict (request_id) do update
set code_hash = excluded.code_hash, made_at = excluded.made_at, tries = 0

-- code_try: one
-- Counts the try before the code is looked at.
-- in: request_id int
-- out: code_hash blob, made_at int, tries int
update code set tries = tries + 1 where request_id = :request_id
returning code_hash, made_at, tries

-- code_made_at: one
-- in: request_id int
-- out: made_at int
select made_at from code where request_id = :request_id

-- code_drop: exec
-- in: request_id int
delete from code where request_id = :request_id

-- receipt_add: exec
-- in: request_id int, at int, body text, signature text
insert into receipt (request_id, at, body, signature)
values (:request_id, :at, :body, :signature)
on conflict do nothing

-- receipt_of: one
-- in: request_id int
-- out: at int, body text, signature text
select at, body, signature from receipt where request_id = :request_id
