-- A comment with a ; in it.
create table thing (
	id @id, -- and one here; too
	name @text not null default 'a;b @id',
	sealed @blob not null,
	at @int not null
);
create index thing_name on thing (name);
