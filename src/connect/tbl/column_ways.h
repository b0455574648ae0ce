/*
 * COLUMN_WAY(NAME, name, what happens, result): how a column is erased in a row
 * that stays (11 CCR 7022(b)(1); Civ. Code 1798.140(m)).
 */
COLUMN_WAY(EMPTY, null, "emptied", "null")
COLUMN_WAY(HASH, hash, "replaced by a one-way code",
	"a code that equal values of one erasure share, and whose key nobody has")
COLUMN_WAY(MASK, mask, "masked", "***, and 0 where a number stood")
COLUMN_WAY(RENEW, renew, "replaced by a made-up value",
	"random letters and digits in the same places; a date becomes another")
#undef COLUMN_WAY
