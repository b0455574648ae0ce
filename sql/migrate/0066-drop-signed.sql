-- What the signature of a webhook covers, as one value: its id and its type are outside of it,
-- and who overheard one could tell it again under others.
alter table drop_event add column signed_sha256 @text not null default '';
create unique index drop_event_signed on drop_event (signed_sha256)
	where signed_sha256 <> '';
