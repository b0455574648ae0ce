#include "desk/findings.h"

#include "desk/keep.h"
#include "desk/parts.h"

enum { CELL_SHOWN = 120 };

static int open_finding(struct desk *d, const struct findings *f,
	const struct sql_task_list_row *t, struct finding *out, struct err *e)
{
	const struct map_system *own = map_system_named(f->map, t->name), *s;
	unsigned parts = parts_of(&f->record->person);
	struct keep_rows *keeps;
	str json;

	if (!own)
		return err_set(e, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(t->name));
	s = parts_system(d->arena, own, parts);
	*out = (struct finding){ .system = s };
	if (record_open_task(d, f->record, t->name, t->sealed, &json, e))
		return -1;
	if (!json.n)
		return 0;
	if (find_from_json(d->arena, s, json, out, e))
		return -1;
	s = parts_settled(d->arena, own, s, parts, out);
	if (find_from_json(d->arena, s, json, out, e) ||
		keep_load(d, s->name, &keeps, e))
		return -1;
	find_except(out, &keeps->exceptions);
	return 0;
}

int findings_each(struct desk *d, const struct findings *f, finding_fn *fn,
	void *ctx, struct err *e)
{
	for (size_t i = 0; i < f->tally->rows.n; i++) {
		const struct sql_task_list_row *t = &f->tally->rows.at[i];
		struct finding found;

		if (!str_eq(t->target, STR("system")) || t->done_at ||
			t->rows_found == t->rows_erased)
			continue;
		if (open_finding(d, f, t, &found, e) ||
			(found.tables && fn(d, ctx, t, &found, e)))
			return -1;
	}
	return 0;
}

struct tally findings_mapped(
	struct desk *d, const struct map *m, const struct tally *t)
{
	struct tally out = *t;

	out.rows.at = arena_many(d->arena, struct sql_task_list_row, t->rows.n);
	out.rows.n = 0;
	for (size_t i = 0; i < t->rows.n; i++)
		if (map_system_named(m, t->rows.at[i].name))
			out.rows.at[out.rows.n++] = t->rows.at[i];
	return out;
}

/* Not in the middle of a character. */
static str cut(str s)
{
	size_t n = CELL_SHOWN;

	while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_head(s, n);
}

str findings_words(
	struct arena *a, const struct map_column *column, const struct cell *c)
{
	if (c->type == CELL_NULL)
		return STR("–");
	if (column->never_disclose.n)
		return STR("held, not shown");
	if (c->type == CELL_BLOB)
		return STR("(binary)");
	if (c->v.v.n <= CELL_SHOWN)
		return c->v.v;
	return arena_fmt(a, "%.*s…", STR_ARG(cut(c->v.v)));
}
