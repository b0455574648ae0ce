-- sqlite:
create trigger thing_kept before delete on thing begin
	select raise(abort, 'kept');
	select 1;
end;
-- postgres:
create function keep() returns trigger as $$
begin
	raise exception 'kept';
end $$ language plpgsql;
create trigger thing_kept before delete on thing
	for each row execute function keep();
-- both:
alter table thing add note @text not null default '';
