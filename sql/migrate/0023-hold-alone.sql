-- A hold may stand alone, without a request: request_id 0, and the person is known
-- by the identifiers that the direction names.  What they are is sealed.
create table hold_any (
	id @id,
	request_id @int not null,
	placed_at @int not null,
	until_on @text not null,
	renewals @int not null default 0,
	ended_at @int not null default 0,
	sealed @blob not null
);
insert into hold_any (request_id, placed_at, until_on, renewals, ended_at, sealed)
select request_id, placed_at, until_on, renewals, ended_at, sealed
from hold order by id;
drop table hold;
alter table hold_any rename to hold;
create unique index hold_once on hold (request_id)
	where ended_at = 0 and request_id > 0;

create table hold_identifier (
	hold_id @int not null references hold (id),
	kind @text not null,
	id_key @blob not null,
	sealed @blob not null,
	primary key (hold_id, id_key)
);
create index hold_identifier_key on hold_identifier (id_key);

-- By which identifiers each hold knows its person.
create view hold_key as
select h.id as hold_id, h.ended_at, r.id_key
from hold h join request_identifier r on r.request_id = h.request_id
where h.request_id > 0
union all
select h.id, h.ended_at, i.id_key
from hold h join hold_identifier i on i.hold_id = h.id;
