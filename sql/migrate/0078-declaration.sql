-- A declaration that was asked for after the search (11 CCR 7062(d)): when, last; whether
-- it is what the request still lacks, which the queue knows without opening the seal; and
-- when it was signed.  The name under it stands with the person.
create table declaration (
	request_id @int primary key references request (id),
	asked_at @int not null,
	waits @int not null default 1,
	signed_at @int not null default 0
);
