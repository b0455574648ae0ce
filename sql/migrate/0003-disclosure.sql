-- Which list went to whom (desk/disclosure.h).  Who was in it stands in the
-- file DIR/disclosures/MARK.tym, as keyed tags; nothing here is personal.

create table disclosure (
	id @id,
	at @int not null,
	recipient @text not null,
	title @text not null,
	role @text not null,
	purpose @text not null,
	kept @int not null,
	members @int not null,
	mark @text not null unique,
	log_seq @int not null,
	in_sha256 @text not null,
	out_sha256 @text not null,
	receipt @text not null
);
create index disclosure_at on disclosure (at);
