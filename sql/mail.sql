-- mail_add: one
-- in: request_id int, task_id int, template text, way text, created_at int, sealed blob
-- out: id int
insert into mail (request_id, task_id, template, state, way, created_at, sealed)
values (:request_id, :task_id, :template, 'waiting', :way, :created_at, :sealed)
returning id

-- mail_by_id: one
-- in: id int
-- out: id int, request_id int, task_id int, template text, state text, way text, lang text, created_at int, sealed blob, wrapped_key blob, reference text
select m.id, m.request_id, m.task_id, m.template, m.state, m.way, m.lang, m.created_at, m.sealed,
	r.wrapped_key, r.reference
from mail m join request r on r.id = m.request_id
where m.id = :id

-- mail_sent: exec
-- Sent once: a letter that is not waiting stays as it is.
-- in: id int, at int, message_id text
update mail set state = 'sent', sent_at = :at, message_id = :message_id
where id = :id and state = 'waiting'

-- mail_waiting_of_task: one
-- in: task_id int
-- out: id int
select id from mail where task_id = :task_id and state = 'waiting'
order by id desc limit 1

-- mail_failed: exec
-- in: id int
update mail set state = 'failed' where id = :id and state = 'waiting'

-- mail_list: many
-- The newest letters, for the outbox page.
-- in: first int
-- out: id int, request_id int, task_id int, template text, state text, lang text, created_at int, sent_at int, sealed blob, wrapped_key blob, reference text
select m.id, m.request_id, m.task_id, m.template, m.state, m.lang, m.created_at,
	m.sent_at, m.sealed, r.wrapped_key, r.reference
from mail m join request r on r.id = m.request_id
order by m.id desc limit :first

-- mail_of_request: many
-- in: request_id int
-- out: id int, task_id int, template text, state text, created_at int, sent_at int
select id, task_id, template, state, created_at, sent_at
from mail where request_id = :request_id order by id

-- mail_unclosed: many
-- Letters of a kind that answer, that left, and did not close their cases.
-- in: template text
-- out: request_id int, sent_at int
select m.request_id, m.sent_at
from request r join mail m on m.request_id = r.id
where r.state = 'answering' and r.closed_at = 0 and r.answered_at > 0
	and m.template = :template and m.state = 'sent'
order by m.id

-- mail_paper: many
-- Letters that wait to be printed and posted, with the days of their requests.
-- in: first int
-- out: id int, template text, created_at int, reference text, kind text, confirm_by text, due_on text
select m.id, m.template, m.created_at, r.reference, r.kind, r.confirm_by,
	r.due_on
from mail m join request r on r.id = m.request_id
where m.way = 'paper' and m.state = 'waiting'
order by m.id limit :first

-- mail_paper_count: one
-- How many wait, and how many are past their day: a confirmation of receipt has one
-- of its own.
-- in: today text
-- out: n int, late int
select count(*), coalesce(cast(sum(
	case when m.template = 'receipt' and r.confirm_by <> ''
		then case when r.confirm_by < :today then 1 else 0 end
	when r.due_on <> '' and r.due_on < :today then 1
	else 0 end) as bigint), 0)
from mail m join request r on r.id = m.request_id
where m.way = 'paper' and m.state = 'waiting'

-- mail_paper_of_request: one
-- in: request_id int
-- out: n int
select count(*) from mail
where request_id = :request_id and way = 'paper' and state = 'waiting'
