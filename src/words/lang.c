/* The languages there are, and which of them a browser asks for. */
#include "words/lang.h"

#include <stddef.h>

#include "base/base.h"

enum { WEIGHT_ONE = 1000 };

static const struct {
	const char *code;
	const char *title;
} rows[] = {
#define LANGUAGE(NAME, code, title) { code, title },
#include "words/tbl/languages.h"
};

const char *lang_code(enum lang l)
{
	must((size_t)l < COUNTOF(rows));
	return rows[l].code;
}

const char *lang_title(enum lang l)
{
	must((size_t)l < COUNTOF(rows));
	return rows[l].title;
}

bool lang_read(str code, enum lang *out)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		if (!str_eq_nocase(code, str_of(rows[i].code)))
			continue;
		*out = (enum lang)i;
		return true;
	}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of "q=0.8", in thousandths; what can't be read counts for nothing. */
static int weight_of(str params)
{
	str q = str_trim(params);
	int weight, unit = WEIGHT_ONE / 10;

	if (!q.n)
		return WEIGHT_ONE;
	if (q.n < 3 || (q.p[0] != 'q' && q.p[0] != 'Q') || q.p[1] != '=' ||
		(q.p[2] != '0' && q.p[2] != '1'))
		return 0;
	weight = q.p[2] == '1' ? WEIGHT_ONE : 0;
	for (size_t i = 4; i < q.n && unit && is_digit(q.p[i]); i++) {
		weight += (q.p[i] - '0') * unit;
		unit /= 10;
	}
	return weight > WEIGHT_ONE ? WEIGHT_ONE : weight;
}

enum lang lang_accepted(str accept_language, unsigned offered)
{
	enum lang best = LANG_EN;
	int most = 0;

	for (str rest = accept_language, one; rest.n;) {
		str tag, params, region;
		enum lang l;
		int weight;

		(void)str_cut(rest, ',', &one, &rest);
		(void)str_cut(one, ';', &tag, &params);
		(void)str_cut(str_trim(tag), '-', &tag, &region);
		weight = weight_of(params);
		if (weight <= most || !lang_read(tag, &l) ||
			!(offered & (1U << l)))
			continue;
		best = l;
		most = weight;
	}
	return best;
}
