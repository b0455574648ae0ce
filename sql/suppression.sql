-- suppression_add: one
-- A row of n entries that say the same; id_key has their keys, 32 bytes each, one
-- behind the other, and seq is the last one's.
--
-- Every node follows this log by seq, so a lower seq must never appear after a
-- higher one: whoever adds has read audit_head in this transaction, as every use
-- case does.  In a statement before this one, because PostgreSQL takes max(seq) as
-- it was when the statement began.
-- in: n int, at int, act text, kind text, id_key blob, reasons int, source text, request_id int
-- out: seq int
-- sqlite:
insert into suppression
	(seq, at, act, kind, id_key, reasons, source, request_id)
select coalesce(max(seq), 0) + :n, :at, :act, :kind, :id_key, :reasons, :source,
	:request_id
from suppression
returning seq
-- postgres:
insert into suppression
	(seq, at, act, kind, id_key, reasons, source, request_id)
overriding system value
select coalesce(max(seq), 0) + :n, :at, :act, :kind, :id_key, :reasons, :source,
	:request_id
from suppression
returning seq

-- suppression_after: many
-- The rows that have an entry behind `seq` and begin before the next `span` entries
-- are over: some, if there are any.  No row has more than `pack` entries.
-- in: seq int, span int, pack int
-- out: seq int, at int, act text, kind text, id_key blob, reasons int, source text, request_id int
select seq, at, act, kind, id_key, reasons, source, request_id
from suppression
where seq > :seq and seq < :span + :pack + (
		select min(seq) from suppression where seq > :seq)
	and seq - length(id_key) / 32 < :span - 1 + (
		select min(seq) from suppression where seq > :seq)
order by seq

-- suppression_one_of: many
-- The rows of one entry that are about this key.
-- in: id_key blob
-- out: seq int, at int, act text, kind text, id_key blob, reasons int, source text, request_id int
select seq, at, act, kind, id_key, reasons, source, request_id
from suppression
where length(id_key) = 32 and id_key = :id_key
order by seq

-- suppression_packs_after: many
-- The rows of several entries behind `seq`, a few at a time.
-- in: seq int, first int
-- out: seq int, at int, act text, kind text, id_key blob, reasons int, source text, request_id int
select seq, at, act, kind, id_key, reasons, source, request_id
from suppression
where length(id_key) > 32 and seq > :seq
order by seq limit :first

-- suppression_opted_in: one
-- When anybody opted in last.  The source is that of desk/own_act.h.
-- out: at int
select coalesce(max(at), 0) from suppression where source = 'opt-in'

-- suppression_count: one
-- Entries.
-- out: n int
select coalesce(sum(length(id_key) / 32), 0) from suppression

-- suppression_max_seq: one
-- out: seq int
select coalesce(max(seq), 0) from suppression

-- suppression_until_put: exec
-- The later day wins.
-- in: id_key blob, reason int, kind text, until_at int
insert into suppression_until (id_key, reason, kind, until_at)
values (:id_key, :reason, :kind, :until_at)
on conflict (id_key, reason) do update set until_at = excluded.until_at
where excluded.until_at > suppression_until.until_at

-- suppression_until_later: exec
-- Of what ends anyway; what has no end gets none.
-- in: id_key blob, reason int, until_at int
update suppression_until set until_at = :until_at
where id_key = :id_key and reason = :reason and until_at < :until_at

-- suppression_until_drop: exec
-- in: id_key blob, reasons int
delete from suppression_until
where id_key = :id_key and (reason & :reasons) <> 0

-- suppression_until_due: many
-- in: now int, first int
-- out: id_key blob, reason int, kind text
select id_key, reason, kind from suppression_until
where until_at <= :now order by reason, id_key limit :first

-- suppression_until_of: many
-- in: id_key blob
-- out: reason int, until_at int
select reason, until_at from suppression_until where id_key = :id_key

-- purpose_lock_list: many
-- out: lock int, purpose text
select lock, purpose from purpose_lock order by lock

-- purpose_lock_add: exec
-- in: lock int, purpose text, since_at int
insert into purpose_lock (lock, purpose, since_at)
values (:lock, :purpose, :since_at)
on conflict do nothing
