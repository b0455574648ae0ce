-- Something that a second migration would do: a row moved, a column added.
insert into thing (name, n, bytes) values ('first', 1, '');
alter table part add column note @text not null default '';
