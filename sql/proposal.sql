-- proposal_put: exec
-- The latest takes the place of one before it.
-- in: request_id int, act text, sameness text, staff_id int, at int, sealed blob
insert into proposal (request_id, act, sameness, staff_id, at, sealed)
values (:request_id, :act, :sameness, :staff_id, :at, :sealed)
on conflict (request_id) do update
set act = excluded.act, sameness = excluded.sameness,
	staff_id = excluded.staff_id, at = excluded.at,
	sealed = excluded.sealed

-- proposal_of: one
-- in: request_id int
-- out: act text, sameness text, staff_id int, at int, sealed blob, name text
select p.act, p.sameness, p.staff_id, p.at, p.sealed, coalesce(s.name, '')
from proposal p left join staff s on s.id = p.staff_id
where p.request_id = :request_id

-- proposal_drop: exec
-- in: request_id int
delete from proposal where request_id = :request_id
