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

-- suppression_block_put: exec
-- in: seq int, n int, bytes blob
insert into suppression_block (seq, n, bytes) values (:seq, :n, :bytes)
on conflict (seq, n) do update set bytes = excluded.bytes

-- suppression_block: one
-- Of a snapshot that is whole.
-- in: seq int, n int
-- out: bytes blob
select b.bytes from suppression_block b
join suppression_snapshot s on s.seq = b.seq
where b.seq = :seq and b.n = :n

-- suppression_block_drop: exec
-- Those of no snapshot: of one that was dropped, or that nobody finished.
-- in: seq int
delete from suppression_block
where seq <> :seq and seq not in (select seq from suppression_snapshot)

-- suppression_snapshot_add: exec
-- in: seq int, at int, hash text, kinds int, bits int, keys int, size int, signature text, blocks blob
insert into suppression_snapshot
	(seq, at, hash, kinds, bits, keys, size, signature, blocks)
values (:seq, :at, :hash, :kinds, :bits, :keys, :size, :signature, :blocks)
on conflict do nothing

-- suppression_snapshot_newest: one
-- out: seq int, at int, hash text, kinds int, bits int, keys int, size int, signature text, blocks blob
select seq, at, hash, kinds, bits, keys, size, signature, blocks
from suppression_snapshot order by seq desc limit 1

-- suppression_snapshot_drop: exec
-- Who reads the one before the newest may go on.
-- in: seq int
delete from suppression_snapshot
where seq < (select coalesce(max(seq), 0) from suppression_snapshot
	where seq < :seq)
