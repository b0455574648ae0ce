/*
 * STATE(name, code, title for staff, sentence for the consumer, open,
 *       verification)
 *
 * `verification` marks the states that wait for proof of who asks.  No kind
 * whose verification is forbidden can reach one (t/unit/t_law_state.c).
 */
STATE(UNCONFIRMED, "unconfirmed", "Not confirmed",
	"We have your request. Please confirm it with the code we sent you.",
	true, true)
STATE(SEARCHING, "searching", "Searching systems",
	"We are looking for your information in our systems.", true, false)
STATE(REVIEW, "review", "Ready to review",
	"We have looked through our systems, and a person is reviewing what "
	"was found.", true, false)
STATE(WORKING, "working", "Being carried out",
	"Your request is approved and is being carried out in our systems and "
	"with the companies we work with.", true, false)
STATE(ANSWERING, "answering", "Answer ready",
	"We are writing our answer to you.", true, false)
STATE(IN_FORCE, "in_force", "In force", "Your choice is in force.", true,
	false)
STATE(TELLING, "telling", "Telling recipients",
	"Your choice is in force. We are telling the companies that received "
	"your information.", true, false)
STATE(ASKED, "asked", "Asked, not confirmed",
	"You asked to opt in. Nothing changes until you confirm it.", true,
	false)
STATE(CHECKING, "checking", "Parent not checked",
	"We have your request. Nothing changes until we know that you are the "
	"parent or guardian.", true, true)
STATE(CLOSED, "closed", "Closed", "We have answered your request.", false,
	false)
#undef STATE
