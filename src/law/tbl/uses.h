/*
 * USE(name, code, what forbids it, title): what somebody wants to do with the
 * data of a person.  OTHER is every purpose that has a name of its own.
 */
USE(SALE, "sale", FORBIDS_SALE, "sell it")
USE(SHARE, "share", FORBIDS_SALE,
	"share it for advertising across businesses")
USE(SENSITIVE, "sensitive", FORBIDS_SENSITIVE,
	"use what is sensitive beyond 11 CCR 7027(m)")
USE(ADMT, "admt", FORBIDS_ADMT, "decide by automated decisionmaking technology")
USE(KEEPING, "keeping", FORBIDS_KEEPING, "store it, or store it again")
USE(OTHER, "other", FORBIDS_OTHER, "use it for another purpose")
#undef USE
