-- What is kept longer than the data map says (desk/expiry.h): previews, runs, and which
-- systems the worker may carry it out in.  Nothing here names a person.

-- rules: SHA-256 of what the map said of the system then.  today: the Pacific day that
-- times are counted to.  ended_at 0: it was not looked at, or erased, to its end.
create table expiry_run (
	id @id,
	system @text not null,
	title @text not null,
	is_preview @int not null,
	rules @text not null,
	today @text not null,
	started_at @int not null,
	started_by @text not null,
	ended_at @int not null default 0,
	is_proven @int not null default 0,
	problem @text not null default ''
);
create index expiry_run_system on expiry_run (system, is_preview, id);

-- A table of it.  old: too old when it was read; goes: of these, erased, or in a preview
-- may be; along: rows of other tables with them.  Then those that wait, by reason
-- (connect/tbl/expire_whys.h).  left_old: too old when all was done.
create table expiry_table (
	run_id @int not null references expiry_run (id),
	position @int not null,
	name @text not null,
	holds @text not null,
	categories @text not null,
	kept_for @text not null,
	rows_read @int not null default 0,
	old @int not null default 0,
	undated @int not null default 0,
	oldest @text not null default '',
	goes @int not null default 0,
	along @int not null default 0,
	kept @int not null default 0,
	needed @int not null default 0,
	younger @int not null default 0,
	others @int not null default 0,
	left_old @int not null default 0,
	is_read @int not null default 0,
	primary key (run_id, name)
);

-- What was erased at once: the evidence of connect/erase.h.
create table expiry_act (
	id @id,
	run_id @int not null references expiry_run (id),
	at @int not null,
	name @text not null,
	goes @int not null,
	along @int not null,
	is_proven @int not null,
	evidence @text not null
);
create index expiry_act_run on expiry_act (run_id, id);

-- The worker carries it out, as long as the map says the same.
create table expiry_on (
	system @text primary key,
	rules @text not null,
	on_at @int not null,
	on_by @text not null
);
