/*
 * The statements of tbl/summaries.h, filled in.  Names inside them that are ours
 * begin with "toyon_", so that they are no column of a summary.
 */
#include "connect/summary.h"

#include "base/base.h"
#include "connect/statement.h"

enum summary_statement {
#define SUMMARY(NAME, sqlite, postgres, mariadb) SUMMARY_SAY_##NAME,
#include "connect/tbl/summaries.h"
};

static const char *const statements[][3] = {
#define SUMMARY(NAME, sqlite, postgres, mariadb) { sqlite, postgres, mariadb },
#include "connect/tbl/summaries.h"
};

/* Nulls are a group, too. */
static const char *const same_word[] = { [SUMMARY_SQLITE] = "is",
	[SUMMARY_POSTGRES] = "is not distinct from",
	[SUMMARY_MARIADB] = "<=>" };

/* A statement that is put together of pieces, each for one column. */
struct text {
	struct arena *arena;
	const struct map_table *table;
	const struct map_summary *summary;
	struct buf b;
};

static struct text text_of(struct arena *a, const struct erase_step *s)
{
	return (struct text){ .arena = a,
		.table = s->table,
		.summary = step_summary(s),
		.b = buf_in(a, STATEMENT_SIZE_MAX) };
}

static str quoted(const struct text *t, str name)
{
	return name_quoted(t->arena, name);
}

static str from_of(const struct text *t, const struct map_into *i)
{
	return quoted(t, t->table->columns[i->column].name);
}

static str done(struct text *t)
{
	must(buf_ok(&t->b));
	return buf_str(&t->b);
}

/* "month" as toyon_g0, count(*) as toyon_n, count(distinct "who") as toyon_p,
 * sum("amount") as toyon_s0 */
static str picks(struct text t)
{
	for (size_t i = 0; i < t.summary->by_n; i++)
		buf_fmt(&t.b, "%.*s as toyon_g%zu, ",
			STR_ARG(from_of(&t, &t.summary->by[i])), i);
	buf_puts(&t.b, "count(*) as toyon_n");
	if (t.summary->has_people)
		buf_fmt(&t.b, ", count(distinct %.*s) as toyon_p",
			STR_ARG(from_of(&t, &t.summary->people)));
	for (size_t i = 0; i < t.summary->sums_n; i++)
		buf_fmt(&t.b, ", sum(%.*s) as toyon_s%zu",
			STR_ARG(from_of(&t, &t.summary->sums[i])), i);
	return done(&t);
}

/* Without a group there would be a row of nothing when no row is left. */
static str grouping(struct text t)
{
	for (size_t i = 0; i < t.summary->by_n; i++)
		buf_fmt(&t.b, "%s%.*s", i ? ", " : "group by ",
			STR_ARG(from_of(&t, &t.summary->by[i])));
	buf_puts(&t.b, " having count(*) > 0");
	return done(&t);
}

/* Before the rows are added: they are one person's, and make no group of themselves. */
static str stands(struct text t, enum summary_dialect d)
{
	str counts = t.summary->has_people ? t.summary->people.into
					   : t.summary->count;

	buf_fmt(&t.b, "s.%.*s >= %d", STR_ARG(quoted(&t, counts)),
		t.summary->at_least);
	for (size_t i = 0; i < t.summary->by_n; i++)
		buf_fmt(&t.b, " and s.%.*s %s a.toyon_g%zu",
			STR_ARG(quoted(&t, t.summary->by[i].into)),
			same_word[d], i);
	return done(&t);
}

/* "purchases" = coalesce(s."purchases", 0) + a.toyon_n, ... */
static str adds(struct text t)
{
	str count = quoted(&t, t.summary->count);

	buf_fmt(&t.b, "%.*s = s.%.*s + a.toyon_n", STR_ARG(count),
		STR_ARG(count));
	if (t.summary->has_people) {
		str into = quoted(&t, t.summary->people.into);

		buf_fmt(&t.b, ", %.*s = s.%.*s + a.toyon_p", STR_ARG(into),
			STR_ARG(into));
	}
	for (size_t i = 0; i < t.summary->sums_n; i++) {
		str into = quoted(&t, t.summary->sums[i].into);

		buf_fmt(&t.b,
			", %.*s = coalesce(s.%.*s, 0) + "
			"coalesce(a.toyon_s%zu, 0)",
			STR_ARG(into), STR_ARG(into), i);
	}
	return done(&t);
}

static const char *filled(struct arena *a, const struct summary_way *w,
	const struct erase_step *s, enum summary_statement n)
{
	const struct map_summary *m = step_summary(s);
	const char *pattern = statements[n][w->dialect];
	const struct statement_part parts[] = {
		{ "summary",
			w->summary.n ? w->summary : name_quoted(a, m->table) },
		{ "table", w->table.n ? w->table
				      : name_quoted(a, s->table->name) },
		{ "count", name_quoted(a, m->count) },
		{ "key_same", w->key_same },
		{ "picks", picks(text_of(a, s)) },
		{ "grouping", grouping(text_of(a, s)) },
		{ "stands", stands(text_of(a, s), w->dialect) },
		{ "adds", adds(text_of(a, s)) },
	};

	return pattern ? statement_fill(a, pattern, parts, COUNTOF(parts))
		       : NULL;
}

static int say(struct arena *a, const struct summary_way *w,
	const struct erase_step *s, enum summary_statement n, int64_t *number,
	struct err *e)
{
	const char *sql = filled(a, w, s, n);
	bool has_keys = n != SUMMARY_SAY_LOCK && n != SUMMARY_SAY_TOTAL;

	if (!sql || !w->say(w->ctx, sql, has_keys, number, e))
		return 0;
	return err_context(
		e, "the summary \"%.*s\"", STR_ARG(step_summary(s)->table));
}

int summary_add(struct arena *a, const struct summary_way *w,
	const struct erase_step *s, struct summary_before *before,
	struct err *e)
{
	*before = (struct summary_before){ 0 };
	if (say(a, w, s, SUMMARY_SAY_LOCK, NULL, e) ||
		say(a, w, s, SUMMARY_SAY_TOTAL, &before->total, e) ||
		say(a, w, s, SUMMARY_SAY_HOLD, &before->rows, e) ||
		say(a, w, s, SUMMARY_SAY_READY, &before->ready, e))
		return -1;
	return say(a, w, s, SUMMARY_SAY_ADD, NULL, e);
}

int summary_prove(struct arena *a, const struct summary_way *w,
	const struct erase_step *s, const struct summary_before *before,
	int64_t erased, struct err *e)
{
	int64_t now = 0;

	if (say(a, w, s, SUMMARY_SAY_TOTAL, &now, e))
		return -1;
	if (now - before->total == before->ready && erased == before->rows) {
		if (s->added)
			*s->added += before->ready;
		return 0;
	}
	err_set(e, ERR_CONFLICT,
		"the summary \"%.*s\" did not grow by the rows that went",
		STR_ARG(step_summary(s)->table));
	return err_hint(e,
		"has it two rows of one group? its groups need a unique key");
}
