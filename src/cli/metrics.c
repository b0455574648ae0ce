/* `toyon metrics`: the numbers of a year, as they have to be published. */
#include "desk/metrics.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"

enum { JSON_MAX = 1 << 20 };

static int put_json(struct cli *c, const struct metrics *m, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "year", m->year);
	json_put(&j, "publish_by", date_iso(c->arena, m->publish_by));
	json_key(&j, "kinds");
	json_begin_array(&j);
	for (size_t i = 0; i < m->n; i++) {
		json_begin_object(&j);
		json_put(&j, "kind", str_of(m->line[i].title));
		for (size_t k = 0; k < metric_count(); k++)
			if (metrics_knows(metric_at(k)))
				json_put(&j, metric_at(k)->code,
					metrics_value(c->arena, &m->line[i],
						metric_at(k)));
		json_put_int(&j, "ended", m->line[i].ended);
		json_put_int(&j, "open", m->line[i].open);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print(struct cli *c, const struct metrics *m)
{
	printf("kind");
	for (size_t k = 0; k < metric_count(); k++)
		if (metrics_knows(metric_at(k)))
			printf("\t%s", metric_at(k)->code);
	printf("\tended\topen\n");
	for (size_t i = 0; i < m->n; i++) {
		const struct metrics_line *l = &m->line[i];

		printf("%s", l->title);
		for (size_t k = 0; k < metric_count(); k++)
			if (metrics_knows(metric_at(k)))
				printf("\t%.*s", STR_ARG(metrics_value(c->arena,
							 l, metric_at(k))));
		printf("\t%lld\t%lld\n", (long long)l->ended,
			(long long)l->open);
	}
}

static int run(struct cli *c, struct err *e)
{
	int64_t year;
	struct metrics m;

	if (cli_open(c, KEYS_MASTER, e))
		return -1;
	year = desk_today(&c->desk).year - 1;
	if (c->operands &&
		(!str_int(cli_operand(c, 0), &year) || year < 0 || year > 9999))
		return cli_usage(c, e, "\"%.40s\" is no year", c->operand[0]);
	if (metrics_load(&c->desk, (int)year, &m, e))
		return -1;
	if (c->is_json)
		return put_json(c, &m, e);
	print(c, &m);
	return 0;
}

const struct command command_metrics = {
	.name = "metrics",
	.operands = "[YEAR]",
	.operands_max = 1,
	.title = "the numbers of a year, to publish by July 1",
	.about =
		"Prints for each kind of request how many came in that calendar "
		"year (last year when none is given), how many were complied "
		"with in whole or in part, how many were denied and on what "
		"kind of ground, and the median and mean days to the answer "
		"(11 CCR 7102; Civ. Code 1798.99.85).",
	.result = "Prints a line for each kind, with tabs between the numbers; "
		  "the first line names them. \"ended\" is withdrawn or never "
		  "confirmed; \"open\" has no answer yet.",
	.has_json = true,
	.examples = { "toyon metrics", "toyon metrics 2026 --json" },
	.run = run,
};
