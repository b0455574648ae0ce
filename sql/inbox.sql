-- inbox_add: exec
-- 0 rows: this file was taken before.
-- in: digest text, received_at int, taken_at int, confirm_by text, reply text, reply_id text, wrapped_key blob, sealed blob
insert into inbox (digest, received_at, taken_at, confirm_by, reply, reply_id, wrapped_key, sealed)
values (:digest, :received_at, :taken_at, :confirm_by, :reply, :reply_id, :wrapped_key, :sealed)
on conflict (digest) do nothing

-- inbox_open: many
-- What waits for somebody to read it, the oldest first.
-- in: first int
-- out: id int, received_at int, confirm_by text, reply text, wrapped_key blob, sealed blob
select id, received_at, confirm_by, reply, wrapped_key, sealed from inbox
where state = 'open' order by received_at, id limit :first

-- inbox_count: one
-- in: today text
-- out: n int, late int
select count(*), coalesce(cast(sum(
	case when confirm_by < :today then 1 else 0 end) as bigint), 0)
from inbox where state = 'open'

-- inbox_by_id: one
-- in: id int
-- out: received_at int, state text, reply text, wrapped_key blob, sealed blob
select received_at, state, reply, wrapped_key, sealed from inbox where id = :id

-- inbox_handled: exec
-- 0 rows: somebody was faster.
-- in: id int, state text, reference text, at int, keep_until text
update inbox set state = :state, reference = :reference, handled_at = :at,
	keep_until = :keep_until
where id = :id and state = 'open'

-- inbox_forget: exec
-- Without its key nothing of it can be read again, wherever a copy lies.
-- in: id int, nothing blob
update inbox set wrapped_key = :nothing, sealed = :nothing where id = :id

-- inbox_replies: many
-- in: first int
-- out: id int, received_at int, taken_at int, reply_id text, wrapped_key blob, sealed blob
select id, received_at, taken_at, reply_id, wrapped_key, sealed from inbox
where reply = 'waits' order by id limit :first

-- inbox_replied: exec
-- in: id int, reply text
update inbox set reply = :reply where id = :id and reply = 'waits'

-- inbox_purge: exec
-- What was handled, after the time of a record (11 CCR 7101(a)).
-- in: today text
delete from inbox where keep_until <> '' and keep_until < :today
