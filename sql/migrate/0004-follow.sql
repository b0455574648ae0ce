-- How far the suppression log is signed (desk/follow.h): a running hash over
-- its entries up to seq, and a signature over that.  Signed again when nothing
-- was added, so that who follows can tell "nothing new" from "cut off".

create table suppression_seal (
	seq @int primary key,
	at @int not null,
	hash @text not null,
	signature @text not null
);
