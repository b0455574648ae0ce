-- A corrected value that no answer may disclose (11 CCR 7024(d)): its class, as the data
-- map called it then.  The consumer may confirm it by typing it (7023(j)).
alter table correction add column never_disclose @text not null default '';
