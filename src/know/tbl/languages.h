/* KNOW_LANGUAGE(NAME, code, title): a column of words.h. */
KNOW_LANGUAGE(EN, "en", "English")
KNOW_LANGUAGE(ES, "es", "Español")
#undef KNOW_LANGUAGE
