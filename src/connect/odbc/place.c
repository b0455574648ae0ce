#include "connect/odbc/place.h"

#include "base/base.h"
#include "connect/filled.h"
#include "connect/tuple.h"

enum { FORMS_MAX = 3 }; /* of one value */

bool odbc_is_sure(const struct odbc_place *p)
{
	for (size_t i = 0; i < p->columns.n; i++)
		if (p->kinds[i].sort == ODBC_OTHER)
			return false;
	return true;
}

bool odbc_is_any_sure(const struct odbc_place *p)
{
	for (size_t i = 0; i < p->columns.n; i++)
		if (p->kinds[i].sort != ODBC_OTHER)
			return true;
	return false;
}

static struct cell unfilled(const struct odbc_kind *kind, const struct cell *c)
{
	struct cell out = *c;

	if (kind->fill)
		out.v.v = filled_value(out.v.v);
	return out;
}

bool odbc_place_text(struct arena *a, const struct odbc_place *p,
	const struct cell *cells, str *out)
{
	struct cell parts[MAP_PARTS_MAX], whole;

	for (size_t i = 0; i < p->columns.n; i++)
		parts[i] = unfilled(&p->kinds[i], &cells[i]);
	whole = odbc_is_tuple(p) ? tuple_of(a, parts, p->columns.n, 0)
				 : parts[0];
	*out = whole.v.v;
	return whole.type != CELL_NULL;
}

/* --- what is asked for --- */

static bool may_hold_tuple(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, str text)
{
	struct cell tuple = cell_text(text), parts[MAP_PARTS_MAX];

	if (!tuple_read(a, &tuple, parts, p->columns.n))
		return false;
	for (size_t i = 0; i < p->columns.n; i++)
		if (!odbc_may_hold(&c->link, p->kinds[i].sort, parts[i].v.v))
			return false;
	return true;
}

static bool may_hold(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, str text)
{
	return odbc_is_tuple(p)
		       ? may_hold_tuple(c, a, p, text)
		       : odbc_may_hold(&c->link, p->kinds[0].sort, text);
}

struct odbc_wanted odbc_wanted_of(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, const struct cell *cells, size_t n)
{
	struct key_set seen = key_set_in(a, n);
	struct odbc_wanted w = { arena_many(a, str, n), 0 };

	for (size_t i = 0; i < n; i++) {
		struct cell value = odbc_is_tuple(p)
					    ? cells[i]
					    : unfilled(&p->kinds[0], &cells[i]);

		key_set_add(&seen, &value, 1, 0);
	}
	for (size_t i = 0; i < seen.n; i++)
		if (may_hold(c, a, p, seen.at[i].text))
			w.at[w.n++] = seen.at[i].text;
	return w;
}

size_t odbc_at_once(const struct odbc_place *p)
{
	return ODBC_VALUES_AT_ONCE / p->columns.n;
}

/* --- some of it --- */

static void put_form(struct odbc_part *p, enum odbc_sort sort, str text)
{
	p->values[p->n++] = (struct odbc_value){ sort, false, text };
}

/* All that a text may stand as in a column of this kind. */
static void put_forms(struct odbc_part *p, struct arena *a,
	const struct odbc_kind *kind, str text)
{
	str whole = filled_text(a, text, kind->fill);

	put_form(p, kind->sort, text);
	if (kind->is_untyped && kind->sort == ODBC_BYTES &&
		!str_has(text, '\0'))
		put_form(p, ODBC_TEXT, text);
	if (kind->is_untyped && cell_by_look(text).type == CELL_INT)
		put_form(p, ODBC_INT, text);
	if (whole.n > text.n)
		put_form(p, kind->sort, whole);
}

static str column_of(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, enum odbc_naming naming, size_t i)
{
	return naming == ODBC_NAME_WRITE
		       ? odbc_name(c, a, p->columns.at[i])
		       : odbc_columns(c, a, &p->columns.at[i], 1);
}

static str among(struct arena *a, str column, size_t n)
{
	const struct statement_part parts[] = {
		{ "column", column },
		{ "values", question_marks(a, n) },
	};

	return str_of(statement_fill(
		a, odbc_statements[ODBC_SAY_AMONG], parts, COUNTOF(parts)));
}

static void add_text(struct odbc_part *part, str text, size_t number)
{
	struct cell c = cell_text(text);

	key_set_add(&part->set, &c, 1, number);
}

/* A column of its own for each of the forms would do; they are in one list. */
static void put_values(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, enum odbc_naming naming,
	const struct odbc_wanted *texts, struct odbc_part *part)
{
	for (size_t i = 0; i < texts->n; i++) {
		size_t first = part->n;

		put_forms(part, a, &p->kinds[0], texts->at[i]);
		for (size_t k = first; k < part->n; k++)
			add_text(part, part->values[k].v, i);
	}
	part->same = among(a, column_of(c, a, p, naming, 0), part->n);
}

/* `(t."order" in (?) and t."line" in (?))` */
static str tuple_same(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, enum odbc_naming naming,
	const struct cell *parts, struct odbc_part *part)
{
	str same[MAP_PARTS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < p->columns.n; i++) {
		size_t first = part->n;

		if (naming == ODBC_NAME_SURE && p->kinds[i].sort == ODBC_OTHER)
			continue;
		put_forms(part, a, &p->kinds[i], parts[i].v.v);
		same[n++] = among(
			a, column_of(c, a, p, naming, i), part->n - first);
	}
	return arena_fmt(
		a, "(%.*s)", STR_ARG(arena_join(a, same, n, STR(" and "))));
}

static void put_tuples(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, enum odbc_naming naming,
	const struct odbc_wanted *texts, struct odbc_part *part)
{
	struct cell parts[MAP_PARTS_MAX];
	str *same = arena_many(a, str, texts->n);

	for (size_t i = 0; i < texts->n; i++) {
		struct cell tuple = cell_text(texts->at[i]);

		/* Others are not wanted. */
		must(tuple_read(a, &tuple, parts, p->columns.n));
		same[i] = tuple_same(c, a, p, naming, parts, part);
		add_text(part, texts->at[i], i);
	}
	part->same = arena_join(a, same, texts->n, STR(" or "));
}

struct odbc_part odbc_part_of(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, enum odbc_naming naming,
	const struct odbc_wanted *texts)
{
	size_t most = FORMS_MAX * texts->n * p->columns.n;
	struct odbc_part part = { .values = arena_many(
					  a, struct odbc_value, most),
		.set = key_set_in(a, most) };

	if (odbc_is_tuple(p))
		put_tuples(c, a, p, naming, texts, &part);
	else
		put_values(c, a, p, naming, texts, &part);
	return part;
}
