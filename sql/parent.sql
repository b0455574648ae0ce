-- parent_add: exec
-- in: request_id int, wanted text, sealed blob
insert into parent (request_id, wanted, sealed)
values (:request_id, :wanted, :sealed)

-- parent_of: one
-- in: request_id int
-- out: wanted text, method text, checked_at int, staff_id int, sealed blob
select wanted, method, checked_at, staff_id, sealed from parent
where request_id = :request_id

-- parent_checked: exec
-- 0 rows: somebody was faster.
-- in: request_id int, method text, at int, staff_id int, sealed blob
update parent set method = :method, checked_at = :at, staff_id = :staff_id,
	sealed = :sealed
where request_id = :request_id and checked_at = 0

-- parent_wipe: exec
-- in: request_id int, nothing blob
update parent set sealed = :nothing
where request_id = :request_id and length(sealed) > 0

-- parent_waiting: many
-- Open requests for children whose parent nobody has checked yet, oldest first.
-- in: first int
-- out: reference text, kind text, received_on text, wanted text
select r.reference, r.kind, r.received_on, p.wanted
from parent p join request r on r.id = p.request_id
where p.checked_at = 0 and r.closed_at = 0
order by r.received_at, r.id limit :first

-- parent_waiting_count: one
-- out: n int
select count(*) from parent p join request r on r.id = p.request_id
where p.checked_at = 0 and r.closed_at = 0
