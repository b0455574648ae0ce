/*
 * NEXT(code, flows, state, what must hold of the facts f, sentence, detail,
 *      button, turn)
 *
 * The first row that fits is the one next step.  {name} is the system or the
 * vendor it is about.
 */
NEXT("power", ANY, UNCONFIRMED, f->proof == PROOF_POWER,
	"Look at the power of attorney, then accept it",
	"Nothing else may be asked of the consumer.", "Accept it", STAFF)
NEXT("no-proof", ANY, UNCONFIRMED, f->is_by_agent && f->proof == PROOF_NONE,
	"Deny: the agent showed no permission",
	"The letter says how it can be shown.", "Deny", STAFF)
NEXT("parent", ANY, UNCONFIRMED, f->is_for_child,
	"Find out whether the parent asks for this",
	"The clock has run since receipt. The search begins with the check.",
	"Record the check", STAFF)
NEXT("call-back", ANY, UNCONFIRMED, f->is_called_back,
	"Call back, so that the phone number is confirmed",
	"The clock has run since receipt. The search starts from that number.",
	"Call back", STAFF)
NEXT("permission", ANY, UNCONFIRMED,
	f->is_by_agent && !(f->has_due && f->days_left <= AMBER_DAYS),
	"Waiting for the consumer to confirm the permission",
	"The clock has run since receipt. You may start the search without it.",
	"Start the search", CONSUMER)
NEXT("decide", ANY, UNCONFIRMED, f->has_due && f->days_left <= AMBER_DAYS,
	"Start the search, or deny as unverified",
	"The code was never entered, and the answer is nearly due.",
	"Start the search", STAFF)
NEXT("code", ANY, UNCONFIRMED, true, "Waiting for the code sent by email",
	"The clock has run since receipt. You may start the search without it.",
	"Start the search", CONSUMER)

NEXT("reach", ANY, SEARCHING,
	f->systems_unreachable > 0 && f->has_due && f->days_left <= AMBER_DAYS,
	"Get {name} back, or answer without it",
	"The answer is nearly due. The letter says what was dropped.",
	"Try again now", STAFF)
NEXT("reach", ANY, SEARCHING, f->systems_refusing > 0,
	"Mend why {name} refuses the search",
	"No new try changes it. It is never reported as empty.",
	"Try again now", STAFF)
NEXT("reach", ANY, SEARCHING, f->systems_unreachable > 0,
	"Get {name} back, so that it can be searched",
	"It is tried again by itself, and is never reported as empty.",
	"Try again now", STAFF)
NEXT("chase", ANY, SEARCHING, f->keepers_late > 0,
	"Chase who looks in {name}",
	"The day passed. Until there is an answer it was not searched.",
	"Send the reminder", STAFF)
NEXT("wait-keeper", ANY, SEARCHING, f->keepers_open > 0,
	"Waiting for a person to look in {name}", "", "", KEEPER)
NEXT("searching", ANY, SEARCHING, true, "Looking through the systems", "", "",
	SYSTEM)

NEXT("held-due", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT), REVIEW,
	f->is_held && f->has_due && f->days_left <= AMBER_DAYS,
	"Held, and nearly due: take more time, or deny for the hold",
	"The letter doesn't name the hold.", "Decide", STAFF)
NEXT("held", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT), REVIEW, f->is_held,
	"Held: nothing may be deleted or changed now",
	"The time to answer runs on all the same.", "", NOBODY)
NEXT("fee-declined", ANY, REVIEW, f->is_fee_declined,
	"Deny: the fee was declined", "The letter says why nothing was done.",
	"Deny", STAFF)
NEXT("fee-due", ANY, REVIEW,
	f->is_fee_asked && f->has_due && f->days_left <= AMBER_DAYS,
	"Deny: the fee was not accepted, and the answer is nearly due",
	"Nothing is carried out before it is.", "Deny", STAFF)
NEXT("fee", ANY, REVIEW, f->is_fee_asked,
	"Waiting for the requester to accept the fee",
	"The time to answer runs on all the same.", "", CONSUMER)
NEXT("declaration-due", ANY, REVIEW,
	f->is_unverified && f->is_declaration_asked && f->has_due &&
		f->days_left <= AMBER_DAYS,
	"Make sure who is asking, or deny: the declaration was not signed, and "
	"the answer is nearly due", "", "Decide", STAFF)
NEXT("declaration", ANY, REVIEW, f->is_unverified && f->is_declaration_asked,
	"Waiting for the requester to sign the declaration",
	"The time to answer runs on all the same.", "", CONSUMER)
NEXT("unverified", ANY, REVIEW, f->is_unverified,
	"Make sure who is asking, or deny as not verified", "", "Decide", STAFF)
NEXT("whose", ANY, REVIEW, f->doubts > 0,
	"Say whose the addresses are that were found",
	"They may be somebody else's: nothing was searched for by them.",
	"Show who it is", STAFF)
NEXT("review", FLOW_BIT(ERASE), REVIEW, true,
	"Review what will be deleted, then approve", "", "Review and approve",
	STAFF)
NEXT("decide-correction", FLOW_BIT(CORRECT), REVIEW, true,
	"Decide: correct or deny", "", "Look at the rows", STAFF)
NEXT("explain", FLOW_BIT(EXPLAIN), REVIEW, true,
	"Write the answer, then send it",
	"What it has to say stands on the page.", "Write the answer", STAFF)
NEXT("untold", FLOW_BIT(TELL), REVIEW, f->systems_unsaid > 0,
	"Say why {name} is left out",
	"The answer owes the requester the facts (11 CCR 7024(e)). It can't be "
	"made without them.",
	"Keep it", STAFF)
NEXT("package", FLOW_BIT(TELL), REVIEW, true,
	"Review the package, then send", "", "Review", STAFF)

NEXT("held-late", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT), WORKING,
	f->is_held && (f->systems_open > 0 || f->vendors_untold > 0) &&
		f->has_due && f->days_left <= AMBER_DAYS,
	"Held, and nearly due: drop what waits, and answer in part",
	"The letter doesn't name the hold.", "Drop what waits", STAFF)
NEXT("held", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT), WORKING,
	f->is_held && (f->systems_open > 0 || f->vendors_untold > 0),
	"Held: what was approved waits", "It goes on when the hold has ended.", "",
	NOBODY)
NEXT("reach", ANY, WORKING,
	f->systems_unreachable > 0 && f->has_due && f->days_left <= AMBER_DAYS,
	"Get {name} back, or answer without it",
	"The answer is nearly due. The letter says what was dropped.",
	"Try again now", STAFF)
NEXT("reach", FLOW_BIT(CORRECT), WORKING, f->systems_unreachable > 0,
	"Get {name} to take the correction",
	"It is tried again by itself. If it can't, correct it there by hand.",
	"Try again now", STAFF)
NEXT("reach", ANY, WORKING, f->systems_refusing > 0,
	"Mend why {name} refuses to erase",
	"No new try changes it. It is not called done before.",
	"Try again now", STAFF)
NEXT("reach", ANY, WORKING, f->systems_unreachable > 0,
	"Get {name} back, so that it can be erased",
	"It is tried again by itself, and is not called done before.",
	"Try again now", STAFF)
NEXT("reach-vendor", ANY, WORKING, f->vendors_refused > 0,
	"Get the notice to {name}",
	"It was not taken. Look at the company's address in the data map.",
	"Try again now", STAFF)
NEXT("chase", ANY, WORKING, f->vendors_late > 0, "Chase {name}",
	"The agreed day passed without an answer.", "Send the reminder", STAFF)
NEXT("chase", ANY, WORKING, f->keepers_late > 0,
	"Chase who acts in {name}",
	"The day passed. Until there is an answer it is not called done.",
	"Send the reminder", STAFF)
NEXT("wait-keeper", ANY, WORKING, f->keepers_open > 0,
	"Waiting for a person to act in {name}", "", "", KEEPER)
NEXT("working", ANY, WORKING, f->systems_open > 0,
	"Being carried out in the systems", "", "", SYSTEM)
NEXT("telling", ANY, WORKING, f->vendors_untold > 0, "Telling {name}", "", "",
	SYSTEM)
NEXT("wait-vendor", ANY, WORKING, f->vendors_open > 0,
	"Waiting for {name} to confirm", "", "", VENDOR)
NEXT("finish", ANY, WORKING, true, "Everything is done: write the answer", "",
	"Write the answer", STAFF)

NEXT("close-unasked", ANY, ANSWERING, f->is_unasked,
	"Close it: nobody had asked",
	"The case opened itself. No letter goes out; the record says what was "
	"decided.",
	"Close it", STAFF)
NEXT("untold", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT), ANSWERING,
	f->vendors_unsaid > 0, "Say why {name} could not be told",
	"The letter owes the requester the facts (11 CCR 7022(b)(3)). It can't "
	"be sent without them.",
	"Keep it", STAFF)
NEXT("untold", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT) | FLOW_BIT(TELL), ANSWERING,
	f->systems_unsaid > 0, "Say why {name} is left out",
	"The answer owes the requester the facts (11 CCR 7022(f), 7023(f), "
	"7024(e)). It can't be sent without them.",
	"Keep it", STAFF)
NEXT("hold-over", FLOW_BIT(ERASE) | FLOW_BIT(CORRECT), ANSWERING,
	f->is_hold_over,
	"The hold has ended: take the denial back before it is sent",
	"It was denied for the hold alone, and nobody was told yet.",
	"Take it back", STAFF)
NEXT("answer", ANY, ANSWERING, true, "Read the answer, then send it", "",
	"Read and send", STAFF)

NEXT("tell", ANY, IN_FORCE, f->vendors_untold > 0, "Tell {name} to stop",
	"They received it before the choice was processed.", "Tell them", STAFF)
NEXT("in-force", ANY, IN_FORCE, true, "Nothing to do: it is in force", "", "",
	NOBODY)
NEXT("chase", ANY, TELLING, f->vendors_late > 0, "Chase {name}",
	"The agreed day passed without an answer.", "Send the reminder", STAFF)
NEXT("telling", ANY, TELLING, f->vendors_untold > 0, "Telling {name}", "", "",
	SYSTEM)
NEXT("wait-vendor", ANY, TELLING, f->vendors_open > 0,
	"Waiting for {name} to confirm", "", "", VENDOR)
NEXT("finish", ANY, TELLING, true, "Everyone was told: close it", "", "Close",
	STAFF)

NEXT("parent", ANY, CHECKING, true,
	"Find out whether the parent asks for this",
	"Nothing changes until you write down how you found out.",
	"Record the check", STAFF)
NEXT("second-act", ANY, ASKED, true, "Waiting for the second confirmation",
	"Nothing changes until then.", "", CONSUMER)

NEXT("resume", FLOW_BIT(ERASE), CLOSED, f->is_resumable,
	"The hold has ended: take the deletion up again",
	"It was denied for the hold, in whole or in part. A case of its own "
	"begins.",
	"Take it up again", STAFF)
NEXT("enter-anew", FLOW_BIT(ERASE), CLOSED, f->is_anew,
	"The hold has ended: enter the deletion anew",
	"It was denied for the hold, in whole or in part. Nothing that is kept leads to the "
	"rows: enter it for them, with what does.",
	"Enter it anew", STAFF)
NEXT("enter-shown", FLOW_BIT(ERASE), CLOSED, f->is_unshown,
	"The hold has ended: ask the agent to show the permission",
	"It was denied for the hold, in whole or in part. The agent showed none that still "
	"counts, or is suspended (11 CCR 7063(a)): enter it when it came.",
	"Enter it anew", STAFF)
NEXT("enter-grown", FLOW_BIT(ERASE), CLOSED, f->is_grown,
	"The hold has ended, and the child is 13 by now",
	"It was denied for the hold, in whole or in part. They ask for themselves (11 CCR "
	"7071), or the parent with their permission: enter it when they do.",
	"Enter it anew", STAFF)
NEXT("closed", ANY, CLOSED, true, "Closed", "", "", NOBODY)
#undef NEXT
