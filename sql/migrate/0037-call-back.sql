-- 1: no code was sent, since there is neither an email address nor a phone that gets
-- text messages: staff call to confirm who asks.
alter table request add column call_back @int not null default 0;
