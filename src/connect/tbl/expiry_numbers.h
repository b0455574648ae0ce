/*
 * EXPIRY_NUMBER(NAME, name, ms): what the numbers of a column count since 1970, in the words
 * of the map, and how many milliseconds one of them is.
 */
EXPIRY_NUMBER(SECONDS,      seconds,      1000)
EXPIRY_NUMBER(MILLISECONDS, milliseconds, 1)
#undef EXPIRY_NUMBER
