-- How many holds had ever been placed when a look began: whoever is held since is known by
-- that number and not by a clock, of which each node has its own.
alter table screening add column holds @int not null default 0;

-- Identifiers that a search found of who made a request, keyed: they hold with the person
-- (Civ. Code 1798.145(a)) as those that were given do.  Nobody is told apart by them.
create table request_found (
	request_id @int not null references request (id),
	id_key @blob not null,
	primary key (request_id, id_key)
);
create index request_found_key on request_found (id_key);

create view request_key as
select request_id, id_key from request_identifier
union
select request_id, id_key from request_found;

drop view hold_key;
create view hold_key as
select h.id as hold_id, h.ended_at, r.id_key
from hold h join request_key r on r.request_id = h.request_id
where h.request_id > 0
union all
select h.id, h.ended_at, i.id_key
from hold h join hold_identifier i on i.hold_id = h.id;

-- Whose a kept row is: its identifiers of any kind, keyed, 16 bytes each.  Empty: none
-- stood in it, or it was kept before this was noted.
alter table keep_row add column owner_key @blob not null default '';
