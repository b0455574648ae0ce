/*
 * VERIFIES(NAME, name): what a column can prove about a requester, beside the
 * identifiers (11 CCR 7062: data points are matched with what is held).
 */
VERIFIES(ZIP, zip)
VERIFIES(NAME, name)
VERIFIES(FIRST_NAME, first_name)
VERIFIES(LAST_NAME, last_name)
VERIFIES(STREET, street)
VERIFIES(CITY, city)
VERIFIES(BIRTH_DATE, birth_date)
#undef VERIFIES
