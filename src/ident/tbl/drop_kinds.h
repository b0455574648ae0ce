/*
 * DROP_KIND(name, kind): what the State's rules (drop/1.2.0) make a hash of, by
 * the names of `toyon hash` and of toyon_drop_hash(), which never change.
 * IDENT_KINDS: a part of composites, by its name there.
 */
DROP_KIND("email", IDENT_EMAIL)
DROP_KIND("phone", IDENT_PHONE)
DROP_KIND("first", IDENT_KINDS)
DROP_KIND("last", IDENT_KINDS)
DROP_KIND("dob", IDENT_KINDS)
DROP_KIND("zip", IDENT_KINDS)
DROP_KIND("maid", IDENT_MAID)
DROP_KIND("vin", IDENT_VIN)
DROP_KIND("ctvid", IDENT_CTVID)
DROP_KIND("ndz", IDENT_NDZ)
DROP_KIND("namevin", IDENT_NAME_VIN)
#undef DROP_KIND
