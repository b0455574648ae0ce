-- 1: nobody can tell yet whether the requester is who they say, as far as the
-- search has come; the queue says what becomes of the request then.
alter table request add column unverified @int not null default 0;
