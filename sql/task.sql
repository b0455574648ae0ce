-- task_add: exec
-- Does nothing when the request has this task already.
-- in: request_id int, target text, name text, title text, state text, due_on text, created_at int, sealed blob
insert into task (request_id, target, name, title, state, due_on, created_at, sealed)
values (:request_id, :target, :name, :title, :state, :due_on, :created_at, :sealed)
on conflict do nothing

-- task_by_id: one
-- in: id int
-- out: id int, request_id int, target text, name text, title text, state text, attempts int, due_on text, asked_at int, done_at int, rows_found int, rows_erased int, problem text, evidence text, sealed blob
select id, request_id, target, name, title, state, attempts, due_on, asked_at,
	done_at, rows_found, rows_erased, problem, evidence, sealed
from task where id = :id

-- task_list: many
-- in: request_id int
-- out: id int, request_id int, target text, name text, title text, state text, attempts int, due_on text, asked_at int, done_at int, rows_found int, rows_erased int, problem text, refused int, evidence text, sealed blob, untold blob
select id, request_id, target, name, title, state, attempts, due_on, asked_at,
	done_at, rows_found, rows_erased, problem, refused, evidence, sealed,
	untold
from task where request_id = :request_id order by target, id

-- task_searched: exec
-- What an earlier run erased was found as well.
-- in: id int, state text, rows_found int, sealed blob
update task set state = :state, rows_found = rows_erased + :rows_found,
	sealed = :sealed, problem = '', asked_at = 0, due_on = '', late_at = 0
where id = :id and state = 'searching' and done_at = 0

-- task_state: exec
-- in: id int, was text, state text
update task set state = :state where id = :id and state = :was and done_at = 0

-- task_asked: exec
-- in: id int, at int, due_on text
update task set state = 'asked', asked_at = :at, due_on = :due_on, problem = ''
where id = :id and done_at = 0

-- task_ask: exec
-- A person is asked; the task waits in the state it has.
-- in: id int, at int, due_on text
update task set asked_at = :at, due_on = :due_on, problem = ''
where id = :id and done_at = 0

-- task_untold: exec
-- The notice was refused for good: the vendor was not told after all.
-- in: id int, problem text
update task set state = 'planned', asked_at = 0, due_on = '',
	problem = :problem, attempts = attempts + 1
where id = :id and state = 'asked' and done_at = 0

-- task_unasked: exec
-- The letter was refused for good, and whoever has the task got no other one about
-- this step: they were not asked after all.  The date stays.
-- in: id int, problem text
update task set asked_at = 0, problem = :problem, attempts = attempts + 1
where id = :id and asked_at > 0 and done_at = 0 and not exists (
	select 1 from mail m
	where m.request_id = task.request_id and m.task_id = task.id
		and m.template = 'keeper_task' and m.state <> 'failed'
		and m.created_at >= task.asked_at
		and m.created_at >= (select min(l.created_at) from keeper_link l
			where l.task_id = task.id))

-- task_waits: exec
-- No server takes the notice for now: the vendor is not told yet.
-- in: id int, problem text
update task set asked_at = 0, problem = :problem, attempts = attempts + 1
where id = :id and state = 'asked' and done_at = 0

-- task_reached: exec
-- The notice that waited has left.
-- in: id int, at int
update task set asked_at = :at, problem = ''
where id = :id and state = 'asked' and asked_at = 0 and done_at = 0

-- task_problem: exec
-- What kept the task from being done; counted, shown on the case, tried again.
-- in: id int, problem text, refused int
update task set problem = :problem, refused = :refused, attempts = attempts + 1
where id = :id and done_at = 0

-- task_done: exec
-- Done once: the second report of the same thing changes nothing.
-- in: id int, state text, at int, rows_erased int, evidence text, sealed blob
update task set state = :state, done_at = :at, rows_erased = :rows_erased,
	evidence = :evidence, sealed = :sealed, problem = ''
where id = :id and done_at = 0

-- task_erased: exec
-- The same for a system: its rows add up over the runs.
-- in: id int, state text, at int, rows_erased int, evidence text, sealed blob
update task set state = :state, done_at = :at,
	rows_erased = rows_erased + :rows_erased, evidence = :evidence,
	sealed = :sealed, problem = ''
where id = :id and state = 'approved' and done_at = 0

-- task_gone: exec
-- What a plan that is replaced by another did: its rows, and their proof.
-- in: id int, rows_erased int, evidence text
update task set rows_erased = rows_erased + :rows_erased, evidence = :evidence
where id = :id

-- task_nothing: exec
-- Searched, and nothing is there: not at all, or not after what was erased.
-- in: id int, at int, evidence text, sealed blob
update task set state = case when rows_erased > 0 then 'done' else 'nothing' end,
	done_at = :at, rows_found = rows_erased, sealed = :sealed, problem = '',
	evidence = case when evidence <> '' then evidence else :evidence end
where id = :id and done_at = 0

-- task_drop: exec
-- Staff say that it can't be done: neither done nor nothing found.
-- in: id int, request_id int, at int
update task set state = 'dropped', done_at = :at, problem = ''
where id = :id and request_id = :request_id and done_at = 0

-- task_why_untold: exec
-- Of a system that was dropped, or a company before a notice went out.
-- in: id int, request_id int, untold blob
update task set untold = :untold
where id = :id and request_id = :request_id and state = 'dropped'
	and (target = 'system' or asked_at = 0)

-- task_end: exec
-- Nothing is done here any more: the request ended before.
-- in: request_id int, at int
update task set state = 'ended', done_at = :at, problem = ''
where request_id = :request_id and done_at = 0

-- task_deny: exec
-- The request was denied: what is not done stays undone.  A vendor that was told can
-- still answer.
-- in: request_id int, at int
update task set state = 'ended', done_at = :at, problem = ''
where request_id = :request_id and done_at = 0
	and (target = 'system' or asked_at = 0)

-- task_reopen: exec
-- The denial was taken back: what it left undone is looked for again, or waits to be told.
-- in: request_id int
update task set state = case target when 'system' then 'searching'
		else 'planned' end,
	done_at = 0, due_on = '', late_at = 0,
	asked_at = case target when 'system' then 0 else asked_at end
where request_id = :request_id and state = 'ended'

-- task_tell_anew: exec
-- Denied, and what stays serves one purpose: each company that has not answered is to
-- be told that, also one that was told to delete it.
-- in: request_id int
update task set state = 'planned', done_at = 0, due_on = '', late_at = 0
where request_id = :request_id and target = 'vendor'
	and (done_at = 0 or state = 'ended')

-- task_undeleted: many
-- The open deletions that a system has not done: approved, or searched again since,
-- because another system knew a further address.
-- in: name text
-- out: request_id int
select t.request_id from task t join request r on r.id = t.request_id
where t.target = 'system' and t.name = :name and t.done_at = 0
	and r.kind = 'delete' and r.state <> 'closed'

-- task_search_again: exec
-- Erased under fewer addresses than are known by now; or what was found is out of date.
-- in: id int
update task set state = 'searching', done_at = 0, asked_at = 0, due_on = '',
	late_at = 0, problem = '', refused = 0
where id = :id

-- task_finding: exec
-- The same rows, with what was decided of them.
-- in: id int, sealed blob
update task set sealed = :sealed
where id = :id and state = 'found' and done_at = 0

-- task_wipe_findings: exec
-- Copies of rows that were found; what a vendor wrote, or a person who acted,
-- stays with the record.
-- in: request_id int, nothing blob
update task set sealed = :nothing
where request_id = :request_id and target = 'system'
	and (asked_at = 0 or state not in ('done', 'kept', 'corrected'))

-- task_reopen_search: exec
-- Another system knew a further email address: look here again, though it was
-- erased.  What is approved and not erased yet learns of it when it is.
-- in: request_id int, but_id int
update task set state = 'searching', done_at = 0, asked_at = 0, due_on = '',
	late_at = 0
where request_id = :request_id and target = 'system' and id <> :but_id
	and state in ('found', 'done', 'kept', 'nothing')

-- task_vendor_list: many
-- What each vendor was asked and has done.
-- in: today text
-- out: name text, title text, asked int, done int, open int, late int
select name, min(title),
	coalesce(cast(sum(case when asked_at > 0 then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when asked_at > 0 and done_at > 0
		then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when asked_at > 0 and done_at = 0
		then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when done_at = 0 and due_on <> '' and due_on < :today
		then 1 else 0 end) as bigint), 0)
from task where target = 'vendor'
group by name order by name

-- vendor_link_add: exec
-- in: token_hash blob, task_id int, created_at int
insert into vendor_link (token_hash, task_id, created_at)
values (:token_hash, :task_id, :created_at)

-- vendor_link_by_hash: one
-- Not one that is older than its time.
-- in: token_hash blob, since int
-- out: task_id int, created_at int, used_at int
select task_id, created_at, used_at from vendor_link
where token_hash = :token_hash and created_at >= :since

-- vendor_link_used: exec
-- in: token_hash blob, at int
update vendor_link set used_at = :at where token_hash = :token_hash and used_at = 0

-- telling_answered: many
-- Stops that are still told of though every company has answered, with each company.
-- out: id int, vendor text
select r.id, t.name as vendor
from request r join task t on t.request_id = r.id
where r.state = 'telling' and r.closed_at = 0
	and not exists (select 1 from task o
		where o.request_id = r.id and o.done_at = 0)
order by r.id, t.id
