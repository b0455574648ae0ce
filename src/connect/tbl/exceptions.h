/*
 * EXCEPTION(code, what it allows): why data may be kept against a request to
 * delete, each only as far as reasonably necessary (Civ. Code 1798.105(d)).
 */
EXCEPTION(DX1, "to finish what the consumer asked for")
EXCEPTION(DX2, "to help ensure security and integrity")
EXCEPTION(DX3, "to repair errors in existing functions")
EXCEPTION(DX4, "to exercise free speech or another legal right")
EXCEPTION(DX5, "to comply with CalECPA, Penal Code 1546 and following")
EXCEPTION(DX6, "for public-interest research, with informed consent")
EXCEPTION(DX7, "for internal uses that the consumer expects")
EXCEPTION(DX8, "to comply with a legal obligation")
#undef EXCEPTION
