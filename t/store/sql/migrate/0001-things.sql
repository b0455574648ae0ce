-- The schema that t_engine is held to: one table with a row of every type, one
-- with every kind of constraint.
create table thing (
	id @id,
	name @text not null unique,
	n @int not null check (n <> -13),
	bytes @blob not null
);

create table part (
	thing_id @int not null references thing (id) on delete cascade,
	place @int not null,
	primary key (thing_id, place)
);
