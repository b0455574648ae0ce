/*
 * STATE_EVENT(name, code, title, verification): what can happen to a request.
 * `verification` marks the events that prove, or fail to prove, who asks.
 */
STATE_EVENT(RECEIVED, "received", "Request received", false)
STATE_EVENT(CODE_CONFIRMED, "code_confirmed", "Email confirmed by code", true)
STATE_EVENT(SEARCH_STARTED, "search_started",
	"Search started by decision of staff", true)
STATE_EVENT(EMPOWERED, "empowered", "Power of attorney accepted", true)
STATE_EVENT(FOUND, "found", "Records found", false)
STATE_EVENT(NOTHING_FOUND, "nothing_found", "Nothing found in any system",
	false)
STATE_EVENT(APPROVED, "approved", "Approved after review", false)
STATE_EVENT(TOLD, "told", "Recipients are being told", false)
STATE_EVENT(TASK_DONE, "task_done", "A system or vendor is done", false)
STATE_EVENT(TASK_FAILED, "task_failed", "A system or vendor did not answer",
	false)
STATE_EVENT(ALL_DONE, "all_done", "Everything is done or explained", false)
STATE_EVENT(CONFIRMED, "confirmed", "Confirmed by the second act", false)
STATE_EVENT(PARENT_CHECKED, "parent_checked",
	"Found to be the parent or guardian", true)
STATE_EVENT(LAPSED, "lapsed", "Never confirmed", false)
STATE_EVENT(ANSWERED, "answered", "Answer sent", false)
STATE_EVENT(UNDELIVERABLE, "undeliverable",
	"Closed: the answer can't be delivered", false)
STATE_EVENT(DENIED, "denied", "Denied", false)
STATE_EVENT(REOPENED, "reopened", "The denial was taken back", false)
STATE_EVENT(WITHDRAWN, "withdrawn", "Withdrawn by the requester", false)
STATE_EVENT(JOINED, "joined", "Joined with an earlier request for the same",
	false)
STATE_EVENT(FEE_ASKED, "fee_asked", "A fee was asked for", false)
STATE_EVENT(FEE_ACCEPTED, "fee_accepted", "The fee was accepted", false)
STATE_EVENT(FEE_DECLINED, "fee_declined", "The fee was declined", false)
STATE_EVENT(EXTENDED, "extended", "Extended by 45 days", false)
#undef STATE_EVENT
