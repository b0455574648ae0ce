/*
 * FEE(id, kinds, unfounded, allowed, title, citation, valid)
 *
 * What a consumer may be asked to pay.  `unfounded`: the row is for requests that
 * are manifestly unfounded or excessive.
 */
FEE("fee-request", EVERY, false, false,
	"Answering is free, and so is finding out who asks",
	"Civ. Code 1798.130(a)(2)(A); 11 CCR 7060(e)", SINCE_CPRA)
FEE("fee-unfounded", ANSWERED, true, true,
	"A reasonable fee, when the request is manifestly unfounded or "
	"excessive: the estimate and its reason are told, and accepted, before "
	"the work; the business has to prove it", "Civ. Code 1798.145(h)(3)",
	SINCE_CPRA)
FEE("fee-choice", CHOICES, true, false,
	"Opting out, limiting and opting in are free in every case",
	"11 CCR 7004(a), 7026(b), 7027", SINCE_CPRA)
#undef FEE
