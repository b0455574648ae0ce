#ifndef KNOW_WORDS_H
#define KNOW_WORDS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "law/category.h"
#include "words/lang.h"

/*
 * The words of a package in each language: one struct a language, filled from
 * tbl/words.h, so that a template names a word and never a language.
 */
enum know_language {
#define LANGUAGE(NAME, code, title) KNOW_##NAME = LANG_##NAME,
#include "words/tbl/languages.h"
	KNOW_LANGUAGES,
};

struct know_words {
	enum know_language language;
	const char *code; /* "en" */
#define KNOW_WORD(name, en, es) const char *name;
#include "know/tbl/words.h"
};

const struct know_words *know_words(enum know_language l);
const char *know_language_title(enum know_language l);
/* False for a language that there are no words for. */
bool know_language_read(str code, enum know_language *out);

/* The word with "{1}" and "{2}" filled in. */
str know_fill(struct arena *a, const char *word, str one, str two);
str know_fill_number(struct arena *a, const char *word, int64_t n);

/* "1,234,567", in Spanish too, as it is written in the United States. */
str know_count(struct arena *a, size_t n);

/* A row of the law in the language: a category's title, or what is said instead
 * of a value. */
str know_law_title(const struct know_words *w, const struct category_row *row);
str know_law_held(const struct know_words *w, const struct category_row *row);

/* "January 5, 2027", "5 de enero de 2027". */
str know_date(struct arena *a, const struct know_words *w, struct date d);

#endif
