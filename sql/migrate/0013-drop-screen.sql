-- A look that became too old to be carried out, and was looked at again instead
-- (desk/drop_screen.c); and who let a screening be carried out.
alter table drop_pass add column stale_at @int not null default 0;
alter table drop_pass add column approved_at @int not null default 0;
alter table drop_pass add column approved_by @text not null default '';

-- Open matches that repeat what was carried out in an earlier look, for the same
-- item and the same row: opted out then, or kept by the data map's word.
create view drop_match_known as
select m.id, m.pass_id
from drop_match m join drop_item i on i.id = m.item_id
where m.fate = '' and i.revoked_at = 0
	and exists (select 1 from drop_match b
		where b.item_id = m.item_id and b.pass_id < m.pass_id
			and b.system = m.system and b.person_key = m.person_key
			and ((b.fate = 'opted-out' and i.status = 4)
				or (b.fate = 'kept' and m.is_exempt = 1
					and i.status in (2, 3))));
