/*
 * DROP_ROLE(NAME, name, list): what a column can be to the match, by the name a
 * --map gives it.  `list` is the list that a value is looked up in by itself, or
 * DROP_LISTS for a part of a composite (tbl/composites.h), whose name is also
 * its name in ident/.
 */
DROP_ROLE(FIRST, "first", DROP_LISTS)
DROP_ROLE(LAST, "last", DROP_LISTS)
DROP_ROLE(DOB, "dob", DROP_LISTS)
DROP_ROLE(ZIP, "zip", DROP_LISTS)
DROP_ROLE(VIN, "vin", DROP_LISTS)
DROP_ROLE(EMAIL, "email", DROP_EMAIL)
DROP_ROLE(PHONE, "phone", DROP_PHONE)
DROP_ROLE(MAID, "maid", DROP_MAID)
DROP_ROLE(CTVID, "ctvid", DROP_CTVID)
#undef DROP_ROLE
