/* DROP_EVENT(NAME, words): what moves an access session on. */
DROP_EVENT(WAIT, "the platform prepares the lists")
DROP_EVENT(RECEIVED, "the lists, or word that there is nothing new, are here")
DROP_EVENT(LOOKED, "every system was looked at to its end")
DROP_EVENT(AGED, "what was matched is too old to be carried out")
DROP_EVENT(DONE, "everybody who matched was deleted, kept or opted out")
DROP_EVENT(SENT, "every status file was accepted")
DROP_EVENT(NOTHING_OWED, "there is nothing to report")
DROP_EVENT(REFUSED, "the platform refused rows")
DROP_EVENT(PROCESSED, "the platform took all rows")
DROP_EVENT(SERVED_NEXT, "the platform served the next lists, so this answer was complete")
DROP_EVENT(REHEARSED, "it was a rehearsal")
DROP_EVENT(FINISHED, "all of it is recorded")
#undef DROP_EVENT
