/*
 * The rules of profile drop/1.2.0 that differ from ours.  They are followed to
 * the letter, also where we would do otherwise: a hash made by another rule
 * finds nobody, and says so to nobody.
 */
#include "ident/rules.h"

/* All white space goes, wherever it stands. */
enum ident_fault rule_drop_email(struct ident *out, str raw)
{
	struct runes r;
	size_t n = 0;

	if (!runes_read(&r, raw, RUNES_AS_IS))
		return IDENT_FAULT_ENCODING;
	runes_lower(&r);
	for (size_t i = 0; i < r.n; i++)
		if (!rune_is_space(r.at[i]))
			r.at[n++] = r.at[i];
	r.n = n;
	return n ? rule_put(out, &r) : IDENT_FAULT_EMPTY;
}

/* The window of the last ten digits: an extension shifts it, and so it must. */
enum ident_fault rule_drop_phone(struct ident *out, str raw)
{
	enum { PHONE_LENGTH = 10 };
	char digit[IDENT_RAW_MAX];
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++)
		if (raw.p[i] >= '0' && raw.p[i] <= '9')
			digit[n++] = raw.p[i];
	if (!n)
		return IDENT_FAULT_DIGITS;
	if (n > PHONE_LENGTH)
		return rule_put_str(
			out, (str){ digit + n - PHONE_LENGTH, PHONE_LENGTH });
	return rule_put_str(out, (str){ digit, n });
}

static bool is_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* "-NNNN" at the end, with blanks around the hyphen as some write it, and not the
 * hyphen of a foreign code. */
static str without_plus_four(str s)
{
	str before;

	if (s.n <= 5 || !is_digits(str_from(s, s.n - 4)))
		return s;
	before = unicode_trim(str_head(s, s.n - 4));
	if (before.n < 2 || before.p[before.n - 1] != '-')
		return s;
	return str_head(before, before.n - 1);
}

enum ident_fault rule_zip(struct ident *out, str raw)
{
	enum { ZIP_LENGTH = 5 };
	str s = without_plus_four(unicode_trim(raw));
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < ZIP_LENGTH; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			continue;
		if (c == '0' && n == 0)
			continue;
		if (rule_put_str(out, (str){ &c, 1 }))
			return IDENT_FAULT_LONG;
		n++;
	}
	return n ? IDENT_FAULT_NONE : IDENT_FAULT_ZIP;
}
