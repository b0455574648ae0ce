/*
 * Values instead of others.  A number stays a number that is no longer than it
 * was, a text no longer than it was, so that what could be stored still can; what
 * a column does not take all the same, its system refuses, and nothing happened.
 */
#include "connect/erase_ways.h"

#include <string.h>

#include "base/base.h"
#include "base/date.h"
#include "base/enc.h"
#include "base/rand.h"
#include "connect/filled.h"
#include "ident/sha256.h"

enum { DATE_CHARS = 10, CODE_CHARS = 32 };

struct ways ways_new(struct arena *a)
{
	struct ways w = { .arena = a };

	rand_bytes(w.secret, sizeof w.secret);
	return w;
}

bool ways_any(const struct map_table *t)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			return true;
	return false;
}

static uint64_t number_of(const uint8_t digest[SHA256_SIZE])
{
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof n; i++)
		n = n << 8 | digest[i];
	return n;
}

/* One that has fewer digits: it fits where the old one did. */
static struct cell smaller_number(struct arena *a, str old, uint64_t random)
{
	uint64_t below = 10;
	size_t digits = old.n - (old.n && old.p[0] == '-');

	for (size_t i = 2; i < digits && i < 18; i++)
		below *= 10;
	return cell_int(a, (int64_t)(random % below));
}

static struct cell hashed(const struct ways *w, const struct cell *old)
{
	struct buf b = buf_in(w->arena, sizeof w->secret + old->v.v.n + 1);
	uint8_t digest[SHA256_SIZE];
	str code;

	buf_put(&b, (str){ (const char *)w->secret, sizeof w->secret });
	buf_put(&b, old->v.v);
	sha256(buf_str(&b), digest);
	if (old->type == CELL_INT)
		return smaller_number(w->arena, old->v.v, number_of(digest));
	code = str_head(hex_of(w->arena, digest, sizeof digest), CODE_CHARS);
	return cell_text(str_head(code, old->v.v.n));
}

static struct cell masked(struct arena *a, const struct cell *old)
{
	return old->type == CELL_INT
		       ? cell_int(a, 0)
		       : cell_text(str_head(STR("***"), old->v.v.n));
}

static char other_letter(char c)
{
	if (c >= '0' && c <= '9')
		return (char)('0' + rand_below(10));
	if (c >= 'a' && c <= 'z')
		return (char)('a' + rand_below(26));
	if (c >= 'A' && c <= 'Z')
		return (char)('A' + rand_below(26));
	return (unsigned char)c < 0x80 ? c : 'x';
}

/* A day within some 80 years, at no time of it. */
static void renew_date(char *p, size_t n)
{
	char day[DATE_CHARS + 1];
	unsigned year = 1930 + (unsigned)rand_below(80);

	day[0] = (char)('0' + year / 1000);
	day[1] = (char)('0' + year / 100 % 10);
	day[2] = (char)('0' + year / 10 % 10);
	day[3] = (char)('0' + year % 10);
	day[4] = day[7] = '-';
	day[5] = '0';
	day[6] = (char)('1' + rand_below(9));
	day[8] = (char)('0' + rand_below(2));
	day[9] = (char)('1' + rand_below(9));
	memcpy(p, day, DATE_CHARS);
	for (size_t i = DATE_CHARS; i < n; i++)
		p[i] = p[i] >= '0' && p[i] <= '9' ? '0' : p[i];
}

static struct cell renewed(struct arena *a, const struct cell *old)
{
	str text = arena_dup(a, old->v.v);
	char *p = arena_alloc(a, text.n);
	struct date d;

	if (old->type == CELL_INT)
		return smaller_number(a, old->v.v, rand_below(UINT64_MAX));
	if (text.n)
		memcpy(p, text.p, text.n);
	if (date_parse(str_head(text, DATE_CHARS), &d))
		renew_date(p, text.n);
	else
		for (size_t i = 0; i < text.n; i++)
			p[i] = other_letter(p[i]);
	return cell_text((str){ p, text.n });
}

static struct cell new_value(
	const struct ways *w, enum column_way way, const struct cell *old)
{
	if (old->type != CELL_NULL && way == WAY_HASH)
		return hashed(w, old);
	if (old->type != CELL_NULL && way == WAY_MASK)
		return masked(w->arena, old);
	if (old->type != CELL_NULL && way == WAY_RENEW)
		return renewed(w->arena, old);
	return (struct cell){ .type = CELL_NULL };
}

struct step_set *ways_of_row(const struct ways *w, const struct map_table *t,
	const struct found_row *r, size_t *n)
{
	struct step_set *set =
		arena_many(w->arena, struct step_set, t->columns_n);

	*n = 0;
	for (size_t i = 0; i < t->columns_n; i++) {
		const struct map_column *c = &t->columns[i];

		if (c->way)
			set[(*n)++] = (struct step_set){ c,
				new_value(w, c->way, &r->cells[i]) };
	}
	return set;
}

bool ways_eq(const struct step_set *a, const struct step_set *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].value.type != b[i].value.type ||
			!str_eq(a[i].value.v.v, b[i].value.v.v))
			return false;
	return true;
}

bool ways_hold(const struct step_set *s, const struct cell *now)
{
	if (s->value.type == CELL_NULL || now->type == CELL_NULL)
		return s->value.type == now->type;
	return str_eq(filled_value(s->value.v.v), filled_value(now->v.v));
}
