#include "know/words.h"

#include "base/base.h"
#include "base/buf.h"
#include "words/words.h"

static const struct know_words english = {
	.language = KNOW_EN,
	.code = "en",
#define KNOW_WORD(name, en, es) .name = (en),
#include "know/tbl/words.h"
};

static const struct know_words spanish = {
	.language = KNOW_ES,
	.code = "es",
#define KNOW_WORD(name, en, es) .name = (es),
#include "know/tbl/words.h"
};

static const struct {
	const char *id;
	const char *es;
} law_words[] = {
#define KNOW_LAW_WORD(id, es) { id, es },
#include "know/tbl/law_words.h"
};

const struct know_words *know_words(enum know_language l)
{
	must((size_t)l < KNOW_LANGUAGES);
	return l == KNOW_ES ? &spanish : &english;
}

const char *know_language_title(enum know_language l)
{
	return lang_title((enum lang)l);
}

bool know_language_read(str code, enum know_language *out)
{
	enum lang l;

	if (!lang_read(code, &l))
		return false;
	*out = (enum know_language)l;
	return true;
}

/* The word is in its language already. */
str know_fill(struct arena *a, const char *word, str one, str two)
{
	return words_fill(a, LANG_EN, word, one, two);
}

str know_fill_number(struct arena *a, const char *word, int64_t n)
{
	return words_fill_number(a, LANG_EN, word, n);
}

str know_count(struct arena *a, size_t n)
{
	str digits = arena_fmt(a, "%zu", n);
	struct buf b = buf_in(a, 2 * digits.n);

	for (size_t i = 0; i < digits.n; i++) {
		if (i && (digits.n - i) % 3 == 0)
			buf_putc(&b, ',');
		buf_putc(&b, digits.p[i]);
	}
	return buf_str(&b);
}

static str law_word(
	const struct know_words *w, const char *id, const char *english_word)
{
	for (size_t i = 0; w->language == KNOW_ES && i < COUNTOF(law_words);
		i++)
		if (str_eq(str_of(id), str_of(law_words[i].id)))
			return str_of(law_words[i].es);
	return str_of(english_word);
}

str know_law_title(const struct know_words *w, const struct category_row *row)
{
	return law_word(w, row->id, row->title);
}

str know_law_held(const struct know_words *w, const struct category_row *row)
{
	return law_word(w, row->id, row->text);
}

str know_date(struct arena *a, const struct know_words *w, struct date d)
{
	return words_date(a, (enum lang)w->language, d);
}
