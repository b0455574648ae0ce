-- drop_led_plan: exec
-- Rows of other systems that belong to this one are to go, of so many that were found there:
-- a run that is interrupted may leave no other trace of what it deleted.
-- in: pass_id int, system text, person_key blob, rows int
update drop_match set leads_on = case when leads_on = 3 then 3 else 2 end,
	led_rows = case when led_rows > :rows then led_rows else :rows end
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = ''

-- drop_led_gone: exec
-- Some of them are gone: whatever stands, not all of the person is exempt.
-- in: pass_id int, system text, person_key blob
update drop_match set leads_on = 3
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = ''

-- drop_led_went: one
-- Was something deleted?  Of what was only planned, where fewer are found now; nobody knows
-- where none was looked for (found -1).
-- in: pass_id int, system text, person_key blob, found int
-- out: n int
select count(*) from drop_match
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = '' and (leads_on = 3
		or (leads_on = 2 and :found >= 0 and led_rows > :found))

-- drop_led_keep: exec
-- Of looks that are looked at again: of whom rows elsewhere were to go.  The next look has to
-- know, which may find nothing of it any more.
update drop_match set fate = 'begun'
where fate = '' and leads_on >= 2
	and pass_id in (select id from drop_pass where stale_at > 0)
