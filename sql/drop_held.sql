-- drop_held_told: many
-- Systems in which a look matched somebody alone whose row stands: what was settled
-- there tells of what is open elsewhere.
-- in: pass_id int
-- out: system text
select l.system from drop_look l
where l.pass_id = :pass_id
	and exists (select 1 from drop_match m
		join drop_item i on i.id = m.item_id and i.people = 1
		where m.pass_id = l.pass_id and m.system = l.system
			and m.fate not in ('erased', 'released'))
order by l.system

-- drop_held_put: exec
-- What a look matched in a row of somebody who is held, and nobody else: open, or
-- settled and standing.
-- in: pass_id int, system text, person_key blob, hold_id int
insert into drop_held (match_id, hold_id)
select m.id, :hold_id from drop_match m join drop_item i on i.id = m.item_id
where m.pass_id = :pass_id and m.system = :system
	and m.person_key = :person_key and i.people = 1
	and m.fate not in ('erased', 'released')
on conflict do nothing

-- drop_held_spread: exec
-- What the same items matched elsewhere, and what else the same rows matched: it is
-- the same person.  0 rows: there is no more.
-- in: pass_id int
insert into drop_held (match_id, hold_id)
select distinct n.id, k.hold_id
from drop_held k join hold h on h.id = k.hold_id and h.ended_at = 0
join drop_match m on m.id = k.match_id and m.pass_id = :pass_id
join drop_match n on n.pass_id = m.pass_id
	and n.fate not in ('erased', 'released')
	and (n.item_id = m.item_id
		or (n.system = m.system and n.person_key = m.person_key))
join drop_item i on i.id = n.item_id and i.people = 1 and i.revoked_at = 0
where not exists (select 1 from drop_held x
	where x.match_id = n.id and x.hold_id = k.hold_id)
on conflict do nothing

-- drop_held_people: one
-- Who is not deleted in one system for that.
-- in: pass_id int, system text
-- out: people int
select count(distinct m.person_key) from drop_match m
where m.pass_id = :pass_id and m.system = :system and m.fate = ''
	and exists (select 1 from drop_held k join hold h on h.id = k.hold_id
		where k.match_id = m.id and h.ended_at = 0)

-- drop_held_fate: exec
-- in: pass_id int, system text, act_id int, at int
update drop_match set fate = 'held', act_id = :act_id, at = :at
where pass_id = :pass_id and system = :system and fate = ''
	and exists (select 1 from drop_held k join hold h on h.id = k.hold_id
		where k.match_id = drop_match.id and h.ended_at = 0)

-- drop_held_by: one
-- Whether a hold ever kept somebody from being deleted.
-- in: hold_id int
-- out: n int
select count(*) from (
	select 1 from drop_held where hold_id = :hold_id limit 1) k

-- drop_held_ended: one
-- When the last such hold ended; 0: none has.
-- out: ended_at int
select coalesce(max(h.ended_at), 0) from hold h
where exists (select 1 from drop_held k where k.hold_id = h.id)
