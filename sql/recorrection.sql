-- recorrection_ledger: many
-- What a system was corrected to hold, oldest first, a page at a time.
-- in: system text, after_id int, first int
-- out: id int, table_name text, column_name text, by_hand int, sealed blob
select id, table_name, column_name, by_hand, sealed from correction
where system = :system and done_at > 0 and length(sealed) > 0
	and id > :after_id
order by id limit :first

-- recorrection_any: one
-- in: system text
-- out: n int
select count(*) from (
	select 1 from correction
	where system = :system and done_at > 0 and length(sealed) > 0
	limit 1) s

-- recorrection_whose: many
-- in: correction_id int
-- out: id_key blob
select id_key from correction_identifier where correction_id = :correction_id

-- recorrection_known: many
-- in: system text
-- out: correction_id int, fate text, why text, seen blob
select r.correction_id, r.fate, r.why, r.seen
from recorrection r join correction c on c.id = r.correction_id
where c.system = :system order by r.correction_id

-- recorrection_forget: exec
-- Before what a look saw is kept: all but what staff said.
-- in: system text
delete from recorrection where fate <> 'left' and correction_id in (
	select id from correction where system = :system)

-- recorrection_put: exec
-- in: correction_id int, fate text, why text, seen blob
insert into recorrection (correction_id, fate, why, seen)
values (:correction_id, :fate, :why, :seen)
on conflict (correction_id) do update set fate = excluded.fate,
	why = excluded.why, seen = excluded.seen

-- recorrection_over: exec
-- What stands there is right by now, or somebody else's, or gone.
-- in: correction_id int
delete from recorrection where correction_id = :correction_id
	and fate not in ('left', 'done')

-- recorrection_choose: exec
-- in: correction_id int, fate text
update recorrection set fate = :fate
where correction_id = :correction_id and fate = 'asked'

-- recorrection_of: one
-- in: correction_id int
-- out: system text, fate text
select c.system, r.fate
from recorrection r join correction c on c.id = r.correction_id
where r.correction_id = :correction_id

-- recorrection_count: many
-- By table and column; what staff left is nobody's matter any more.
-- in: system text
-- out: table_name text, column_name text, open int, asked int, held int, done int
select c.table_name, c.column_name,
	coalesce(cast(sum(case when r.fate in ('open', 'chosen')
		then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when r.fate = 'asked' then 1 else 0 end)
		as bigint), 0),
	coalesce(cast(sum(case when r.fate = 'held' then 1 else 0 end)
		as bigint), 0),
	coalesce(cast(sum(case when r.fate = 'done' then 1 else 0 end)
		as bigint), 0)
from recorrection r join correction c on c.id = r.correction_id
where c.system = :system and length(c.sealed) > 0 and r.fate <> 'left'
group by c.table_name, c.column_name
order by c.table_name, c.column_name

-- recorrection_asked: many
-- Whose person was deleted meanwhile is asked about no more.
-- in: system text
-- out: correction_id int, reference text, table_name text, column_name text, why text
select r.correction_id, q.reference, c.table_name, c.column_name, r.why
from recorrection r join correction c on c.id = r.correction_id
	join request q on q.id = c.request_id
where c.system = :system and r.fate = 'asked' and length(c.sealed) > 0
order by r.correction_id
