-- keep_add: one
-- in: request_id int, system text, held_in text, title text, ground text, purpose text, sealed blob, until_on text, kept_at int, kept_by text, row_count int
-- out: id int
insert into keep (request_id, system, held_in, title, ground, purpose, sealed, until_on,
	kept_at, kept_by, row_count)
values (:request_id, :system, :held_in, :title, :ground, :purpose, :sealed, :until_on,
	:kept_at, :kept_by, :row_count)
returning id

-- keep_head_add: exec
-- In the transaction in which rows are kept.
update keep_head set n = n + 1 where one = 1

-- keep_head: one
-- How often rows were ever kept.
-- out: n int
select n from keep_head where one = 1

-- keep_row_add: exec
-- in: keep_id int, row_key blob, sealed blob, owner_key blob
insert into keep_row (keep_id, row_key, sealed, owner_key)
values (:keep_id, :row_key, :sealed, :owner_key)

-- keep_approve: exec
-- With the deletion of which it is the exception.
-- in: request_id int, at int
update keep set approved_at = :at
where request_id = :request_id and approved_at = 0 and ended_at = 0

-- keep_end: exec
-- 0 rows: somebody was faster.
-- in: id int, request_id int, at int
update keep set ended_at = :at
where id = :id and request_id = :request_id and ended_at = 0

-- keep_mark: one
-- Changes with every decision about the rows of a request, and with the day on which
-- one ends.
-- in: request_id int, today text
-- out: n int, ended int
select count(*), coalesce(sum(case when ended_at > 0
		or (until_on <> '' and until_on < :today) then 1 else 0 end), 0)
from keep where request_id = :request_id

-- keep_of_request: many
-- in: request_id int
-- out: id int, system text, title text, ground text, purpose text, sealed blob, until_on text, kept_at int, kept_by text, approved_at int, ended_at int, row_count int, gone int, changed int
select id, system, title, ground, purpose, sealed, until_on, kept_at, kept_by,
	approved_at, ended_at, row_count, gone, changed
from keep where request_id = :request_id order by id

-- keep_by_id: one
-- left: rows that are kept, or were and stand for all that is known.
-- in: id int
-- out: id int, request_id int, purpose text, changed int, left int
select id, request_id, purpose, changed,
	(select count(*) from keep_row r where r.keep_id = keep.id)
from keep where id = :id

-- keep_in_force: many
-- Those of the system that hold on this day: of deletions that are not approved yet,
-- too, since what is erased by somebody else meanwhile can't be kept any more.
-- in: system text, today text
-- out: id int, held_in text, title text, ground text, purpose text
select id, held_in, title, ground, purpose from keep
where system = :system and ended_at = 0
	and (until_on = '' or until_on >= :today)
order by id

-- keep_rows: many
-- in: keep_id int
-- out: row_key blob
select row_key from keep_row where keep_id = :keep_id

-- keep_identifier_add: exec
-- in: keep_id int, kind text, id_key blob
insert into keep_identifier (keep_id, kind, id_key)
values (:keep_id, :kind, :id_key)
on conflict do nothing

-- keep_identifiers: many
-- in: keep_id int
-- out: kind text, id_key blob
select kind, id_key from keep_identifier where keep_id = :keep_id
order by kind, id_key

-- keep_over: many
-- Rows of the system that nobody may keep any longer, and that are there still for
-- all that is known; but for those that another decision keeps, approved or not yet, of
-- people who are held for law enforcement, and of a deletion that was denied in the end.
-- in: system text, today text
-- out: keep_id int, held_in text, row_key blob, sealed blob, owner_key blob
select k.id, k.held_in, r.row_key, r.sealed, r.owner_key
from keep k join keep_row r on r.keep_id = k.id
where k.system = :system and k.approved_at > 0
	and (k.ended_at > 0 or (k.until_on <> '' and k.until_on < :today))
	and not exists (select 1 from keep_row o join keep f on f.id = o.keep_id
		where o.row_key = r.row_key and f.system = k.system
			and f.ended_at = 0
			and (f.until_on = '' or f.until_on >= :today))
	and not exists (select 1 from request q
		where q.id = k.request_id and q.outcome = 'denied')
	and not exists (select 1 from hold h where h.ended_at = 0
		and (h.request_id = k.request_id or h.id in
			(select o.hold_id from hold_key o
			join keep_identifier i on i.id_key = o.id_key
			where i.keep_id = k.id)))
order by k.held_in, r.row_key

-- keep_with_row: many
-- in: row_key blob
-- out: keep_id int
select keep_id from keep_row where row_key = :row_key

-- keep_row_count: exec
-- in: id int, gone int, changed int
update keep set gone = gone + :gone, changed = changed + :changed
where id = :id

-- keep_row_drop: exec
-- in: keep_id int, row_key blob
delete from keep_row where keep_id = :keep_id and row_key = :row_key

-- keep_rows_drop: exec
-- in: keep_id int
delete from keep_row where keep_id = :keep_id

-- keep_identifiers_drop: exec
-- in: keep_id int
delete from keep_identifier where keep_id = :keep_id

-- keep_drop: exec
-- in: id int
delete from keep where id = :id

-- keep_purpose_used: one
-- Does something else than this decision stay for the purpose, of who has the
-- identifier, for all that is known?  Another request may say so under its seal.
-- in: keep_id int, request_id int, id_key blob, purpose text
-- out: n int
select (select count(*) from keep k join keep_identifier i on i.keep_id = k.id
		where i.id_key = :id_key and k.id <> :keep_id
			and k.purpose = :purpose and exists
			(select 1 from keep_row r where r.keep_id = k.id))
	+ (select count(*) from request_identifier q
		where q.id_key = :id_key and q.request_id <> :request_id)
