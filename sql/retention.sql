-- retention_due: many
-- Closed requests whose record has been kept for as long as it must be; that of somebody
-- who is held, with whichever request or alone, is kept until the hold ends.
-- in: today text, first int
-- out: id int, reference text
select id, reference from request
where closed_at > 0 and keep_until <> '' and keep_until < :today
	and length(wrapped_key) > 0
	and not exists (select 1 from hold h
		where h.request_id = request.id and h.ended_at = 0)
	and not exists (select 1 from request_key mine
		join hold_key k on k.id_key = mine.id_key
		where mine.request_id = request.id and k.ended_at = 0)
order by id limit :first

-- retention_forget_request: exec
-- Without its key nothing that was sealed with it can be read again, wherever a
-- copy of it lies; what is here goes as well.  0 rows: somebody else has done it.
-- in: id int, nothing blob
update request set wrapped_key = :nothing, sealed = :nothing
where id = :id and length(wrapped_key) > 0

-- retention_forget_mail: exec
-- in: id int, nothing blob
update mail set sealed = :nothing where request_id = :id

-- retention_forget_tasks: exec
-- in: id int, nothing blob
update task set sealed = :nothing, untold = :nothing where request_id = :id

-- retention_forget_holds: exec
-- in: id int, nothing blob
update hold set sealed = :nothing where request_id = :id

-- retention_forget_found: exec
-- in: id int
delete from request_found where request_id = :id

-- retention_forget_identifiers: exec
-- in: id int
delete from request_identifier where request_id = :id
