/* Names, sorts and parts of long lists, for one connection. */
#include "connect/odbc/session.h"

#include "base/base.h"

const char *const odbc_statements[] = {
#define STATEMENT(NAME, text) text,
#include "connect/odbc/tbl/statements.h"
};

str odbc_names(
	const struct odbc_conn *c, struct arena *a, const str *names, size_t n)
{
	return names_quoted_by(a, c->link.quote, names, n);
}

str odbc_name(const struct odbc_conn *c, struct arena *a, str name)
{
	return odbc_names(c, a, &name, 1);
}

str odbc_columns(
	const struct odbc_conn *c, struct arena *a, const str *names, size_t n)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%st.%.*s", i ? ", " : "",
			STR_ARG(odbc_name(c, a, names[i])));
	must(buf_ok(&b));
	return buf_str(&b);
}

int odbc_sorts(struct odbc_conn *c, struct arena *a,
	const struct insert_table *t, enum odbc_sort *out, struct err *e)
{
	const struct statement_part parts[] = {
		{ "columns", odbc_columns(c, a, t->columns, t->columns_n) },
		{ "table", odbc_name(c, a, t->name) },
	};
	struct odbc_ask q = { .what = table_in_words(a, t->name) };

	q.sql = statement_fill(
		a, odbc_statements[ODBC_SAY_SORTS], parts, COUNTOF(parts));
	return odbc_link_sorts(&c->link, &q, out, t->columns_n, e);
}

struct odbc_wanted odbc_wanted_of(const struct odbc_conn *c, struct arena *a,
	enum odbc_sort sort, const struct cell *cells, size_t n)
{
	struct key_set seen = key_set_in(a, n);
	struct odbc_wanted w = { arena_many(a, str, n), 0 };

	key_set_add(&seen, cells, n, 0);
	for (size_t i = 0; i < seen.n; i++)
		if (odbc_may_hold(&c->link, sort, seen.at[i].text))
			w.at[w.n++] = seen.at[i].text;
	return w;
}

struct odbc_part odbc_part_of(
	struct arena *a, enum odbc_sort sort, const str *texts, size_t n)
{
	struct odbc_part p = { question_marks(a, n),
		arena_many(a, struct odbc_value, n), n, key_set_in(a, n) };

	for (size_t i = 0; i < n; i++) {
		struct cell c = cell_text(texts[i]);

		p.values[i] = (struct odbc_value){ sort, false, texts[i] };
		key_set_add(&p.set, &c, 1, i);
	}
	return p;
}

int odbc_may_write(const struct odbc_conn *c, struct err *e)
{
	if (c->mode == CONN_WRITE)
		return 0;
	return err_set(
		e, ERR_DENIED, "the database was opened to be read only");
}

int odbc_say_habits(struct odbc_conn *c, enum odbc_when when, struct err *e)
{
	static const struct habit {
		enum odbc_dialect dialect;
		enum odbc_when when;
		const char *text;
	} habits[] = {
#define HABIT(DIALECT, WHEN, text) { DIALECT_##DIALECT, ODBC_##WHEN, text },
#include "connect/odbc/tbl/habits.h"
	};
	struct arena *a = arena_new(1 << 16);
	const struct statement_part parts[] = {
		{ "ms", arena_fmt(a, "%d", c->head.timeout_ms) },
	};
	int rc = 0;

	for (size_t i = 0; i < COUNTOF(habits) && !rc; i++)
		if (habits[i].dialect == c->link.dialect &&
			habits[i].when == when)
			rc = odbc_link_say(&c->link,
				statement_fill(a, habits[i].text, parts,
					COUNTOF(parts)),
				"the connection", e);
	arena_free(a);
	return rc;
}

int odbc_begin(struct odbc_conn *c, struct err *e)
{
	if (odbc_link_begin(&c->link, e) < 0)
		return -1;
	if (odbc_say_habits(c, ODBC_BEGUN, e) < 0)
		return odbc_end(c, -1, e);
	return 0;
}

int odbc_end(struct odbc_conn *c, int rc, struct err *e)
{
	if (!rc)
		rc = odbc_link_commit(&c->link, e);
	if (rc)
		odbc_link_roll_back(&c->link);
	return rc;
}
