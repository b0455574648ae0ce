-- fate 'begun': of a look that is looked at again, rows elsewhere were to go (leads_on), and
-- the rest of the person was open.  Until the item is decided by a later look, and while it
-- is not asked for anew.
create view drop_led_begun as
select b.item_id, b.system, b.person_key, b.leads_on, b.led_rows
from drop_match b join drop_pass p on p.id = b.pass_id
join drop_item i on i.id = b.item_id
where b.fate = 'begun' and b.pass_id > i.decided_pass
	and p.cycle_id >= i.cycle_id;
