/*
 * RECEIPT(KIND, name, word, number, what): the members of a scrub receipt, in
 * the order in which they are written and signed.  TEXT, HASH (64 hex digits),
 * COUNT, or LIST of objects with a word and a number.  A released row is never
 * changed: what must change comes with a new version of the receipt.
 */
RECEIPT(TEXT, at, "", "", "when the run ended, UTC")
RECEIPT(TEXT, business, "", "", "whose list of suppressed people it was")
RECEIPT(TEXT, program, "", "", "the version of Toyon")
RECEIPT(TEXT, rules, "", "", "how identifiers were standardized")
RECEIPT(COUNT, generation, "", "", "which index file, 0: none yet")
RECEIPT(COUNT, log_seq, "", "", "the last entry of the suppression log that was looked at")
RECEIPT(TEXT, reasons, "", "", "only these took rows out; empty: all")
RECEIPT(TEXT, format, "", "", "csv or ndjson")
RECEIPT(TEXT, in_name, "", "", "base name of the file that came in; empty: a stream")
RECEIPT(HASH, in_sha256, "", "", "SHA-256 of its bytes as stored")
RECEIPT(TEXT, out_name, "", "", "base name of the file that left; empty: a stream")
RECEIPT(HASH, out_sha256, "", "", "SHA-256 of its bytes as stored")
RECEIPT(LIST, columns, "kind", "column", "which columns, from 1, were read as what")
RECEIPT(COUNT, rows, "", "", "rows that came in, without the header")
RECEIPT(COUNT, kept, "", "", "rows that left")
RECEIPT(COUNT, suppressed, "", "", "rows taken out because a person is suppressed")
RECEIPT(LIST, by_reason, "reason", "rows", "of these, rows by reason; a row may have several")
RECEIPT(COUNT, unreadable, "", "", "rows with an identifier that is none")
RECEIPT(COUNT, unreadable_rejected, "", "", "of these, taken out")
RECEIPT(COUNT, without_identifier, "", "", "rows that name nobody; kept")
RECEIPT(TEXT, recipient, "", "", "whom the list went to, as the data map calls it; empty: not entered")
RECEIPT(TEXT, purpose, "", "", "what for")
RECEIPT(HASH, public_key, "", "", "Ed25519, of the signature")
#undef RECEIPT
