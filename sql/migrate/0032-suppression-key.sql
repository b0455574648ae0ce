-- What the log says of one identifier (desk/suppress_at.c) without reading all of it:
-- the rows of one entry by its key, and those of several, which have to be looked
-- through.  A signal that comes in a pack writes no key into an index.
create index suppression_one on suppression (id_key) where length(id_key) = 32;
create index suppression_pack on suppression (seq) where length(id_key) > 32;
