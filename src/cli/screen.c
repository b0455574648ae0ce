/*
 * `toyon screen`: what may be done with each row of a file before it is stored.
 * Nothing is taken out; the file leaves with two columns more.  It is the scrub's
 * engine (scrub/scrub.h) that reads and writes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/edge.h"
#include "cli/list_statements.h"
#include "cli/progress.h"
#include "cli/screen_corrected.h"
#include "cli/scrub_opts.h"
#include "desk/suppress.h"
#include "law/screen.h"
#include "scrub/scrub.h"

enum { JSON_MAX = 64 << 10 };

struct screening {
	struct cli *cli;
	struct scrub_opts opts;
	struct scrub_report *report;
	const struct follow_reader *copy; /* with --follow */
	struct progress progress;
};

static int open_corrected(
	struct screening *s, const char *system, struct err *e)
{
	struct screen_corrected *corrected;

	if (screen_corrected_open(
		    s->cli, &s->opts, str_of(system), &corrected, e))
		return -1;
	s->opts.remark = screen_corrected_remark(corrected, s->opts.remark);
	return 0;
}

static int open_statements(struct screening *s, struct err *e)
{
	struct list_statements *said;

	if (list_statements_open(s->cli, &s->opts, &said, e))
		return -1;
	s->opts.remark = list_statements_remark(said);
	return 0;
}

static int open_list(struct screening *s, struct err *e)
{
	struct cli *c = s->cli;
	const char *copy = cli_option(c, "follow");
	const char *system = cli_option(c, "system");

	bool has_said = cli_has(c, "statements");

	if (copy && (system || has_said))
		return cli_usage(c, e,
			"--follow has the list, and neither what was corrected "
			"nor what people said of it");
	if (copy) {
		if (edge_open(c, copy, &s->copy, e))
			return -1;
		s->opts.keyring = &s->copy->keyring;
		s->opts.set = s->copy->set;
		return 0;
	}
	if (cli_open_suppress(c, system || has_said ? KEYS_MASTER : 0, e) ||
		suppress_follow(c->desk.suppress, c->desk.db, c->arena, e))
		return -1;
	s->opts.keyring = suppress_keyring(c->desk.suppress);
	s->opts.set = suppress_now(c->desk.suppress);
	if (has_said && open_statements(s, e))
		return -1;
	return system ? open_corrected(s, system, e) : 0;
}

static int64_t unreadable(const struct screening *s)
{
	return (int64_t)s->report->unreadable_rejected;
}

static int put_json(const struct screening *s, struct err *e)
{
	struct buf b = buf_in(s->cli->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "rows", (int64_t)s->report->rows);
	json_key(&j, "by_screen"), json_begin_object(&j);
	for (int i = 0; i < SCREENS; i++)
		json_put_int(&j, screen_code((enum screen)i),
			(int64_t)s->report->by_screen[i]);
	json_end(&j);
	json_put_int(&j, "unreadable", unreadable(s));
	if (cli_has(s->cli, "system"))
		json_put_int(&j, "corrected", (int64_t)s->report->remarked[0]);
	if (s->copy)
		edge_put_age(&s->copy->age, &j);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void say_summary(const struct screening *s)
{
	cli_say(s->cli, "%llu row%s", (unsigned long long)s->report->rows,
		cli_s(s->report->rows));
	for (int i = SCREENS - 1; i >= 0; i--)
		if (s->report->by_screen[i])
			cli_say(s->cli, "%11llu %s: %s",
				(unsigned long long)s->report->by_screen[i],
				screen_code((enum screen)i),
				screen_sentence((enum screen)i));
	if (unreadable(s))
		cli_say(s->cli,
			"%11lld unreadable: an identifier is none, and nobody "
			"knows",
			(long long)unreadable(s));
	if (cli_has(s->cli, "system") && s->report->remarked[0])
		cli_say(s->cli,
			"%11llu with values that were corrected: store the "
			"right ones",
			(unsigned long long)s->report->remarked[0]);
}

static int run(struct cli *c, struct err *e)
{
	struct screening s = { .cli = c };
	int rc;

	s.report = arena_one(c->arena, struct scrub_report);
	s.opts.flag = s.opts.screen = s.opts.reject_unreadable = true;
	s.opts.on_progress = progress_show;
	s.opts.ctx = &s.progress;
	if (scrub_opts_read(c, &s.opts, e) || open_list(&s, e))
		return -1;
	progress_start(&s.progress, c->is_quiet);
	rc = scrub_run(&s.opts, s.report, e);
	progress_end(&s.progress);
	if (rc)
		return -1;
	say_summary(&s);
	return c->is_json ? put_json(&s, e) : 0;
}

const struct command command_screen = {
	.name = "screen",
	.operands = "IN.csv",
	.operands_min = 1,
	.operands_max = 1,
	.title = "what may be done with new records, before they are stored",
	.about = "Reads the rows of a CSV or NDJSON file that is to be stored, "
		 "plain, .gz or .zst, \"-\" for stdin, and writes each with two "
		 "columns more. \"screen\" is blocked (do not store it: deleted, "
		 "here or through the State's platform), opted-out (store it, "
		 "and neither sell nor share it), limited, clear or unreadable; "
		 "\"reason\" says why. Read the columns by their names: more "
		 "words and columns may come. Columns that name a person are "
		 "recognized by the header or named with --map. With --system "
		 "a third column, \"corrected\", has the right values of what "
		 "that system was corrected to hold on the person's request, "
		 "as a JSON list of column and value; columns of the file are "
		 "then called as the data map calls them, table.column or by "
		 "the column where that is clear.",
	.result = "Prints the rows; counts stand on stderr.",
	.has_json = true,
	.options = {
		{ "out", 'o', "OUT", "instead of stdout; .gz and .zst compress" },
		{ "map", 0, "KIND=COLUMN,...",
			"which columns name a person (`toyon help kinds`)" },
		{ "system", 0, "SYSTEM",
			"of the data map, where they are to be stored: says "
			"what was corrected there" },
		{ "statements", 0, NULL,
			"a column more: what people said about health "
			"information that stays as it is" },
		{ "follow", 0, "D", "the copy in this folder (toyon follow)" },
		{ "format", 0, "csv|ndjson",
			"instead of what the name says: .ndjson and .jsonl are "
			"NDJSON, all else is CSV" },
		{ "jobs", 'j', "N", "threads; one a processor" },
	},
	.examples = { "toyon screen leads.csv -o screened.csv",
		"toyon screen --map ndz.first=Given,ndz.last=Name,ndz.dob=Born,"
		"ndz.zip=Zip in.csv" },
	.run = run,
};
