/* The numbers of a year, counted from the requests; what came through the State's
 * platform is in metrics_drop.c. */
#include "desk/metrics_took.h"

#include <stdlib.h>

#include "desk/config.h"
#include "desk/limit.h"
#include "desk/setting.h"
#include "law/state.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000, YEAR_FIRST = 2020, YEAR_LAST = 2200 };

/* --- lines --- */

/* Those that the law has numbers for, each title once. */
static void add_line(struct metrics *m, enum kind kind)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(str_of(m->line[i].title), str_of(kind_title(kind))))
			return;
	must(m->n < METRICS_LINES_MAX);
	m->line[m->n++] = (struct metrics_line){
		.title = kind_title(kind),
		.kind = kind,
		.median = -1,
		.mean = -1,
	};
}

static void add_lines(struct metrics *m)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		for (size_t i = 0; i < metric_count(); i++)
			if (metrics_knows(metric_at(i)) &&
				metric_at(i)->kinds & 1u << k)
				add_line(m, (enum kind)k);
}

struct metrics_line *metrics_line_of(struct metrics *m, enum kind kind)
{
	for (size_t i = 0; kind != KIND_NONE && i < m->n; i++)
		if (str_eq(str_of(m->line[i].title), str_of(kind_title(kind))))
			return &m->line[i];
	return NULL; /* opting in is not counted */
}

static struct metrics_line *line_of(struct metrics *m, str kind_word)
{
	return metrics_line_of(m, kind_of(kind_word));
}

/* --- counts --- */

static enum denial_bucket bucket_of(str ground)
{
	const struct ground *g = ground_of(ground);

	return g ? g->bucket : DENIED_OTHER;
}

static void count(
	struct metrics_line *l, const struct sql_metric_counts_row *row)
{
	l->received += row->n;
	switch (outcome_of(row->outcome)) {
	case OUTCOME_COMPLIED:
	case OUTCOME_PART:
	case OUTCOME_NOTHING:
		l->complied += row->n;
		break;
	case OUTCOME_DENIED:
		l->denied += row->n;
		l->denied_by[bucket_of(row->ground)] += row->n;
		break;
	case OUTCOME_WITHDRAWN:
	case OUTCOME_LAPSED:
		l->ended += row->n;
		break;
	default:
		l->open += row->n;
	}
}

static int load_counts(
	struct desk *d, str from, str to, struct metrics *m, struct err *e)
{
	struct sql_metric_counts_in in = { from, to };
	struct sql_metric_counts_rows rows;

	if (sql_metric_counts(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct metrics_line *l = line_of(m, rows.at[i].kind);

		if (l)
			count(l, &rows.at[i]);
	}
	return 0;
}

/* --- days --- */

static int by_days(const void *a, const void *b)
{
	const struct took *x = a, *y = b;

	return (x->days > y->days) - (x->days < y->days);
}

/* The days of the k-th answer, counted from 0, of sorted ones. */
static int64_t days_at(const struct took *t, int64_t k)
{
	while (k >= t->n)
		k -= t++->n;
	return t->days;
}

void took_sum_up(struct took *t, size_t n, struct metrics_line *l)
{
	int64_t sum = 0;
	int64_t all = 0;

	if (!n)
		return;
	qsort(t, n, sizeof *t, by_days);
	for (size_t i = 0; i < n; i++) {
		all += t[i].n;
		sum += t[i].n * t[i].days;
	}
	l->median = 5 * (days_at(t, (all - 1) / 2) + days_at(t, all / 2));
	l->mean = (10 * sum + all / 2) / all;
}

struct took took_of(str received_on, int64_t hour, int64_t n)
{
	struct date received;

	must(date_parse(received_on, &received));
	return (struct took){
		date_between(received, date_pacific(hour * HOUR_MS)), n
	};
}

static int load_days(struct desk *d, struct metrics_days *days,
	struct metrics *m, struct err *e)
{
	struct sql_metric_days_in in = { days->from, days->to };
	struct sql_metric_days_rows rows;
	struct took *took;

	if (sql_metric_days(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t l = 0; l < m->n; l++) {
		size_t n = 0;

		took = arena_many(d->arena, struct took, rows.n);

		for (size_t i = 0; i < rows.n; i++)
			if (line_of(m, rows.at[i].kind) == &m->line[l])
				took[n++] = took_of(rows.at[i].received_on,
					rows.at[i].hour, rows.at[i].n);
		took_sum_up(took, n, &m->line[l]);
		if (m->line[l].kind != KIND_DELETE)
			continue;
		days->deletes = took;
		days->deletes_n = n;
	}
	return 0;
}

static int first_year(struct desk *d, int otherwise, int *out, struct err *e)
{
	struct sql_metric_first_row row;
	struct date first;

	if (sql_metric_first(d->db, d->arena, &row, e) < 0)
		return -1;
	*out = date_parse(row.received_on, &first) ? first.year : otherwise;
	return 0;
}

static int load_year(
	struct desk *d, int year, struct metrics *out, struct err *e)
{
	struct metrics_days days = {
		.from = arena_fmt(d->arena, "%04d-01-01", year),
		.to = arena_fmt(d->arena, "%04d-12-31", year),
	};

	if (year < YEAR_FIRST || year > YEAR_LAST)
		return err_set(e, ERR_INVALID, "there is no such year");
	*out = (struct metrics){ .year = year,
		.publish_by = metrics_due(year) };
	add_lines(out);
	if (first_year(d, year, &out->first_year, e) ||
		load_counts(d, days.from, days.to, out, e) ||
		load_days(d, &days, out, e))
		return -1;
	return metrics_drop(d, &days, out, e);
}

int metrics_load(struct desk *d, int year, struct metrics *out, struct err *e)
{
	return desk_need(d, PERM_SEE_METRICS, e) ? -1
						 : load_year(d, year, out, e);
}

int metrics_published(
	struct desk *d, int year, str peer, struct metrics *out, struct err *e)
{
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	if (!config_flag(s.publishes) || year < YEAR_FIRST ||
		year >= desk_today(d).year)
		return 0;
	if (desk_limit(d, "numbers", peer, LIMIT_NUMBERS_PEER, HOUR_MS / 1000,
		    e) ||
		load_year(d, year, out, e))
		return -1;
	return 1;
}

/* --- values --- */

static const struct {
	const char *code;
	size_t at; /* in struct metrics_line */
	bool is_days;
} values[] = {
	{ "received", offsetof(struct metrics_line, received), false },
	{ "complied", offsetof(struct metrics_line, complied), false },
	{ "denied", offsetof(struct metrics_line, denied), false },
	{ "denied-unverified",
		offsetof(struct metrics_line, denied_by[DENIED_UNVERIFIED]),
		false },
	{ "denied-not-a-consumer",
		offsetof(struct metrics_line, denied_by[DENIED_NOT_A_CONSUMER]),
		false },
	{ "denied-exempt",
		offsetof(struct metrics_line, denied_by[DENIED_EXEMPT]),
		false },
	{ "denied-other",
		offsetof(struct metrics_line, denied_by[DENIED_OTHER]), false },
	{ "median-days", offsetof(struct metrics_line, median), true },
	{ "mean-days", offsetof(struct metrics_line, mean), true },
};

static size_t value_of(const struct metric *m)
{
	size_t i = 0;

	while (i < COUNTOF(values) &&
		!str_eq(str_of(values[i].code), str_of(m->code)))
		i++;
	return i;
}

bool metrics_knows(const struct metric *m)
{
	return value_of(m) < COUNTOF(values);
}

str metrics_value(
	struct arena *a, const struct metrics_line *l, const struct metric *m)
{
	size_t i = value_of(m);
	int64_t n;

	must(i < COUNTOF(values));
	n = *(const int64_t *)(const void *)((const char *)l + values[i].at);
	if (!values[i].is_days)
		return arena_fmt(a, "%lld", (long long)n);
	if (n < 0)
		return STR("");
	return arena_fmt(a, n % 10 ? "%lld.%lld" : "%lld", (long long)n / 10,
		(long long)n % 10);
}
