-- What is open is carried out a page at a time, in this order: a page is sought, and what
-- is open is not sorted for each.
drop index drop_match_open;
create index drop_match_open on drop_match (pass_id, system, held_in, person_key, id)
	where fate = '';
drop index returned_open;
create index returned_open on returned (system, held_in, is_owned, row_key)
	where fate = '';
