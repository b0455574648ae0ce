/*
 * DROP_COMPOSITE(LIST, roles...): the lists whose hash is made of the hashes of
 * parts, and the parts in the order in which they are joined.  A record without
 * any `own` part has nothing for the list; one with some of the parts only has a
 * key missing.
 */
DROP_COMPOSITE(NDZ, ROLE_BIT(FIRST) | ROLE_BIT(LAST) | ROLE_BIT(DOB) | ROLE_BIT(ZIP),
	ROLE_FIRST, ROLE_LAST, ROLE_DOB, ROLE_ZIP)
DROP_COMPOSITE(NAME_VIN, ROLE_BIT(VIN), ROLE_FIRST, ROLE_LAST, ROLE_VIN)
#undef DROP_COMPOSITE
