-- An open match of a row that the data map keeps, to which rows that go belong by now
-- (desk/drop_leads.c): that it stands there repeats the look before, and they do not.
alter table drop_match add column leads_on @int not null default 0;

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
					and m.leads_on = 0
					and i.status in (2, 3))
				or (b.fate = 'held' and i.status in (2, 3)
					and exists (select 1 from drop_held k
						join hold h on h.id = k.hold_id
						where k.match_id = b.id
							and h.ended_at = 0))));
