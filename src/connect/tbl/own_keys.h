/*
 * OWN_KEY(CONNECTOR, column): what tells rows apart when the map names no key, in
 * systems that know by themselves.  Such systems say of no column that every row
 * has it.
 */
OWN_KEY(CSV, MAP_ROW_KEY)
OWN_KEY(JSONL, MAP_ROW_KEY)
OWN_KEY(S3_CSV, MAP_ROW_KEY)
OWN_KEY(S3_JSONL, MAP_ROW_KEY)
OWN_KEY(PERSON, MAP_ROW_KEY)
OWN_KEY(REDIS, "(key)")
OWN_KEY(LDAP, "dn")
#undef OWN_KEY
