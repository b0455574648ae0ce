-- A request that takes up again what another one was denied for a time (desk/resume.h): its
-- number; 0: it is the first.
alter table request add column again_of @int not null default 0;
