-- drop_tally_change: exec
-- In every transaction that changes items (1), or matches or how many people items
-- matched (2), before it does.
-- in: id int
update drop_tally_mark set changed = changed + 1 where id = :id

-- drop_tally_mark: one
-- items_kept, matches_kept: nothing changed since they were counted.  counted_at: when
-- both were; 0 when one never was.
-- out: items int, items_kept int, matches int, matches_kept int, counted_at int, took_ms int
select i.changed, case when i.changed = i.counted then 1 else 0 end,
	m.changed, case when m.changed = m.counted then 1 else 0 end,
	case when i.counted_at < m.counted_at then i.counted_at
		else m.counted_at end,
	i.took_ms + m.took_ms
from drop_tally_mark i join drop_tally_mark m on m.id = 2
where i.id = 1

-- drop_tally_count: many
-- Items by what pages show of them: a scan of all.  Grouped by one integer that holds
-- all six, in half the time of SQLite: a field of 4 bits each, the session above them.
-- out: cycle_id int, list int, people int, status int, sent_status int, is_revoked int, n int
select kind >> 20, (kind >> 16) & 15, (kind >> 12) & 15, (kind >> 8) & 15,
	(kind >> 4) & 15, kind & 15, n
from (select (cycle_id << 20) + (list << 16)
		+ case when people > 1 then 8192 else people << 12 end
		+ (status << 8) + (sent_status << 4)
		+ case when revoked_at > 0 then 1 else 0 end as kind,
		count(*) as n
	from drop_item group by 1) k
order by kind

-- drop_tally_list: many
-- The same as it was counted; no row when items changed since.
-- out: cycle_id int, list int, people int, status int, sent_status int, is_revoked int, n int
select cycle_id, list, people, status, sent_status, is_revoked, n
from drop_tally
where exists (select 1 from drop_tally_mark
	where id = 1 and changed = counted)
order by 1, 2, 3, 4, 5, 6

-- drop_tally_last: many
-- The same as it was counted last, whatever changed since.
-- out: cycle_id int, list int, people int, status int, sent_status int, is_revoked int, n int
select cycle_id, list, people, status, sent_status, is_revoked, n
from drop_tally order by 1, 2, 3, 4, 5, 6

-- drop_tally_counted: exec
-- 0 rows: they changed while they were counted.  The row is held until the counts
-- are stored.
-- in: id int, changed int, at int, took_ms int
update drop_tally_mark set counted = changed, counted_at = :at,
	took_ms = :took_ms
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

-- drop_tally_passes: many
-- Looks whose matches are to be counted: those of the newest session, and former
-- ones until they were counted once after it was begun, with nothing left open.
-- out: id int, is_former int
select p.id, case when p.cycle_id < (select max(id) from drop_cycle)
		and (p.matched_at > 0 or p.stale_at > 0)
		and not exists (select 1 from drop_match m
			where m.pass_id = p.id and m.fate = '')
	then 1 else 0 end
from drop_pass p
where not exists (select 1 from drop_tally_former f where f.pass_id = p.id)
order by p.id

-- drop_tally_former_is: one
-- in: pass_id int
-- out: n int
select count(*) from drop_tally_former where pass_id = :pass_id

-- drop_tally_former_add: exec
-- in: pass_id int
insert into drop_tally_former (pass_id) values (:pass_id)

-- drop_tally_found: many
-- As drop_match_counts, as it was counted; no row when matches changed since, unless
-- the look is a former session's.
-- in: pass_id int
-- out: system text, held_in text, people int, alone int, several int, erased int, kept int, opted_out int, open int
select system, held_in, people, alone, several, erased, kept, opted_out,
	still_open
from drop_tally_found
where pass_id = :pass_id and (exists (select 1 from drop_tally_mark
		where id = 2 and changed = counted)
	or exists (select 1 from drop_tally_former f
		where f.pass_id = drop_tally_found.pass_id))
order by system, held_in

-- drop_tally_found_last: many
-- The same as it was counted last, whatever changed since.
-- in: pass_id int
-- out: system text, held_in text, people int, alone int, several int, erased int, kept int, opted_out int, open int
select system, held_in, people, alone, several, erased, kept, opted_out,
	still_open
from drop_tally_found where pass_id = :pass_id order by system, held_in

-- drop_tally_found_clear: exec
-- in: pass_id int
delete from drop_tally_found where pass_id = :pass_id

-- drop_tally_found_add: exec
-- in: pass_id int, system text, held_in text, people int, alone int, several int, erased int, kept int, opted_out int, open int
insert into drop_tally_found (pass_id, system, held_in, people, alone, several,
	erased, kept, opted_out, still_open)
values (:pass_id, :system, :held_in, :people, :alone, :several, :erased, :kept,
	:opted_out, :open)
