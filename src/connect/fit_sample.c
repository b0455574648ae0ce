/* Some rows of systems that give them away without being told whom to look for. */
#include "connect/fit_parts.h"

#include "base/base.h"

enum { SAMPLE = 200 };

/* Which columns of a table some row holds. */
struct sample {
	size_t rows;
	bool has_value[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];
};

static int note_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct sample *s = ctx;

	(void)e;
	must(n <= COUNTOF(s->has_value));
	s->rows++;
	for (size_t i = 0; i < n; i++)
		s->has_value[i] |= cells[i].type != CELL_NULL;
	return 0;
}

bool fit_is_sampled(enum connector_kind k)
{
	return k == CONNECTOR_REDIS || k == CONNECTOR_HTTP;
}

static void doubt_column(const struct conn *c, const struct map_table *t,
	size_t column, size_t rows, struct err *e)
{
	err_set(e, ERR_INVALID,
		"system \"%.*s\": table \"%.*s\": none of %zu rows has "
		"\"%.*s\"",
		STR_ARG(c->system->name), STR_ARG(t->name), rows,
		STR_ARG(t->columns[column].name));
	err_hint(e, "%s",
		c->system->connector == CONNECTOR_HTTP
			? "compare the path of the column in the recipe with "
			  "an answer of the service"
			: "compare the data map with the server; what few rows "
			  "have is marked as optional");
}

static void doubt_rows(
	const struct conn *c, const struct map_table *t, struct err *e)
{
	err_set(e, ERR_INVALID,
		"system \"%.*s\": table \"%.*s\": no key follows its pattern",
		STR_ARG(c->system->name), STR_ARG(t->name));
	err_hint(e, "if it is not empty, compare the pattern with the keys of "
		    "the server: `toyon map scan` shows what they look like");
}

int fit_sample(struct conn *c, struct arena *a, const struct map_table *t,
	struct fit *out, struct err *e)
{
	str *columns = arena_many(a, str, t->columns_n);
	struct sample s = { 0 };
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = t->columns_n,
		.is_all = true,
		.rows_max = SAMPLE,
		.is_mapped = true,
		.cell_max = 1 };

	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = t->columns[i].name;
	if (conn_rows(c, &q, note_row, &s, e))
		return -1;
	if (!s.rows && c->system->connector == CONNECTOR_REDIS)
		doubt_rows(c, t, fit_doubt(out));
	for (size_t i = 0; s.rows && i < t->columns_n; i++)
		if (!s.has_value[i] && !t->columns[i].is_optional)
			doubt_column(c, t, i, s.rows, fit_doubt(out));
	return 0;
}
