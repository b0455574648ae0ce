-- Whether any look ever matched a row is asked of each row that a key leads to.
create index drop_match_row on drop_match (system, person_key) where fate <> 'erased';
