-- A law-enforcement hold on the data of who made a request: nothing is deleted
-- and nothing used until it ends.  Which agency and which case is sealed.
create table hold (
	id @id,
	request_id @int not null references request (id),
	placed_at @int not null,
	until_on @text not null,
	renewals @int not null default 0,
	ended_at @int not null default 0,
	sealed @blob not null
);
create unique index hold_once on hold (request_id) where ended_at = 0;
