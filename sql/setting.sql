-- setting_set: exec
-- in: name text, value text, changed_at int, changed_by text
insert into setting (name, value, changed_at, changed_by)
values (:name, :value, :changed_at, :changed_by)
on conflict (name) do update set value = excluded.value,
	changed_at = excluded.changed_at, changed_by = excluded.changed_by

-- setting_all: many
-- out: name text, value text, changed_at int, changed_by text
select name, value, changed_at, changed_by from setting order by name
