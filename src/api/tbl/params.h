/*
 * PARAM(handler, in, "name", Schema, is_required, "text"): what a call takes
 * besides its body.
 */
PARAM(check_many, query, "kind", Kind, false, "Stands in where an item has no kind; text/plain needs it")
PARAM(check_many, query, "for", Use, false, "May it be used so? For a list of lines")
PARAM(check_one, query, "for", Use, false, "May it be used so?")
PARAM(check_one, path, "hash", Sha256, true, "SHA-256 of the standardized identifier, as 64 hex digits")
PARAM(check_one, query, "kind", Kind, true, "What the hash is of")
PARAM(log_page, query, "after", Number, false, "Changes behind this one; 0 from the start")
PARAM(log_page, query, "limit", Number, false, "At most so many, 1 to 20,000; 10,000 when it is not there")
PARAM(snapshot_block, query, "seq", Number, true, "The change that the snapshot is of, as its manifest says")
PARAM(snapshot_block, query, "n", Number, true, "The block, from 0 on")
PARAM(suppress_many, query, "kind", Kind, false, "Stands in where an item has no kind; text/plain needs it")
PARAM(suppress_many, query, "reason", Reason, false, "The reason, for a list of lines")
PARAM(suppress_many, query, "source", Source, false, "Who saw it, for a list of lines")
PARAM(suppress_many, header, "Idempotency-Key", Key, false, "The same key within 48 hours gets the same answer; nothing is done twice")
PARAM(release_many, query, "kind", Kind, false, "Stands in where an item has no kind; text/plain needs it")
PARAM(request_make, header, "Idempotency-Key", Key, false, "The same key within 48 hours gets the same answer; nothing is done twice")
PARAM(agent_request, header, "Idempotency-Key", Key, false, "The same key within 48 hours gets the same answer; nothing is done twice")
PARAM(agent_requests, query, "agent", Number, true, "Of the registry: `toyon agent list`")
PARAM(agent_requests, query, "preview", YesNo, false, "yes: says what would be filed, and files nothing")
PARAM(agent_requests, query, "language", Language, false, "Letters about them are written in it; English without it")
PARAM(parent_request, header, "Idempotency-Key", Key, false, "The same key within 48 hours gets the same answer; nothing is done twice")
PARAM(request_show, path, "reference", Reference, true, "As it was given; case and dash do not matter")
#undef PARAM
