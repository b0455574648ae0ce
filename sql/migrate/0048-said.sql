-- What was said once more of somebody whom a request to stop had put on the list: the log
-- takes down only what is new to it.  So that a request which is refused as fraudulent takes
-- nothing with it that somebody else has said (11 CCR 7026(e)).  request_id: by which other
-- request; 0: a signal, a list, staff.
create table said_again (
	id_key @blob not null,
	reason @int not null,
	request_id @int not null,
	at @int not null,
	primary key (id_key, reason, request_id)
);

-- Requests up to this one came before that was taken down.
create table said_begin (
	request_id @int not null
);
insert into said_begin (request_id) select coalesce(max(id), 0) from request;
