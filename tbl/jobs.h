/*
 * JOB(name, code, what): what the worker does later.  The subject is a request
 * (search, package, binder), a task (find, erase, change, ask, tell), a letter (mail), or 0: the installation.
 */
JOB(SEARCH, "search", "plan a request: one task for each system and vendor")
JOB(FIND, "find", "look for the person in one system")
JOB(PACKAGE, "package", "make the package that answers a request to know")
JOB(PORTAL, "portal", "answer a request to know of the portal, where no person is needed")
JOB(BINDER, "binder", "make the evidence file of a case, and sign it")
JOB(ERASE, "erase", "erase what was found in one system, and prove it")
JOB(CHANGE, "change", "correct what was approved in one system, and prove it")
JOB(ASK, "ask", "ask a person to look or to delete where no program can, or remind them")
JOB(TELL, "tell", "tell one vendor")
JOB(MAIL, "mail", "hand one letter to the mail server or the outbox")
JOB(INBOX, "inbox", "take email that came, and tell its senders how to make a request")
JOB(SEAL, "seal", "sign the ends of the audit chain and of the suppression log, and a snapshot of the list when it has grown")
JOB(TIDY, "tidy", "drop old drafts, sessions, counters and records; note dates that passed")
JOB(INDEX, "index", "build this node's suppression index anew when it is old; without a row or a lease")
JOB(SCREEN, "screen", "look in every system for people who were deleted and came back")
JOB(EXPIRE, "expire", "erase what is kept longer than the data map says, where that is on")
JOB(EXPIRE_LOOK, "expire-look", "look at what is kept too long, because staff asked")
JOB(DROP, "drop", "take the State's deletion lists a step further")
JOB(LOOK, "look", "try the public pages from outside, as people do")
#undef JOB
