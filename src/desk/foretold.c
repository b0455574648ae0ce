#include "desk/foretold.h"

#include "connect/erase_stuck.h"
#include "desk/findings.h"
#include "desk/parts.h"

struct foretelling {
	int64_t rows; /* of the first table that has such */
	str table;    /* "shop: meeting" */
	str column;   /* the first, "shop: lead.product" */
};

static str first_column(struct arena *a, const struct finding *f, size_t table)
{
	const struct map_table *t = &f->system->tables[table];

	for (size_t i = 0; i < t->columns_n; i++)
		if (parts_is_stuck(f->system, f, table, i))
			return arena_fmt(a, "%.*s: %.*s.%.*s",
				STR_ARG(f->system->name), STR_ARG(t->name),
				STR_ARG(t->columns[i].name));
	return STR("");
}

static int look(struct desk *d, void *ctx, const struct sql_task_list_row *t,
	const struct finding *f, struct err *e)
{
	struct foretelling *x = ctx;

	(void)t;
	(void)e;
	for (size_t k = 0; k < f->system->tables_n; k++) {
		if (!x->column.n)
			x->column = first_column(d->arena, f, k);
		if (x->rows)
			continue;
		x->rows = erase_stuck_in(d->arena, f, k);
		x->table = arena_fmt(d->arena, "%.*s: %.*s",
			STR_ARG(f->system->name),
			STR_ARG(f->system->tables[k].name));
	}
	return 0;
}

static int refuse(const struct foretelling *x, struct err *e)
{
	if (x->rows) {
		err_set(e, ERR_CONFLICT,
			"of %.*s rows stay and point to rows that go, in a "
			"column that may not be empty: %lld",
			STR_ARG(x->table), (long long)x->rows);
		return err_hint(e, "let them go too, or keep what they point "
				   "to, on the page of what will be deleted");
	}
	err_set(e, ERR_CONFLICT,
		"the column %.*s can't be emptied: the database says that it "
		"holds something always",
		STR_ARG(x->column));
	return err_hint(e, "give it another \"erase\" in the data map, and "
			   "search the systems again");
}

int foretold_refuse(struct desk *d, const struct record *r,
	const struct tally *t, struct err *e)
{
	struct foretelling x = { .rows = 0 };
	struct err why = { 0 };
	struct tally mapped;
	struct map map;

	if (map_read(d->arena, d->data_map, &map, &why))
		return 0;
	mapped = findings_mapped(d, &map, t);
	if (findings_each(d, &(struct findings){ &map, r, &mapped }, look, &x,
		    &why)) {
		if (why.code == ERR_CORRUPT || why.code == ERR_CONFLICT)
			return 0;
		*e = why;
		return -1;
	}
	return x.rows || x.column.n ? refuse(&x, e) : 0;
}
