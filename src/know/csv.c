#include "base/csv.h"

#include "know/files.h"

/*
 * Spreadsheets run what begins so as a formula; a number with its sign is none.
 * (A line end in front of it, or a tab, is skipped by some of them.)
 */
static bool is_formula(str s)
{
	bool is_number = s.n > 1 && (s.p[0] == '-' || s.p[0] == '+');

	if (!s.n || !str_has(STR("=+-@\t\r\n"), s.p[0]))
		return false;
	for (size_t i = 1; i < s.n && is_number; i++)
		is_number = str_has(STR("0123456789.,"), s.p[i]);
	return !is_number;
}

static void put_cell(struct buf *b, struct arena *a, str s)
{
	csv_put(b, ',', is_formula(s) ? arena_fmt(a, "'%.*s", STR_ARG(s)) : s);
}

void know_put_csv_head(struct buf *b, const struct know_table *t)
{
	for (size_t c = 0; c < t->columns.n; c++) {
		if (c)
			buf_putc(b, ',');
		put_cell(b, b->arena, t->columns.at[c].label);
	}
	buf_puts(b, "\r\n");
}

void know_put_csv_row(
	struct buf *b, const struct know_table *t, const struct know_row *r)
{
	for (size_t c = 0; c < t->columns.n; c++) {
		if (c)
			buf_putc(b, ',');
		if (r->values[c].kind != KNOW_EMPTY)
			put_cell(b, b->arena, r->values[c].text);
	}
	buf_puts(b, "\r\n");
}

void know_put_csv(struct buf *b, const struct know_table *t)
{
	know_put_csv_head(b, t);
	for (size_t r = 0; r < t->rows.n; r++)
		know_put_csv_row(b, t, &t->rows.at[r]);
}
