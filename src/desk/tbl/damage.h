/*
 * DAMAGE(NAME, name, sentence): what audit_verify() tells apart.  {seq} is the
 * entry at which the chain breaks.
 */
DAMAGE(INTACT, intact, "the chain is unbroken")
DAMAGE(CHANGED, changed, "entry {seq} was changed, or the one before it: its hash does not follow from what it says")
DAMAGE(MISSING, missing, "entry {seq} is missing")
DAMAGE(REORDERED, reordered, "entry {seq} is not in its place: entries were moved or stand there twice")
DAMAGE(TRUNCATED, truncated, "the export ends before its end: entry {seq} should come next")
DAMAGE(FOREIGN_KEY, foreign_key, "the export was signed with another key than the one given")
DAMAGE(SEAL_WRONG, seal_wrong, "the seal after entry {seq} is not genuine")
DAMAGE(END_WRONG, end_wrong, "the signature at the end is not genuine: something was changed, added or taken away")
DAMAGE(FORMAT, format, "line {line} is not what an audit export has there, after entry {seq}")
#undef DAMAGE
