-- What an authorized agent showed with a request (11 CCR 7026(j), 7063(a)).  sealed: the
-- document, or the signature as typed, until the case closes; bytes: how long the
-- document is.  id_key: the row of a file that was filed, so that none is filed twice.
create table permission (
	request_id @int primary key references request (id),
	agent_id @int not null,
	proof @text not null,
	bytes @int not null,
	given_at @int not null,
	accepted_at @int not null default 0,
	destroyed_at @int not null default 0,
	id_key @blob not null,
	sealed @blob not null
);
create index permission_agent on permission (agent_id, request_id);
create unique index permission_row on permission (agent_id, id_key)
where length(id_key) > 0;
