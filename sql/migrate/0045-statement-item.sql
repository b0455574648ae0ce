-- A statement for each item that was refused (11 CCR 7023(f)), whether the rest of the
-- request was carried out or not.  item: its place among them; sealed_about: what it is,
-- as staff named it, empty in statements that are older.
alter table statement add column item @int not null default 0;
alter table statement add column sealed_about @blob not null default '';
drop index statement_request;
create unique index statement_request on statement (request_id, item);
