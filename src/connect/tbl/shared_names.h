/*
 * SHARED_NAME(word): what a table is called whose rows are often several
 * people's.  A link to one is proposed as shared, so that it leads from none of
 * them to another (find.h).
 */
SHARED_NAME("household")
SHARED_NAME("house")
SHARED_NAME("home")
SHARED_NAME("family")
SHARED_NAME("company")
SHARED_NAME("companies")
SHARED_NAME("organization")
SHARED_NAME("organisation")
SHARED_NAME("employer")
SHARED_NAME("business")
SHARED_NAME("team")
SHARED_NAME("group")
SHARED_NAME("meeting")
SHARED_NAME("call")
SHARED_NAME("event")
#undef SHARED_NAME
