-- In which language an authorized agent reads (desk/spoken.h); '': nobody said.
alter table agent add column language text not null default '';
