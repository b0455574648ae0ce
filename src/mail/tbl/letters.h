/*
 * LETTER(NAME, name, title, in): each kind of letter that goes out.  The words are in
 * mail/letters/name.txt, what they are filled with is struct letter_name.  in: EACH of the
 * languages in which consumers are served, Spanish in name_es.txt, as the law wants it of
 * what they are sent (11 CCR 7003(b)); or ENGLISH, what goes to others.
 */
LETTER(CODE, code, "Code to confirm the address", EACH)
LETTER(AGENT_CODE, agent_code, "Code to confirm an agent’s permission", EACH)
LETTER(CODE_SMS, code_sms, "Code by text message", EACH)
LETTER(RECEIPT, receipt, "We got your request", EACH)
LETTER(PROCESSED, processed, "Your choice is in force", EACH)
LETTER(DELETED, deleted, "What was deleted", EACH)
LETTER(NOTHING_FOUND, nothing_found, "Nothing found", EACH)
LETTER(PACKAGE, package, "Your information is ready", EACH)
LETTER(FEE, fee, "We ask for a fee", EACH)
LETTER(DECLARATION, declaration, "We ask for a signature", EACH)
LETTER(EXTENSION, extension, "We need more time", EACH)
LETTER(DENIED_UNVERIFIED, denied_unverified, "Could not be verified", EACH)
LETTER(DENIED, denied, "Denied on a ground of the law", EACH)
LETTER(CORRECTED, corrected, "Corrected", EACH)
LETTER(EXPLAINED, explained, "About an automated decision", EACH)
LETTER(WITHDRAWN, withdrawn, "The request was taken back", EACH)
LETTER(OPT_IN, opt_in, "Confirm that you opt back in", EACH)
LETTER(AGENT_COPY, agent_copy, "Copy for the agent", EACH)
LETTER(TO_PARENT, to_parent, "Letter to a parent or guardian", EACH)
LETTER(AGENT_DENIED, agent_denied, "An agent showed no permission", EACH)
LETTER(INBOX, inbox, "How to make a request", EACH)
LETTER(MESSAGE, message, "Note to the desk: a message came", ENGLISH)
LETTER(STOP_DENIED, stop_denied, "Opt-out or limit refused", EACH)
LETTER(OPT_IN_MINOR, opt_in_minor, "Confirm the opt-in of a minor", EACH)
LETTER(VENDOR_NOTICE, vendor_notice, "Instruction to a company", ENGLISH)
LETTER(VENDOR_REMINDER, vendor_reminder, "Reminder to a company", ENGLISH)
LETTER(KEEPER_TASK, keeper_task, "Task for a person", ENGLISH)
LETTER(DROP_OUTAGE, drop_outage, "Notice of a failed access to DROP", ENGLISH)
LETTER(DROP_VENDOR, drop_vendor, "Direction to a company, for the State's lists", ENGLISH)
LETTER(PUBLIC_OUTAGE, public_outage, "To the privacy officer: the public pages do not work", ENGLISH)
#undef LETTER
