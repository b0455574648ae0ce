-- opt_in_add: exec
-- 0 rows: this form was sent before.
-- in: request_id int, asked_hash blob, token_hash blob
insert into opt_in (request_id, asked_hash, token_hash)
values (:request_id, :asked_hash, :token_hash)
on conflict do nothing

-- opt_in_by_token: one
-- in: token_hash blob
-- out: request_id int, asked_hash blob
select request_id, asked_hash from opt_in where token_hash = :token_hash

-- opt_in_waiting: many
-- Asked, and never confirmed since; a minor's has more time.
-- in: before int, before_minor int, first int
-- out: id int
select id from request
where (kind in ('opt-in', 'opt-in-sensitive') and state = 'asked' and received_at < :before)
	or (kind = 'opt-in-minor' and state in ('asked', 'checking')
		and received_at < :before_minor)
order by id limit :first

-- opt_in_renew: exec
-- in: request_id int, token_hash blob
update opt_in set token_hash = :token_hash where request_id = :request_id
