-- Where the system was that somebody looked at, and where the worker may erase: a keyed hash
-- of what the data map does not say itself (connect/address.h).
alter table expiry_run add column address @text not null default '';
alter table expiry_on add column address @text not null default '';
