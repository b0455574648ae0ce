-- staff_add: one
-- in: email text, name text, role text, passphrase text, created_at int
-- out: id int
insert into staff (email, name, role, passphrase, created_at)
values (:email, :name, :role, :passphrase, :created_at)
returning id

-- staff_by_email: one
-- in: email text
-- out: id int, email text, name text, role text, passphrase text, disabled_at int
select id, email, name, role, passphrase, disabled_at from staff where email = :email

-- staff_list: many
-- out: id int, email text, name text, role text, created_at int, disabled_at int
select id, email, name, role, created_at, disabled_at from staff order by id

-- staff_set_passphrase: exec
-- in: id int, passphrase text
update staff set passphrase = :passphrase where id = :id

-- staff_disable: exec
-- in: id int, at int
update staff set disabled_at = :at where id = :id

-- session_add: exec
-- in: token_hash blob, staff_id int, csrf text, created_at int
insert into session (token_hash, staff_id, csrf, created_at, seen_at)
values (:token_hash, :staff_id, :csrf, :created_at, :created_at)

-- session_by_hash: one
-- in: token_hash blob
-- out: staff_id int, csrf text, created_at int, seen_at int, email text, name text, role text
select n.staff_id, n.csrf, n.created_at, n.seen_at, s.email, s.name, s.role
from session n join staff s on s.id = n.staff_id
where n.token_hash = :token_hash and s.disabled_at = 0

-- session_seen: exec
-- in: token_hash blob, at int
update session set seen_at = :at where token_hash = :token_hash

-- session_drop: exec
-- in: token_hash blob
delete from session where token_hash = :token_hash

-- session_drop_staff: exec
-- in: staff_id int
delete from session where staff_id = :staff_id

-- session_purge: exec
-- in: seen_before int, created_before int
delete from session where seen_at < :seen_before or created_at < :created_before

-- api_key_add: exec
-- in: name text, key_hash blob, shown text, scopes text, created_at int
insert into api_key (name, key_hash, shown, scopes, created_at)
values (:name, :key_hash, :shown, :scopes, :created_at)

-- api_key_by_hash: one
-- in: key_hash blob
-- out: id int, name text, scopes text, used_at int, revoked_at int
select id, name, scopes, used_at, revoked_at from api_key where key_hash = :key_hash

-- api_key_used: exec
-- in: id int, at int
update api_key set used_at = :at where id = :id

-- api_key_list: many
-- out: id int, name text, shown text, scopes text, created_at int, used_at int, revoked_at int
select id, name, shown, scopes, created_at, used_at, revoked_at from api_key
order by id

-- api_key_revoke: exec
-- in: id int, at int
update api_key set revoked_at = :at where id = :id and revoked_at = 0

-- draft_put: exec
-- in: token_hash blob, kind text, sealed blob, changed_at int
insert into draft (token_hash, kind, sealed, changed_at)
values (:token_hash, :kind, :sealed, :changed_at)
on conflict (token_hash) do update
set kind = excluded.kind, sealed = excluded.sealed, changed_at = excluded.changed_at

-- draft_by_hash: one
-- in: token_hash blob, since int
-- out: kind text, sealed blob, changed_at int
select kind, sealed, changed_at from draft
where token_hash = :token_hash and changed_at >= :since

-- draft_drop: exec
-- in: token_hash blob
delete from draft where token_hash = :token_hash

-- draft_purge: exec
-- in: before int
delete from draft where changed_at < :before

-- staff_name: one
-- in: id int
-- out: name text
select name from staff where id = :id
