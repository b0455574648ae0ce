-- Documents that came with a request, each for one use (desk/document.h): what an
-- authorized agent shows (11 CCR 7063(a)), what a consumer offers to prove a correction
-- (11 CCR 7023(d)).  sealed: the document, until the case closes; bytes: how long it is.
create table document (
	id @id,
	request_id @int not null references request (id),
	use_code @text not null,
	bytes @int not null,
	given_at @int not null,
	destroyed_at @int not null default 0,
	sealed @blob not null
);
create index document_request on document (request_id, use_code);

-- Permissions had a place of their own for theirs; the seal is the same.
insert into document (request_id, use_code, bytes, given_at, destroyed_at, sealed)
select request_id, 'permission', bytes, given_at, destroyed_at, sealed
from permission where proof <> 'none'
order by request_id;
alter table permission drop column bytes;
alter table permission drop column destroyed_at;
alter table permission drop column sealed;
