/*
 * TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault, like): what the map says of a
 * table in one kind of system only; fault() tells what is wrong with it, and `like`
 * shows one that is right.
 */
TABLE_WORD(PATTERN, pattern, REDIS, true, redis_pattern_fault,
	"as in cart:{customer}:{id}")
TABLE_WORD(BASE, base, LDAP, true, directory_base_fault,
	"as in ou=people,dc=example,dc=org")
TABLE_WORD(FILTER, filter, LDAP, false, directory_filter_fault,
	"as in (objectClass=inetOrgPerson)")
TABLE_WORD(LOOK_FOR, look_for, PERSON, false, look_for_fault,
	"write it in UTF-8, without control characters")
#undef TABLE_WORD
