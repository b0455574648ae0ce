-- Rows that wait since the system does not let them go, and since too much belongs to one.
alter table expiry_table add column refused @int not null default 0;
alter table expiry_table add column many @int not null default 0;
