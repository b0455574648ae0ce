-- minor_tell: exec
-- Of two days that were told, the later one is the careful one.
-- in: id_key blob, age text, thirteen_on text, sixteen_on text, at int
insert into minor (id_key, age, thirteen_on, sixteen_on, told_at)
values (:id_key, :age, :thirteen_on, :sixteen_on, :at)
on conflict (id_key) do update set age = excluded.age, told_at = excluded.told_at,
	thirteen_on = case when excluded.thirteen_on > minor.thirteen_on
		then excluded.thirteen_on else minor.thirteen_on end,
	sixteen_on = case when excluded.sixteen_on > minor.sixteen_on
		then excluded.sixteen_on else minor.sixteen_on end

-- minor_choose: exec
-- in: id_key blob, choice text, at int, ask_from text
update minor set choice = :choice, chosen_at = :at, ask_from = :ask_from
where id_key = :id_key

-- minor_of: one
-- in: id_key blob
-- out: age text, thirteen_on text, sixteen_on text, told_at int, choice text, chosen_at int, ask_from text
select age, thirteen_on, sixteen_on, told_at, choice, chosen_at, ask_from
from minor where id_key = :id_key

-- minor_grown: exec
-- Who is 16 is no minor: nothing of it is kept.
-- in: today text
delete from minor where sixteen_on <> '' and sixteen_on <= :today
