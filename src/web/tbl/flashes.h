/*
 * FLASH(code, sentence): what the next page says about what was just done.  Only
 * the code travels, see http_flash().
 */
FLASH("signed-out", "You are signed out.")
FLASH("taken", "The case is yours now.")
FLASH("retried", "The systems are being tried again.")
FLASH("chased", "The reminders are on their way.")
FLASH("searching", "The search has started.")
FLASH("closed", "The case is closed. The record says that the answer did not arrive.")
FLASH("dropped", "It is dropped from this case. The case can end in part only.")
FLASH("extending", "The letter about more time is on its way. The date moves when it has left.")
FLASH("held", "The hold is on. Nothing of this person is deleted, and nothing may be used.")
FLASH("renewed", "The hold is renewed.")
FLASH("lifted", "The hold is lifted. What was approved goes on.")
FLASH("proposed", "Kept. It is carried out when somebody else decides the same.")
FLASH("sent-back", "Sent back. The case is as it was before.")
FLASH("denied", "The request is denied. Read the letter, then send it.")
FLASH("approved", "Approved. The systems are being worked on now.")
FLASH("changed", "Something changed meanwhile. Look once more, then decide.")
FLASH("answered", "The answer is on its way. The case closes when the letter has left.")
FLASH("drop-asked", "The worker asks the platform now.")
FLASH("drop-going", "The worker goes on with it now.")
FLASH("drop-approved", "Approved. It is being carried out now.")
FLASH("drop-outcome", "What the platform said is kept.")
FLASH("drop-list", "The list and its reason are kept.")
FLASH("drop-fault", "Whose fault it was is kept.")
FLASH("drop-noticed", "The notice is kept as sent.")
#undef FLASH
