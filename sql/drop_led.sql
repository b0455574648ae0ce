-- drop_led_plan: exec
-- Rows of another system that belong to this row, which stays, are to go: whatever a run
-- that is interrupted leaves of them, not all of the person is exempt.
-- in: pass_id int, system text, person_key blob
update drop_match set leads_on = 2
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = ''

-- drop_led_planned: one
-- in: pass_id int, system text, person_key blob
-- out: n int
select count(*) from drop_match
where pass_id = :pass_id and system = :system and person_key = :person_key
	and fate = '' and leads_on = 2
