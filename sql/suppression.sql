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
-- out: seq int, at int, act text, kind text, id_key blob, reasons int, source text
select seq, at, act, kind, id_key, reasons, source
from suppression
where seq > :seq and seq < :span + :pack + (
		select min(seq) from suppression where seq > :seq)
	and seq - length(id_key) / 32 < :span - 1 + (
		select min(seq) from suppression where seq > :seq)
order by seq

-- suppression_count: one
-- Entries.
-- out: n int
select coalesce(sum(length(id_key) / 32), 0) from suppression

-- suppression_max_seq: one
-- out: seq int
select coalesce(max(seq), 0) from suppression
