-- training_add: exec
-- in: staff_id int, trained_on text, what text, noted_at int, noted_by text
insert into training (staff_id, trained_on, what, noted_at, noted_by)
values (:staff_id, :trained_on, :what, :noted_at, :noted_by)

-- training_list: many
-- Who may sign in, each with the last training that is known.
-- out: staff_id int, email text, name text, role text, trained_on text, what text
select s.id, s.email, s.name, s.role, coalesce(t.trained_on, ''), coalesce(t.what, '')
from staff s left join training t on t.id = (
	select x.id from training x where x.staff_id = s.id
	order by x.trained_on desc, x.id desc limit 1)
where s.disabled_at = 0
order by s.name, s.id
