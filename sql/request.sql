-- request_add: one
-- A request is stored with its clock: received_on never changes, due_on once
-- (request_extended).
-- in: reference text, kind text, channel text, state text, received_at int, received_on text, confirm_by text, due_on text, extendable_to text, rule text, wrapped_key blob, sealed blob
-- out: id int
insert into request (reference, kind, channel, state, received_at, received_on,
	confirm_by, due_on, extendable_to, rule, wrapped_key, sealed)
values (:reference, :kind, :channel, :state, :received_at, :received_on,
	:confirm_by, :due_on, :extendable_to, :rule, :wrapped_key, :sealed)
returning id

-- request_id: one
-- in: reference text
-- out: id int
select id from request where reference = :reference

-- request_by_id: one
-- in: id int
-- out: id int, reference text, kind text, channel text, state text, received_at int, received_on text, confirm_by text, due_on text, extendable_to text, rule text, receipt_confirmed_at int, email_confirmed_at int, approved_at int, answered_at int, closed_at int, outcome text, owner_id int, keep_until text, extended_at int, wrapped_key blob, sealed blob
select id, reference, kind, channel, state, received_at, received_on, confirm_by,
	due_on, extendable_to, rule, receipt_confirmed_at, email_confirmed_at,
	approved_at, answered_at, closed_at, outcome, owner_id, keep_until,
	extended_at, wrapped_key, sealed
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

-- request_again: exec
-- in: id int, again_of int
update request set again_of = :again_of where id = :id

-- request_again_n: one
-- How often it was taken up again.
-- in: id int
-- out: n int
select count(*) from request where again_of = :id

-- request_hold_back: exec
-- Something of it was left out for a law-enforcement hold.
-- in: id int
update request set held_back = 1 where id = :id

-- request_held_back: one
-- in: id int
-- out: held_back int
select held_back from request where id = :id

-- request_not_again: many
-- Closed on a ground, or in part for a hold, not taken up again, and not forgotten.
-- in: kind text, ground text, first int
-- out: id int
select r.id from request r
where r.kind = :kind and (r.ground = :ground or r.held_back = 1)
	and r.closed_at > 0
	and length(r.wrapped_key) > 0
	and not exists (select 1 from request n where n.again_of = r.id)
order by r.id limit :first

-- request_move: exec
-- The next state; nothing changes when somebody else was faster.
-- in: id int, was text, state text
update request set state = :state where id = :id and state = :was

-- request_seal: exec
-- in: id int, sealed blob, doubts int
update request set sealed = :sealed, doubts = :doubts where id = :id

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

-- request_unverified: exec
-- in: id int, unverified int
update request set unverified = :unverified where id = :id

-- request_call_back: exec
-- No code was sent: staff call to confirm who asks.
-- in: id int, call_back int
update request set call_back = :call_back where id = :id

-- request_extended: exec
-- The one extension: 0 rows when there was one already.
-- in: id int, at int
update request set extended_at = :at, due_on = extendable_to
where id = :id and extended_at = 0 and extendable_to <> ''

-- request_answered: exec
-- in: id int, at int
update request set answered_at = :at where id = :id

-- request_outcome: exec
-- in: id int, outcome text
update request set outcome = :outcome where id = :id

-- request_ground: exec
-- in: id int, ground text
update request set ground = :ground where id = :id

-- request_closed: exec
-- in: id int, at int, keep_until text
update request set closed_at = :at, keep_until = :keep_until where id = :id

-- request_assign: exec
-- in: id int, owner_id int
update request set owner_id = :owner_id where id = :id

-- request_open_list: many
-- The queue: every open request that has to be answered by a day, soonest first,
-- with what its tasks add up to.  An opt-in that waits for its second act has none.
-- in: today text, first int
-- out: id int, reference text, kind text, channel text, state text, received_on text, due_on text, extendable_to text, receipt_confirmed_at int, email_confirmed_at int, answered_at int, owner_id int, owner_name text, tasks int, tasks_done int, systems_open int, systems_stuck int, systems_refusing int, keepers_open int, keepers_late int, vendors_open int, vendors_untold int, vendors_refused int, vendors_late int, stuck_title text, refused_title text, late_title text, vendor_title text, keeper_title text, late_keeper_title text, is_held int, proposed_by int, unverified int, proof text, letters int, parents_open int, call_back int, fee text, doubts int, declaration int, ground text, denials_failed int, vendors_unsaid int, unsaid_title text, systems_unsaid int, system_unsaid_title text, outcome text
with opened as (
	select * from request where closed_at = 0 and due_on <> ''
	order by due_on, id limit :first),
added as (
	select t.request_id,
		count(*) as n,
		sum(case when t.done_at > 0 then 1 else 0 end) as done,
		sum(case when t.done_at = 0 and t.target = 'system'
			then 1 else 0 end) as systems_open,
		sum(case when t.done_at = 0 and t.target = 'system'
			and t.problem <> '' then 1 else 0 end) as systems_stuck,
		sum(case when t.done_at = 0 and t.target = 'system'
			and t.problem <> '' and t.refused > 0
			then 1 else 0 end) as systems_refusing,
		sum(case when t.done_at = 0 and t.target = 'system'
			and t.asked_at > 0 then 1 else 0 end) as keepers_open,
		sum(case when t.done_at = 0 and t.target = 'system'
			and t.asked_at > 0 and t.due_on <> ''
			and t.due_on < :today
			then 1 else 0 end) as keepers_late,
		sum(case when t.done_at = 0 and t.target = 'vendor'
			then 1 else 0 end) as vendors_open,
		sum(case when t.done_at = 0 and t.target = 'vendor'
			and t.asked_at = 0 then 1 else 0 end) as vendors_untold,
		sum(case when t.done_at = 0 and t.target = 'vendor'
			and t.asked_at = 0 and t.problem <> ''
			then 1 else 0 end) as vendors_refused,
		sum(case when t.done_at = 0 and t.target = 'vendor'
			and t.asked_at > 0 and t.due_on <> ''
			and t.due_on < :today
			then 1 else 0 end) as vendors_late,
		sum(case when t.target = 'vendor' and t.state = 'dropped'
			and t.asked_at = 0 and length(t.untold) = 0
			then 1 else 0 end) as vendors_unsaid,
		min(case when t.target = 'vendor' and t.state = 'dropped'
			and t.asked_at = 0 and length(t.untold) = 0
			then t.title end) as unsaid_title,
		sum(case when t.target = 'system' and t.state = 'dropped'
			and length(t.untold) = 0
			then 1 else 0 end) as systems_unsaid,
		min(case when t.target = 'system' and t.state = 'dropped'
			and length(t.untold) = 0
			then t.title end) as system_unsaid_title,
		min(case when t.done_at = 0 and t.target = 'system'
			and t.problem <> '' then t.title end) as stuck_title,
		min(case when t.done_at = 0 and t.target = 'vendor'
			and t.asked_at = 0 and t.problem <> ''
			then t.title end) as refused_title,
		min(case when t.done_at = 0 and t.target = 'vendor'
			and t.asked_at > 0 and t.due_on <> ''
			and t.due_on < :today
			then t.title end) as late_title,
		min(case when t.done_at = 0 and t.target = 'vendor'
			then t.title end) as vendor_title,
		min(case when t.done_at = 0 and t.target = 'system'
			and t.asked_at > 0 then t.title end) as keeper_title,
		min(case when t.done_at = 0 and t.target = 'system'
			and t.asked_at > 0 and t.due_on <> ''
			and t.due_on < :today
			then t.title end) as late_keeper_title
	from task t where t.request_id in (select id from opened)
	group by t.request_id),
held as (
	select distinct other.request_id
	from hold_key k join request_key other on other.id_key = k.id_key
	where k.ended_at = 0
	union select request_id from hold where ended_at = 0),
paper as (
	select request_id, count(*) as n from mail
	where way = 'paper' and state = 'waiting' group by request_id)
select r.id, r.reference, r.kind, r.channel, r.state, r.received_on, r.due_on,
	r.extendable_to, r.receipt_confirmed_at, r.email_confirmed_at,
	r.answered_at, r.owner_id, coalesce(s.name, ''),
	coalesce(a.n, 0), coalesce(cast(a.done as bigint), 0),
	coalesce(cast(a.systems_open as bigint), 0),
	coalesce(cast(a.systems_stuck as bigint), 0),
	coalesce(cast(a.systems_refusing as bigint), 0),
	coalesce(cast(a.keepers_open as bigint), 0),
	coalesce(cast(a.keepers_late as bigint), 0),
	coalesce(cast(a.vendors_open as bigint), 0),
	coalesce(cast(a.vendors_untold as bigint), 0),
	coalesce(cast(a.vendors_refused as bigint), 0),
	coalesce(cast(a.vendors_late as bigint), 0),
	coalesce(a.stuck_title, ''), coalesce(a.refused_title, ''), coalesce(a.late_title, ''),
	coalesce(a.vendor_title, ''),
	coalesce(a.keeper_title, ''), coalesce(a.late_keeper_title, ''),
	case when h.request_id is null then 0 else 1 end,
	coalesce(p.staff_id, 0), r.unverified, coalesce(m.proof, ''),
	coalesce(l.n, 0),
	case when c.checked_at = 0 then 1 else 0 end, r.call_back, coalesce(f.state, ''),
	r.doubts, coalesce(y.waits, 0), r.ground,
	case when r.ground = '' then 0 else (select count(*) from mail u
		where u.request_id = r.id and u.template = 'denied'
			and u.state = 'failed') end,
	coalesce(cast(a.vendors_unsaid as bigint), 0),
	coalesce(a.unsaid_title, ''),
	coalesce(cast(a.systems_unsaid as bigint), 0),
	coalesce(a.system_unsaid_title, ''), r.outcome
from opened r
left join added a on a.request_id = r.id
left join held h on h.request_id = r.id
left join proposal p on p.request_id = r.id
left join permission m on m.request_id = r.id
left join paper l on l.request_id = r.id
left join fee f on f.request_id = r.id
left join declaration y on y.request_id = r.id
left join parent c on c.request_id = r.id
left join staff s on s.id = r.owner_id
order by r.due_on, r.id

-- request_sealed: one
-- in: id int
-- out: wrapped_key blob, sealed blob
select wrapped_key, sealed from request where id = :id

-- request_by_identifier: many
-- Requests that gave this identifier.
-- in: id_key blob
-- out: id int
select distinct request_id from request_identifier where id_key = :id_key
order by request_id

-- request_closed_list: many
-- The newest closed requests.
-- in: first int
-- out: id int, reference text, kind text, channel text, state text, received_on text, due_on text, closed_at int, outcome text
select id, reference, kind, channel, state, received_on, due_on, closed_at,
	outcome
from request
where closed_at > 0
order by closed_at desc, id desc
limit :first

-- request_closed_count: one
-- out: n int
select count(*) from request where closed_at > 0

-- request_closed_days: many
-- How long the answers since a day took.
-- in: since int
-- out: received_at int, closed_at int
select received_at, closed_at from request
where closed_at >= :since and kind not in ('opt-out', 'limit')

-- request_found_add: exec
-- in: request_id int, id_key blob
insert into request_found (request_id, id_key) values (:request_id, :id_key)
on conflict do nothing

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

-- request_open_same: many
-- Open requests of a kind that gave the same email address earlier.
-- in: request_id int, kind text
-- out: id int
select distinct r.id
from request_identifier mine
join request_identifier other on other.id_key = mine.id_key
join request r on r.id = other.request_id
where mine.request_id = :request_id and mine.kind = 'email'
	and r.id < :request_id and r.kind = :kind and r.closed_at = 0
order by r.id

-- request_later_n: one
-- How many later requests of a kind gave one of the same identifiers.
-- in: id int, kind text
-- out: n int
select count(*) from request r
where r.id > :id and r.kind = :kind and r.id in (
	select other.request_id
	from request_identifier mine
	join request_identifier other on other.id_key = mine.id_key
	where mine.request_id = :id)

-- request_know_answers: many
-- When requests to know of the same email address were answered, in order.  What was
-- denied, taken back or joined was not.
-- in: request_id int
-- out: answered_at int
select r.answered_at
from request r
where r.id <> :request_id
	and r.kind in ('know-categories', 'know-specific')
	and r.closed_at > 0 and r.answered_at > 0
	and r.outcome in ('complied', 'part', 'nothing')
	and r.id in (
		select other.request_id
		from request_identifier mine
		join request_identifier other on other.id_key = mine.id_key
		where mine.request_id = :request_id and mine.kind = 'email')
order by r.answered_at, r.id

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

-- receipt_drop: exec
-- Of a closed request that was refused after all: another one takes its place.
-- in: request_id int
delete from receipt where request_id = :request_id

-- receipt_of: one
-- in: request_id int
-- out: at int, body text, signature text
select at, body, signature from receipt where request_id = :request_id
