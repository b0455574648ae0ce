-- A row of the suppression log holds any number of entries from now on
-- (desk/suppress_log.h): their keys stand one behind the other in id_key, and seq
-- is the last one's.  What holds for a key is asked of the list in memory.
drop index suppression_key;
