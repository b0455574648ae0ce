/*
 * PERSON_PERSONAL(name, max bytes): identifies or describes the person.
 * PERSON_PLAIN(name, max bytes): what they chose; one of our own words.
 */
PERSON_PERSONAL(name, 120)
PERSON_PERSONAL(email, 254)
PERSON_PERSONAL(phone, 40)
PERSON_PERSONAL(zip, 10)
PERSON_PERSONAL(note, 2000)
/* Which information: "all", or "parts" and then `parts` in their own words. */
PERSON_PLAIN(scope, 16)
PERSON_PERSONAL(parts, 2000)
#undef PERSON_PERSONAL
#undef PERSON_PLAIN
