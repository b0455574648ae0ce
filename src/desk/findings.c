#include "desk/findings.h"

#include "desk/parts.h"

static int open_finding(struct desk *d, const struct findings *f,
	const struct sql_task_list_row *t, struct finding *out, struct err *e)
{
	const struct map_system *s = map_system_named(f->map, t->name);
	str json;

	if (!s)
		return err_set(e, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(t->name));
	s = parts_system(d->arena, s, parts_of(&f->record->person));
	*out = (struct finding){ .system = s };
	if (record_open_task(d, f->record, t->name, t->sealed, &json, e))
		return -1;
	return json.n ? find_from_json(d->arena, s, json, out, e) : 0;
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
