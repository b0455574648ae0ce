/*
 * REQUIRED(LETTER, statement, when, words, citation): what a letter may not be
 * without.  statement: its name in law/tbl/statements.h, or of our own; words:
 * a piece of the template that says it; when: ALWAYS, or if OFFERS (the business
 * sells, the person has not opted out), OPTED_OUT, KEPT (under an exception) or
 * DELETED (anything at all), WHOLE (every system was looked in), TOLD (the ground of
 * a denial may be told), CATEGORIES (of know), CORRECTING, HEALTH (a correction, one of
 * health data).
 */
REQUIRED(CODE, "code-purpose", ALWAYS, "It shows us that this email address is yours.", "11 CCR 7060(d)")
REQUIRED(RECEIPT, "receipt-received", ALWAYS, "We got your request on ", "11 CCR 7021(a)")
REQUIRED(RECEIPT, "receipt-process", ALWAYS, "We look for your information in each of our systems", "11 CCR 7021(a)")
REQUIRED(RECEIPT, "receipt-verification", ALWAYS, "We check that the request comes from you.", "11 CCR 7021(a)")
REQUIRED(RECEIPT, "receipt-when", ALWAYS, "You will have our answer by ", "11 CCR 7021(a)")
REQUIRED(RECEIPT, "processed-state", OPTED_OUT, "stop selling and sharing your personal information. We have stopped already.", "11 CCR 7026(g)")
REQUIRED(EXTENSION, "extension-reason", ALWAYS, "This is why: ", "11 CCR 7021(b); Civ. Code 1798.145(h)(1)")
REQUIRED(EXTENSION, "extension-until", ALWAYS, "You will have our answer by ", "11 CCR 7021(b)")
REQUIRED(DELETED, "answer-complied", DELETED, "We have deleted it", "11 CCR 7022(e)")
REQUIRED(DELETED, "answer-kept", KEPT, "We use what we kept for that and for nothing else.", "11 CCR 7022(f)")
REQUIRED(DELETED, "answer-record-kept", ALWAYS, "We keep a record of this request", "11 CCR 7022(e), 7101(a)")
REQUIRED(DELETED, "answer-suppressed", ALWAYS, "we keep the email address and phone number you gave us", "Civ. Code 1798.105(c)(2)")
REQUIRED(DELETED, "processed-state", OPTED_OUT, "You are opted out of the sale and sharing", "11 CCR 7026(g)")
REQUIRED(NOTHING_FOUND, "answer-complied", WHOLE, "We found none, so there was nothing to ", "11 CCR 7022(e)")
REQUIRED(NOTHING_FOUND, "answer-record-kept", ALWAYS, "We keep a record of this request", "11 CCR 7022(e), 7101(a)")
REQUIRED(NOTHING_FOUND, "processed-state", OPTED_OUT, "You are opted out of the sale and sharing", "11 CCR 7026(g)")
REQUIRED(DENIED_UNVERIFIED, "denial-basis", ALWAYS, "because we could not verify that the request came from you", "11 CCR 7022(a), (f)")
REQUIRED(DENIED_UNVERIFIED, "denial-appeal", ALWAYS, "somebody else will look at it", "Civ. Code 1798.145(h)(2)")
REQUIRED(DENIED_UNVERIFIED, "denial-offer-opt-out", OFFERS, "Would you like to opt out of the sale and sharing of your personal information?", "11 CCR 7022(g)")
REQUIRED(DENIED_UNVERIFIED, "processed-state", OPTED_OUT, "You are opted out of the sale and sharing", "11 CCR 7026(g)")
REQUIRED(DENIED_UNVERIFIED, "answer-record-kept", ALWAYS, "We keep a record of this request", "11 CCR 7101(a)")
REQUIRED(DENIED_UNVERIFIED, "denial-policy", CATEGORIES, "our privacy policy says", "11 CCR 7024(b)")
REQUIRED(DENIED_UNVERIFIED, "denial-delete", CORRECTING, "You can also ask us to delete it", "11 CCR 7023(f)")
REQUIRED(DENIED_UNVERIFIED, "denial-health-statement", HEALTH, "a statement of up to 250 words", "11 CCR 7023(f)")
REQUIRED(DENIED, "denial-basis", TOLD, "The rule for this is ", "11 CCR 7022(f), 7023(f), 7024(e)")
REQUIRED(DENIED, "denial-basis", ALWAYS, "We did not do it.", "11 CCR 7022(e)")
REQUIRED(DENIED, "denial-appeal", ALWAYS, "somebody else will look at it", "Civ. Code 1798.145(h)(2)")
REQUIRED(DENIED, "denial-offer-opt-out", OFFERS, "Would you like to opt out of the sale and sharing of your personal information?", "11 CCR 7022(g)")
REQUIRED(DENIED, "denial-policy", CATEGORIES, "our privacy policy says", "11 CCR 7024(b)")
REQUIRED(DENIED, "denial-delete", CORRECTING, "You can also ask us to delete it", "11 CCR 7023(f)")
REQUIRED(DENIED, "denial-health-statement", HEALTH, "a statement of up to 250 words", "11 CCR 7023(f)")
REQUIRED(DENIED, "answer-kept", KEPT, "for nothing else", "11 CCR 7022(f)")
REQUIRED(DENIED, "processed-state", OPTED_OUT, "You are opted out of the sale and sharing", "11 CCR 7026(g)")
REQUIRED(DENIED, "answer-record-kept", ALWAYS, "We keep a record of this request", "11 CCR 7101(a)")
REQUIRED(WITHDRAWN, "answer-record-kept", ALWAYS, "We keep a record of this request", "11 CCR 7101(a)")
REQUIRED(WITHDRAWN, "processed-state", OPTED_OUT, "You are opted out of the sale and sharing", "11 CCR 7026(g)")
REQUIRED(OPT_IN, "opt-in-second", ALWAYS, "Nothing changes until you confirm it.", "11 CCR 7028(a)")
REQUIRED(VENDOR_NOTICE, "vendor-duty", ALWAYS, "California law (Civil Code 1798.1", "11 CCR 7022(b), (c)")
REQUIRED(VENDOR_REMINDER, "vendor-duty", ALWAYS, "California law (Civil Code 1798.1", "11 CCR 7022(b), (c)")
REQUIRED(DROP_OUTAGE, "drop-not-our-fault", ALWAYS, "The failure was not our own.", "11 CCR 7612(b)(1)")
REQUIRED(DROP_VENDOR, "vendor-duty", ALWAYS, "California law (Civil Code 1798.1", "Civ. Code 1798.99.86(c)(1)(C)")
#undef REQUIRED
