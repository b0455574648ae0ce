/* SIGNED_FAULT(NAME, code, sentence): what does not fit about files that are handed
 * over as evidence; {file} is the file it is about. */
SIGNED_FAULT(FORM, "form", "this is no evidence of ours: {file} can't be read")
SIGNED_FAULT(SIGNATURE, "signature", "the signature does not fit: SHA256SUMS or the key was changed")
SIGNED_FAULT(KEY, "key", "it is signed with another key than the one given")
SIGNED_FAULT(MISSING, "missing", "{file} is missing")
SIGNED_FAULT(CHANGED, "changed", "{file} was changed")
SIGNED_FAULT(EXTRA, "extra", "{file} does not belong to it")
#undef SIGNED_FAULT
