-- The lines of the file a service provider or contractor was given, as they were
-- when it was made: each download has the same bytes.  act is the status that the
-- item had: 3 delete, 4 opt out.  A vendor's row is `making` until all are here.
create table drop_vendor_row (
	vendor_id @int not null references drop_vendor (id),
	list @int not null,
	item_id @text not null,
	id_key @blob not null,
	act @int not null,
	primary key (vendor_id, list, item_id)
);
create index drop_vendor_row_key on drop_vendor_row (id_key);
