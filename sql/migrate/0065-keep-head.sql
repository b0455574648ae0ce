-- How many decisions to keep rows there ever were: a run that erases has read those before,
-- and stops at another.  By that number and not by a clock, of which each node has its own.
create table keep_head (
	one @int not null primary key,
	n @int not null
);
insert into keep_head (one, n) values (1, 0);
