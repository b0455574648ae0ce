-- The job in whose run this one is done as well, while it is leased; 0: none.
alter table job add column with_id @int not null default 0;
create index job_with on job (with_id) where with_id > 0;
