/*
 * INSTEAD(NAME, code, title, citation, valid): why what is contested may be deleted
 * instead of corrected.
 */
INSTEAD(HARMLESS, "harmless", "Deleting it does not hurt them",
	"11 CCR 7023(e)", SINCE_CPRA)
INSTEAD(AGREED, "agreed", "They agreed to the deletion", "11 CCR 7023(e)",
	SINCE_CPRA)
#undef INSTEAD
