/*
 * PROOF(NAME, code, title, kinds of which the consumer may be asked too, citation,
 *       valid)
 *
 * What an authorized agent shows.  Asked is whether the consumer permitted it, or who
 * they are, and only of what is verified: never of a choice that stops something, and
 * never beside a power of attorney.  Without any proof nobody is asked: the request may
 * be refused.
 */
PROOF(NONE, "none", "No proof of the permission", NOBODY,
	"11 CCR 7026(j), 7063(a)", SINCE_CPRA)
PROOF(SIGNED, "signed", "Permission signed by the consumer", VERIFIED,
	"11 CCR 7026(j), 7027(i), 7063(a), 7221(j)", SINCE_CPRA)
PROOF(POWER, "power", "Power of attorney", NOBODY,
	"11 CCR 7063(a); Prob. Code 4121 to 4130", SINCE_CPRA)
#undef PROOF
