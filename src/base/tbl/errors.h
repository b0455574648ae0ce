/*
 * ERR(name, HTTP status, exit status, title): every kind of failure that a
 * caller can tell apart.  Exit statuses are those of the command line: 0 done,
 * 1 failed, 2 usage, 3 not found, 4 a check found something, 5 needs a
 * confirmation, 75 try again.
 */
ERR(NONE, 200, 0, "no error")
ERR(INVALID, 422, 1, "invalid input")
ERR(USAGE, 400, 2, "wrong usage")
ERR(DENIED, 403, 1, "not allowed")
ERR(NOT_FOUND, 404, 3, "not found")
ERR(CONFLICT, 409, 1, "changed by someone else")
ERR(LIMIT, 413, 1, "over a limit")
ERR(TOO_MANY, 429, 75, "too many tries")
ERR(FOUND, 409, 4, "a check found problems")
ERR(UNCONFIRMED, 409, 5, "needs a confirmation")
ERR(UNAVAILABLE, 503, 75, "a system did not answer")
ERR(CORRUPT, 500, 1, "damaged data")
ERR(INTERNAL, 500, 1, "internal error")
#undef ERR
