/* Names, sorts and parts of long lists, for one connection. */
#include "connect/odbc/session.h"

#include "base/base.h"
#include "connect/filled.h"

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

static int ask_kinds(struct odbc_conn *c, struct arena *a,
	const struct insert_table *t, struct odbc_kind *out, struct err *e)
{
	const struct statement_part parts[] = {
		{ "columns", odbc_columns(c, a, t->columns, t->columns_n) },
		{ "table", odbc_name(c, a, t->name) },
	};
	struct odbc_ask q = { .what = table_in_words(a, t->name) };

	q.sql = statement_fill(
		a, odbc_statements[ODBC_SAY_SORTS], parts, COUNTOF(parts));
	return odbc_link_kinds(&c->link, &q, out, t->columns_n, e);
}

int odbc_form(struct conn *conn, str table, str column, enum cell_form *out,
	struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct insert_table t = { table, &column, 1 };
	struct odbc_kind kind;
	int rc = ask_kinds(odbc_own(conn), a, &t, &kind, e);

	if (!rc)
		*out = kind.form;
	arena_free(a);
	return rc;
}

/* What was asked of a column that is the other end of a link. */
struct odbc_fill {
	const struct map_table *table;
	size_t column;
	size_t letters;
	struct odbc_fill *next;
};

static int fill_of_end(struct odbc_conn *c, struct arena *a,
	const struct filled_end *end, size_t *out, struct err *e)
{
	struct insert_table t = { end->table->name,
		&end->table->columns[end->column].name, 1 };
	struct odbc_fill *f = c->fills;
	struct odbc_kind kind;

	while (f && (f->table != end->table || f->column != end->column))
		f = f->next;
	if (!f) {
		if (ask_kinds(c, a, &t, &kind, e) < 0)
			return -1;
		f = arena_one(c->arena, struct odbc_fill);
		*f = (struct odbc_fill){ end->table, end->column, kind.fill,
			c->fills };
		c->fills = f;
	}
	*out = f->letters;
	return 0;
}

/* By the longest that it is linked to. */
static int fill_of(struct odbc_conn *c, struct arena *a, str table, str column,
	size_t *out, struct err *e)
{
	struct filled_ends ends =
		filled_ends_of(a, c->head.system, table, column);
	size_t letters;

	for (size_t i = 0; i < ends.n; i++) {
		if (fill_of_end(c, a, &ends.at[i], &letters, e) < 0)
			return -1;
		if (letters > *out)
			*out = letters;
	}
	return 0;
}

int odbc_kinds(struct odbc_conn *c, struct arena *a,
	const struct insert_table *t, struct odbc_kind *out, struct err *e)
{
	if (ask_kinds(c, a, t, out, e) < 0)
		return -1;
	for (size_t i = 0; c->link.is_filling && i < t->columns_n; i++)
		if (out[i].sort == ODBC_TEXT &&
			fill_of(c, a, t->name, t->columns[i], &out[i].fill, e) <
				0)
			return -1;
	return 0;
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
