#include "connect/find_theirs.h"

#include "base/base.h"
#include "base/buf.h"

struct strangers {
	const struct found_table *known;
	bool is_any;
};

static int note_stranger(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct strangers *s = ctx;
	bool is_known = false;

	(void)n;
	(void)e;
	for (size_t i = 0; !s->is_any && i < s->known->n && !is_known; i++)
		is_known = !s->known->rows[i].is_shared &&
			   cell_eq(&s->known->rows[i].key, &cells[0]);
	s->is_any = s->is_any || !is_known;
	return 0;
}

/* Does the value stand in a row of that table that is not the person's? */
static int ask_strangers(const struct find_theirs *x,
	const struct find_crossing *by, struct strangers *s,
	const struct find_key *key, struct err *e)
{
	const struct map_column *columns = by->there_table->columns;
	struct find_start same = { 0 };
	struct row_query q = {
		.table = by->there_table->name,
		.columns = &columns[by->there_table->key].name,
		.columns_n = 1,
		.where = columns[by->there_column].name,
		.cell_max = FIND_CELL_MAX,
	};

	find_start_add(x->arena, &same, key->value);
	q.values = same.values;
	q.values_n = same.n;
	return conn_rows(x->conn, &q, note_stranger, s, e);
}

static bool is_told_by(const struct find_crossing *c, const struct finding *f,
	const struct find_key *key)
{
	return c->there == f->system && !c->is_entry &&
	       str_eq(c->table->name, key->table) &&
	       str_eq(c->table->columns[c->column].name, key->column);
}

/* --- numbers that were never given to anybody --- */

enum { NINES_MIN = 4 };

static const str placeholders[] = {
#define PLACEHOLDER(word) STR_INIT(word),
#include "connect/tbl/placeholders.h"
};

/* And digits; in small letters, signs left out.  False: it has letters of other scripts. */
static bool letters_of(str value, struct buf *out)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c >= 0x80)
			return false;
		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c - 'A' + 'a');
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			buf_putc(out, (char)c);
	}
	return buf_ok(out);
}

static size_t count_of(str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* "0", "000", "-", "-1", "-99", "9999". */
static bool is_odd_number(str value, str letters)
{
	bool is_below = str_starts(value, STR("-"));

	return count_of(letters, '0') == letters.n ||
	       (is_below && str_eq(letters, STR("1"))) ||
	       (count_of(letters, '9') == letters.n &&
		       (is_below || letters.n >= NINES_MIN));
}

static bool is_placeholder(str letters)
{
	for (size_t i = 0; i < COUNTOF(placeholders); i++)
		if (str_eq(placeholders[i], letters))
			return true;
	return false;
}

static bool is_nothing(struct arena *a, str value)
{
	struct buf b = buf_in(a, value.n + 1);

	return letters_of(value, &b) &&
	       (is_odd_number(str_trim(value), buf_str(&b)) ||
		       is_placeholder(buf_str(&b)));
}

/* --- whose it is --- */

/* A key of the table is one row's, and need not be asked for. */
int find_is_theirs(const struct find_theirs *x, const struct find_key *key,
	bool *out, struct err *e)
{
	const struct map_system *to = map_system_named(x->map, key->system);
	struct find_crossings all = find_crossings_of(x->arena, x->map, to);

	*out = !is_nothing(x->arena, key->value);
	for (size_t i = 0; i < all.n && *out; i++) {
		const struct find_crossing *by = &all.at[i];
		struct strangers s = { 0 };

		if (!is_told_by(by, x->found, key) ||
			by->there_column == by->there_table->key)
			continue;
		s.known = &x->found->tables[by->there_table -
					    x->found->system->tables];
		if (ask_strangers(x, by, &s, key, e))
			return -1;
		*out = !s.is_any;
	}
	return 0;
}
