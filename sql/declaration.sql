-- declaration_ask: exec
-- Once more, if it was asked for already.
-- in: request_id int, at int
insert into declaration (request_id, asked_at) values (:request_id, :at)
on conflict (request_id) do update
set asked_at = excluded.asked_at, waits = 1

-- declaration_of: one
-- in: request_id int
-- out: asked_at int, waits int, signed_at int
select asked_at, waits, signed_at from declaration
where request_id = :request_id

-- declaration_waits: exec
-- in: request_id int, waits int
update declaration set waits = :waits
where request_id = :request_id and signed_at = 0

-- declaration_signed: exec
-- in: request_id int, at int
update declaration set signed_at = :at, waits = 0
where request_id = :request_id and signed_at = 0
