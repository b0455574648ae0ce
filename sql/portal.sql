-- portal_visit_add: exec
-- 0 rows: this assertion was used before.
-- in: token_hash blob, nonce_hash blob, account blob, network text, sealed blob, made_at int
insert into portal_visit (token_hash, nonce_hash, account, network, sealed, made_at)
values (:token_hash, :nonce_hash, :account, :network, :sealed, :made_at)
on conflict (nonce_hash) do nothing

-- portal_visit_by_hash: one
-- in: token_hash blob, since int
-- out: account blob, sealed blob, made_at int
select account, sealed, made_at from portal_visit
where token_hash = :token_hash and made_at >= :since and ended_at = 0

-- portal_visit_end: exec
-- in: token_hash blob, at int
update portal_visit set ended_at = :at
where token_hash = :token_hash and ended_at = 0

-- portal_visit_end_all: exec
-- Nobody stays in with this account.
-- in: account blob, at int
update portal_visit set ended_at = :at
where account = :account and ended_at = 0

-- portal_networks: one
-- in: account blob, since int
-- out: n int
select count(distinct network) from portal_visit
where account = :account and made_at >= :since and network <> ''

-- portal_visit_purge: exec
-- in: before int
delete from portal_visit where made_at < :before

-- portal_requests: many
-- Those that gave this address, newest first.
-- in: id_key blob, most int
-- out: id int
select id from (
	select distinct r.id
	from request_identifier i
	join request r on r.id = i.request_id
	where i.kind = 'email' and i.id_key = :id_key
) own
order by id desc
limit :most

-- portal_know_answers: many
-- When requests to know of this address were answered, in order.  What was denied,
-- taken back or joined was not.
-- in: id_key blob
-- out: answered_at int
select distinct r.answered_at
from request_identifier i
join request r on r.id = i.request_id
where i.kind = 'email' and i.id_key = :id_key
	and r.kind in ('know-categories', 'know-specific')
	and r.closed_at > 0 and r.answered_at > 0
	and r.outcome in ('complied', 'part', 'nothing')
order by r.answered_at
