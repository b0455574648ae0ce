/*
 * REFUSAL(word, code, text): what an error of the server means for us, by the
 * word that it begins with; any other is ERR_UNAVAILABLE.
 */
REFUSAL("WRONGTYPE", INVALID, "a key of the pattern holds no hash")
REFUSAL("NOPERM", DENIED, "not allowed")
REFUSAL("NOAUTH", DENIED, "not allowed")
REFUSAL("WRONGPASS", DENIED, "not allowed")
REFUSAL("READONLY", DENIED, "the server is a replica, and changes nothing")
REFUSAL("MOVED", INVALID, "the server is one of a cluster")
REFUSAL("CROSSSLOT", INVALID, "the server is one of a cluster")
REFUSAL("OOM", LIMIT, "the server's memory is full")
REFUSAL("ERR", INVALID, "the server does not take the command")
#undef REFUSAL
