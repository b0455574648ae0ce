-- By which keys of other systems a deleted person stood in a system (desk/deleted_key.h):
-- keyed values of system, table, column and value, each with the person's identifiers
-- as `suppression` has them.  Gone when they are no longer on the list as deleted.
create table deleted_key (
	system @text not null,
	key_hash @blob not null,
	id_key @blob not null,
	primary key (system, key_hash, id_key)
);
create index deleted_key_whose on deleted_key (id_key);

-- Of a row that was found by such a key: what it belongs to may be other people's.
alter table returned add column is_owned @int not null default 0;
