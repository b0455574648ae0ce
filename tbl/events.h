/*
 * EVENT(NAME, "code", "sentence for the timeline", tone): everything the audit
 * trail can say.  {key} is a member of the entry's detail; sentences say what
 * happened, in the past tense, without a full stop.  Codes are for programs and
 * never change; rows are only added.  tone: "good", "bad" or "".
 */
EVENT(INSTALLED, "installation.made", "Toyon {version} was set up", "")
EVENT(SETTING_CHANGED, "setting.changed", "The setting {name} was changed", "")
EVENT(STAFF_ADDED, "staff.added", "Staff member {id} was added as {role}", "")
EVENT(STAFF_DISABLED, "staff.disabled", "Staff member {id} was disabled", "")
EVENT(PASSPHRASE_CHANGED, "staff.passphrase_changed", "Staff member {id} got a new passphrase", "")
EVENT(SIGNED_IN, "staff.signed_in", "Signed in", "")
EVENT(SIGN_IN_REFUSED, "staff.sign_in_refused", "A sign-in was refused: {reason}", "bad")
EVENT(SIGNED_OUT, "staff.signed_out", "Signed out", "")
EVENT(API_KEY_ADDED, "api_key.added", "API key {shown} was made", "")
EVENT(API_KEY_REVOKED, "api_key.revoked", "API key {shown} was revoked", "")

EVENT(OPTED_OUT, "optout.recorded", "Opted out of the sale and sharing of their information", "good")
EVENT(OPTED_IN, "optin.recorded", "Opted back in, in two steps", "")
EVENT(SUPPRESSED, "suppression.added", "{count} identifiers were suppressed: {reasons}", "good")
EVENT(RELEASED, "suppression.released", "{count} identifiers were released", "")
EVENT(LAPSED, "suppression.lapsed", "{count} entries of the suppression list ended on their day", "")
EVENT(INDEX_BUILT, "index.built", "The suppression index was built anew: {entries} entries, up to {seq}", "")
EVENT(SCRUBBED, "scrub.done", "A list was scrubbed: {rows} rows, {dropped} dropped", "")
EVENT(DISCLOSED, "disclosure.recorded", "Batch {batch} of {rows} rows was entered as disclosed to {recipient}", "")
EVENT(DISCLOSURES_ASKED, "disclosure.asked", "Who got the data of {count} people was looked up", "")

EVENT(REQUEST_RECEIVED, "request.received", "The request arrived: {kind}, by {channel}", "")
EVENT(CODE_SENT, "request.code_sent", "A code was sent to confirm the email address", "")
EVENT(CODE_REFUSED, "request.code_refused", "A wrong code was entered", "")
EVENT(EMAIL_CONFIRMED, "request.email_confirmed", "The email address was confirmed by code", "good")
EVENT(RECEIPT_CONFIRMED, "request.receipt_confirmed", "Receipt was confirmed by email", "good")
EVENT(OWNER_CHANGED, "request.owner_changed", "The case was taken over", "")
EVENT(REVEALED, "request.revealed", "Staff looked at who the requester is", "")
EVENT(PREVIEWED, "request.previewed", "Staff looked at the {rows} rows found in {system}", "")
EVENT(NOTED, "request.noted", "A note was added", "")
EVENT(EXTENDED, "request.extended", "The time to answer was extended to {due}", "")
EVENT(APPROVED, "request.approved", "Approved: {rows} rows in {systems} systems; companies to tell: {vendors}", "good")
EVENT(DENIED, "request.denied", "Denied: {reason}", "")
EVENT(LATE, "request.late", "The date to answer, {due}, passed", "bad")

EVENT(PLANNED, "request.planned", "Planned: systems to search, {systems}; companies to tell, {vendors}", "")
EVENT(SEARCHED, "system.searched", "{system} was searched: {rows} rows", "")
EVENT(NOT_FOUND, "system.nothing_found", "{system} was searched: nothing found", "good")
EVENT(UNREACHABLE, "system.unreachable", "{system} could not be reached; it is tried again", "bad")
EVENT(CHANGED_SINCE, "system.changed", "{system} holds other rows than were approved; it was searched again", "bad")
EVENT(ERASED, "system.erased", "{system}: {rows} rows deleted, and read again: none left", "good")
EVENT(DROPPED, "task.dropped", "{name} is not in the data map any more; staff dropped it from the case", "bad")

EVENT(VENDOR_TOLD, "vendor.told", "{vendor} was told", "")
EVENT(VENDOR_REMINDED, "vendor.reminded", "{vendor} was reminded", "")
EVENT(VENDOR_OPENED, "vendor.opened", "{vendor} opened the instruction", "")
EVENT(VENDOR_CONFIRMED, "vendor.confirmed", "{vendor} confirmed: {answer}", "good")
EVENT(VENDOR_REFUSED, "vendor.refused", "{vendor} says it must keep information", "bad")
EVENT(VENDOR_LATE, "vendor.late", "{vendor} has not answered in time", "bad")

EVENT(LETTER_SENT, "letter.sent", "The letter \"{letter}\" was sent", "")
EVENT(LETTER_FAILED, "letter.failed", "The letter \"{letter}\" could not be delivered", "bad")
EVENT(ANSWER_APPROVED, "request.answer_approved", "The answer was read and handed to the mail", "")
EVENT(ANSWERED, "request.answered", "The answer was sent: {outcome}", "good")
EVENT(UNDELIVERED, "request.undelivered", "Staff closed the case: the answer can't be delivered", "bad")
EVENT(CLOSED, "request.closed", "Closed; the record is kept until {keep_until}", "good")
EVENT(FORGOTTEN, "request.forgotten", "The key to the person's data was destroyed", "good")

EVENT(AUDIT_EXPORTED, "audit.exported", "The audit trail was exported, entries {from} to {to}", "")
#undef EVENT
