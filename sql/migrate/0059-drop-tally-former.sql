-- Looks of former sessions, counted for good (desk/drop_tally.c): what they found
-- is read as it was counted, whatever changes later.
create table drop_tally_former (
	pass_id @int primary key
);

-- When they were counted, and how long it took: pages show what was counted last
-- while a step runs.  0: never since this is kept.
alter table drop_tally_mark add column counted_at @int not null default 0;
alter table drop_tally_mark add column took_ms @int not null default 0;

-- What former sessions found is counted with the next step.
update drop_tally_mark set changed = changed + 1 where id = 2;
