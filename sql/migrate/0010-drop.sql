-- The State's deletion lists (desk/drop.h): sessions, work items, what was
-- looked at, what matched, what was done and what was sent.  A work item's hash
-- stands only as `id_key`, the keyed value of the suppression log: hashes of
-- telephone numbers can be turned back.  Who was matched stands in `sealed`,
-- under the installation's key.  Lists are numbers of drop/tbl/lists.h.

-- One access session, from asking for the lists to the proof that the answer
-- was taken.  `state` is a row of desk/tbl/drop_states.h; one is open at a time.
create table drop_cycle (
	id @id,
	state @text not null,
	is_open @int not null,
	source @text not null,
	opened_at @int not null,
	opened_on @text not null,
	opened_by @text not null,
	rule @text not null,
	next_by @text not null,
	act_by @text not null,
	profile @text not null,
	asked_at @int not null default 0,
	again_at @int not null default 0,
	zip_name @text not null default '',
	zip_size @int not null default 0,
	zip_sha256 @text not null default '',
	archive @text not null default '',
	received_at @int not null default 0,
	imported_at @int not null default 0,
	items @int not null default 0,
	removed @int not null default 0,
	pass_id @int not null default 0,
	approved_at @int not null default 0,
	approved_by @text not null default '',
	matched_at @int not null default 0,
	acted_at @int not null default 0,
	uploaded_at @int not null default 0,
	validated_at @int not null default 0,
	closed_at @int not null default 0,
	problem @text not null default ''
);
create unique index drop_cycle_open on drop_cycle (is_open) where is_open = 1;
create index drop_cycle_zip on drop_cycle (zip_sha256) where zip_sha256 <> '';

-- The files of a session's ZIP; `list` is -1 for the one of withdrawals.
create table drop_file (
	cycle_id @int not null references drop_cycle (id),
	name @text not null,
	list @int not null,
	items @int not null,
	sha256 @text not null,
	primary key (cycle_id, name)
);

-- A work item: one identifier of one consumer, to be answered for.  status 0:
-- not decided, never sent.  sent_status is what the platform has accepted;
-- put_status what stands in the file of upload_id.  `reasons` is what the item
-- holds in the suppression log.
create table drop_item (
	id @text primary key,
	list @int not null,
	id_key @blob not null,
	cycle_id @int not null,
	revoked_at @int not null default 0,
	revoked_in @int not null default 0,
	people @int not null default 0,
	status @int not null default 0,
	decided_at @int not null default 0,
	decided_pass @int not null default 0,
	reasons @int not null default 0,
	upload_id @int not null default 0,
	put_status @int not null default 0,
	sent_status @int not null default 0,
	sent_at @int not null default 0
);
create index drop_item_key on drop_item (id_key);
create index drop_item_open on drop_item (list, id)
	where status = 0 and revoked_at = 0;
create index drop_item_unsent on drop_item (list, id)
	where status <> sent_status and revoked_at = 0;
create index drop_item_upload on drop_item (upload_id, id) where upload_id > 0;

-- One look at everything held: a session has one, and screening for later
-- records another.  The self-check stands with it.
create table drop_pass (
	id @id,
	cycle_id @int not null references drop_cycle (id),
	is_screen @int not null,
	started_at @int not null,
	matched_at @int not null default 0,
	acted_at @int not null default 0,
	items @int not null,
	profile @text not null,
	check_vectors @int not null,
	check_failed @int not null
);
create index drop_pass_cycle on drop_pass (cycle_id, id);

-- One system (or file) in one look.  done_at 0: not looked at to its end, which
-- is never "not found".  `lists` are the bits of what it can be matched with.
create table drop_look (
	pass_id @int not null references drop_pass (id),
	system @text not null,
	title @text not null,
	lists @int not null,
	tries @int not null default 0,
	started_at @int not null default 0,
	done_at @int not null default 0,
	records @int not null default 0,
	keys @int not null default 0,
	no_key @int not null default 0,
	matches @int not null default 0,
	report @text not null default '',
	problem @text not null default '',
	primary key (pass_id, system)
);

-- What was done in one system for some people at once: the evidence of
-- connect/erase.h, without personal data.
create table drop_act (
	id @id,
	pass_id @int not null references drop_pass (id),
	system @text not null,
	act @text not null,
	at @int not null,
	people @int not null,
	rows_planned @int not null default 0,
	rows_gone @int not null default 0,
	rows_kept @int not null default 0,
	identifiers @int not null default 0,
	is_proven @int not null default 0,
	evidence @text not null
);
create index drop_act_pass on drop_act (pass_id, id);

-- One person who has the identifier of one item, in one system.  person_key is
-- the keyed value of system, table and row, so that a person told twice is one.
-- fate: '' nothing done yet, erased, kept (all of it exempt), opted-out,
-- released (the consumer withdrew before anything was done).  is_exempt: the row
-- stands in a table that the data map keeps; such a row alone makes nobody one
-- of several people, or what is left of somebody who was deleted would.
create table drop_match (
	id @id,
	pass_id @int not null references drop_pass (id),
	item_id @text not null references drop_item (id),
	system @text not null,
	held_in @text not null,
	is_exempt @int not null,
	person_key @blob not null,
	fate @text not null default '',
	act_id @int not null default 0,
	at @int not null default 0,
	sealed @blob not null,
	unique (pass_id, item_id, system, person_key)
);
create index drop_match_person on drop_match (pass_id, system, person_key);
create index drop_match_item on drop_match (item_id, pass_id);
create index drop_match_open on drop_match (pass_id, system, person_key, id)
	where fate = '';

-- Identifiers that are suppressed because an item opted several people out:
-- released again with that item, unless another one holds them.
create table drop_hold (
	item_id @text not null references drop_item (id),
	id_key @blob not null,
	kind @text not null,
	reasons @int not null,
	at @int not null,
	primary key (item_id, id_key)
);
create index drop_hold_key on drop_hold (id_key);

-- A status file.  Recorded with its rows before it is sent, so that after a
-- crash the same name is sent again, which the platform knows then.  state:
-- made, accepted, rejected, exported.  outcome is what the platform said of its
-- rows later: '', processed, rejected.
create table drop_upload (
	id @id,
	cycle_id @int not null references drop_cycle (id),
	list @int not null,
	is_amend @int not null,
	name @text not null unique,
	row_count @int not null,
	sha256 @text not null default '',
	state @text not null,
	made_at @int not null,
	tries @int not null default 0,
	said_at @int not null default 0,
	is_repeated @int not null default 0,
	message @text not null default '',
	outcome @text not null default '',
	outcome_at @int not null default 0,
	outcome_by @text not null default '',
	outcome_message @text not null default ''
);
create index drop_upload_cycle on drop_upload (cycle_id, id);

-- What the platform told us (webhooks), each once.
create table drop_event (
	event_id @text primary key,
	type @text not null,
	sent_at @int not null,
	at @int not null,
	body @text not null
);
create index drop_event_at on drop_event (at);

-- Failed accesses in a row: 11 CCR 7612(b)(1).  to_at 0: it goes on.
create table drop_outage (
	id @id,
	from_at @int not null,
	last_at @int not null,
	to_at @int not null default 0,
	tries @int not null,
	fault @text not null,
	said @text not null,
	problem @text not null,
	notice_by @text not null default '',
	notice_at @int not null default 0,
	notice_note @text not null default ''
);
create unique index drop_outage_open on drop_outage (to_at) where to_at = 0;

-- Which lists were selected on the platform, whether such identifiers are held,
-- and why so.
create table drop_list (
	list @int primary key,
	is_selected @int not null,
	is_held @int not null,
	reason @text not null,
	decided_at @int not null,
	decided_by @text not null
);

-- A service provider or contractor that was directed to delete too: the file of
-- hashes it got, and its answer.  state: planned, asked, deleted, nothing, kept.
create table drop_vendor (
	id @id,
	cycle_id @int not null references drop_cycle (id),
	pass_id @int not null references drop_pass (id),
	vendor @text not null,
	title @text not null,
	role @text not null,
	kinds @text not null,
	row_count @int not null,
	file @text not null,
	sha256 @text not null,
	state @text not null,
	planned_at @int not null,
	asked_at @int not null default 0,
	due_on @text not null default '',
	opened_at @int not null default 0,
	answered_at @int not null default 0,
	answered_by @text not null default '',
	answered_rows @int not null default 0,
	reason @text not null default '',
	problem @text not null default '',
	unique (pass_id, vendor)
);
create index drop_vendor_cycle on drop_vendor (cycle_id, id);
