/*
 * Each kind is one function over the value; which there are says the table.
 * Digits are looked at in groups ("123-45-6789" is 3, 2, 4), so that a date in
 * front of a number does not hide it.
 */
#include "connect/lookalike.h"

#include <string.h>

#include "base/base.h"
#include "connect/name_words.h"

enum {
	NEAR = 40,       /* bytes before a number where its name may stand */
	GROUPS_MAX = 24, /* of one chain; more are taken in the next */
	CARD_MIN = 13,
	CARD_MAX = 19,
	SHORT_WORD = 5,
	IBAN_MIN = 15,
	IBAN_MAX = 34,
};

struct look {
	str value;
	str name;
};

static const struct lookalike_row rows[] = {
#define LOOKALIKE(NAME, code, never, names, phrases, title, taken) \
	{ code, never, names, phrases, title, taken },
#include "connect/tbl/lookalikes.h"
};

const struct lookalike_row *lookalike_row(enum lookalike l)
{
	must((size_t)l < COUNTOF(rows));
	return &rows[l];
}

/* --- letters and words --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_alnum(char c)
{
	return is_digit(c) || is_letter(c);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool starts_token(str s, size_t at)
{
	return !at || !is_alnum(s.p[at - 1]);
}

/*
 * A blank of the word is any separator: "bank account" is "bank_account".  A
 * short word must begin one, or "ssn" would be in every "className".
 */
static bool is_word_at(str s, size_t at, str word)
{
	if (at + word.n > s.n || (word.n <= SHORT_WORD && !starts_token(s, at)))
		return false;
	for (size_t i = 0; i < word.n; i++) {
		bool is_same = lower(s.p[at + i]) == word.p[i] ||
			       (word.p[i] == ' ' && !is_alnum(s.p[at + i]));

		if (!is_same)
			return false;
	}
	return true;
}

/* Where the word begins in the first `most` bytes; most when it does not. */
static size_t find_word(str s, str word, size_t most)
{
	char small = word.p[0], large = (char)(small - 'a' + 'A');

	for (size_t at = 0; at < most; at++)
		if ((s.p[at] == small || s.p[at] == large) &&
			is_word_at(s, at, word))
			return at;
	return most;
}

/* Words of a list with "|" between; where the first that stands there ends, or
 * -1. */
static ptrdiff_t word_in(str s, const char *words)
{
	str rest = str_of(words), word;
	size_t best = s.n;
	ptrdiff_t end = -1;

	while (str_next(&rest, '|', &word)) {
		size_t at = find_word(s, word, best);

		if (at == best)
			continue;
		best = at;
		end = (ptrdiff_t)(at + word.n);
	}
	return end;
}

/* Named so: by the column, or by the words just before. */
static bool is_called(const struct look *l, size_t at, const char *words)
{
	size_t from = at > NEAR ? at - NEAR : 0;

	return word_in(l->name, words) >= 0 ||
	       word_in((str){ l->value.p + from, at - from }, words) >= 0;
}

/* --- groups of digits --- */

struct group {
	size_t at;
	size_t n;
};

struct chain {
	struct group of[GROUPS_MAX];
	size_t n;
	char separator; /* between all of them; 0: one group */
	size_t end;
};

static size_t digits_at(str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && is_digit(s.p[at + n]))
		n++;
	return n;
}

/* The groups from `at` on that one and the same separator divides. */
static void chain_at(str s, size_t at, struct chain *c)
{
	*c = (struct chain){ .n = 0 };
	for (size_t n; c->n < GROUPS_MAX && (n = digits_at(s, at)) > 0;) {
		char sep;

		c->of[c->n++] = (struct group){ at, n };
		at += n;
		c->end = at;
		sep = at < s.n ? s.p[at] : '\0';
		if ((sep != '-' && sep != ' ' && sep != '.') ||
			(c->n > 1 && sep != c->separator))
			return;
		if (!digits_at(s, at + 1))
			return;
		c->separator = sep;
		at++;
	}
}

typedef bool chain_fn(
	const struct look *l, const struct chain *c, size_t first);

/* Whether it holds from any group of any chain on. */
static bool any_chain(const struct look *l, chain_fn *holds)
{
	str s = l->value;

	for (size_t at = 0; at < s.n;) {
		struct chain c;

		if (!is_digit(s.p[at]) || !starts_token(s, at)) {
			at++;
			continue;
		}
		chain_at(s, at, &c);
		for (size_t i = 0; i < c.n; i++)
			if (holds(l, &c, i))
				return true;
		/* The last group may be the first of a chain with another
		 * separator. */
		at = c.n > 1 ? c.of[c.n - 1].at : c.end;
	}
	return false;
}

static int number_at(str s, size_t at, size_t n)
{
	int out = 0;

	for (size_t i = 0; i < n; i++)
		out = out * 10 + (s.p[at + i] - '0');
	return out;
}

static bool ends_token(str s, size_t at)
{
	return at >= s.n || !is_alnum(s.p[at]);
}

/* 3-2-4, or nine digits in one: where each part begins. */
static bool nine_digits(const struct look *l, const struct chain *c, size_t i,
	struct group part[3])
{
	const struct group *g = &c->of[i];

	if (g->n == 9) {
		part[0] = (struct group){ g->at, 3 };
		part[1] = (struct group){ g->at + 3, 2 };
		part[2] = (struct group){ g->at + 5, 4 };
		return ends_token(l->value, g->at + 9);
	}
	if (i + 3 > c->n || g[0].n != 3 || g[1].n != 2 || g[2].n != 4)
		return false;
	memcpy(part, g, 3 * sizeof *part);
	return ends_token(l->value, g[2].at + 4);
}

static bool is_ssn(const struct look *l, const struct chain *c, size_t i)
{
	struct group part[3];
	int area;

	if (!nine_digits(l, c, i, part))
		return false;
	area = number_at(l->value, part[0].at, 3);
	if (!area || area == 666 || area >= 900 ||
		!number_at(l->value, part[1].at, 2) ||
		!number_at(l->value, part[2].at, 4))
		return false;
	return c->of[i].n == 3 ||
	       is_called(l, part[0].at, "ssn|social security|social sec");
}

static bool look_SSN(const struct look *l)
{
	return any_chain(l, is_ssn);
}

static bool is_tax_id(const struct look *l, const struct chain *c, size_t i)
{
	struct group part[3];
	int middle;

	if (!nine_digits(l, c, i, part) || c->of[i].n == 9 ||
		l->value.p[part[0].at] != '9')
		return false;
	middle = number_at(l->value, part[1].at, 2);
	return (middle >= 50 && middle <= 65) ||
	       (middle >= 70 && middle <= 88) ||
	       (middle >= 90 && middle <= 92) || middle >= 94;
}

static bool look_TAX_ID(const struct look *l)
{
	return any_chain(l, is_tax_id);
}

/* --- cards --- */

static bool luhn(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = digits[n - 1 - i] - '0';

		d = i % 2 ? 2 * d : d;
		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

/* Beginning and length as the large networks give them out. */
static bool begins_as_card(const char *d, size_t n)
{
	int two = number_at((str){ d, n }, 0, 2);
	int four = number_at((str){ d, n }, 0, 4);

	if (d[0] == '4')
		return n == 13 || n == 16 || n == 19;
	if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720))
		return n == 16;
	if (two == 34 || two == 37)
		return n == 15;
	if (two == 30 || two == 36 || two == 38)
		return n == 14 || n == 16 || n == 19;
	return (two == 35 || four == 6011 || two == 62 || two == 64 ||
		       two == 65) &&
	       n >= 16;
}

static bool is_card(const struct look *l, const struct chain *c, size_t first)
{
	char digits[CARD_MAX];
	size_t n = 0;

	for (size_t i = first; i < c->n; i++) {
		const struct group *g = &c->of[i];

		/* A number in groups has at least three digits in each. */
		if (n + g->n > CARD_MAX || (g->n < 3 && n))
			return false;
		memcpy(digits + n, l->value.p + g->at, g->n);
		n += g->n;
		if (n >= CARD_MIN && ends_token(l->value, g->at + g->n) &&
			begins_as_card(digits, n) && luhn(digits, n))
			return true;
	}
	return false;
}

static bool look_CARD(const struct look *l)
{
	return any_chain(l, is_card);
}

/* --- accounts --- */

/* Letters and digits from `at` on, single blanks between; how many bytes. */
static size_t iban_at(str s, size_t at, char out[IBAN_MAX], size_t *n)
{
	size_t i = at;

	*n = 0;
	for (; i < s.n && *n < IBAN_MAX; i++) {
		bool is_blank = s.p[i] == ' ' && i + 1 < s.n &&
				is_alnum(s.p[i + 1]) && *n % 4 == 0;

		if (is_blank)
			continue;
		if (!is_alnum(s.p[i]))
			break;
		out[(*n)++] = s.p[i];
	}
	return i - at;
}

static bool mod_97_is_1(const char *s, size_t n)
{
	unsigned rest = 0;

	for (size_t i = 0; i < n; i++) {
		char c = s[(i + 4) % n];
		unsigned v = is_digit(c) ? (unsigned)(c - '0')
					 : (unsigned)(lower(c) - 'a' + 10);

		rest = (rest * (v > 9 ? 100 : 10) + v) % 97;
	}
	return rest == 1;
}

/* A blank inside may also be the one behind it: every length is tried. */
static bool is_iban(str s, size_t at)
{
	char text[IBAN_MAX];
	size_t n;

	if (at + IBAN_MIN > s.n || !is_letter(s.p[at]) ||
		!is_letter(s.p[at + 1]) || !is_digit(s.p[at + 2]) ||
		!is_digit(s.p[at + 3]))
		return false;
	iban_at(s, at, text, &n);
	for (; n >= IBAN_MIN; n--)
		if (mod_97_is_1(text, n))
			return true;
	return false;
}

static bool look_IBAN(const struct look *l)
{
	for (size_t at = 0; at < l->value.n; at++)
		if (starts_token(l->value, at) && is_iban(l->value, at))
			return true;
	return false;
}

static bool is_bank(const struct look *l, const struct chain *c, size_t i)
{
	const struct group *g = &c->of[i];

	return g->n >= 6 && g->n <= 17 &&
	       is_called(l, g->at,
		       "routing|bank account|bank acct|checking account|"
		       "savings account");
}

static bool look_BANK(const struct look *l)
{
	return any_chain(l, is_bank);
}

/* --- letters with digits --- */

static size_t token_at(str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && is_alnum(s.p[at + n]))
		n++;
	return n;
}

static size_t count_digits(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += is_digit(s.p[i]);
	return n;
}

typedef bool token_fn(const struct look *l, size_t at, str token);

static bool any_token(const struct look *l, token_fn *holds)
{
	for (size_t at = 0; at < l->value.n;) {
		size_t n = token_at(l->value, at);

		if (n && holds(l, at, (str){ l->value.p + at, n }))
			return true;
		at += n ? n : 1;
	}
	return false;
}

static bool is_license(const struct look *l, size_t at, str t)
{
	if (t.n != 8 || !is_letter(t.p[0]) || count_digits(t) != 7)
		return false;
	return str_trim(l->value).n == t.n ||
	       is_called(l, at, "license|licence|driver|dl no|dl number");
}

static bool look_LICENSE(const struct look *l)
{
	return any_token(l, is_license);
}

static bool is_passport(const struct look *l, size_t at, str t)
{
	return (t.n == 8 || t.n == 9) && count_digits(t) >= t.n - 2 &&
	       is_called(l, at, "passport");
}

static bool look_PASSPORT(const struct look *l)
{
	return any_token(l, is_passport);
}

/*
 * What may stand at each of the eleven places: c 1-9, a a letter without S, L,
 * O, I, B, Z, n a digit, x either.
 */
static bool is_medicare(const struct look *l, size_t at, str t)
{
	static const char places[] = "caxnaxnaann";

	(void)l, (void)at;
	if (t.n != sizeof places - 1)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		char c = lower(t.p[i]), want = places[i];
		bool is_a = is_letter(c) && !strchr("sloibz", c);
		bool fits = want == 'c'   ? is_digit(c) && c != '0'
			    : want == 'a' ? is_a
			    : want == 'n' ? is_digit(c)
					  : is_a || is_digit(c);

		if (!fits)
			return false;
	}
	return true;
}

static bool look_MEDICARE(const struct look *l)
{
	return any_token(l, is_medicare);
}

static bool is_medical(const struct look *l, size_t at, str t)
{
	return t.n >= 5 && count_digits(t) >= 4 &&
	       is_called(l, at,
		       "medical record|mrn|health plan|health insurance|"
		       "medical id|insurance member");
}

static bool look_MEDICAL(const struct look *l)
{
	return any_token(l, is_medical);
}

/* --- words --- */

static bool has_hash(str s)
{
	static const char *const heads[] = { "$2a$", "$2b$", "$2y$", "$1$",
		"$5$", "$6$", "$y$", "$7$", "$argon2", "$scrypt$", "$pbkdf2",
		"{SSHA", "{SHA", "{CRYPT}", "pbkdf2_sha" };

	for (size_t i = 0; i < COUNTOF(heads); i++)
		if (str_find(s, str_of(heads[i])) >= 0)
			return true;
	return false;
}

/* "password: x", "passwd=x"; "password reset" is none. */
static bool has_password_word(str s)
{
	for (ptrdiff_t end;
		(end = word_in(s, "password|passwd|passphrase")) >= 0;) {
		s = str_from(s, (size_t)end);
		while (s.n && (s.p[0] == ' ' || s.p[0] == '"'))
			s = str_from(s, 1);
		if (s.n > 1 && (s.p[0] == ':' || s.p[0] == '=') &&
			str_trim(str_from(s, 1)).n)
			return true;
	}
	return false;
}

static bool look_PASSWORD(const struct look *l)
{
	bool is_named = word_in(l->name, "password|passwd|passphrase") >= 0;

	return (is_named && str_trim(l->value).n) || has_hash(l->value) ||
	       has_password_word(l->value);
}

static bool look_SECURITY_ANSWER(const struct look *l)
{
	static const char words[] =
		"security question|security answer|maiden name";

	return word_in(l->value, words) >= 0 ||
	       (l->value.n && word_in(l->name, words) >= 0);
}

static bool look_BIOMETRIC(const struct look *l)
{
	static const str heads[] = { STR_INIT("FMR\0"), STR_INIT("FIR\0"),
		STR_INIT("FAC\0"), STR_INIT("IIR\0") };

	for (size_t i = 0; i < COUNTOF(heads); i++)
		if (str_starts(l->value, heads[i]))
			return true;
	return l->value.n &&
	       word_in(l->name, "faceprint|voiceprint|iris code|biometric") >=
		       0;
}

unsigned lookalikes_in(str value, str name)
{
	struct look l = { value, name };
	unsigned out = 0;

#define LOOKALIKE(NAME, code, never, names, phrases, title, taken) \
	out |= look_##NAME(&l) ? LOOKALIKE_BIT(LOOKALIKE_##NAME) : 0;
#include "connect/tbl/lookalikes.h"
	return out;
}

unsigned lookalikes_named(str name)
{
	unsigned out = 0;

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (word_in(name, rows[i].names) >= 0 ||
			name_has_phrase(name, rows[i].names) ||
			name_has_phrase(name, rows[i].phrases))
			out |= LOOKALIKE_BIT(i);
	return out;
}
