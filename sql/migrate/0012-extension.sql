-- When the letter about more time left, in time; 0: not.  From then on the day
-- the answer is due is the day the request could be extended to.
alter table request add column extended_at @int not null default 0;
