/*
 * ROUTE(METHOD, "pattern", handler, ACCESS, flags, "what it is"): every page of
 * the web process; those of the API are in src/api.  ACCESS as in desk/access.h,
 * flags as in http/route.h.  A form takes LIMIT_FORM_BYTES.
 *
 * GET changes nothing; a change is a POST that answers with a redirect.  Nothing
 * personal is in a path.
 */
ROUTE(GET, "/", web_start, CONSUMER, 0, "the consumer's start page")
ROUTE(GET, "/opt-out", web_optout, CONSUMER, 0, "opt out of sale and sharing")
ROUTE(POST, "/opt-out", web_optout_post, CONSUMER, 0, "the opt-out, in force when answered")
ROUTE(GET, "/opt-out/done", web_optout_done, CONSUMER, 0, "the opt-out's confirmation")
ROUTE(GET, "/r/{kind}", web_wizard_start, CONSUMER, 0, "starts a request of a kind")
ROUTE(GET, "/r/{kind}/{step}", web_wizard, CONSUMER, 0, "one question of a request")
ROUTE(POST, "/r/{kind}/{step}", web_wizard_post, CONSUMER, 0, "its answer")
ROUTE(GET, "/s", web_status_form, CONSUMER, 0, "asks for a reference number")
ROUTE(POST, "/s", web_status_find, CONSUMER, 0, "goes to the request with that number")
ROUTE(GET, "/s/{ref}", web_status, CONSUMER, 0, "where a request stands")
ROUTE(GET, "/v/{token}", web_vendor, CONSUMER, 0, "a vendor's instruction, without an account")
ROUTE(POST, "/v/{token}", web_vendor_post, CONSUMER, 0, "the vendor's answer")

ROUTE(GET, "/desk/sign-in", web_sign_in, SIGN_IN, HTTP_SCRIPTS, "where staff sign in")
ROUTE(POST, "/desk/sign-in", web_sign_in_post, SIGN_IN, HTTP_SCRIPTS, "signs in")
ROUTE(POST, "/desk/sign-out", web_sign_out, STAFF, HTTP_SCRIPTS, "signs out")
ROUTE(GET, "/desk", web_queue, STAFF, HTTP_SCRIPTS, "the queue: runway and next steps")
ROUTE(POST, "/desk/search", web_search, STAFF, HTTP_SCRIPTS, "finds requests; what was typed is in no URL")
ROUTE(GET, "/desk/r/{ref}", web_case, STAFF, HTTP_SCRIPTS, "one case")
ROUTE(POST, "/desk/r/{ref}/reveal", web_case_reveal, STAFF, HTTP_SCRIPTS, "the case with the requester shown; audited")
ROUTE(POST, "/desk/r/{ref}/take", web_case_take, STAFF, HTTP_SCRIPTS, "takes the case over")
ROUTE(POST, "/desk/r/{ref}/retry", web_case_retry, STAFF, HTTP_SCRIPTS, "tries unreachable systems again")
ROUTE(POST, "/desk/r/{ref}/chase", web_case_chase, STAFF, HTTP_SCRIPTS, "reminds late vendors")
ROUTE(POST, "/desk/r/{ref}/search", web_case_search, STAFF, HTTP_SCRIPTS, "starts the search without a confirmed address")
ROUTE(POST, "/desk/r/{ref}/deny", web_case_deny, STAFF, HTTP_SCRIPTS, "denies on a ground of the law")
ROUTE(POST, "/desk/r/{ref}/preview", web_preview, STAFF, HTTP_SCRIPTS, "shows the rows and columns that would be deleted; audited")
ROUTE(POST, "/desk/r/{ref}/approve", web_approve, STAFF, HTTP_SCRIPTS, "approves the deletion")
ROUTE(GET, "/desk/r/{ref}/answer", web_answer, STAFF, HTTP_SCRIPTS, "the whole answer letter")
ROUTE(POST, "/desk/r/{ref}/answer", web_answer_post, STAFF, HTTP_SCRIPTS, "sends it")
ROUTE(POST, "/desk/r/{ref}/undeliverable", web_case_undeliverable, STAFF, HTTP_SCRIPTS, "closes a case whose answer no server takes")
ROUTE(POST, "/desk/r/{ref}/drop", web_case_drop, STAFF, HTTP_SCRIPTS, "drops what is not in the data map any more")
ROUTE(GET, "/desk/r/{ref}/receipt", web_receipt, STAFF, HTTP_SCRIPTS, "the record of a closed case, to print")
ROUTE(GET, "/desk/r/{ref}/receipt.json", web_receipt_json, STAFF, 0, "the same as it was signed")
ROUTE(GET, "/desk/vendors", web_vendors, STAFF, HTTP_SCRIPTS, "who was told, and who is late")
ROUTE(GET, "/desk/audit", web_audit, STAFF, HTTP_SCRIPTS, "the audit trail, newest first")
ROUTE(GET, "/desk/outbox", web_outbox, STAFF, HTTP_SCRIPTS, "letters, while no mail server is set up")

ROUTE(GET, "/assets/{path...}", web_asset, FREE, HTTP_QUIET, "style, fonts, icons, scripts")
ROUTE(GET, "/healthz", web_healthz, FREE, HTTP_QUIET, "the process is alive")
ROUTE(GET, "/readyz", web_readyz, FREE, HTTP_QUIET, "and its database answers")
ROUTE(GET, "/robots.txt", web_robots, FREE, HTTP_QUIET, "what search engines may list")
ROUTE(POST, "/drop/webhook", web_drop_webhook, FREE, HTTP_RAW_BODY | HTTP_ANY_ORIGIN | HTTP_PROBLEM, "what the State's platform tells, signed")
ROUTE(GET, "/.well-known/gpc.json", web_gpc, CONSUMER, 0, "says that the opt-out signal is honored")
#undef ROUTE
