-- screening_add: one
-- in: system text, title text, is_replay int, started_at int, holds int, released int
-- out: id int
insert into screening (system, title, is_replay, started_at, holds, released)
values (:system, :title, :is_replay, :started_at, :holds, :released)
returning id

-- screening_looked: exec
-- in: id int, at int, rows_read int, identifiers int, unreadable int
update screening set looked_at = :at, rows_read = :rows_read,
	identifiers = :identifiers, unreadable = :unreadable, problem = '',
	found = (select count(*) from returned r
		where r.system = screening.system and r.fate = ''
			and r.screening_id = screening.id)
where id = :id

-- screening_problem: exec
-- in: id int, problem text
update screening set problem = :problem where id = :id

-- screening_approved: exec
-- in: id int, at int, approved_by text
update screening set approved_at = :at, approved_by = :approved_by
where id = :id and approved_at = 0 and acted_at = 0

-- screening_acted: exec
-- in: id int, at int
update screening set acted_at = :at, problem = ''
where id = :id and acted_at = 0

-- screening_count: exec
-- in: id int, erased int, kept int
update screening set erased = erased + :erased, kept = kept + :kept
where id = :id

-- screening_by_id: one
-- in: id int
-- out: id int, system text, title text, is_replay int, started_at int, looked_at int, acted_at int, approved_at int, approved_by text, rows_read int, identifiers int, unreadable int, found int, erased int, kept int, problem text, holds int, released int
select id, system, title, is_replay, started_at, looked_at, acted_at, approved_at,
	approved_by, rows_read, identifiers, unreadable, found, erased, kept,
	problem, holds, released
from screening where id = :id

-- screening_newest: many
-- The newest look of each system.
-- out: id int, system text
select max(id), system from screening group by system order by system

-- screening_of: one
-- in: system text
-- out: id int
select max(id) from screening where system = :system having max(id) is not null

-- screening_list: many
-- Newest first.
-- in: first int
-- out: id int
select id from screening order by id desc limit :first

-- screening_doubt: exec
-- What was not carried out yet is not looked at any more: it may have found somebody who
-- is not to be erased by now.
-- in: problem text
update screening set looked_at = 0, problem = :problem
where looked_at > 0 and acted_at = 0

-- released_add: exec
-- In the transaction that stamps the release in the suppression log.
update released_head set n = n + 1 where one = 1

-- released_count: one
-- out: n int
select n from released_head where one = 1

-- screening_act_add: one
-- in: screening_id int, at int, people int, rows_planned int, rows_kept int
-- out: id int
insert into screening_act (screening_id, at, people, rows_planned, rows_kept)
values (:screening_id, :at, :people, :rows_planned, :rows_kept)
returning id

-- screening_act_done: exec
-- in: id int, at int, rows_gone int, is_proven int, evidence text
update screening_act set at = :at, rows_gone = :rows_gone,
	is_proven = :is_proven, evidence = :evidence
where id = :id

-- screening_act_list: many
-- in: screening_id int
-- out: id int, at int, people int, rows_planned int, rows_gone int, rows_kept int, is_proven int, evidence text
select id, at, people, rows_planned, rows_gone, rows_kept, is_proven, evidence
from screening_act where screening_id = :screening_id order by id

-- returned_put: exec
-- What was kept stays so: it is not found each time anew.  A row that carries an
-- identifier, too, is its person's.
-- in: system text, row_key blob, screening_id int, held_in text, sealed blob, is_owned int
insert into returned (system, row_key, screening_id, held_in, sealed, is_owned)
values (:system, :row_key, :screening_id, :held_in, :sealed, :is_owned)
on conflict (system, row_key) do update set
	screening_id = excluded.screening_id, sealed = excluded.sealed,
	is_owned = returned.is_owned * excluded.is_owned
where returned.fate = ''

-- returned_forget: exec
-- Before a look: what an earlier one left open; for a replay, all.
-- in: system text, is_replay int
delete from returned
where system = :system and (fate = '' or :is_replay = 1)

-- returned_open: many
-- After which was told last: what stays open is not told again.
-- in: system text, after_in text, after_owned int, after_key blob, first int
-- out: row_key blob, held_in text, sealed blob, is_owned int
select row_key, held_in, sealed, is_owned from returned
where system = :system and fate = ''
	and (held_in, is_owned, row_key) > (:after_in, :after_owned, :after_key)
order by held_in, is_owned, row_key limit :first

-- returned_waiting: one
-- Systems in which somebody came back and was not deleted again yet, or what was
-- corrected is old again.
-- out: n int
select count(*) from (
	select system from returned where fate = ''
	union
	select c.system
	from recorrection r join correction c on c.id = r.correction_id
	where r.fate in ('open', 'chosen', 'asked') and length(c.sealed) > 0) s

-- returned_count: many
-- in: system text
-- out: held_in text, open int, kept int
select held_in,
	coalesce(cast(sum(case when fate = '' then 1 else 0 end) as bigint), 0),
	coalesce(cast(sum(case when fate = 'kept' then 1 else 0 end) as bigint), 0)
from returned where system = :system group by held_in order by held_in

-- returned_erased: exec
-- in: system text, row_key blob
delete from returned where system = :system and row_key = :row_key

-- returned_held: exec
-- Of what is open: whose it is may not be deleted while a hold lasts.
-- in: system text, row_key blob
delete from returned
where system = :system and row_key = :row_key and fate = ''

-- returned_kept: exec
-- in: system text, row_key blob
update returned set fate = 'kept'
where system = :system and row_key = :row_key

-- restored_put: exec
-- in: system text, at int, restored_by text
insert into restored (system, restored_at, restored_by)
values (:system, :at, :restored_by)
on conflict (system) do update set restored_at = excluded.restored_at,
	restored_by = excluded.restored_by, replayed_at = 0, screening_id = 0

-- restored_replayed: exec
-- in: system text, at int, screening_id int, begun_at int
update restored set replayed_at = :at, screening_id = :screening_id
where system = :system and replayed_at = 0 and restored_at <= :begun_at

-- restored_list: many
-- out: system text, restored_at int, restored_by text, replayed_at int, screening_id int
select system, restored_at, restored_by, replayed_at, screening_id
from restored order by system

-- restored_last: one
-- out: restored_at int
select coalesce(max(restored_at), 0) from restored

-- restored_open: many
-- in: system text
-- out: system text
select system from restored
where replayed_at = 0 and (:system = '' or system = :system) order by system

-- suppression_any: one
-- Whether the log ever said this of anybody.
-- in: reasons int
-- out: n int
select count(*) from (
	select 1 from suppression where (reasons & :reasons) <> 0 limit 1) s
