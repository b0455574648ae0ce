#include "know/words.h"

#include "base/base.h"
#include "base/buf.h"

enum { FILLED_MAX = 4096 };

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

static const struct {
	const char *code;
	const char *title;
} languages[] = {
#define KNOW_LANGUAGE(NAME, code, title) { code, title },
#include "know/tbl/languages.h"
};

const struct know_words *know_words(enum know_language l)
{
	must((size_t)l < KNOW_LANGUAGES);
	return l == KNOW_ES ? &spanish : &english;
}

const char *know_language_title(enum know_language l)
{
	must((size_t)l < COUNTOF(languages));
	return languages[l].title;
}

bool know_language_read(str code, enum know_language *out)
{
	for (size_t i = 0; i < COUNTOF(languages); i++) {
		if (!str_eq(code, str_of(languages[i].code)))
			continue;
		*out = (enum know_language)i;
		return true;
	}
	return false;
}

str know_fill(struct arena *a, const char *word, str one, str two)
{
	struct buf b = buf_in(a, FILLED_MAX + one.n + two.n);
	str rest = str_of(word);

	while (rest.n) {
		bool is_one = str_starts(rest, STR("{1}"));

		if (is_one || str_starts(rest, STR("{2}"))) {
			buf_put(&b, is_one ? one : two);
			rest = str_from(rest, 3);
			continue;
		}
		buf_putc(&b, rest.p[0]);
		rest = str_from(rest, 1);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

str know_fill_number(struct arena *a, const char *word, int64_t n)
{
	return know_fill(a, word, arena_fmt(a, "%lld", (long long)n), STR(""));
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
	static const char *const months[] = { "enero", "febrero", "marzo",
		"abril", "mayo", "junio", "julio", "agosto", "septiembre",
		"octubre", "noviembre", "diciembre" };

	if (w->language != KNOW_ES || date_is_none(d))
		return date_words(a, d);
	return arena_fmt(
		a, "%d de %s de %d", d.day, months[d.month - 1], d.year);
}
