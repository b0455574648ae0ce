/*
 * POINT(NAME, "code", "title"): data points that a consumer can give and that are
 * compared with what a system holds (11 CCR 7062).  Codes are in the record.
 */
POINT(EMAIL, "email", "Email")
POINT(PHONE, "phone", "Phone")
POINT(ZIP, "zip", "ZIP code")
POINT(NAME, "name", "Name")
POINT(STREET, "street", "Street")
POINT(BIRTH_DATE, "birth_date", "Date of birth")
#undef POINT
