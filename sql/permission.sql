-- permission_add: exec
-- in: request_id int, agent_id int, proof text, given_at int, id_key blob
insert into permission (request_id, agent_id, proof, given_at, id_key)
values (:request_id, :agent_id, :proof, :given_at, :id_key)

-- permission_of: one
-- in: request_id int
-- out: agent_id int, proof text, given_at int, accepted_at int, agent_name text, agent_suspended_at int
select p.agent_id, p.proof, p.given_at, p.accepted_at,
	coalesce(a.name, ''), coalesce(a.suspended_at, 0)
from permission p left join agent a on a.id = p.agent_id
where p.request_id = :request_id

-- permission_row: one
-- The request that this row of the agent's file was filed as.  The length: of the index,
-- which is used only where it stands.
-- in: agent_id int, id_key blob
-- out: reference text
select r.reference from permission p join request r on r.id = p.request_id
where p.agent_id = :agent_id and p.id_key = :id_key and length(p.id_key) > 0

-- permission_bring: exec
-- What was missing came.
-- in: request_id int, proof text, given_at int
update permission set proof = :proof, given_at = :given_at
where request_id = :request_id

-- permission_accepted: exec
-- in: request_id int, at int
update permission set accepted_at = :at
where request_id = :request_id and accepted_at = 0

-- permission_forget: exec
-- in: request_id int, nothing blob
update permission set id_key = :nothing where request_id = :request_id

-- permission_requests: many
-- What an agent filed, newest first.
-- in: agent_id int, first int
-- out: reference text, kind text, state text, received_on text, outcome text, proof text
select r.reference, r.kind, r.state, r.received_on, r.outcome, p.proof
from permission p join request r on r.id = p.request_id
where p.agent_id = :agent_id
order by r.id desc limit :first
