-- How many items there are of each kind (desk/drop_tally.c), so that a page need
-- not count millions.  `people` is 2 for several.
create table drop_tally (
	cycle_id @int not null,
	list @int not null,
	people @int not null,
	status @int not null,
	sent_status @int not null,
	is_revoked @int not null,
	n @int not null,
	primary key (cycle_id, list, people, status, sent_status, is_revoked)
);
insert into drop_tally (cycle_id, list, people, status, sent_status, is_revoked, n)
select cycle_id, list, case when people > 1 then 2 else people end, status,
	sent_status, case when revoked_at > 0 then 1 else 0 end, count(*)
from drop_item group by 1, 2, 3, 4, 5, 6;

-- What the looks of the newest session found, by system and table.  Filled after
-- the next step.
create table drop_tally_found (
	pass_id @int not null,
	system @text not null,
	held_in @text not null,
	people @int not null,
	alone @int not null,
	several @int not null,
	erased @int not null,
	kept @int not null,
	opted_out @int not null,
	still_open @int not null,
	primary key (pass_id, system, held_in)
);

-- Row 1: items, row 2: matches.  Whatever changes them raises `changed` with them;
-- `counted` is its value when they were counted.  While the two differ the counts
-- are not used.
create table drop_tally_mark (
	id @int primary key,
	changed @int not null,
	counted @int not null
);
insert into drop_tally_mark (id, changed, counted) values (1, 0, 0), (2, 1, 0);
