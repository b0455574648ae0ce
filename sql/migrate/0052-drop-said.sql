-- What was answered of an item before its newest correction: that may still be refused.
alter table drop_item add column was_status @int not null default 0;
-- Of a status file: sent, and nobody knows whether the platform took it.
alter table drop_upload add column is_unheard @int not null default 0;
update drop_upload set is_unheard = 1 where state = 'made' and tries > 0;
