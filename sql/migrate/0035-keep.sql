-- Rows that the business keeps of somebody who is deleted, one decision of staff each
-- (desk/keep.h).  request_id is no reference: the rows are kept longer than the
-- record of the request.  approved_at 0: the deletion is not approved yet, and it
-- counts for this case only.  until_on '': with no end.  gone: rows that were erased after
-- their time; changed: that are not erased by themselves any more, see keep.h.
create table keep (
	id @id,
	request_id @int not null,
	system @text not null,
	held_in @text not null,
	title @text not null,
	ground @text not null,
	purpose @text not null,
	sealed @blob not null,
	until_on @text not null,
	kept_at @int not null,
	kept_by @text not null,
	approved_at @int not null default 0,
	ended_at @int not null default 0,
	row_count @int not null,
	gone @int not null default 0,
	changed @int not null default 0
);
create index keep_request on keep (request_id, id);
create index keep_system on keep (system, id);

-- The rows that are kept: row_key, sealed as in `returned`.  What is gone or changed is
-- not here any more.
create table keep_row (
	keep_id @int not null references keep (id),
	row_key @blob not null,
	sealed @blob not null,
	primary key (keep_id, row_key)
);
create index keep_row_key on keep_row (row_key);

-- Whose they are: keyed, as in `request_identifier`, which goes with the request.
create table keep_identifier (
	keep_id @int not null references keep (id),
	kind @text not null,
	id_key @blob not null,
	primary key (keep_id, kind, id_key)
);
create index keep_identifier_key on keep_identifier (id_key);
