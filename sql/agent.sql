-- agent_add: one
-- in: name text, email text, registration text, added_at int
-- out: id int
insert into agent (name, email, registration, added_at)
values (:name, :email, :registration, :added_at)
returning id

-- agent_list: many
-- out: id int, name text, email text, registration text, added_at int, suspended_at int, why text
select id, name, email, registration, added_at, suspended_at, why
from agent order by name, id

-- agent_by_id: one
-- in: id int
-- out: id int, name text, email text, registration text, added_at int, suspended_at int, why text
select id, name, email, registration, added_at, suspended_at, why
from agent where id = :id

-- agent_by_email: one
-- in: email text
-- out: id int, name text, suspended_at int
select id, name, suspended_at from agent where email = :email

-- agent_suspend: exec
-- 0 rows when they were suspended before.
-- in: id int, at int, why text
update agent set suspended_at = :at, why = :why
where id = :id and suspended_at = 0

-- agent_resume: exec
-- 0 rows when they are not suspended.
-- in: id int
update agent set suspended_at = 0, why = '' where id = :id and suspended_at > 0
