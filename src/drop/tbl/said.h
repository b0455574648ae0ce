/*
 * DROP_SAID(NAME, name, advice): what the platform can say, and what a person
 * should do about it; NULL where there is nothing for a person to do.
 */
DROP_SAID(BATCH, "batch", NULL)
DROP_SAID(NOTHING, "nothing new", NULL)
DROP_SAID(WAIT, "being prepared", NULL)
DROP_SAID(TAKEN, "taken", NULL)
DROP_SAID(REFUSED, "refused", NULL)
DROP_SAID(NOT_NOW, "not now",
	"a download needs a status for every work item of the batch before; an "
	"upload needs a batch that waits for one")
DROP_SAID(KEY, "key",
	"make a new API key in the DROP account and store it here; a new key ends "
	"the old one")
DROP_SAID(ACCOUNT, "account",
	"sign in to the DROP account: the registration, the fee, or the choice of "
	"lists is not complete")
DROP_SAID(BUSY, "busy", NULL)
DROP_SAID(TROUBLE, "trouble", NULL)
DROP_SAID(STRANGE, "strange",
	"check the platform's address here, and what stands between: this is no "
	"answer of the platform; if it goes on, download by hand in the account")
#undef DROP_SAID
