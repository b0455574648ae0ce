-- suppression_log: many
-- What machines that follow get to see of the log, a page at a time.
-- in: seq int, first int
-- out: seq int, kind text, id_key blob, reasons int
select seq, kind, id_key, reasons
from suppression where seq > :seq order by seq limit :first

-- suppression_seal_set: exec
-- The same head signed again takes the place of the seal before.
-- in: seq int, at int, hash text, signature text
insert into suppression_seal (seq, at, hash, signature)
values (:seq, :at, :hash, :signature)
on conflict (seq) do update set
	at = excluded.at, hash = excluded.hash, signature = excluded.signature

-- suppression_seal_upto: one
-- The newest seal that covers nothing behind seq.
-- in: seq int
-- out: seq int, at int, hash text, signature text
select seq, at, hash, signature from suppression_seal
where seq <= :seq order by seq desc limit 1
