/*
 * The phone rule of toyon/1.  It reads generously what can only be one US
 * number, because a spelling that is not read is a person who is not found; and
 * it gives no key where two readings are possible.
 *
 * Which ten digits are assigned is not asked beyond the first one: the plan
 * changes, lists come with hashes of any ten digits, and a number that nobody
 * has cannot drop anybody.  The exception is ten equal digits, which forms put
 * in for "none".
 */
#include <string.h>

#include "ident/rules.h"

enum { DIGITS_MAX = 24, EXTENSION_MAX = 8 };

struct reading {
	char digit[DIGITS_MAX];
	size_t n;
	bool has_plus;
};

static int digit_of(int32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)c - '0';
	if (c >= 0xFF10 && c <= 0xFF19) /* full-width */
		return (int)c - 0xFF10;
	return -1;
}

static bool is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_separator(int32_t c)
{
	return rune_is_blank(c) ||
	       (c < 0x80 && c > 0 && strchr("-./()", (int)c)) ||
	       (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D ||
	       c == 0xFF08 || c == 0xFF09 || c == 0xB7;
}

/* "Cell: " or "tel:" in front: letters, then the number. */
static size_t skip_label(const struct runes *r)
{
	size_t i = 0;

	while (i < r->n && (is_letter(r->at[i]) || is_separator(r->at[i]) ||
				   r->at[i] == ':'))
		i++;
	return i;
}

/*
 * What may follow the number: an extension ("x12", "ext. 12", ";ext=12", "#12",
 * ",,12"), or anything of letters without a digit ("(home)").
 */
static bool is_tail(const struct runes *r, size_t i)
{
	size_t digits = 0;
	bool is_marked = false;

	for (; i < r->n; i++) {
		int32_t c = r->at[i];

		if (digit_of(c) >= 0)
			digits++;
		else if (c == '#' || c == ';' || c == '=' || c == ',' ||
			 c == ':')
			is_marked = true;
		else if (is_letter(c) && digits)
			return false;
		else if (is_letter(c) && (c | 32) == 'x')
			is_marked = true;
		else if (!is_letter(c) && !is_separator(c))
			return false;
	}
	return !digits || (is_marked && digits <= EXTENSION_MAX);
}

static enum ident_fault read_digits(struct reading *d, const struct runes *r)
{
	size_t i = skip_label(r);

	if (i < r->n && (r->at[i] == '+' || r->at[i] == 0xFF0B)) {
		d->has_plus = true;
		i++;
	}
	for (; i < r->n; i++) {
		int v = digit_of(r->at[i]);

		if (v < 0 && is_separator(r->at[i]))
			continue;
		if (v < 0)
			break;
		if (d->n == DIGITS_MAX)
			return IDENT_FAULT_DIGITS;
		d->digit[d->n++] = (char)('0' + v);
	}
	return is_tail(r, i) ? IDENT_FAULT_NONE : IDENT_FAULT_DIGITS;
}

static bool all_same(str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != s.p[0])
			return false;
	return true;
}

/* Takes off what people dial or write in front of the ten digits. */
static enum ident_fault national(const struct reading *d, str *out)
{
	static const str prefix[] = { STR_INIT("1"), STR_INIT("001"),
		STR_INIT("0111") };
	str s = { d->digit, d->n };

	*out = s;
	if (d->has_plus && (s.n != 11 || s.p[0] != '1'))
		return s.n && s.p[0] == '1' ? IDENT_FAULT_DIGITS
					    : IDENT_FAULT_FOREIGN;
	for (size_t i = 0; i < sizeof prefix / sizeof *prefix; i++)
		if (s.n == 10 + prefix[i].n && str_starts(s, prefix[i]))
			*out = str_from(s, prefix[i].n);
	return out->n == 10 ? IDENT_FAULT_NONE : IDENT_FAULT_DIGITS;
}

enum ident_fault rule_phone(struct ident *out, str raw)
{
	struct reading d = { .n = 0 };
	struct runes r;
	enum ident_fault f;
	str ten;

	if (!runes_read(&r, raw, RUNES_NFC))
		return IDENT_FAULT_ENCODING;
	f = read_digits(&d, &r);
	if (!f)
		f = national(&d, &ten);
	if (f)
		return f;
	if (ten.p[0] < '2' || all_same(ten))
		return IDENT_FAULT_NANP;
	return rule_put_str(out, ten);
}
