/*
 * STATUS(from, to, code, text): what an answer's status means, when the recipe
 * says nothing of it.  The first row that fits holds; the numbers are those of
 * RFC 9110 and RFC 6585.
 */
STATUS(300, 399, INVALID, "leads to another address, which is not followed")
STATUS(400, 400, INVALID, "the service does not understand the request")
STATUS(401, 401, DENIED, "the service refuses the secret")
STATUS(402, 403, DENIED, "the service denies it")
STATUS(404, 405, INVALID, "the service has no such address")
STATUS(408, 408, UNAVAILABLE, "the service waited too long")
STATUS(409, 409, CONFLICT, "the service says that it conflicts with something it holds")
STATUS(410, 410, INVALID, "the service has no such address any more")
STATUS(412, 412, CONFLICT, "somebody else has changed it")
STATUS(423, 423, CONFLICT, "the service keeps it locked")
STATUS(425, 425, UNAVAILABLE, "the service asks to be tried later")
STATUS(429, 429, UNAVAILABLE, "the service was asked too often")
STATUS(400, 499, INVALID, "the service refuses the request")
STATUS(500, 599, UNAVAILABLE, "the service fails")
STATUS(0, 999, CORRUPT, "an answer that means nothing here")
#undef STATUS
