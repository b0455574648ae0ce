/* `toyon status`: the few lines that say whether anything is late. */
#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "desk/drop.h"
#include "desk/queue.h"
#include "store/sql.h"

enum { JSON_MAX = 1 << 20 };

/* The rows stand soonest first; {0}: all of them are late. */
static struct date next_to_come(const struct queue *q)
{
	for (size_t i = 0; i < q->rows.n; i++)
		if (q->rows.at[i].days_left >= 0)
			return q->rows.at[i].due_on;
	return (struct date){ 0 };
}

static void put_drop(
	struct cli *c, const struct drop_overview *o, struct json *j)
{
	json_key(j, "drop");
	json_begin_object(j);
	json_put(j, "next_by", date_iso(c->arena, o->next_by));
	json_put(j, "alarm", str_of(drop_alarm_code(o->alarm)));
	json_put_int(j, "late_items", o->late_items);
	json_put_int(j, "exposure_usd", o->exposure_usd);
	json_put(j, "next", o->next);
	json_end(j);
}

static int put_json(struct cli *c, const struct queue *q,
	const struct drop_overview *o, int64_t suppressed, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "open", q->open);
	json_put_int(&j, "overdue", q->overdue);
	json_put_int(&j, "due_in_7_days", q->due_in_7_days);
	json_put(&j, "overdue_since",
		q->overdue ? date_iso(c->arena, q->next_due) : STR(""));
	json_put(&j, "next_due", date_iso(c->arena, next_to_come(q)));
	json_put_int(&j, "late_vendors", q->late_vendors);
	json_put_int(&j, "median_days", q->median_days);
	for (int v = 0; v < QUEUE_VIEWS; v++)
		if (v != QUEUE_OPEN)
			json_put_int(&j, queue_view_code((enum queue_view)v),
				q->count[v]);
	json_put_int(&j, "suppression_entries", suppressed);
	if (o->is_set_up)
		put_drop(c, o, &j);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print_date(struct cli *c, const char *title, struct date d)
{
	if (!date_is_none(d))
		printf("%-16s%.*s\n", title, STR_ARG(date_words(c->arena, d)));
}

static void print(struct cli *c, const struct queue *q, int64_t suppressed)
{
	printf("open            %d\n", q->open);
	printf("overdue         %d\n", q->overdue);
	if (q->overdue)
		print_date(c, "overdue since", q->next_due);
	printf("due in 7 days   %d\n", q->due_in_7_days);
	print_date(c, "next due", next_to_come(q));
	printf("late vendors    %d\n", q->late_vendors);
	if (q->median_days >= 0)
		printf("median answer   %d days this quarter\n",
			q->median_days);
	printf("suppression     %lld entries\n", (long long)suppressed);
}

/* Of a data broker only. */
static void print_drop(struct cli *c, const struct drop_overview *o)
{
	if (!o->is_set_up)
		return;
	print_date(c, "lists due by", o->next_by);
	if (o->alarm != DROP_ALARM_NONE)
		printf("lists           %s\n", drop_alarm_words(o->alarm));
	if (o->late_items)
		printf("late items      %lld, at most $%lld so far\n",
			(long long)o->late_items, (long long)o->exposure_usd);
}

static int run(struct cli *c, struct err *e)
{
	struct sql_suppression_count_row count;
	struct drop_overview o;
	struct queue q;

	if (cli_open_suppress(c, KEYS_MASTER, e) ||
		queue_load(&c->desk, QUEUE_OPEN, STR(""), &q, e) ||
		drop_overview(&c->desk, &o, e) ||
		sql_suppression_count(c->desk.db, c->arena, &count, e) < 0)
		return -1;
	if (c->is_json)
		return put_json(c, &q, &o, count.n, e);
	print(c, &q, count.n);
	print_drop(c, &o);
	return 0;
}

const struct command command_status = {
	.name = "status",
	.operands = "",
	.title = "what is open, and what is late",
	.about =
		"Prints how many requests are open and overdue, since when, the "
		"next date to answer that is still to come, and the length of the suppression record.",
	.has_json = true,
	.examples = { "toyon status", "toyon status --json" },
	.run = run,
};
