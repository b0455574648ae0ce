/*
 * EXPIRY_UNIT(NAME, one, many, days, months, most): what the time is counted in
 * that rows are kept for, and how many of it a map may name.  A month ends on the
 * same day of the next, or on its last.
 */
EXPIRY_UNIT(DAYS,   day,   days,   1, 0,  36500)
EXPIRY_UNIT(WEEKS,  week,  weeks,  7, 0,  5200)
EXPIRY_UNIT(MONTHS, month, months, 0, 1,  1200)
EXPIRY_UNIT(YEARS,  year,  years,  0, 12, 100)
#undef EXPIRY_UNIT
