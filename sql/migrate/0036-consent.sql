-- What consumers are asked to consent to, and what they said (11 CCR 7002(e)).  A
-- purpose that stands here is a new one: it may be served only for who consented to
-- it.  Versions count from 1; consents to a version from `since_version` on hold for
-- this one.  Rows are added and never changed.
create table consent_text (
	id @id,
	purpose @text not null,
	version @int not null,
	since_version @int not null,
	text @text not null,
	sha256 @text not null,
	at @int not null,
	unique (purpose, version)
);
-- An act of somebody, by keyed identifier: given (1) or withdrawn (0).
create table consent (
	id @id,
	id_key @blob not null,
	purpose @text not null,
	version @int not null,
	given @int not null,
	actor @text not null,
	at @int not null
);
create index consent_of on consent (id_key, purpose, id);
