#include "connect/odbc/loose.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { NUMBER_MAX = 400 }; /* bytes; a double has 309 digits at most */

/* Below this every whole number is a double of its own. */
static const double whole_max = 9007199254740992.0;

static bool read_number(const struct cell *c, double *out)
{
	char text[NUMBER_MAX + 1];
	str s = str_trim(c->v.v);
	char *end;

	if (c->type == CELL_NULL || c->type == CELL_BLOB || !s.n ||
		s.n > NUMBER_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr("0123456789+-.eE", s.p[i]))
			return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	*out = strtod(text, &end);
	return end == text + s.n;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

struct odbc_numbers odbc_numbers_of(
	struct arena *a, const struct cell *values, size_t n)
{
	struct odbc_numbers out = { arena_many(a, double, n), 0 };

	for (size_t i = 0; i < n; i++)
		out.n += read_number(&values[i], &out.at[out.n]);
	if (out.n)
		qsort(out.at, out.n, sizeof *out.at, by_size);
	return out;
}

bool odbc_numbers_have(const struct odbc_numbers *all, const struct cell *c)
{
	double d;

	return all->n && read_number(c, &d) &&
	       bsearch(&d, all->at, all->n, sizeof d, by_size);
}

const struct cell *odbc_plain(
	struct arena *a, const struct cell *values, size_t n)
{
	struct cell *out = arena_many(a, struct cell, n);
	double d;

	for (size_t i = 0; i < n; i++) {
		out[i] = values[i];
		if (read_number(&values[i], &d) && d < whole_max &&
			d > -whole_max && d >= (double)(int64_t)d &&
			d <= (double)(int64_t)d)
			out[i] = cell_int(a, (int64_t)d);
	}
	return out;
}
