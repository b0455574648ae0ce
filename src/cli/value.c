/* `toyon value ...`: what a consumer's data is worth, by 11 CCR 7081. */
#include "desk/valuation.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/command.h"
#include "law/listed.h"

enum { JSON_MAX = 1 << 20 };

static int put_record(
	struct cli *c, const struct valuations *all, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < all->n; i++) {
		const struct valuation *v = &all->at[i];

		json_begin_object(&j);
		json_put(&j, "method", str_of(v->in.method->code));
		json_put_int(&j, "counts_cents", v->in.counts);
		json_put_int(&j, "taken_off_cents", v->in.taken_off);
		json_put_int(&j, "among", v->in.among);
		json_put_bool(&j, "is_country", v->is_country);
		json_put(&j, "value", valuation_words(c->arena, v->value));
		json_put(&j, "how", v->how);
		json_put(&j, "how_es", v->how_es);
		json_put(&j, "at", instant_rfc3339(c->arena, v->at));
		json_put(&j, "by", v->by);
		json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

static int run_list(struct cli *c, struct err *e)
{
	struct valuations all;

	if (cli_open(c, 0, e) || valuation_list(&c->desk, &all, e))
		return -1;
	if (c->is_json)
		return put_record(c, &all, e);
	for (size_t i = 0; i < all.n; i++)
		printf("%.*s\t%s\t%.*s\t%.*s\n",
			STR_ARG(instant_rfc3339(c->arena, all.at[i].at)),
			all.at[i].in.method->code,
			STR_ARG(valuation_words(c->arena, all.at[i].value)),
			STR_ARG(all.at[i].how));
	return 0;
}

const struct command command_value_list = {
	.name = "value list",
	.operands = "",
	.title = "what data was estimated to be worth",
	.about = "Lists the estimates, newest first: when, by which method, "
		 "the value of one consumer's data, and how the figures were "
		 "come by, with tabs between them.",
	.has_json = true,
	.examples = { "toyon value list", "toyon value list --json" },
	.run = run_list,
};

/* --- estimate --- */

static int amount_of(
	struct cli *c, const char *option, int64_t *out, struct err *e)
{
	const char *text = cli_option(c, option);

	*out = 0;
	if (text && !value_amount(str_of(text), out))
		return cli_usage(c, e,
			"--%s is an amount of dollars, as 1200.50", option);
	return 0;
}

/* What each figure is, for who does not know yet which ones this method takes. */
static int say_figures(
	struct cli *c, const struct value_method *m, struct err *e)
{
	cli_usage(c, e, "\"%s\" takes --counts%s and --among", m->code,
		m->taken_off ? ", --less" : "");
	return err_hint(e, "--counts: %s; %s%s%s--among: %s", m->counts,
		m->taken_off ? "--less: " : "",
		m->taken_off ? m->taken_off : "", m->taken_off ? "; " : "",
		m->among);
}

static int read_figures(struct cli *c, struct valuation *v, struct err *e)
{
	const char *among = cli_option(c, "among");
	bool has_less = cli_has(c, "less");

	v->in.method = value_method_of(cli_operand(c, 0));
	if (!v->in.method) {
		cli_usage(c, e, "\"%.40s\" is no method of 11 CCR 7081",
			c->operand[0]);
		return err_hint(e, "toyon law list listed");
	}
	if (!cli_has(c, "counts") || !among ||
		has_less != (v->in.method->taken_off != NULL))
		return say_figures(c, v->in.method, e);
	if (!str_int(str_of(among), &v->in.among))
		return cli_usage(c, e, "--among is a number of consumers");
	return amount_of(c, "counts", &v->in.counts, e) ||
			       amount_of(c, "less", &v->in.taken_off, e)
		       ? -1
		       : 0;
}

static int run_estimate(struct cli *c, struct err *e)
{
	struct valuation v = { .is_country = cli_has(c, "country"),
		.how = str_of(cli_option(c, "how")),
		.how_es = str_of(cli_option(c, "how-es")) };

	if (read_figures(c, &v, e))
		return -1;
	if (cli_has(c, "dry-run")) {
		if (value_of_data(&v.in, &v.value, e))
			return -1;
	} else if (cli_open(c, 0, e) || valuation_note(&c->desk, &v, e)) {
		return -1;
	}
	printf("%.*s\n", STR_ARG(valuation_words(c->arena, v.value)));
	return 0;
}

const struct command command_value_estimate = {
	.name = "value estimate",
	.operands = "METHOD",
	.operands_min = 1,
	.operands_max = 1,
	.title = "what the data of one consumer is worth to you",
	.about = "Counts the value of a consumer's data by one of the eight "
		 "methods of 11 CCR 7081 (marginal, average, aggregate, "
		 "revenue, expenses, incentive, profit, other) and keeps it "
		 "with its figures; the notice of a financial incentive says "
		 "the last one. Named without figures, a method says which it "
		 "takes.",
	.result = "Prints the value in dollars.",
	.options = {
		{ "counts", 0, "DOLLARS", "what counts by that method, as revenue" },
		{ "less", 0, "DOLLARS", "what is taken off, for marginal and profit" },
		{ "among", 0, "N", "how many consumers it is divided by" },
		{ "how", 0, "TEXT", "where the figures are from, and why this method" },
		{ "how-es", 0, "TEXT", "the same for the notice in Spanish" },
		{ "country", 0, NULL, "they are people of all the United States" },
		{ "dry-run", 0, NULL, "counts, and keeps nothing" },
	},
	.examples = { "toyon value estimate revenue --counts 120000 --among 40000 "
		      "--how \"Ledger of 2025\"",
		"toyon value estimate profit" },
	.run = run_estimate,
};
