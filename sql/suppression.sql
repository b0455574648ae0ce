-- suppression_add: one
-- Every node follows this log by seq, so a lower seq must never appear after a
-- higher one: whoever adds holds the head of the audit trail, as every use case
-- does, until the transaction ends.  The number is drawn after the lock is got.
-- in: at int, act text, kind text, id_key blob, reasons int, source text, request_id int
-- out: seq int
-- sqlite:
insert into suppression (at, act, kind, id_key, reasons, source, request_id)
values (:at, :act, :kind, :id_key, :reasons, :source, :request_id)
returning seq
-- postgres:
with head as materialized (
	select one from audit_head where one = 1 for update)
insert into suppression (at, act, kind, id_key, reasons, source, request_id)
select :at, :act, :kind, :id_key, :reasons, :source, :request_id from head
returning seq

-- suppression_after: many
-- in: seq int, first int
-- out: seq int, at int, act text, kind text, id_key blob, reasons int, source text, request_id int
select seq, at, act, kind, id_key, reasons, source, request_id
from suppression where seq > :seq order by seq limit :first

-- suppression_last: one
-- What holds for an identifier.
-- in: id_key blob
-- out: seq int, at int, act text, kind text, reasons int, source text, request_id int
select seq, at, act, kind, reasons, source, request_id
from suppression where id_key = :id_key order by seq desc limit 1

-- suppression_last_at: one
-- What held for an identifier at an instant.
-- in: id_key blob, at int
-- out: reasons int
select reasons from suppression
where id_key = :id_key and at <= :at order by seq desc limit 1

-- suppression_count: one
-- out: n int
select count(*) from suppression

-- suppression_max_seq: one
-- out: seq int
select coalesce(max(seq), 0) from suppression

-- suppression_current: many
-- What held for each identifier when the log ended at `top`: the same answer
-- whatever is added meanwhile.  A page at a time, by id_key.
-- in: top int, after blob, first int
-- out: id_key blob, kind text, reasons int
select s.id_key, s.kind, s.reasons
from suppression s
where s.id_key > :after and s.seq <= :top and s.reasons <> 0
	and not exists (select 1 from suppression n
		where n.id_key = s.id_key and n.seq > s.seq and n.seq <= :top)
order by s.id_key limit :first
