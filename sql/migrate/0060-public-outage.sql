-- The times in which people were not served at the public address (desk/outage.h).
-- problem: what was found, and nothing of a person.  to_at 0: it goes on; told_at 0:
-- nobody was told yet.
create table public_outage (
	id @id,
	from_at @int not null,
	last_at @int not null,
	looks @int not null,
	checks @text not null,
	problem @text not null,
	told_at @int not null default 0,
	to_at @int not null default 0
);
create unique index public_outage_open on public_outage (to_at) where to_at = 0;
