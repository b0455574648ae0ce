/* `toyon law ...`: dates and rows, as src/law has them.  Needs no installation. */
#include "law/print.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/command.h"

enum { JSON_MAX = 16 << 20 };

static int run_due(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct due_lines lines;

	if (law_due(cli_operand(c, 0), cli_operand(c, 1), &lines, e))
		return -1;
	json_begin_array(&j);
	for (size_t i = 0; i < lines.n; i++) {
		const struct due_line *l = &lines.at[i];
		str on = date_iso(c->arena, l->on);

		if (!c->is_json)
			printf("%s\t%.*s\t%s\n", l->name, STR_ARG(on),
				l->citation);
		json_begin_object(&j);
		json_put(&j, "name", str_of(l->name));
		json_put(&j, "date", on);
		json_put(&j, "citation", str_of(l->citation));
		json_put(&j, "rule", str_of(l->rule_id));
		json_end(&j);
	}
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_law_due = {
	.name = "law due",
	.operands = "KIND DATE",
	.operands_min = 2,
	.operands_max = 2,
	.title = "the dates of a request",
	.about = "Prints the dates of a request of this kind (delete, know, "
		 "correct, opt-out, limit, ...) received on DATE, a day in "
		 "California or an instant with its offset.",
	.result = "Prints name, date and citation with tabs between them. The "
		  "dates are the earliest that can be defended; \"outer\" is "
		  "the latest reading. Past the years whose holidays are "
		  "known it is an error.",
	.has_json = true,
	.examples = { "toyon law due delete 2026-11-21",
		"toyon law due opt-out 2026-11-21T23:30-08:00" },
	.run = run_due,
};

static void put_row(struct cli *c, const struct law_row *r, struct json *j)
{
	json_begin_object(j);
	json_put(j, "id", str_of(r->id));
	json_put(j, "table", str_of(r->table));
	json_put(j, "title", str_of(r->title));
	json_put(j, "text", str_of(r->text));
	json_put(j, "citation", str_of(r->citation));
	json_put(j, "from", date_iso(c->arena, r->valid.from));
	json_put(j, "until", date_iso(c->arena, r->valid.until));
	json_end(j);
}

static int run_list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < law_row_count(); i++) {
		const struct law_row *r = law_row_at(i);

		if (c->operands && strcmp(c->operand[0], r->table))
			continue;
		if (!c->is_json)
			printf("%s\t%s\t%s\t%s\n", r->table, r->id, r->title,
				r->citation);
		put_row(c, r, &j);
	}
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_law_list = {
	.name = "law list",
	.operands = "[TABLE]",
	.operands_max = 1,
	.title = "every row of the law",
	.about =
		"Prints table, id, title and citation of every row of the law, "
		"or of one table, with tabs between them.",
	.has_json = true,
	.examples = { "toyon law list", "toyon law list kinds" },
	.run = run_list,
};

static int run_show(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct near near = { .wanted = cli_operand(c, 0) };
	const struct law_row *r = law_row_of(near.wanted);

	if (r && c->is_json) {
		put_row(c, r, &j);
		return cli_put_json(&b, e);
	}
	if (r) {
		printf("%s\n%s%s%s\nin force from %.*s", r->title, r->text,
			*r->text ? "\n" : "", r->citation,
			STR_ARG(date_iso(c->arena, r->valid.from)));
		if (!date_is_none(r->valid.until))
			printf(" until %.*s",
				STR_ARG(date_iso(c->arena, r->valid.until)));
		putchar('\n');
		return 0;
	}
	for (size_t i = 0; i < law_row_count(); i++)
		near_try(&near, law_row_at(i)->id);
	err_set(e, ERR_NOT_FOUND, "the law has no row \"%.*s\"",
		STR_ARG(str_head(near.wanted, 60)));
	if (near.best)
		return err_hint(e, "did you mean \"%s\"?", near.best);
	return err_hint(e, "`toyon law list` shows them");
}

static int run_show_or_list(struct cli *c, struct err *e)
{
	return c->operands ? run_show(c, e) : run_list(c, e);
}

const struct command command_law_show = {
	.name = "law show",
	.operands = "[ID]",
	.operands_max = 1,
	.title = "one row of the law",
	.about = "Prints what a row says, its citation, and since when it "
		 "holds. Without ID, all rows as `toyon law list`.",
	.has_json = true,
	.examples = { "toyon law show DX8", "toyon law show DX8 --json" },
	.run = run_show_or_list,
};
