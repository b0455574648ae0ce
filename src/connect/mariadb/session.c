/* Comparisons, by what a column is. */
#include "connect/mariadb/session.h"

#include <string.h>

#include "base/base.h"
#include "connect/decimal.h"

enum { DECIMAL_DIGITS = 30 };

const char *const maria_statements[] = {
#define STATEMENT(NAME, text) text,
#include "connect/mariadb/tbl/statements.h"
};

int maria_say(struct maria_conn *c, enum maria_statement s, struct err *e)
{
	return maria_link_say(
		&c->link, maria_statements[s], "the connection", e);
}

void maria_roll_back(struct maria_conn *c)
{
	struct err ignored = { 0 };

	if (c->link.my)
		maria_say(c, MARIA_SAY_ROLLBACK, &ignored);
}

void maria_values_put(
	struct maria_values *v, const struct cell *c, enum maria_as as)
{
	if (v->n == v->cap) {
		size_t cap = v->cap ? 2 * v->cap : 64;
		struct maria_value *at =
			arena_many(v->arena, struct maria_value, cap);

		if (v->n)
			memcpy(at, v->at, v->n * sizeof *at);
		v->at = at;
		v->cap = cap;
	}
	v->at[v->n++] = (struct maria_value){ c, as };
}

/* A whole number as the database writes it; loosely, with zeros before it. */
static bool is_number(str s, bool is_loose)
{
	size_t sign = s.n && s.p[0] == '-';

	if (s.n == sign || s.n > 21 ||
		(s.p[sign] == '0' && s.n > 1 && !is_loose))
		return false;
	for (size_t i = sign; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

bool maria_may_hold(enum maria_class k, const struct cell *c, bool is_loose)
{
	if (c->type == CELL_NULL)
		return false;
	if (k == CLASS_INT)
		return is_number(c->v.v, is_loose);
	if (k == CLASS_DECIMAL)
		return decimal_fits(c->v.v, DECIMAL_DIGITS);
	return k == CLASS_BYTES || str_is_utf8(c->v.v);
}

int maria_type_of(struct maria_conn *c, struct arena *a,
	const struct maria_among *in, struct maria_type *out, struct err *e)
{
	const struct statement_part parts[] = {
		{ "table", name_quoted(a, in->table) },
		{ "column", name_quoted(a, in->column) },
	};

	return maria_link_type(&c->link,
		statement_fill(a, maria_statements[MARIA_SAY_TYPE], parts,
			COUNTOF(parts)),
		table_in_words(a, in->table), out, e);
}

int maria_class_of(struct maria_conn *c, struct arena *a,
	const struct maria_among *in, enum maria_class *out, struct err *e)
{
	struct maria_type type;

	if (maria_type_of(c, a, in, &type, e))
		return -1;
	*out = type.klass;
	return 0;
}

static str decimal_marks(struct arena *a, size_t n)
{
	static const char mark[] = MARIA_DECIMAL_MARK;
	struct buf b = buf_in(a, (n + 1) * (sizeof mark + 1));

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "," : "", mark);
	return buf_str(&b);
}

static size_t put_all(struct maria_values *v, enum maria_class k,
	const struct maria_among *in, enum maria_as as)
{
	size_t before = v->n;

	for (size_t i = 0; i < in->n; i++)
		if (maria_may_hold(k, &in->values[i], in->is_loose))
			maria_values_put(v, &in->values[i], as);
	return v->n - before;
}

int maria_put_among(struct maria_conn *c, const struct maria_among *in,
	struct maria_values *values, str *text, struct err *e)
{
	struct arena *a = values->arena;
	str name = name_quoted(a, in->column), first = STR("");
	enum maria_class k;
	size_t n;

	if (in->tuple)
		return maria_put_tuples(c, in, values, text, e);
	if (maria_class_of(c, a, in, &k, e) < 0)
		return -1;
	if (k == CLASS_DECIMAL) {
		n = put_all(values, k, in, AS_TEXT);
		*text = arena_fmt(a, "%.*s in (%.*s)", STR_ARG(name),
			STR_ARG(decimal_marks(a, n)));
	} else if (k == CLASS_BYTES || (in->is_loose && k != CLASS_OTHER)) {
		n = put_all(
			values, k, in, k == CLASS_BYTES ? AS_BYTES : AS_TEXT);
		*text = arena_fmt(a, "%.*s in (%.*s)", STR_ARG(name),
			STR_ARG(question_marks(a, n)));
	} else {
		if (!in->is_indexless && k != CLASS_OTHER) {
			n = put_all(values, k, in, AS_TEXT);
			first = arena_fmt(a, "%.*s in (%.*s) and ",
				STR_ARG(name), STR_ARG(question_marks(a, n)));
		}
		n = put_all(values, k, in, AS_BYTES);
		*text = arena_fmt(a,
			"%.*scast(convert(%.*s using utf8mb4) as binary) in "
			"(%.*s)",
			STR_ARG(first), STR_ARG(name),
			STR_ARG(question_marks(a, n)));
	}
	if (!n)
		*text = STR("1 = 0");
	return 0;
}
