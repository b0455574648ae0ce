-- Matches of the State's lists that are not carried out while a hold lasts
-- (Civ. Code 1798.145(a)), and which hold that is.
create table drop_held (
	match_id @int not null references drop_match (id) on delete cascade,
	hold_id @int not null references hold (id),
	primary key (match_id, hold_id)
);
create index drop_held_hold on drop_held (hold_id);

-- Who is held repeats the look before only while a hold of then lasts: after it
-- they are found anew.
drop view drop_match_known;
create view drop_match_known as
select m.id, m.pass_id
from drop_match m join drop_item i on i.id = m.item_id
where m.fate = '' and i.revoked_at = 0
	and exists (select 1 from drop_match b
		where b.item_id = m.item_id and b.pass_id < m.pass_id
			and b.system = m.system and b.person_key = m.person_key
			and ((b.fate = 'opted-out' and i.status = 4)
				or (b.fate = 'kept' and m.is_exempt = 1
					and i.status in (2, 3))
				or (b.fate = 'held' and i.status in (2, 3)
					and exists (select 1 from drop_held k
						join hold h on h.id = k.hold_id
						where k.match_id = b.id
							and h.ended_at = 0))));
