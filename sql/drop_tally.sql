-- drop_tally_change: exec
-- In every transaction that changes items (1) or matches (2), before it does.
-- in: id int
update drop_tally_mark set changed = changed + 1 where id = :id

-- drop_tally_mark: one
-- out: items int, matches int, is_kept int
select i.changed, m.changed,
	case when i.changed = i.counted and m.changed = m.counted
		then 1 else 0 end
from drop_tally_mark i join drop_tally_mark m on m.id = 2
where i.id = 1

-- drop_tally_count: many
-- Items by what pages show of them: a scan of all.
-- out: cycle_id int, list int, people int, status int, sent_status int, is_revoked int, n int
select cycle_id, list, case when people > 1 then 2 else people end, status,
	sent_status, case when revoked_at > 0 then 1 else 0 end, count(*)
from drop_item group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6

-- drop_tally_list: many
-- The same as it was counted; no row when items changed since.
-- out: cycle_id int, list int, people int, status int, sent_status int, is_revoked int, n int
select cycle_id, list, people, status, sent_status, is_revoked, n
from drop_tally
where exists (select 1 from drop_tally_mark
	where id = 1 and changed = counted)
order by 1, 2, 3, 4, 5, 6

-- drop_tally_counted: exec
-- 0 rows: they changed while they were counted.  The row is held until the counts
-- are stored.
-- in: id int, changed int
update drop_tally_mark set counted = changed
where id = :id and changed = :changed

-- drop_tally_clear: exec
delete from drop_tally

-- drop_tally_add: exec
-- in: cycle_id int, list int, people int, status int, sent_status int, is_revoked int, n int
insert into drop_tally (cycle_id, list, people, status, sent_status, is_revoked, n)
values (:cycle_id, :list, :people, :status, :sent_status, :is_revoked, :n)

-- drop_tally_late: many
-- Sessions whose items had to be answered before a day.
-- in: today text
-- out: id int, act_by text
select id, act_by from drop_cycle where act_by < :today order by id

-- drop_tally_found: many
-- As drop_match_counts, as it was counted; no row when items or matches changed
-- since, and of a former session.
-- in: pass_id int
-- out: system text, held_in text, people int, alone int, several int, erased int, kept int, opted_out int, open int
select system, held_in, people, alone, several, erased, kept, opted_out,
	still_open
from drop_tally_found
where pass_id = :pass_id and not exists (select 1 from drop_tally_mark
	where changed <> counted)
order by system, held_in

-- drop_tally_found_clear: exec
delete from drop_tally_found

-- drop_tally_found_add: exec
-- in: pass_id int, system text, held_in text, people int, alone int, several int, erased int, kept int, opted_out int, open int
insert into drop_tally_found (pass_id, system, held_in, people, alone, several,
	erased, kept, opted_out, still_open)
values (:pass_id, :system, :held_in, :people, :alone, :several, :erased, :kept,
	:opted_out, :open)
