-- An opt-out preference signal of somebody who takes part in a program that pays for
-- the data (11 CCR 7025(c)(4)): the signal is honored, and the person may be asked
-- once.  What they answered is kept; an empty choice is an answer that never came.
create table conflict (
	id_key @blob not null,
	program @text not null,
	asked_at @int not null,
	choice @text not null default '',
	chosen_at @int not null default 0,
	primary key (id_key, program)
);
