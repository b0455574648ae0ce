/*
 * EXPIRE_WHY(NAME, code, words): why a row whose time is up is still there.  The
 * codes are in the record.
 */
EXPIRE_WHY(KEPT,    kept,    "what belongs to them is kept by the map's word")
EXPIRE_WHY(NEEDED,  needed,  "held for law enforcement, kept on an exception, or asked for in an open request")
EXPIRE_WHY(YOUNGER, younger, "what belongs to them is not too old")
EXPIRE_WHY(OTHERS,  others,  "what belongs to them, or points to them, is somebody else's too")
EXPIRE_WHY(UNSURE,  unsure,  "a key, or a link, means more than one row, or one that can't be told, or others changed it meanwhile")
EXPIRE_WHY(REFUSED, refused, "the system does not let them go, or would delete or change with them what the data map does not lead to")
EXPIRE_WHY(MANY,    many,    "more belongs to one of them than can go at once")
#undef EXPIRE_WHY
