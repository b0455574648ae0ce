-- outage_note: one
-- One goes on at a time: another look that finds something makes it longer.
-- in: at int, checks text, problem text
-- out: id int, from_at int, last_at int, looks int, told_at int
insert into public_outage (from_at, last_at, looks, checks, problem)
values (:at, :at, 1, :checks, :problem)
on conflict (to_at) where to_at = 0 do update set last_at = excluded.last_at,
	looks = public_outage.looks + 1, checks = excluded.checks,
	problem = excluded.problem
returning id, from_at, last_at, looks, told_at

-- outage_open: one
-- One that was seen twice: what a single look finds may be a restart.
-- out: id int, from_at int, last_at int, looks int, told_at int, checks text, problem text
select id, from_at, last_at, looks, told_at, checks, problem
from public_outage where to_at = 0 and looks > 1

-- outage_over: exec
-- in: at int
update public_outage set to_at = :at where to_at = 0

-- outage_told: exec
-- in: id int, at int
update public_outage set told_at = :at where id = :id
