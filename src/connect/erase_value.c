/*
 * Values instead of others, a maker for each form of column (enum cell_form).  All of
 * them take what differs from value to value out of one stream of bytes: zeros for a
 * mask, the chain of a keyed digest for a code, the kernel's for a renewed value.
 */
#include "connect/erase_value.h"

#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/enc.h"
#include "base/rand.h"
#include "connect/decimal.h"
#include "connect/filled.h"
#include "ident/sha256.h"

enum {
	DATE_CHARS = 10,
	TIME_CHARS = 19,
	CODE_CHARS = 32,
	UUID_CHARS = 36,
	BYTES_KEPT = 255, /* of longer bytes, CODE_CHARS come instead */
	LETTERS_KEPT = 128,
	RENEW_TRIES = 16, /* of a short value: it must not be the old one */
	SAFE_DIGITS = 6,  /* that any column of floating points keeps */
};

struct dice {
	enum column_way way;
	uint8_t pool[SHA256_SIZE];
	size_t used;
};

static struct dice dice_of(
	struct arena *a, enum column_way way, str old, str secret)
{
	struct dice d = { .way = way };
	struct buf b;

	if (way != WAY_HASH)
		return d;
	b = buf_in(a, secret.n + old.n + 1);
	buf_put(&b, secret);
	buf_put(&b, old);
	sha256(buf_str(&b), d.pool);
	return d;
}

static uint8_t dice_byte(struct dice *d)
{
	uint8_t b = 0;

	if (d->way == WAY_RENEW)
		rand_bytes(&b, 1);
	if (d->way != WAY_HASH)
		return b;
	if (d->used == sizeof d->pool) {
		sha256((str){ (const char *)d->pool, sizeof d->pool }, d->pool);
		d->used = 0;
	}
	return d->pool[d->used++];
}

static uint64_t dice_below(struct dice *d, uint64_t bound)
{
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof n; i++)
		n = n << 8 | dice_byte(d);
	return n % bound;
}

static str dice_hex(struct arena *a, struct dice *d, size_t bytes)
{
	char *p = arena_alloc(a, bytes);

	for (size_t i = 0; i < bytes; i++)
		p[i] = (char)dice_byte(d);
	return hex_of(a, p, bytes);
}

typedef struct cell maker(
	struct arena *a, struct dice *d, const struct cell *old);

/* --- numbers --- */

static size_t digits_of(str s)
{
	size_t n = 0;

	s = str_from(s, str_starts(s, STR("-")));
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* Below the power of ten that has as many zeros. */
static uint64_t of_digits(struct dice *d, size_t digits)
{
	uint64_t below = 1;

	while (digits--)
		below *= 10;
	return dice_below(d, below);
}

/* One that has fewer digits: it fits where the old one did. */
static struct cell make_int(
	struct arena *a, struct dice *d, const struct cell *old)
{
	size_t digits = digits_of(old->v.v);

	digits = digits > 18 ? 17 : digits > 2 ? digits - 1 : 1;
	return cell_int(a, (int64_t)of_digits(d, digits));
}

static struct cell make_year(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)old;
	return cell_int(a, 1930 + (int64_t)dice_below(d, 80));
}

/* Of a column for numbers below one, a number below one. */
static struct cell make_part(struct arena *a, struct dice *d, size_t places)
{
	uint64_t part;

	if (!places || d->way == WAY_MASK)
		return cell_int(a, 0);
	places = places > SAFE_DIGITS ? SAFE_DIGITS : places;
	part = of_digits(d, places - 1) + 1;
	return cell_text(arena_fmt(
		a, "0.%0*llu", (int)places, (unsigned long long)part));
}

/* Zeros at the end are none: a floating point writes 123457000 of six that it has. */
static size_t significant_digits(str v)
{
	size_t n = 0, zeros = 0;

	for (size_t i = 0; i < v.n; i++) {
		bool is_digit = v.p[i] >= '0' && v.p[i] <= '9';

		n += is_digit;
		zeros = v.p[i] == '0' ? zeros + 1 : is_digit ? 0 : zeros;
	}
	return n - zeros;
}

static struct cell make_decimal(
	struct arena *a, struct dice *d, const struct cell *old)
{
	size_t most = significant_digits(old->v.v) > 9 ? 15 : SAFE_DIGITS;
	size_t digits = digits_of(old->v.v);
	str whole, part;

	if (d->way == WAY_MASK)
		return cell_int(a, 0);
	if (str_has(old->v.v, 'e') || str_has(old->v.v, 'E'))
		return cell_int(a, (int64_t)of_digits(d, SAFE_DIGITS));
	str_cut(old->v.v, '.', &whole, &part);
	if (str_eq(whole, STR("0")) || str_eq(whole, STR("-0")))
		return make_part(a, d, part.n);
	digits = digits > 2 ? digits - 1 : 1;
	return cell_int(
		a, (int64_t)of_digits(d, digits < most ? digits : most));
}

/* --- days and times --- */

static struct cell make_day(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)old;
	if (d->way == WAY_MASK)
		return cell_text(STR("1900-01-01"));
	return cell_text(arena_fmt(a, "%d-%02d-%02d",
		1930 + (int)dice_below(d, 80), 1 + (int)dice_below(d, 12),
		1 + (int)dice_below(d, 28)));
}

/* At noon, which no zone leaves out, after the first moment of a `timestamp` of
 * MariaDB. */
static struct cell make_time(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)old;
	return cell_text(arena_fmt(a, "%d-%02d-%02d 12:00:00",
		1971 + (int)dice_below(d, 50), 1 + (int)dice_below(d, 12),
		1 + (int)dice_below(d, 28)));
}

static struct cell make_clock(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)old;
	return cell_text(arena_fmt(a, "%02d:%02d:%02d", (int)dice_below(d, 24),
		(int)dice_below(d, 60), (int)dice_below(d, 60)));
}

/* --- others that have a form --- */

static struct cell make_uuid(
	struct arena *a, struct dice *d, const struct cell *old)
{
	str hex = dice_hex(a, d, 16);
	const char *p = hex.p;
	bool is_mask = d->way == WAY_MASK;

	(void)old;
	return cell_text(arena_fmt(a, "%.8s-%.4s-%c%.3s-%c%.3s-%.12s", p, p + 8,
		is_mask ? '0' : '4', p + 13, is_mask ? '0' : '8', p + 17,
		p + 20));
}

/* PostgreSQL writes them as a text, two digits a byte. */
static struct cell make_bytes(
	struct arena *a, struct dice *d, const struct cell *old)
{
	bool is_text =
		old->type == CELL_TEXT && str_starts(old->v.v, STR("\\x"));
	size_t n = is_text ? old->v.v.n / 2 - 1 : old->v.v.n;
	struct cell out = { .type = CELL_BLOB };
	char *p;

	if (n > BYTES_KEPT)
		n = CODE_CHARS;
	if (is_text) {
		str hex = dice_hex(a, d, n);

		return cell_text(arena_fmt(a, "\\x%.*s", STR_ARG(hex)));
	}
	p = arena_alloc(a, n);
	for (size_t i = 0; i < n; i++)
		p[i] = (char)dice_byte(d);
	out.v.v = (str){ p, n };
	return out;
}

static struct cell make_bool(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)a;
	(void)old;
	return cell_text(dice_byte(d) & 1 ? STR("t") : STR("f"));
}

static struct cell make_json(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)old;
	if (d->way == WAY_MASK)
		return cell_text(STR("\"***\""));
	return cell_text(arena_fmt(
		a, "\"%.*s\"", STR_ARG(dice_hex(a, d, CODE_CHARS / 2))));
}

static struct cell make_list(
	struct arena *a, struct dice *d, const struct cell *old)
{
	(void)a;
	(void)d;
	(void)old;
	return cell_text(STR("{}"));
}

/* Addresses of nobody (RFC 1918, RFC 4193). */
static struct cell make_inet(
	struct arena *a, struct dice *d, const struct cell *old)
{
	bool is_long = str_has(old->v.v, ':');

	if (d->way == WAY_MASK)
		return cell_text(is_long ? STR("::") : STR("0.0.0.0"));
	if (is_long)
		return cell_text(arena_fmt(
			a, "fd00::%x", 1 + (unsigned)dice_below(d, 0xffff)));
	return cell_text(arena_fmt(
		a, "10.%d.%d.%d", dice_byte(d), dice_byte(d), dice_byte(d)));
}

/* --- texts --- */

static size_t letters_of(str s)
{
	size_t n = 0;

	for (; s.n; n++)
		s = str_from(s, str_utf8(s) ? str_utf8(s) : 1);
	return n;
}

static char other_letter(struct dice *d, char c)
{
	if (c >= '0' && c <= '9')
		return (char)('0' + dice_below(d, 10));
	if (c >= 'a' && c <= 'z')
		return (char)('a' + dice_below(d, 26));
	if (c >= 'A' && c <= 'Z')
		return (char)('A' + dice_below(d, 26));
	return (unsigned char)c < 0x80 ? c : 'x';
}

/* One for each letter, however many bytes that has. */
static str other_letters(struct arena *a, struct dice *d, str old)
{
	char *p = arena_alloc(a, LETTERS_KEPT);
	size_t n = 0;

	while (old.n && n < LETTERS_KEPT) {
		size_t bytes = str_utf8(old);

		p[n++] = other_letter(d, old.p[0]);
		old = str_from(old, bytes ? bytes : 1);
	}
	return (str){ p, n };
}

/* Another day, at no time of it. */
static str other_date(struct arena *a, struct dice *d, str old)
{
	str text = arena_dup(a, old);
	char *p = arena_alloc(a, text.n);

	memcpy(p, text.p, text.n);
	memcpy(p, make_day(a, d, NULL).v.v.p, DATE_CHARS);
	for (size_t i = DATE_CHARS; i < text.n; i++)
		p[i] = p[i] >= '0' && p[i] <= '9' ? '0' : p[i];
	return (str){ p, text.n };
}

/* Letters only: of digits, and of digits with an e, some columns would make a number. */
static str code_of(struct arena *a, struct dice *d, size_t letters)
{
	size_t n = letters < CODE_CHARS ? letters : CODE_CHARS;
	char *p = arena_alloc(a, n);

	for (size_t i = 0; i < n; i++)
		p[i] = (char)('a' + (dice_byte(d) & 15));
	return (str){ p, n };
}

static struct cell make_text(
	struct arena *a, struct dice *d, const struct cell *old)
{
	size_t letters = letters_of(old->v.v);
	struct date day;

	if (d->way == WAY_MASK)
		return cell_text(str_head(STR("***"), letters));
	if (d->way == WAY_HASH)
		return cell_text(code_of(a, d, letters));
	if (letters <= LETTERS_KEPT &&
		date_parse(str_head(old->v.v, DATE_CHARS), &day))
		return cell_text(other_date(a, d, old->v.v));
	return cell_text(other_letters(a, d, old->v.v));
}

/* --- by form --- */

static bool is_uuid(str s)
{
	if (s.n != UUID_CHARS)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_dash ? s.p[i] != '-'
			    : !strchr("0123456789abcdefABCDEF", s.p[i]))
			return false;
	}
	return memchr(s.p, '\0', s.n) == NULL;
}

static size_t digits_at(str s, size_t at)
{
	size_t i = at;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i - at;
}

static size_t sign_at(str s, size_t at)
{
	return at < s.n && (s.p[at] == '+' || s.p[at] == '-');
}

/* -12.5e3: no address, day or phone number with dots. */
static bool is_number(str s)
{
	size_t i = sign_at(s, 0);

	i += digits_at(s, i);
	if (i < s.n && s.p[i] == '.')
		i += 1 + digits_at(s, i + 1);
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i += 1 + sign_at(s, i + 1);
		if (!digits_at(s, i))
			return false;
		i += digits_at(s, i);
	}
	return i == s.n;
}

/* Of a system that does not say what its columns are, a finding that was kept has a
 * decimal as a text. */
static bool is_decimal(const struct cell *c)
{
	str v = c->v.v;

	if (c->is_decimal)
		return true;
	return is_number(v) && str_has(v, '.') && significant_digits(v);
}

static enum cell_form look_of(const struct cell *c)
{
	if (c->type == CELL_INT)
		return FORM_INT;
	if (c->type == CELL_BLOB)
		return FORM_BYTES;
	if (is_decimal(c))
		return FORM_DECIMAL;
	return is_uuid(c->v.v) ? FORM_UUID : FORM_TEXT;
}

static maker *maker_of(enum cell_form form)
{
	static maker *const all[] = {
		[FORM_TEXT] = make_text,
		[FORM_INT] = make_int,
		[FORM_YEAR] = make_year,
		[FORM_DECIMAL] = make_decimal,
		[FORM_UUID] = make_uuid,
		[FORM_BYTES] = make_bytes,
		[FORM_DAY] = make_day,
		[FORM_TIME] = make_time,
		[FORM_CLOCK] = make_clock,
		[FORM_SPAN] = make_clock,
		[FORM_BOOL] = make_bool,
		[FORM_JSON] = make_json,
		[FORM_INET] = make_inet,
		[FORM_LIST] = make_list,
	};

	must((size_t)form < COUNTOF(all) && all[form]);
	return all[form];
}

struct cell value_instead(struct arena *a, enum column_way way,
	enum cell_form form, const struct cell *old, str secret)
{
	maker *make;
	struct dice d;
	struct cell out;
	int tries;

	if (old->type == CELL_NULL || way == WAY_NONE || way == WAY_EMPTY)
		return (struct cell){ .type = CELL_NULL };
	d = dice_of(a, way, old->v.v, secret);
	make = maker_of(form == FORM_LOOK ? look_of(old) : form);
	out = make(a, &d, old);
	/* The other one of two would tell which it was. */
	tries = way == WAY_RENEW && form != FORM_BOOL ? RENEW_TRIES : 0;
	for (int i = 0; i < tries && str_eq(out.v.v, old->v.v); i++)
		out = make(a, &d, old);
	return out;
}

static bool is_number_back(str gave, str now)
{
	struct arena *a = arena_new(1 << 16);
	bool same = str_eq(decimal_plain(a, gave), decimal_plain(a, now));

	arena_free(a);
	return same;
}

bool value_is_back(const struct step_set *s, const struct cell *now)
{
	str gave = s->value.v.v, is = now->v.v;

	if (s->value.type == CELL_NULL || now->type == CELL_NULL)
		return s->value.type == now->type;
	if (s->form == FORM_DECIMAL || now->is_decimal)
		return is_number_back(gave, is);
	if (s->form == FORM_TIME)
		return str_eq(
			str_head(gave, TIME_CHARS), str_head(is, TIME_CHARS));
	if (s->form == FORM_UUID)
		return str_eq_nocase(gave, is);
	if (s->form == FORM_CLOCK)
		return str_starts(is, gave);
	return str_eq(filled_value(gave), filled_value(is));
}
