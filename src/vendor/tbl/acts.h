/*
 * VENDOR_ACT(NAME, name, title, ask): what a vendor is told to do.  The title
 * goes into the subject line, the sentences into the notice.
 */
VENDOR_ACT(DELETE, delete, "Delete one person's information",
	"Please delete all personal information about this person that you got from us or collected for us. Deleting may also mean making it anonymous or part of totals for good.")
VENDOR_ACT(OPT_OUT, opt_out, "Stop selling or sharing one person's information",
	"This person has opted out. Please stop selling and sharing the personal information about this person that you got from us, and tell everyone you passed it on to.")
#undef VENDOR_ACT
