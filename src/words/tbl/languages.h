/*
 * LANGUAGE(NAME, code, title): the languages in which consumers are served (11 CCR
 * 7003(b)), the source of all words first.  Every other one has a folder CODE/ of
 * catalogs beside this one.  Only at the end may one be added.
 */
LANGUAGE(EN, "en", "English")
LANGUAGE(ES, "es", "Español")
#undef LANGUAGE
