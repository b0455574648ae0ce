/*
 * API(METHOD, "pattern", handler, ACCESS, SCOPE, in, out, status, "summary"): every
 * route of the API.  `in` and `out` are schemas of src/api/tbl/schemas.h, NONE
 * for no body, BYTES for one that is no JSON (what comes in is CSV); status is that of an answer that went well.  ACCESS as in
 * desk/access.h, SCOPE a row of tbl/scopes.h.  Parameters are rows of src/api/tbl/params.h.
 */
API(POST, "/api/v1/suppressions:check", check_many, API, CHECK, Asked, Verdicts, 200, "May these be passed on, or used for a purpose? Up to 10,000 identifiers, answered in order")
API(POST, "/api/v1/records:screen", screen_records, API, CHECK, Records, ScreenedRecords, 200, "May these new records be stored? Each with all identifiers that it holds")
API(GET, "/api/v1/suppressions/log", log_page, API, FOLLOW, NONE, BYTES, 200, "Changes of the list, for machines that keep a copy; docs/follow.md draws it")
API(GET, "/api/v1/suppressions/snapshot", snapshot_manifest, API, FOLLOW, NONE, BYTES, 200, "What holds at a signed change, for machines that begin a copy: the hashes of its blocks; 404 while the list is small")
API(GET, "/api/v1/suppressions/snapshot/block", snapshot_block, API, FOLLOW, NONE, BYTES, 200, "One block of it")
API(GET, "/api/v1/suppressions/{hash}", check_one, API, CHECK, NONE, Verdict, 200, "May this one be passed on? By its SHA-256. The hash of a phone number can be guessed back, and paths stand in the logs of proxies: better ask suppressions:check")
API(POST, "/api/v1/suppressions", suppress_many, API, SIGNALS, Signals, Suppressed, 200, "Suppress identifiers; in force and stored when answered")
API(POST, "/api/v1/visits", profile_visit, API, SIGNALS, Visit, Heard, 200, "A visit: what belongs to one person, with or without the opt-out preference signal; an opt-out of one is one of all")
API(POST, "/api/v1/minors", child_put, API, SIGNALS, Child, Minor, 200, "Data of somebody under 16 came to light: not sold until the 16th birthday, and a case to delete it is opened")
API(POST, "/api/v1/age-gate", age_gate_call, API, SIGNALS, Visitor, AgeGate, 200, "The address of an age gate for one visitor: who turns out to be under 16 is not sold until the 16th birthday")
API(POST, "/api/v1/consents", consent_call, API, SIGNALS, Consent, Consented, 200, "People consented to a new purpose, or took it back; a check for that purpose knows it when this is answered")
API(POST, "/api/v1/suppressions:release", release_many, API, RELEASE, Items, Released, 200, "Take back what is suppressed; refused with 403 when somebody on the list opted out or limited")
API(POST, "/api/v1/requests", request_make, API, REQUESTS, NewRequest, Request, 201, "Make an opt-out or a limit, in force when answered")
API(POST, "/api/v1/agent-requests", agent_request, API, FILE, AgentRequest, Request, 201, "An authorized agent asks for a consumer, with what the consumer signed; a stop is in force when answered")
API(POST, "/api/v1/agent-requests:file", agent_requests, API, FILE, BYTES, Filed, 200, "Many requests of one authorized agent, as CSV: each row is filed, known from before, or bad with its reason")
API(POST, "/api/v1/parent-requests", parent_request, API, FILE, ParentRequest, Request, 201, "A parent or guardian asks for a child under 13; staff find out that it is one")
API(GET, "/api/v1/requests/{reference}", request_show, API, REQUESTS, NONE, Request, 200, "Where a request stands; nothing personal")
API(GET, "/api/v1/openapi.json", describe, FREE, NONE, NONE, NONE, 200, "This description")
#undef API
