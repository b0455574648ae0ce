/*
 * STATUS(from, to, code, text): what a store's status means.  The first row that
 * fits holds.
 */
STATUS(300, 399, INVALID, "the store sends on to another address; name it, and the region, in the secret")
STATUS(401, 403, DENIED, "the store denies it")
STATUS(404, 404, INVALID, "the store has no such bucket or object")
STATUS(409, 409, CONFLICT, "somebody else is writing it")
STATUS(412, 412, CONFLICT, "it was changed by someone else")
STATUS(429, 429, UNAVAILABLE, "the store was asked too often")
STATUS(400, 499, INVALID, "the store refuses the request")
STATUS(500, 599, UNAVAILABLE, "the store fails")
STATUS(0, 999, CORRUPT, "an answer that means nothing here")
#undef STATUS
