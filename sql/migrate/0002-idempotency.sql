-- What was answered to a program's call that carried an Idempotency-Key, for as
-- long as it may ask again (desk/once.h).  Both hashes are keyed; answers hold
-- nothing personal.

create table once (
	key_hash @blob primary key,
	request_hash @blob not null,
	at @int not null,
	answer @text not null default ''
);
create index once_at on once (at);
