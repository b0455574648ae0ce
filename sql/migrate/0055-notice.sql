-- The notices that were published, each version whole, and from which day it is in force
-- (11 CCR 7010 to 7016, 7220).  collected to disclosed: the categories that it speaks of, a
-- bit for each letter, so that the data map can be compared with it.
create table notice (
	id @id,
	kind @text not null,
	version @int not null,
	from_on @text not null,
	sha256 @text not null,
	text @text not null,
	collected @int not null,
	sold @int not null,
	shared @int not null,
	disclosed @int not null,
	at @int not null,
	published_by @text not null,
	unique (kind, version)
);

-- What a consumer's data was estimated to be worth, by which method of 11 CCR 7081 and from
-- which figures: amounts in cents, the value in ten-thousandths of a dollar.
create table valuation (
	id @id,
	method @text not null,
	counts @int not null,
	taken_off @int not null,
	among @int not null,
	country @int not null,
	value @int not null,
	how @text not null,
	at @int not null,
	noted_by @text not null
);
