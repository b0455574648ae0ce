-- Rows that wait since it can't be told for certain which one is meant: a key of theirs
-- stands on another row, too.
alter table expiry_table add column unsure @int not null default 0;
