/*
 * JOB(name, code, what): what the worker does later.  The subject is a request
 * (search, receipt), a task (find, erase, tell) or a letter (mail).
 */
JOB(SEARCH, "search", "plan a request: one task for each system and vendor")
JOB(FIND, "find", "look for the person in one system")
JOB(ERASE, "erase", "erase what was found in one system, and prove it")
JOB(TELL, "tell", "tell one vendor")
JOB(MAIL, "mail", "hand one letter to the mail server or the outbox")
JOB(SEAL, "seal", "sign the head of the audit chain")
JOB(TIDY, "tidy", "drop old drafts, sessions and counters; flush the log of the database")
JOB(INDEX, "index", "build the suppression index anew")
#undef JOB
