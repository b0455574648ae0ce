-- How many addresses in what was found may be somebody else's (desk/doubt.h): the queue
-- knows what is next without opening the seal.
alter table request add column doubts @int not null default 0;
