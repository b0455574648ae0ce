/*
 * COMPOSITE(NAME, "code", "title", points, is_enough): data points that together may lead
 * to the rows of who gave neither an email address nor a phone number, the strongest
 * first.  Nothing less does.  is_enough: several rows may be one person's
 * (connect/find_point.h); else several are nobody's, for who shares a name and a ZIP code
 * is often somebody else.  Codes are in the record.
 */
COMPOSITE(NAME_STREET, "name-street", "name, street and ZIP code",
	POINT_BIT(NAME) | POINT_BIT(STREET) | POINT_BIT(ZIP), true)
COMPOSITE(NAME_BORN, "name-born", "name, date of birth and ZIP code",
	POINT_BIT(NAME) | POINT_BIT(BIRTH_DATE) | POINT_BIT(ZIP), true)
COMPOSITE(NAME_ZIP, "name-zip", "name and ZIP code",
	POINT_BIT(NAME) | POINT_BIT(ZIP), false)
#undef COMPOSITE
