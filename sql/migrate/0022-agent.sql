-- Authorized agents that the business knows (11 CCR 7001, 7063).  registration: with
-- the California Secretary of State, of one that is a business.  why is staff's own
-- word on the suspension.
create table agent (
	id @id,
	name @text not null,
	email @text not null unique,
	registration @text not null,
	added_at @int not null,
	suspended_at @int not null default 0,
	why @text not null default ''
);
