/*
 * A test looks at one value; what a column is called and how many of its values
 * passed decides.  Numbers that others have too (ten digits, a UUID, a date) say
 * nothing without the name.
 */
#include "connect/detect.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/day.h"
#include "connect/lookalike.h"
#include "connect/name_words.h"
#include "ident/ident.h"

enum {
	SURE_PERCENT = 60,  /* of the values, when they decide alone */
	NAMED_PERCENT = 30, /* when the name says so as well */
	VIN_CHARS = 17,
	WHY_MAX = 1000,
};

struct sample {
	str value; /* trimmed, not empty */
	str column;
};

/* --- tests of one value --- */

static bool reads_as(enum ident_kind kind, str value)
{
	struct ident id;

	return ident_read(&id, IDENT_TOYON_1, kind, value) == IDENT_FAULT_NONE;
}

static bool part_reads_as(const char *part, str value)
{
	struct ident id;

	return ident_read_part(&id, str_of(part), value) == IDENT_FAULT_NONE;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

static size_t digits_in(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += is_digit(s.p[i]);
	return n;
}

static bool is_any(const struct sample *s)
{
	return s->value.n > 0;
}

static bool is_email(const struct sample *s)
{
	return reads_as(IDENT_EMAIL, s->value);
}

static bool is_ip(const struct sample *s)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;

	if (s->value.n >= sizeof text || str_has(s->value, '\0'))
		return false;
	memcpy(text, s->value.p, s->value.n);
	text[s->value.n] = '\0';
	return inet_pton(AF_INET, text, &address) == 1 ||
	       inet_pton(AF_INET6, text, &address) == 1;
}

static bool is_phone(const struct sample *s)
{
	return reads_as(IDENT_PHONE, s->value);
}

/* "2026-01-02 03:04": its digits would pass for those of a number. */
static bool is_instant(const struct sample *s)
{
	struct date day;

	return str_has(s->value, ':') && day_of(s->value, &day);
}

/* With the marks of a number that is dialled: digits alone may be anything. */
static bool is_spaced_phone(const struct sample *s)
{
	return digits_in(s->value) < s->value.n && is_phone(s) && !is_ip(s) &&
	       !is_instant(s);
}

static bool is_maid(const struct sample *s)
{
	return reads_as(IDENT_MAID, s->value);
}

static bool is_ctvid(const struct sample *s)
{
	return reads_as(IDENT_CTVID, s->value);
}

static bool is_md5(const struct sample *s)
{
	return reads_as(IDENT_EMAIL_MD5, s->value);
}

/* One word of letters, digits and marks. */
static bool is_token(const struct sample *s)
{
	return s->value.n <= 200 && !str_has(s->value, ' ') &&
	       reads_as(IDENT_ACCOUNT, s->value);
}

static bool looks_like(const struct sample *s, enum lookalike l)
{
	return lookalikes_in(s->value, s->column) & LOOKALIKE_BIT(l);
}

#define LOOKS_LIKE(function, NAME)                      \
	static bool function(const struct sample *s)    \
	{                                               \
		return looks_like(s, LOOKALIKE_##NAME); \
	}
LOOKS_LIKE(is_ssn, SSN)
LOOKS_LIKE(is_tax_id, TAX_ID)
LOOKS_LIKE(is_license, LICENSE)
LOOKS_LIKE(is_passport, PASSPORT)
LOOKS_LIKE(is_card, CARD)
LOOKS_LIKE(is_iban, IBAN)
LOOKS_LIKE(is_bank, BANK)
LOOKS_LIKE(is_medicare, MEDICARE)
LOOKS_LIKE(is_medical, MEDICAL)
LOOKS_LIKE(is_password, PASSWORD)

/* The ninth place is a check digit in North America (49 CFR 565.15(c)). */
static bool is_vin(const struct sample *s)
{
	static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
	static const char values[] = "12345678123457923456789";
	static const int weights[VIN_CHARS] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9,
		8, 7, 6, 5, 4, 3, 2 };
	int sum = 0;

	if (s->value.n != VIN_CHARS)
		return false;
	for (size_t i = 0; i < VIN_CHARS; i++) {
		char c = s->value.p[i] & (is_letter(s->value.p[i]) ? ~32 : ~0);
		const char *at = c ? strchr(letters, c) : NULL;

		if (!is_digit(c) && !at)
			return false;
		sum += weights[i] *
		       (is_digit(c) ? c - '0' : values[at - letters] - '0');
	}
	return "0123456789X"[sum % 11] ==
	       (s->value.p[8] & ~(is_letter(s->value.p[8]) ? 32 : 0));
}

static bool is_date(const struct sample *s)
{
	return part_reads_as("dob", s->value);
}

static bool is_zip(const struct sample *s)
{
	size_t n = digits_in(s->value);

	return (n == 5 && s->value.n == 5) || (n == 9 && s->value.n <= 10);
}

/* Letters with blanks and marks, no digit: a name, a place. */
static bool is_words(const struct sample *s)
{
	return s->value.n <= 60 && is_letter(s->value.p[0]) &&
	       !digits_in(s->value) && !str_has(s->value, '@');
}

static bool is_full_name(const struct sample *s)
{
	return is_words(s) && str_has(s->value, ' ');
}

static bool is_street(const struct sample *s)
{
	return s->value.n <= 120 && str_has(s->value, ' ') &&
	       digits_in(s->value) > 0 && digits_in(s->value) < s->value.n / 2;
}

/* A number, words, and what streets are called last: "12 Elm Street, Apt 4". */
static bool is_us_street(const struct sample *s)
{
	static const char last[] =
		"street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|"
		"court|ct|way|place|pl|terrace|ter|circle|cir|parkway|pkwy|"
		"highway|hwy";

	return is_street(s) && is_digit(s->value.p[0]) &&
	       name_has_phrase(s->value, last);
}

static bool is_coordinate(const struct sample *s)
{
	size_t marks = 0;

	for (size_t i = 0; i < s->value.n; i++)
		marks += s->value.p[i] == '.' || s->value.p[i] == '-' ||
			 s->value.p[i] == ',' || s->value.p[i] == ' ';
	return s->value.n <= 40 && str_has(s->value, '.') &&
	       marks + digits_in(s->value) == s->value.n;
}

static bool is_user_agent(const struct sample *s)
{
	return str_starts(s->value, STR("Mozilla/"));
}

/* --- the table --- */

struct row {
	bool (*test)(const struct sample *s);
	bool is_sure;
	bool is_identifier;
	enum ident_kind kind;
	enum verifies verifies;
	const char *never;
	char category;
	const char *names;
	const char *title;
};

#define IDENTIFIES(k) .is_identifier = true, .kind = IDENT_##k
#define PROVES(v)     .verifies = VERIFIES_##v
#define NEVER(code)   .never = (code)
#define ONLY_CATEGORY .never = NULL

static const struct row rows[] = {
#define DETECT(NAME, test_, is_sure_, of, category_, names_, title_) \
	[DETECT_##NAME] = { .test = (test_),                         \
		.is_sure = (is_sure_),                               \
		of,                                                  \
		.category = (category_),                             \
		.names = (names_),                                   \
		.title = (title_) },
#include "connect/tbl/detectors.h"
};

/* --- deciding --- */

static bool is_called(const struct row *r, str column)
{
	return name_has_phrase(column, r->names);
}

void detect_value(struct detect_counts *n, str column, str value)
{
	struct sample s = { str_trim(value), column };

	if (!s.value.n)
		return;
	n->values++;
	for (size_t i = 0; i < DETECTORS; i++)
		n->passed[i] += rows[i].test(&s);
}

/* What must not be disclosed is believed by its name alone: numbers that are made
 * up or masked pass no test. */
static bool fits_by_name(
	const struct row *r, const struct detect_counts *n, str column)
{
	size_t passed = n->passed[r - rows];

	return is_called(r, column) &&
	       (r->never || passed * 100 >= n->values * NAMED_PERCENT);
}

static bool fits_by_values(const struct row *r, const struct detect_counts *n)
{
	size_t passed = n->passed[r - rows];

	return r->is_sure && n->values &&
	       passed * 100 >= n->values * SURE_PERCENT;
}

static const struct row *row_for(const struct detect_counts *n, str column)
{
	for (size_t i = 0; i < DETECTORS; i++)
		if (fits_by_name(&rows[i], n, column))
			return &rows[i];
	for (size_t i = 0; i < DETECTORS; i++)
		if (fits_by_values(&rows[i], n))
			return &rows[i];
	return NULL;
}

static void propose(const struct row *r, struct map_column *out)
{
	out->is_identifier = r->is_identifier;
	out->kind = r->kind;
	out->verifies = r->verifies;
	out->category = r->category;
	out->never_disclose = str_of(r->never);
}

static void say_fit(struct buf *why, const struct row *r,
	const struct detect_counts *n, str column)
{
	bool is_named = is_called(r, column);

	buf_fmt(why, "%s: %s", r->title, is_named ? "named so" : "");
	if (r->test == is_any)
		return;
	if (is_named)
		buf_puts(why, ", and ");
	if (n->values)
		buf_fmt(why, "%zu of %zu values look so", n->passed[r - rows],
			n->values);
	else
		buf_puts(why, "there are no values to look at");
}

/* What somebody should look at, whatever is proposed. */
static void say_few(struct buf *why, const struct row *r,
	const struct detect_counts *n, size_t passed)
{
	buf_fmt(why, "%slook again: %zu of %zu values look like %s",
		why->n ? "; " : "", passed, n->values, r->title);
}

/* What the map must say of a column of this name in any case (map_never.c). */
static void propose_never(struct buf *why, str column, struct map_column *out)
{
	unsigned named = lookalikes_named(column);
	const struct lookalike_row *l;

	if (!named)
		return;
	l = lookalike_row((enum lookalike)__builtin_ctz(named));
	out->is_identifier = false;
	out->verifies = VERIFIES_NOTHING;
	out->never_disclose = str_of(l->never);
	out->category = 'L';
	buf_clear(why);
	buf_fmt(why, "%s: named so", l->title);
}

str detect_column(struct arena *a, const struct detect_counts *n, str column,
	struct map_column *out)
{
	struct buf why = buf_in(a, WHY_MAX);
	const struct row *found = row_for(n, column);

	if (found) {
		propose(found, out);
		say_fit(&why, found, n, column);
	}
	if (!out->never_disclose.n)
		propose_never(&why, column, out);
	for (size_t i = 0; i < DETECTORS; i++)
		if (&rows[i] != found && rows[i].is_sure && n->passed[i] &&
			(!found || rows[i].never))
			say_few(&why, &rows[i], n, n->passed[i]);
	return buf_str(&why);
}

bool detect_is_personal(str name)
{
	struct sample s = { name, { 0 } };

	return is_email(&s) || is_spaced_phone(&s) || is_ssn(&s) ||
	       is_card(&s) || is_ip(&s);
}
