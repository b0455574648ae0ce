/*
 * DROP_STATE(NAME, code, title, next): where an access session stands, in the
 * order of the way, and what is to be done next.  Codes are in the record.
 */
DROP_STATE(REQUESTED, "requested", "Asked for", "ask the platform for the lists")
DROP_STATE(PREPARING, "preparing", "Being prepared", "ask again when the platform is ready")
DROP_STATE(DOWNLOADED, "downloaded", "Lists are here", "match them with everything held")
DROP_STATE(MATCHED, "matched", "Matched", "look at what would be done, and act")
DROP_STATE(ACTED, "acted", "Carried out", "report a status for every item")
DROP_STATE(UPLOADED, "uploaded", "Reported", "enter what the platform says of the rows")
DROP_STATE(VALIDATED, "validated", "Accepted", "close the session")
DROP_STATE(CLOSED, "closed", "Closed", "wait for the next access")
#undef DROP_STATE
