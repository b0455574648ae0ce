-- drop_match_alone: many
-- Who was matched alone and nothing was done for yet, by the first match of their row.
-- in: pass_id int, after int, first int
-- out: id int, item_id text, system text, held_in text, sealed blob
select m.id, m.item_id, m.system, m.held_in, m.sealed from drop_match m
where m.pass_id = :pass_id and m.fate = '' and m.id > :after
	and exists (select 1 from drop_item i
		where i.id = m.item_id and i.people = 1 and i.revoked_at = 0)
	and not exists (select 1 from drop_match o join drop_item j
			on j.id = o.item_id and j.people = 1 and j.revoked_at = 0
		where o.pass_id = m.pass_id and o.system = m.system
			and o.person_key = m.person_key and o.fate = ''
			and o.id < m.id)
order by m.id limit :first
