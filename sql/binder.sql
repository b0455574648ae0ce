-- binder_of: one
-- Without its bytes.
-- in: request_id int
-- out: state text, problem text, last int, bytes int, sha256 text, made_at int
select state, problem, last, bytes, sha256, made_at
from binder where request_id = :request_id

-- binder_zip: one
-- in: request_id int
-- out: sealed blob
select sealed from binder where request_id = :request_id and state = 'made'

-- binder_want: exec
-- Once more as well: the case may have changed.
-- in: request_id int, nothing blob
insert into binder (request_id, state, sealed)
values (:request_id, 'wanted', :nothing)
on conflict (request_id) do update set state = 'wanted', problem = ''

-- binder_made: exec
-- in: request_id int, last int, bytes int, sha256 text, at int, sealed blob
update binder set state = 'made', problem = '', last = :last, bytes = :bytes,
	sha256 = :sha256, made_at = :at, sealed = :sealed
where request_id = :request_id and state = 'wanted'

-- binder_stopped: exec
-- in: request_id int, problem text
update binder set state = 'stopped', problem = :problem
where request_id = :request_id and state = 'wanted'

-- binder_forget: exec
-- in: request_id int
delete from binder where request_id = :request_id
