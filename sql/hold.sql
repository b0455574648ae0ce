-- hold_add: exec
-- 0 rows: there is one already.
-- in: request_id int, placed_at int, until_on text, sealed blob
insert into hold (request_id, placed_at, until_on, sealed)
values (:request_id, :placed_at, :until_on, :sealed)
on conflict do nothing

-- hold_renew: exec
-- in: request_id int, until_on text, sealed blob
update hold set until_on = :until_on, sealed = :sealed,
	renewals = renewals + 1
where request_id = :request_id and ended_at = 0

-- hold_end: exec
-- 0 rows: somebody was faster.
-- in: request_id int, at int
update hold set ended_at = :at where request_id = :request_id and ended_at = 0

-- hold_of_request: one
-- in: request_id int
-- out: placed_at int, until_on text, renewals int, sealed blob
select placed_at, until_on, renewals, sealed from hold
where request_id = :request_id and ended_at = 0

-- hold_of_person: one
-- The holds on who made a request, whichever of their requests they stand with.
-- in: request_id int
-- out: n int
select count(*) from hold where ended_at = 0 and (request_id = :request_id
	or request_id in (
		select other.request_id from request_identifier mine
		join request_identifier other on other.id_key = mine.id_key
		where mine.request_id = :request_id))

-- hold_due: many
-- Those whose last day has passed.
-- in: today text, first int
-- out: request_id int
select request_id from hold where ended_at = 0 and until_on < :today
order by id limit :first

-- hold_waiting: many
-- What was approved and waits for the end of the hold, in every open request of
-- the same person.
-- in: request_id int
-- out: id int, target text
select t.id, t.target from task t join request r on r.id = t.request_id
where t.done_at = 0 and r.closed_at = 0 and r.approved_at > 0
	and (t.state = 'approved' or (t.target = 'vendor' and t.asked_at = 0))
	and (r.id = :request_id or r.id in (
		select other.request_id from request_identifier mine
		join request_identifier other on other.id_key = mine.id_key
		where mine.request_id = :request_id))
order by t.id
