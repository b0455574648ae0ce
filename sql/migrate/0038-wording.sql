-- The words of the consumer's pages and of the letters, each as it was when it was new
-- (11 CCR 7004(c)); the entry of the audit trail has the hash of all of them.
create table wording (
	id @id,
	name @text not null,
	version @int not null,
	sha256 @text not null,
	program @text not null,
	text @text not null,
	at @int not null,
	unique (name, version)
);
