/*
 * A date of birth, written YYYYMMDD.  Read are YYYY-MM-DD (also with "/" or "."
 * or a time behind it), YYYYMMDD, M/D/YYYY in the American order, and the month
 * in English letters on either side of the day.  A year of two digits could be
 * two people: no key.
 */
#include "base/base.h"
#include "base/date.h"
#include "ident/rules.h"

enum { FIELDS_MAX = 3, WORD_MAX = 9 };

struct field {
	str text;
	bool is_number;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next run of digits or of letters; false at the end. */
static bool next_field(str *rest, struct field *out)
{
	size_t n = 0;

	while (rest->n && !is_digit(rest->p[0]) && !is_letter(rest->p[0]))
		*rest = str_from(*rest, 1);
	if (!rest->n)
		return false;
	out->is_number = is_digit(rest->p[0]);
	while (n < rest->n &&
		(out->is_number ? is_digit(rest->p[n]) : is_letter(rest->p[n])))
		n++;
	out->text = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return true;
}

/* "July", "jul": three letters or more of the English name; 0 when none. */
static int month_of(str s)
{
	static const str names[] = { STR_INIT("january"), STR_INIT("february"),
		STR_INIT("march"), STR_INIT("april"), STR_INIT("may"),
		STR_INIT("june"), STR_INIT("july"), STR_INIT("august"),
		STR_INIT("september"), STR_INIT("october"),
		STR_INIT("november"), STR_INIT("december") };

	for (size_t i = 0; s.n >= 3 && i < COUNTOF(names); i++)
		if (str_eq_nocase(s, str_head(names[i], s.n)))
			return (int)i + 1;
	return str_eq_nocase(s, STR("sept")) ? 9 : 0;
}

static bool is_ordinal(str s)
{
	return str_eq_nocase(s, STR("st")) || str_eq_nocase(s, STR("nd")) ||
	       str_eq_nocase(s, STR("rd")) || str_eq_nocase(s, STR("th"));
}

static int number(str s)
{
	int64_t v = 0;

	return s.n <= 4 && str_int(s, &v) ? (int)v : 0;
}

/* Day, month and year out of three fields, whose shape says which is which. */
static bool arrange(const struct field f[FIELDS_MAX], struct date *d)
{
	int first = f[0].is_number ? number(f[0].text) : month_of(f[0].text);
	int second = f[1].is_number ? number(f[1].text) : month_of(f[1].text);
	int third = number(f[2].text);

	if (!f[2].is_number)
		return false;
	if (f[0].is_number && f[1].is_number && f[0].text.n == 4)
		*d = (struct date){ first, second, third };
	else if (f[2].text.n != 4)
		return false;
	else if (!f[1].is_number)
		*d = (struct date){ third, second, f[0].is_number ? first : 0 };
	else
		*d = (struct date){ third, first, second };
	return true;
}

static bool read_fields(str s, struct date *d)
{
	struct field f[FIELDS_MAX];
	size_t n = 0;

	while (n < FIELDS_MAX && next_field(&s, &f[n]))
		if (n == 0 || f[n].is_number || !is_ordinal(f[n].text))
			n++;
	if (n == 1 && f[0].is_number && f[0].text.n == 8) {
		f[2] = (struct field){ str_from(f[0].text, 6), true };
		f[1] = (struct field){ str_head(str_from(f[0].text, 4), 2),
			true };
		f[0] = (struct field){ str_head(f[0].text, 4), true };
		n = FIELDS_MAX;
	}
	if (n != FIELDS_MAX || !arrange(f, d))
		return false;
	/* Behind an ISO date may stand a time, and nothing anywhere else. */
	return !s.n || (f[0].text.n == 4 && (s.p[0] == 'T' || s.p[0] == ' '));
}

static bool is_day(struct date d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 &&
	       d.day >= 1 && d.day <= date_month_length(d.year, d.month);
}

enum ident_fault rule_dob(struct ident *out, str raw)
{
	struct date d = { 0 };
	char text[8];
	int v;

	if (!read_fields(str_trim(raw), &d) || !is_day(d))
		return IDENT_FAULT_DATE;
	v = d.year * 10000 + d.month * 100 + d.day;
	for (size_t i = sizeof text; i-- > 0; v /= 10)
		text[i] = (char)('0' + v % 10);
	return rule_put_str(out, (str){ text, sizeof text });
}
