-- conflict_of: one
-- in: id_key blob, program text
-- out: choice text, chosen_at int
select choice, chosen_at from conflict where id_key = :id_key and program = :program

-- conflict_add: exec
-- Asked once: a second time changes nothing.
-- in: id_key blob, program text, asked_at int, choice text, chosen_at int
insert into conflict (id_key, program, asked_at, choice, chosen_at)
values (:id_key, :program, :asked_at, :choice, :chosen_at)
on conflict (id_key, program) do nothing

-- conflict_choose: exec
-- in: id_key blob, program text, choice text, chosen_at int
update conflict set choice = :choice, chosen_at = :chosen_at
where id_key = :id_key and program = :program
