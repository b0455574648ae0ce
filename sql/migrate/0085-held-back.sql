-- Something of an approved deletion was left out of the answer for a law-enforcement hold.
alter table request add column held_back @int not null default 0;
