#ifndef WORDS_LANG_H
#define WORDS_LANG_H

#include <stdbool.h>

#include "base/str.h"

/*
 * In which language a consumer is spoken to.  English is 0: whoever says nothing is
 * written to in the language in which the words were made.
 */
enum lang {
#define LANGUAGE(NAME, code, title) LANG_##NAME,
#include "words/tbl/languages.h"
	LANGS
};

const char *lang_code(enum lang l);  /* "es": of <html lang>, of cookies */
const char *lang_title(enum lang l); /* "Español", in that language itself */
bool lang_read(str code, enum lang *out); /* false: there are no words for it */

/*
 * The one that a browser wants most among those of `offered` (a bit each, 1 << LANG_ES),
 * by the weights of Accept-Language (RFC 9110, 12.5.4); "es-MX" is Spanish.  English
 * when it wants none of them.
 */
enum lang lang_accepted(str accept_language, unsigned offered);

#endif
