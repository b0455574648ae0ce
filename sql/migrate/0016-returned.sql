-- People who were deleted and stand in a system again (desk/returned.h): after a
-- restored backup, an import past us, a new account.

-- One look at one system.  is_replay: after a backup was put back.  found: rows
-- that carry an identifier of somebody who was deleted, but for what was kept
-- before; erased and kept are of these.
create table screening (
	id @id,
	system @text not null,
	title @text not null,
	is_replay @int not null,
	started_at @int not null,
	looked_at @int not null default 0,
	acted_at @int not null default 0,
	approved_at @int not null default 0,
	approved_by @text not null default '',
	rows_read @int not null default 0,
	identifiers @int not null default 0,
	unreadable @int not null default 0,
	found @int not null default 0,
	erased @int not null default 0,
	kept @int not null default 0,
	problem @text not null default ''
);
create index screening_system on screening (system, id);

-- What was done for some of them at once: the evidence of connect/erase.h,
-- without personal data.
create table screening_act (
	id @id,
	screening_id @int not null references screening (id),
	at @int not null,
	people @int not null,
	rows_planned @int not null,
	rows_gone @int not null default 0,
	rows_kept @int not null,
	is_proven @int not null default 0,
	evidence @text not null default ''
);
create index screening_act_screening on screening_act (screening_id, id);

-- The rows that wait to be erased, and those that stay.  row_key is the keyed
-- value of system, table and row.  fate: '' waits, kept (all that can go is gone:
-- by the map's word, or since it is somebody else's too).  What was erased is not
-- here any more.
create table returned (
	system @text not null,
	row_key @blob not null,
	screening_id @int not null references screening (id),
	held_in @text not null,
	sealed @blob not null,
	fate @text not null default '',
	primary key (system, row_key)
);
create index returned_open on returned (system, held_in, row_key) where fate = '';

-- Systems that were put back from a backup.  replayed_at 0: closed to whatever
-- hands out what it holds, until it was replayed.
create table restored (
	system @text primary key,
	restored_at @int not null,
	restored_by @text not null,
	replayed_at @int not null default 0,
	screening_id @int not null default 0
);
