/*
 * OWN_COLUMN(name, label): columns that systems have without the map's naming them, as
 * map_column_is_own() has it; the labels in other languages are in src/words.
 */
OWN_COLUMN("what", "What")
OWN_COLUMN("file", "File")
OWN_COLUMN("text", "Text")
OWN_COLUMN("document", "Document")
OWN_COLUMN("(key)", "Key")
OWN_COLUMN("dn", "Entry in the directory")
#undef OWN_COLUMN
