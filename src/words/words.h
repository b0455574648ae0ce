#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "words/lang.h"

/*
 * The words that C holds, in the consumer's language.  English is their source, and it
 * is the key: es/said.txt has the Spanish of each.  What stands in templates is not
 * here: their compiler puts it in (tools/tplc.c).
 *
 * Words without a translation come back as they are; t/run.d/words sees to it that
 * none is without.  Safe in every thread.
 */
str words_say(enum lang l, str english);
str words_say_cstr(enum lang l, const char *english); /* NULL: empty */

#define say(lang, x) \
	_Generic((x), str: words_say, char *: words_say_cstr, const char \
			 *: words_say_cstr)(lang, x)

/* The same with "{1}" and "{2}" filled in by what is not translated. */
str words_fill(
	struct arena *a, enum lang l, const char *english, str one, str two);
str words_fill_number(
	struct arena *a, enum lang l, const char *english, int64_t n);

/* "January 5, 2027", "5 de enero de 2027"; empty for no date. */
str words_date(struct arena *a, enum lang l, struct date d);
/* Where the law says it, as it is cited: "Civ. Code 1798.140(i)" by words for whom reads
 * Spanish: "Código Civil de California, sección 1798.140(i)". */
str words_citation(struct arena *a, enum lang l, str citation);

/* With the time of day: "January 5, 2027, 9:12 a.m.", "5 de enero de 2027, 9:12 a.m.". */
str words_instant(struct arena *a, enum lang l, int64_t at_ms);

#endif
