-- How many releases of deleted people there ever were, and how many there had been when a
-- look began: one that runs already followed the suppression list and does not hear of it.
-- By that number and not by a clock, of which each node has its own.
create table released_head (
	one @int not null primary key,
	n @int not null
);
insert into released_head (one, n) values (1, 0);

alter table screening add column released @int not null default 0;
