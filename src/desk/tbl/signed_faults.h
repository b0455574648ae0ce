/* SIGNED_FAULT(NAME, code, sentence): what does not fit about files that are handed
 * over as evidence; {file} is the file it is about. */
SIGNED_FAULT(FORM, "form", "this is no evidence of ours: {file} can't be read")
SIGNED_FAULT(SIGNATURE, "signature", "the signature does not fit: SHA256SUMS or the key was changed")
SIGNED_FAULT(KEY, "key", "it is signed with another key than the one given")
SIGNED_FAULT(MISSING, "missing", "{file} is missing")
SIGNED_FAULT(CHANGED, "changed", "{file} was changed")
SIGNED_FAULT(EXTRA, "extra", "{file} does not belong to it")
SIGNED_FAULT(ENTRY, "entry", "{file} has an entry of the audit trail that does not fit")
SIGNED_FAULT(SEAL, "seal", "{file} has a seal of the audit trail that does not fit")
SIGNED_FAULT(CHAIN, "chain", "{file}: who made it found the chain of the audit trail broken before a seal")
SIGNED_FAULT(EXPORT, "export", "{file} is no whole export of the audit trail")
SIGNED_FAULT(TRAIL, "trail", "{file} has an entry that the exported trail does not have so")
#undef SIGNED_FAULT
