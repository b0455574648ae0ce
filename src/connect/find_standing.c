#include "connect/find_standing.h"

#include "base/base.h"
#include "connect/find_cross.h"

struct coming {
	struct arena *arena;
	struct values all;
};

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct coming *c = ctx;
	struct cell copy = cell_dup(c->arena, &cells[0]);

	(void)n;
	(void)e;
	values_add(c->arena, &c->all, &copy);
	return 0;
}

/* Text and number alike, since systems tell them apart: two values for each at most. */
static struct values forms_of(
	const struct find_standing *x, const struct values *v)
{
	struct values out = { 0 };

	for (size_t i = 0; i < v->n; i++) {
		struct find_start s = { 0 };

		find_start_add(x->arena, &s, v->at[i].v.v);
		for (size_t k = 0; k < s.n; k++)
			values_add(x->arena, &out, &s.values[k]);
	}
	return out;
}

static int look(const struct find_standing *x, const struct values *v,
	struct coming *out, struct err *e)
{
	str column = x->table->columns[x->column].name;
	struct values forms = x->is_typed ? *v : forms_of(x, v);
	struct row_query q = {
		.table = x->table->name,
		.columns = &column,
		.columns_n = 1,
		.where = column,
		.values = forms.at,
		.values_n = forms.n,
		.cell_max = FIND_CELL_MAX,
		.is_loose = true,
	};

	if (conn_rows(x->conn, &q, take, out, e))
		return -1;
	values_sort(&out->all);
	return 0;
}

/* Those that did not come back by their bytes. */
static struct values take_exact(const struct find_standing *x,
	const struct values *asked, const struct values *came,
	struct values *there)
{
	struct values rest = { 0 };

	for (size_t i = 0; i < asked->n; i++)
		values_add(x->arena,
			values_have(came, &asked->at[i]) ? there : &rest,
			&asked->at[i]);
	return rest;
}

static bool is_all_known(
	const struct find_standing *x, const struct values *came)
{
	for (size_t i = 0; i < came->n; i++)
		if (!x->is_known(x->ctx, &came->at[i]))
			return false;
	return true;
}

static int ask(const struct find_standing *x, const struct values *asked,
	struct values *there, struct err *e)
{
	struct coming came = { .arena = x->arena };
	struct values rest, first, second;

	if (look(x, asked, &came, e))
		return -1;
	rest = take_exact(x, asked, &came.all, there);
	/* Files are compared by their bytes, and each question is a pass. */
	if (!came.all.n || !rest.n ||
		connector_kind_is_files(x->conn->system->connector))
		return 0;
	if (asked->n == 1) {
		struct values *to =
			is_all_known(x, &came.all) ? x->known : there;

		if (to)
			values_add(x->arena, to, &asked->at[0]);
		return 0;
	}
	if (rest.n < asked->n)
		return ask(x, &rest, there, e);
	first = (struct values){ rest.at, rest.n / 2, 0 };
	second = (struct values){ rest.at + first.n, rest.n - first.n, 0 };
	return ask(x, &first, there, e) || ask(x, &second, there, e) ? -1 : 0;
}

int find_standing(const struct find_standing *x, const struct values *asked,
	struct values *there, struct err *e)
{
	const size_t most = CONNECT_VALUES_MAX / 2;

	for (size_t at = 0; at < asked->n; at += most) {
		size_t left = asked->n - at;
		struct values part = { asked->at + at,
			left < most ? left : most, 0 };

		if (ask(x, &part, there, e))
			return -1;
	}
	values_sort(there);
	return 0;
}
