-- Whose correction it is, asked for each cell (desk/recorrect_whose.h).
create index correction_identifier_of on correction_identifier (correction_id);
