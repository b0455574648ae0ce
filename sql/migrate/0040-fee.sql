-- A fee that was asked for a request that is manifestly unfounded or excessive (Civ.
-- Code 1798.145(h)(3)): the estimate, and whether the requester accepted it.  Only the
-- hash of the link's secret is kept.
create table fee (
	request_id @int primary key references request (id),
	cents @int not null,
	state @text not null,
	token_hash @blob not null unique,
	asked_at @int not null,
	answered_at @int not null default 0
);
