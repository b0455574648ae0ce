-- said_asked: many
-- Identifiers of requests to stop, behind one of them, a page at a time.
-- in: after_request int, after_key blob, first int
-- out: request_id int, id_key blob
select i.request_id, i.id_key
from request_identifier i join request r on r.id = i.request_id
where r.kind in ('opt-out', 'limit', 'opt-out-admt')
	and (i.request_id > :after_request
		or (i.request_id = :after_request and i.id_key > :after_key))
order by i.request_id, i.id_key
limit :first

-- said_deleting: many
-- Identifiers of deletions that were approved and may be denied still.
-- out: id_key blob
select distinct k.id_key
from request r join request_key k on k.request_id = r.id
where r.kind = 'delete' and r.approved_at > 0 and r.closed_at = 0
order by k.id_key

-- said_add: exec
-- in: id_key blob, reason int, request_id int, at int
insert into said_again (id_key, reason, request_id, at)
values (:id_key, :reason, :request_id, :at)
on conflict do nothing

-- said_of: many
-- By which requests, and 0.
-- in: id_key blob, reason int
-- out: request_id int
select request_id from said_again
where id_key = :id_key and reason = :reason order by request_id

-- said_is_noted: one
-- By something else than a request.
-- in: id_key blob, reason int
-- out: n int
select count(*) from said_again
where id_key = :id_key and reason = :reason and request_id = 0

-- said_begin: one
-- out: request_id int
select coalesce(max(request_id), 0) from said_begin

-- said_purge: exec
-- Nothing can be refused any more whose identifiers are forgotten.
delete from said_again where not exists (
	select 1 from request_key k where k.id_key = said_again.id_key)

-- said_forget: exec
-- Nobody says it any more.
-- in: id_key blob, reason int
delete from said_again where id_key = :id_key and reason = :reason
