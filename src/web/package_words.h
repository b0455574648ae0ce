#ifndef WEB_PACKAGE_WORDS_H
#define WEB_PACKAGE_WORDS_H

#include "know/words.h"

/* The words of tbl/package_words.h in one language. */
struct package_words {
#define PACKAGE_WORD(name, en, es) const char *name;
#include "web/tbl/package_words.h"
};

const struct package_words *package_words(enum know_language l);

#endif
