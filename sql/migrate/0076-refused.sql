-- The last try ended with what no new one mends by itself: a rule of the system, or a map
-- that is wrong; not that it was away.
alter table task add column refused @int not null default 0;
