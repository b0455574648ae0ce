-- hold_add: one
-- No row: there is one already.  request_id 0: it stands alone.
-- in: request_id int, placed_at int, until_on text, sealed blob
-- out: id int
insert into hold (request_id, placed_at, until_on, sealed)
values (:request_id, :placed_at, :until_on, :sealed)
on conflict do nothing returning id

-- hold_identifier_add: exec
-- in: hold_id int, kind text, id_key blob, sealed blob
insert into hold_identifier (hold_id, kind, id_key, sealed)
values (:hold_id, :kind, :id_key, :sealed)
on conflict do nothing

-- hold_identifiers: many
-- in: hold_id int
-- out: kind text, id_key blob, sealed blob
select kind, id_key, sealed from hold_identifier
where hold_id = :hold_id order by kind, id_key

-- hold_renew: exec
-- in: id int, until_on text, sealed blob
update hold set until_on = :until_on, sealed = :sealed,
	renewals = renewals + 1
where id = :id and ended_at = 0

-- hold_end: exec
-- 0 rows: somebody was faster.
-- in: id int, at int
update hold set ended_at = :at where id = :id and ended_at = 0

-- hold_of_request: one
-- in: request_id int
-- out: id int, placed_at int, until_on text, renewals int, sealed blob
select id, placed_at, until_on, renewals, sealed from hold
where request_id = :request_id and ended_at = 0

-- hold_by_id: one
-- One that is on.
-- in: id int
-- out: id int, request_id int, placed_at int, until_on text, renewals int, sealed blob
select id, request_id, placed_at, until_on, renewals, sealed from hold
where id = :id and ended_at = 0

-- hold_of_person: one
-- The holds on who made a request: with whichever of their requests they stand, or
-- alone on one of their identifiers.
-- in: request_id int
-- out: n int
select count(*) from hold where ended_at = 0 and (request_id = :request_id
	or id in (select k.hold_id from hold_key k
		join request_key mine on mine.id_key = k.id_key
		where mine.request_id = :request_id))

-- hold_of_key: one
-- The holds that are on, on whoever has this identifier: it was given, or the hold
-- of a case said of it that it is held, since a search had found it by then.
-- in: id_key blob
-- out: n int
select count(*) from hold where ended_at = 0
	and (id in (select hold_id from hold_key where id_key = :id_key)
		or request_id in (select s.request_id from suppression s
			where length(s.id_key) = 32 and s.id_key = :id_key
				and s.source = 'hold' and s.request_id > 0))

-- hold_ids_of_key: many
-- The same, by their numbers.
-- in: id_key blob
-- out: id int
select id from hold where ended_at = 0
	and (id in (select hold_id from hold_key where id_key = :id_key)
		or request_id in (select s.request_id from suppression s
			where length(s.id_key) = 32 and s.id_key = :id_key
				and s.source = 'hold' and s.request_id > 0))
order by id

-- hold_neighbours: many
-- Other holds that are on, on somebody whom this one knows too.
-- in: id int
-- out: id int, request_id int
select h.id, h.request_id from hold h where h.ended_at = 0 and h.id in (
	select other.hold_id from hold_key mine
	join hold_key other on other.id_key = mine.id_key
	where mine.hold_id = :id and other.hold_id <> :id)
order by h.id

-- hold_on: many
-- Those that are on; the newest first.
-- in: first int
-- out: id int, request_id int, reference text, placed_at int, until_on text, renewals int, sealed blob
select h.id, h.request_id, coalesce(r.reference, ''), h.placed_at, h.until_on,
	h.renewals, h.sealed
from hold h left join request r on r.id = h.request_id
where h.ended_at = 0 order by h.id desc limit :first

-- hold_count: one
-- All that were ever placed.  Numbers may appear out of their order, when two are placed
-- at once; how many there are tells of each.
-- out: n int
select count(*) from hold

-- hold_all: many
-- out: id int, request_id int
select id, request_id from hold where ended_at = 0 order by id

-- hold_due: many
-- Those whose last day has passed.
-- in: today text, first int
-- out: id int, request_id int
select id, request_id from hold where ended_at = 0 and until_on < :today
order by id limit :first

-- hold_waiting: many
-- What was approved and may wait for the end of a hold.  By which identifiers a
-- person is held may be known to their sealed case alone, so this is whatever is
-- not done, and each job asks whether it is held still.
-- out: id int, target text, state text
select t.id, t.target, t.state from task t join request r on r.id = t.request_id
where t.done_at = 0 and r.closed_at = 0 and r.approved_at > 0
	and (t.state in ('approved', 'correcting')
		or (t.target = 'vendor' and t.asked_at = 0))
order by t.id

-- hold_spent: many
-- Holds that stood alone and ended so long ago that who it was is forgotten.
-- in: before int, first int
-- out: id int
select h.id from hold h where h.request_id = 0 and h.ended_at > 0
	and h.ended_at < :before and exists (
		select 1 from hold_identifier i where i.hold_id = h.id)
order by h.id limit :first

-- hold_forget: exec
-- in: id int, nothing blob
update hold set sealed = :nothing where id = :id

-- hold_identifiers_forget: exec
-- in: hold_id int
delete from hold_identifier where hold_id = :hold_id
