-- agent_add: one
-- in: name text, email text, registration text, language text, added_at int
-- out: id int
insert into agent (name, email, registration, language, added_at)
values (:name, :email, :registration, :language, :added_at)
returning id

-- agent_list: many
-- out: id int, name text, email text, registration text, added_at int, suspended_at int, why text, language text
select id, name, email, registration, added_at, suspended_at, why, language
from agent order by name, id

-- agent_by_id: one
-- in: id int
-- out: id int, name text, email text, registration text, added_at int, suspended_at int, why text, language text
select id, name, email, registration, added_at, suspended_at, why, language
from agent where id = :id

-- agent_by_email: one
-- in: email text
-- out: id int, name text, suspended_at int, language text
select id, name, suspended_at, language from agent where email = :email

-- agent_language: exec
-- 0 rows when it is the one they have.
-- in: id int, language text
update agent set language = :language where id = :id and language <> :language

-- agent_suspend: exec
-- 0 rows when they were suspended before.
-- in: id int, at int, why text
update agent set suspended_at = :at, why = :why
where id = :id and suspended_at = 0

-- agent_resume: exec
-- 0 rows when they are not suspended.
-- in: id int
update agent set suspended_at = 0, why = '' where id = :id and suspended_at > 0
