/* EVIDENCE_FAULT(NAME, code, sentence): what does not fit about a pack; {file}
 * is the file it is about. */
EVIDENCE_FAULT(FORM, "form", "this is no evidence pack: {file} can't be read")
EVIDENCE_FAULT(SIGNATURE, "signature", "the signature does not fit: SHA256SUMS or the key was changed")
EVIDENCE_FAULT(KEY, "key", "it is signed with another key than the one given")
EVIDENCE_FAULT(MISSING, "missing", "{file} is missing")
EVIDENCE_FAULT(CHANGED, "changed", "{file} was changed")
EVIDENCE_FAULT(EXTRA, "extra", "{file} does not belong to the pack")
#undef EVIDENCE_FAULT
