-- Four eyes: what one member of staff decided and another has not yet.  sameness:
-- a keyed value of what exactly was decided.
create table proposal (
	request_id @int primary key references request (id),
	act @text not null,
	sameness @text not null,
	staff_id @int not null,
	at @int not null
);
