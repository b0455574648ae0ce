/*
 * Systems that only a person can look in.  Nothing here can answer: the desk
 * asks by letter (desk/keeper.h), and what comes back is a finding (item.h).  So
 * every call says "not now", never "nothing there": whoever looks through all
 * systems at once learns that nobody has looked in this one.
 */
#include "connect/connector.h"

#include "base/base.h"

static int ask_first(struct err *e)
{
	err_set(e, ERR_UNAVAILABLE, "a person looks here, and has to be asked");
	return err_hint(e, "requests do that by letter; nothing else can");
}

static int person_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	(void)m;
	(void)s;
	(void)o;
	(void)e;
	*out = arena_one(a, struct conn);
	return 0;
}

static int person_rows(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	(void)c;
	(void)q;
	(void)fn;
	(void)ctx;
	return ask_first(e);
}

static int person_erase(struct conn *c, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	(void)c;
	(void)steps;
	for (size_t i = 0; i < n; i++)
		erased[i] = 0;
	return ask_first(e);
}

static int person_insert(struct conn *c, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	(void)c;
	(void)tables;
	(void)n;
	(void)next;
	(void)ctx;
	(void)added;
	return ask_first(e);
}

static int person_script(struct conn *c, str statements, struct err *e)
{
	(void)c;
	(void)statements;
	return err_set(e, ERR_INVALID, "a person takes no statements");
}

static int person_plan(struct conn *c, struct arena *a,
	const struct row_query *q, str *out, struct err *e)
{
	(void)e;
	*out = arena_fmt(a,
		"a letter with a task for a person: %.*s, within %d days",
		STR_ARG(q->table), c->system->days);
	return 0;
}

static void person_close(struct conn *c)
{
	(void)c;
}

const struct connector connector_person = {
	.open = person_open,
	.rows = person_rows,
	.erase = person_erase,
	.insert = person_insert,
	.script = person_script,
	.close = person_close,
	.plan = person_plan,
};
