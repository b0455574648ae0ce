-- Rows that the business keeps of somebody who is deleted, one decision of staff each
-- (desk/keep.h).  request_id is no reference: the rows are kept longer than the
-- record of the request.  approved_at 0: the deletion is not approved yet, and it
-- counts for this case only.  until_on '': with no end.
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
	ended_at @int not null default 0
);
create index keep_request on keep (request_id, id);
create index keep_system on keep (system, id);

-- row_key, sealed: as in `returned`.  gone_at: erased, after it was kept.
create table keep_row (
	keep_id @int not null references keep (id),
	row_key @blob not null,
	sealed @blob not null,
	gone_at @int not null default 0,
	primary key (keep_id, row_key)
);
