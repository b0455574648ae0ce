#include "cli/row_keys.h"

#include "scrub/json_line.h"

struct reading {
	const struct scrub_opts *opts;
	const struct plan *plan;
	uint32_t kinds;
	size_t max;
	struct row_keys *out;
};

static void take(struct reading *r, enum ident_kind kind, str value)
{
	if (r->kinds >> kind & 1 && r->out->n < r->max &&
		!ident_key_of(
			r->opts->keyring, kind, value, r->out->at[r->out->n]))
		r->out->n++;
}

static void read_csv(struct reading *r, struct arena *a, str row)
{
	const struct plan *p = r->plan;
	str *cell = arena_many(a, str, p->columns);

	plan_cells(row, p->sep, cell, p->columns);
	for (size_t i = 0; i < p->idents; i++) {
		str c = cell[p->ident[i].column[0]];

		if (p->ident[i].parts == 1)
			take(r, p->ident[i].kind,
				plan_unquote(c, arena_alloc(a, c.n)));
	}
}

static void take_member(void *ctx, str path, str name, str value)
{
	struct reading *r = ctx;
	const struct plan *p = r->plan;
	enum ident_kind kind;

	if (p->is_usual && plan_usual_kind(name, &kind))
		take(r, kind, value);
	for (size_t i = 0; !p->is_usual && i < p->idents; i++)
		if (p->ident[i].parts == 1 && str_eq(p->ident[i].path[0], path))
			take(r, p->ident[i].kind, value);
}

void row_keys_read(const struct scrub_opts *o, const struct plan *p,
	struct arena *a, str row, uint32_t kinds, struct row_keys *out)
{
	bool is_csv = o->format == SCRUB_CSV;
	struct reading r = { o, p, kinds,
		is_csv ? p->columns : PLAN_COLUMNS_MAX, out };

	out->n = 0;
	out->at = arena_alloc(a, r.max * IDENT_KEY_SIZE);
	if (is_csv)
		read_csv(&r, a, row);
	else
		json_line_read(row, take_member, &r);
}
