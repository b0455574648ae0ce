/*
 * RECEIPT_FAULT(NAME, name, sentence): what does not fit about a receipt.
 * {member} is the member of the receipt that is meant.
 */
RECEIPT_FAULT(FORM, form, "this is no scrub receipt: {member}")
RECEIPT_FAULT(VERSION_FAULT, version, "the receipt is of another version than this program knows")
RECEIPT_FAULT(KEY, key, "the receipt was signed with another key than the one given")
RECEIPT_FAULT(SIGNATURE, signature, "the signature does not fit: something in the receipt was changed after it was signed")
RECEIPT_FAULT(SUMS, sums, "the counts do not add up: rows are those kept, suppressed and rejected")
RECEIPT_FAULT(IN, in, "the file that came in is another one: its SHA-256 is not in_sha256")
RECEIPT_FAULT(OUT, out, "the file that left is another one: its SHA-256 is not out_sha256")
#undef RECEIPT_FAULT
