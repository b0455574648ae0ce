-- When it was noted in the audit trail that a date had passed; 0: not (yet).
alter table request add column late_at @int not null default 0;
alter table task add column late_at @int not null default 0;
