/*
 * Look-ups in what the build made of the catalogs (words/said.h): pairs of English and
 * the language, in the order of the English.
 */
#include "words/words.h"

#include "base/base.h"
#include "base/buf.h"
#include "words/said.h"

enum { FILLED_MAX = 4096 };

static const struct words_said *said_in(enum lang l)
{
	switch (l) {
	case LANG_ES:
		return &words_said_es;
	case LANG_EN:
	case LANGS:
		break;
	}
	return NULL;
}

str words_say(enum lang l, str english)
{
	const struct words_said *in = said_in(l);
	size_t low = 0, high = in ? in->n : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(english, in->at[middle].english);

		if (!order)
			return in->at[middle].words;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return english;
}

str words_say_cstr(enum lang l, const char *english)
{
	return english ? words_say(l, str_of(english)) : (str){ 0 };
}

str words_fill(
	struct arena *a, enum lang l, const char *english, str one, str two)
{
	str rest = words_say_cstr(l, english);
	struct buf b = buf_in(a, FILLED_MAX + rest.n + one.n + two.n);

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

str words_fill_number(
	struct arena *a, enum lang l, const char *english, int64_t n)
{
	return words_fill(
		a, l, english, arena_fmt(a, "%lld", (long long)n), STR(""));
}

str words_date(struct arena *a, enum lang l, struct date d)
{
	static const char *const months[] = { "enero", "febrero", "marzo",
		"abril", "mayo", "junio", "julio", "agosto", "septiembre",
		"octubre", "noviembre", "diciembre" };

	if (l != LANG_ES || date_is_none(d))
		return date_words(a, d);
	return arena_fmt(
		a, "%d de %s de %d", d.day, months[d.month - 1], d.year);
}

/* One code, with its sections: "11 CCR 7026(e), 7027(f)". */
static str cite_code(struct arena *a, str one)
{
	static const struct {
		str code;
		const char *spanish;
	} codes[] = {
		{ STR_INIT("Civ. Code "), "Código Civil de California" },
		{ STR_INIT("11 CCR "),
			"Código de Regulaciones de California, título 11" },
	};

	for (size_t i = 0; i < COUNTOF(codes); i++) {
		str sections;

		if (!str_starts(one, codes[i].code))
			continue;
		sections = str_from(one, codes[i].code.n);
		return arena_fmt(a, "%s, %s %.*s", codes[i].spanish,
			str_find(sections, STR(", ")) < 0 ? "sección"
							  : "secciones",
			STR_ARG(sections));
	}
	return one;
}

str words_citation(struct arena *a, enum lang l, str citation)
{
	str rest = citation, one, out = STR("");

	if (l != LANG_ES)
		return citation;
	while (str_next(&rest, ';', &one))
		out = arena_fmt(a, "%.*s%s%.*s", STR_ARG(out),
			out.n ? "; " : "",
			STR_ARG(cite_code(a, str_trim(one))));
	return out;
}

str words_instant(struct arena *a, enum lang l, int64_t at_ms)
{
	struct date d = date_pacific(at_ms);
	str whole = instant_words_year(a, at_ms);

	if (l != LANG_ES || !at_ms)
		return whole;
	/* The time of day is written alike. */
	return arena_fmt(a, "%.*s%.*s", STR_ARG(words_date(a, l, d)),
		STR_ARG(str_from(whole, date_words(a, d).n)));
}
