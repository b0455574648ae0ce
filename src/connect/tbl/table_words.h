/*
 * TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault): what the map says of a
 * table in one kind of system only; fault() tells what is wrong with it.
 */
TABLE_WORD(PATTERN, pattern, REDIS, true, redis_pattern_fault)
TABLE_WORD(BASE, base, LDAP, true, directory_base_fault)
TABLE_WORD(FILTER, filter, LDAP, false, directory_filter_fault)
TABLE_WORD(LOOK_FOR, look_for, PERSON, false, look_for_fault)
#undef TABLE_WORD
