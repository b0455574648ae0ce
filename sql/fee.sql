-- fee_add: exec
-- 0 rows: one was asked for already.
-- in: request_id int, cents int, token_hash blob, at int
insert into fee (request_id, cents, state, token_hash, asked_at)
values (:request_id, :cents, 'asked', :token_hash, :at)
on conflict do nothing

-- fee_of: one
-- in: request_id int
-- out: cents int, state text, asked_at int, answered_at int
select cents, state, asked_at, answered_at from fee
where request_id = :request_id

-- fee_by_token: one
-- in: token_hash blob
-- out: request_id int
select request_id from fee where token_hash = :token_hash

-- fee_answered: exec
-- in: request_id int, state text, at int
update fee set state = :state, answered_at = :at
where request_id = :request_id and state = 'asked'
