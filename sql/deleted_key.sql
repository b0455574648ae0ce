-- deleted_key_put: exec
-- in: system text, key_hash blob, id_key blob
insert into deleted_key (system, key_hash, id_key)
values (:system, :key_hash, :id_key)
on conflict do nothing

-- deleted_key_after: many
-- Those of a system, a page at a time.
-- in: system text, after blob, first int
-- out: key_hash blob
select distinct key_hash from deleted_key
where system = :system and key_hash > :after
order by key_hash limit :first

-- deleted_key_whose: many
-- in: system text, key_hash blob
-- out: id_key blob
select id_key from deleted_key
where system = :system and key_hash = :key_hash order by id_key

-- deleted_key_forget: exec
-- in: id_key blob
delete from deleted_key where id_key = :id_key
