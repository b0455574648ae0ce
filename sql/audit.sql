-- audit_head: one
-- The end of the chain, held until the transaction ends: entries follow each
-- other.
-- out: seq int, hash text
-- sqlite:
select seq, hash from audit_head where one = 1
-- postgres:
select seq, hash from audit_head where one = 1 for update

-- audit_end: one
-- The end of the chain as it is now, for reading.
-- out: seq int, hash text
select seq, hash from audit_head where one = 1

-- audit_head_set: exec
-- in: seq int, hash text
update audit_head set seq = :seq, hash = :hash where one = 1

-- audit_add: exec
-- in: seq int, at int, actor text, event text, reference text, detail text, line text, hash text
insert into audit (seq, at, actor, event, reference, detail, line, hash)
values (:seq, :at, :actor, :event, :reference, :detail, :line, :hash)

-- audit_from: many
-- The entries behind seq, oldest first, a page at a time.
-- in: seq int, first int
-- out: seq int, at int, actor text, event text, reference text, detail text, line text, hash text
select seq, at, actor, event, reference, detail, line, hash
from audit where seq > :seq order by seq limit :first

-- audit_newest: many
-- The newest entries before seq, newest first, a page at a time.
-- in: seq int, first int
-- out: seq int, at int, actor text, event text, reference text, detail text
select seq, at, actor, event, reference, detail
from audit where seq < :seq order by seq desc limit :first

-- audit_of_reference: many
-- in: reference text
-- out: seq int, at int, actor text, event text, reference text, detail text, hash text
select seq, at, actor, event, reference, detail, hash
from audit where reference = :reference order by seq

-- audit_lines_of_reference: many
-- The same with what proves each: its line, and the hash of the entry before it, which
-- may be about anything.
-- in: reference text
-- out: seq int, at int, actor text, event text, detail text, line text, hash text, before text
select a.seq, a.at, a.actor, a.event, a.detail, a.line, a.hash,
	coalesce(b.hash, '')
from audit a left join audit b on b.seq = a.seq - 1
where a.reference = :reference order by a.seq

-- audit_seal_from: one
-- The first seal that holds this entry.
-- in: seq int
-- out: seq int, at int, hash text, signature text
select seq, at, hash, signature from audit_seal
where seq >= :seq order by seq limit 1

-- audit_seal_add: exec
-- in: seq int, at int, hash text, signature text
insert into audit_seal (seq, at, hash, signature)
values (:seq, :at, :hash, :signature)

-- audit_seals: many
-- out: seq int, at int, hash text, signature text
select seq, at, hash, signature from audit_seal order by seq

-- audit_seal_last: one
-- out: seq int, at int, hash text, signature text
select seq, at, hash, signature from audit_seal order by seq desc limit 1
