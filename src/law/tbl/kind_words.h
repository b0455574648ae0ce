/*
 * KIND_WORD(word, name): other words for a kind, accepted where a person types
 * one, never written.
 */
KIND_WORD("know", KNOW_SPECIFIC)
KIND_WORD("access", KNOW_SPECIFIC)
KIND_WORD("categories", KNOW_CATEGORIES)
KIND_WORD("specific", KNOW_SPECIFIC)
KIND_WORD("deletion", DELETE)
KIND_WORD("erase", DELETE)
KIND_WORD("correction", CORRECT)
KIND_WORD("optout", OPT_OUT)
KIND_WORD("gpc", OPT_OUT)
KIND_WORD("do-not-sell", OPT_OUT)
KIND_WORD("optin", OPT_IN)
#undef KIND_WORD
