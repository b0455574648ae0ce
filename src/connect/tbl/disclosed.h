/*
 * DISCLOSED(NAME, name, title): as what a company gets data.  Sale, sharing and
 * disclosure for a business purpose are defined in Civ. Code 1798.140(ad), (ah)
 * and (e); a know answer lists the first two apart from the third (11 CCR
 * 7024(j) to (l)).
 */
DISCLOSED(BUSINESS_PURPOSE, business_purpose, "for a business purpose")
DISCLOSED(SOLD, sold, "sold")
DISCLOSED(SHARED, shared, "shared for advertising across sites")
#undef DISCLOSED
