-- Who is known to be under 16, by keyed identifier: when they turn 13 and 16, as far as
-- a day of birth was told, and what they or a parent chose (Civ. Code 1798.120(c)):
-- 'parent' or 'self' allowed the sale, 'no' is not asked again before `ask_from`
-- (Civ. Code 1798.135(c)(5)).  Gone on the 16th birthday.
create table minor (
	id_key @blob primary key,
	age @text not null,
	thirteen_on @text not null default '',
	sixteen_on @text not null default '',
	told_at @int not null,
	choice @text not null default '',
	chosen_at @int not null default 0,
	ask_from @text not null default ''
);
create index minor_sixteen on minor (sixteen_on);
-- A request that somebody makes for a child under 13: by which method they wanted to
-- show that they are the parent, and by which staff found it out (11 CCR 7070).  What
-- was shown is sealed here, apart from the request, and destroyed when it closes.
create table parent (
	request_id @int primary key references request (id),
	wanted @text not null,
	method @text not null default '',
	checked_at @int not null default 0,
	staff_id @int not null default 0,
	sealed @blob not null
);
