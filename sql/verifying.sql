-- verifying_put: exec
-- in: request_id int, sealed blob
insert into verifying (request_id, sealed) values (:request_id, :sealed)
on conflict (request_id) do update set sealed = excluded.sealed

-- verifying_of: one
-- in: request_id int
-- out: sealed blob
select sealed from verifying where request_id = :request_id

-- verifying_drop: exec
-- in: request_id int
delete from verifying where request_id = :request_id
