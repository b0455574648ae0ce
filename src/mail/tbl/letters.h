/*
 * LETTER(NAME, name, title): each kind of letter that goes out.  The words are in
 * mail/letters/name.txt, what they are filled with is struct letter_name.
 */
LETTER(CODE, code, "Code to confirm the address")
LETTER(AGENT_CODE, agent_code, "Code to confirm an agent’s permission")
LETTER(CODE_SMS, code_sms, "Code by text message")
LETTER(RECEIPT, receipt, "We got your request")
LETTER(DELETED, deleted, "Deleted everywhere")
LETTER(NOTHING_FOUND, nothing_found, "Nothing found")
LETTER(PACKAGE, package, "Your information is ready")
LETTER(EXTENSION, extension, "We need more time")
LETTER(DENIED_UNVERIFIED, denied_unverified, "Could not be verified")
LETTER(DENIED, denied, "Denied on a ground of the law")
LETTER(CORRECTED, corrected, "Corrected")
LETTER(EXPLAINED, explained, "About an automated decision")
LETTER(WITHDRAWN, withdrawn, "The request was taken back")
LETTER(OPT_IN, opt_in, "Confirm that you opt back in")
LETTER(AGENT_COPY, agent_copy, "Copy for the agent")
LETTER(AGENT_DENIED, agent_denied, "An agent showed no permission")
LETTER(MESSAGE, message, "Note to the desk: a message came")
LETTER(STOP_DENIED, stop_denied, "Opt-out or limit refused")
LETTER(OPT_IN_MINOR, opt_in_minor, "Confirm the opt-in of a minor")
LETTER(VENDOR_NOTICE, vendor_notice, "Instruction to a company")
LETTER(VENDOR_REMINDER, vendor_reminder, "Reminder to a company")
LETTER(KEEPER_TASK, keeper_task, "Task for a person")
LETTER(DROP_OUTAGE, drop_outage, "Notice of a failed access to DROP")
LETTER(DROP_VENDOR, drop_vendor, "Direction to a company, for the State's lists")
#undef LETTER
