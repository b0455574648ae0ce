-- once_begin: exec
-- Nothing when the key is there already; waits for whoever is about to store it.
-- in: key_hash blob, request_hash blob, at int
insert into once (key_hash, request_hash, at)
values (:key_hash, :request_hash, :at)
on conflict (key_hash) do nothing

-- once_of: one
-- in: key_hash blob
-- out: request_hash blob, answer text
select request_hash, answer from once where key_hash = :key_hash

-- once_end: exec
-- in: key_hash blob, answer text
update once set answer = :answer where key_hash = :key_hash

-- once_purge: exec
-- in: before int
delete from once where at < :before
