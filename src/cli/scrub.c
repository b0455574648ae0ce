/*
 * `toyon scrub`: the installation's list, or an index file, against a file of
 * rows.  What went in and out is told on stderr, by number and place; a row's
 * content is never.
 */
#include "scrub/scrub.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/edge.h"
#include "cli/list_key.h"
#include "cli/list_statements.h"
#include "cli/progress.h"
#include "cli/scrub_opts.h"
#include "cli/scrub_proof.h"
#include "desk/suppress.h"
#include "law/reason.h"

enum { JSON_MAX = 1 << 20, NOTES_SHOWN = 5 };

struct scrubbing {
	struct cli *cli;
	struct scrub_opts opts;
	struct scrub_report *report;
	struct ident_keyring keyring;     /* with --index */
	const struct follow_reader *copy; /* with --follow */
	struct progress progress;
	struct scrub_proof proof;
};

/* --- the list --- */

static int open_index(struct scrubbing *s, const char *path, struct err *e)
{
	struct index_info info;
	struct index *index;

	if (list_open(s->cli, path, &index, &s->keyring, e))
		return -1;
	index_info(index, &info);
	s->opts.kinds = info.kinds;
	s->opts.keyring = &s->keyring;
	s->opts.set.base = index;
	return 0;
}

/* What people said of their health information goes with it (11 CCR 7023(f)). */
static int open_statements(struct scrubbing *s, struct err *e)
{
	struct list_statements *said;

	if (!cli_has(s->cli, "statements"))
		return s->proof.has_ledger ? list_statements_remind(s->cli, e)
					   : 0;
	if (list_statements_open(s->cli, &s->opts, &said, e))
		return -1;
	s->opts.remark = list_statements_remark(said);
	return 0;
}

/* As it is now: the index file and what the log says since. */
static int open_list(struct scrubbing *s, struct err *e)
{
	struct cli *c = s->cli;

	unsigned keys = (s->proof.receipt ? KEYS_AUDIT : 0) |
			(cli_has(c, "statements") ? KEYS_MASTER : 0);

	if (cli_open_suppress(c, keys, e) || open_statements(s, e) ||
		scrub_proof_start(c, &s->proof, &s->opts, e) ||
		suppress_follow(c->desk.suppress, c->desk.db, c->arena, e))
		return -1;
	s->opts.keyring = suppress_keyring(c->desk.suppress);
	s->opts.set = suppress_now(c->desk.suppress);
	return 0;
}

/* A copy of another installation's list. */
static int open_copy(struct scrubbing *s, const char *dir, struct err *e)
{
	if (edge_open(s->cli, dir, &s->copy, e))
		return -1;
	s->opts.keyring = &s->copy->keyring;
	s->opts.set = s->copy->set;
	return 0;
}

static int open_which(struct scrubbing *s, struct err *e)
{
	const char *index = cli_option(s->cli, "index");
	const char *copy = cli_option(s->cli, "follow");

	if ((index || copy) && cli_has(s->cli, "statements"))
		return cli_usage(s->cli, e,
			"--statements asks the installation: leave out --index "
			"or --follow");
	if (index && copy)
		return cli_usage(s->cli, e, "--index or --follow, not both");
	return index  ? open_index(s, index, e)
	       : copy ? open_copy(s, copy, e)
		      : open_list(s, e);
}

/* --- options --- */

/* A file that still holds suppressed people is nothing to hand over. */
static int read_flag(struct scrubbing *s, struct err *e)
{
	static const char *const others[] = { "rejects", "for", "receipt",
		"reject-unreadable" };

	for (size_t i = 0; s->opts.flag && i < COUNTOF(others); i++) {
		if (cli_option(s->cli, others[i]))
			return cli_usage(s->cli, e,
				"--flag takes no row out: it goes without --%s",
				others[i]);
	}
	return 0;
}

static bool is_one_output(const char *a, const char *b)
{
	bool is_stream = !strcmp(a, "-");

	return is_stream ? !strcmp(b, "-") : file_is_same(a, b);
}

static const char *const outputs[] = { "out", "rejects", "receipt" };

/* A list may take its own place, without who was taken out; nothing else may, and
 * the index is needed again. */
static int spare_inputs(struct scrubbing *s, struct err *e)
{
	const char *in = s->cli->operand[0];
	const char *index = cli_option(s->cli, "index");

	for (size_t i = 0; i < COUNTOF(outputs); i++) {
		const char *path = cli_option(s->cli, outputs[i]);

		if (!path || !strcmp(path, "-"))
			continue;
		if (index && file_is_same(path, index))
			return cli_usage(s->cli, e,
				"--%s names the index: it would be replaced",
				outputs[i]);
		if (i > 0 && file_is_same(path, in))
			return cli_usage(s->cli, e,
				"--%s names the list: it would be replaced",
				outputs[i]);
	}
	return 0;
}

/* The last one would replace the others: who was taken out would stand where who
 * stays is looked for. */
static int check_outputs(struct scrubbing *s, struct err *e)
{
	const char *path[COUNTOF(outputs)];

	for (size_t i = 0; i < COUNTOF(outputs); i++)
		path[i] = cli_option(s->cli, outputs[i]);
	if (!path[0])
		path[0] = "-";
	for (size_t i = 0; i < COUNTOF(outputs); i++)
		for (size_t j = 0; j < i; j++)
			if (path[i] && path[j] &&
				is_one_output(path[i], path[j]))
				return cli_usage(s->cli, e,
					"--%s and --%s go to the same place",
					outputs[j], outputs[i]);
	return spare_inputs(s, e);
}

static int read_reasons(struct scrubbing *s, struct err *e)
{
	const char *given = cli_option(s->cli, "reasons");

	if (!given || reasons_parse(str_of(given), &s->opts.reasons))
		return 0;
	err_set(e, ERR_USAGE, "the law knows not all of the reasons \"%.60s\"",
		given);
	return err_hint(e, "`toyon help reasons` lists them");
}

static int read_opts(struct scrubbing *s, struct err *e)
{
	struct cli *c = s->cli;

	s->opts.rejects.path = cli_option(c, "rejects");
	s->opts.flag = cli_has(c, "flag");
	s->opts.reject_unreadable =
		s->opts.flag || cli_has(c, "reject-unreadable");
	s->opts.on_progress = progress_show;
	s->opts.ctx = &s->progress;
	return scrub_opts_read(c, &s->opts, e) || read_flag(s, e) ||
			       check_outputs(s, e) || read_reasons(s, e) ||
			       scrub_proof_options(c, &s->proof, e)
		       ? -1
		       : 0;
}

/* --- the summary --- */

static void say_reasons(const struct scrubbing *s, struct buf *b)
{
	const struct scrub_report *r = s->report;
	const char *between = "";

	for (int bit = 0; bit < SCRUB_REASONS; bit++) {
		if (!r->by_reason[bit])
			continue;
		buf_fmt(b, "%s%.*s %llu", between,
			STR_ARG(reasons_list(s->cli->arena, 1u << bit)),
			(unsigned long long)r->by_reason[bit]);
		between = ", ";
	}
}

static const char *kind_at(const struct scrub_report *r, size_t i)
{
	return ident_kind_name((enum ident_kind)r->column[i].kind);
}

/* NDJSON has members, and no numbers for them. */
static void say_columns(const struct scrubbing *s, struct buf *b)
{
	const struct scrub_report *r = s->report;

	for (size_t i = 0; i < r->columns; i++) {
		buf_puts(b, i ? ", " : "");
		if (r->column[i].column)
			buf_fmt(b, "column %d as %s", r->column[i].column,
				kind_at(r, i));
		else
			buf_fmt(b, "members as %s", kind_at(r, i));
	}
}

static void say_notes(const struct scrubbing *s)
{
	const struct scrub_report *r = s->report;
	size_t most = s->cli->is_verbose ? r->notes : NOTES_SHOWN;

	for (size_t i = 0; i < r->notes && i < most; i++)
		cli_say(s->cli, "  line %llu, column %d: %s",
			(unsigned long long)r->note[i].line, r->note[i].column,
			ident_fault_text((enum ident_fault)r->note[i].fault));
	if (r->notes > most)
		cli_say(s->cli, "  and more: --verbose names them");
}

/* By kind of fault, when there are more cells than were named. */
static void say_faults(const struct scrubbing *s)
{
	const struct scrub_report *r = s->report;

	for (int i = 0; i < IDENT_FAULTS; i++) {
		bool is_partial = i == IDENT_FAULT_PARTS;

		if (r->by_fault[i] && (is_partial || r->notes > NOTES_SHOWN))
			cli_say(s->cli, "%llu time%s: %s",
				(unsigned long long)r->by_fault[i],
				cli_s(r->by_fault[i]),
				ident_fault_text((enum ident_fault)i));
	}
}

static void say_unreadable(const struct scrubbing *s)
{
	const struct scrub_report *r = s->report;

	if (r->unreadable && s->opts.flag)
		cli_say(s->cli, "%llu row%s could not be read: flagged",
			(unsigned long long)r->unreadable,
			cli_s(r->unreadable));
	else if (r->unreadable)
		cli_say(s->cli,
			"%llu row%s could not be read: %llu kept, %llu "
			"taken out",
			(unsigned long long)r->unreadable, cli_s(r->unreadable),
			(unsigned long long)(r->unreadable -
					     r->unreadable_rejected),
			(unsigned long long)r->unreadable_rejected);
}

static void say_summary(const struct scrubbing *s)
{
	const struct scrub_report *r = s->report;
	struct buf reasons = buf_in(s->cli->arena, 4096);
	struct buf columns = buf_in(s->cli->arena, 4096);

	say_reasons(s, &reasons);
	say_columns(s, &columns);
	cli_say(s->cli, "%llu row%s: %llu %s, %llu suppressed%s%.*s%s",
		(unsigned long long)r->rows, cli_s(r->rows),
		(unsigned long long)r->kept, s->opts.flag ? "clear" : "kept",
		(unsigned long long)r->suppressed, r->suppressed ? " (" : "",
		STR_ARG(buf_str(&reasons)), r->suppressed ? ")" : "");
	cli_say(s->cli, "looked at %.*s", STR_ARG(buf_str(&columns)));
	if (s->opts.remark)
		cli_say(s->cli,
			"%llu rows with statements on health "
			"information",
			(unsigned long long)r->remarked[0]);
	if (r->without_identifier)
		cli_say(s->cli, "%llu row%s naming nobody: kept",
			(unsigned long long)r->without_identifier,
			cli_s(r->without_identifier));
	say_unreadable(s);
	say_notes(s);
	say_faults(s);
	if (r->slow)
		cli_say(s->cli,
			"%llu cell%s, unusual or unreadable, read with care",
			(unsigned long long)r->slow, cli_s(r->slow));
}

/* --- the same as JSON --- */

static void put_columns(struct json *j, const struct scrub_report *r)
{
	json_key(j, "columns"), json_begin_array(j);
	for (size_t i = 0; i < r->columns; i++) {
		json_begin_object(j);
		json_put(j, "kind", str_of(kind_at(r, i)));
		json_put_int(j, "column", r->column[i].column);
		json_end(j);
	}
	json_end(j);
}

static void put_faults(struct json *j, const struct scrub_report *r)
{
	json_key(j, "by_fault"), json_begin_object(j);
	for (int i = 0; i < IDENT_FAULTS; i++)
		if (r->by_fault[i])
			json_put_int(j, ident_fault_name((enum ident_fault)i),
				(int64_t)r->by_fault[i]);
	json_end(j);
	json_key(j, "unreadable_cells"), json_begin_array(j);
	for (size_t i = 0; i < r->notes; i++) {
		const struct scrub_note *n = &r->note[i];

		json_begin_object(j);
		json_put_int(j, "line", (int64_t)n->line);
		json_put_int(j, "column", n->column);
		json_put(j, "fault",
			str_of(ident_fault_name((enum ident_fault)n->fault)));
		json_end(j);
	}
	json_end(j);
}

static void put_reasons(struct json *j, const struct scrub_report *r)
{
	json_key(j, "by_reason"), json_begin_object(j);
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);
		int bit = __builtin_ctz((unsigned)row->reason);

		if (r->by_reason[bit])
			json_put_int(j, row->code, (int64_t)r->by_reason[bit]);
	}
	json_end(j);
}

static int put_json(const struct scrubbing *s, struct err *e)
{
	const struct scrub_report *r = s->report;
	struct buf b = buf_in(s->cli->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "rows", (int64_t)r->rows);
	json_put_int(&j, "kept", (int64_t)r->kept);
	json_put_int(&j, "suppressed", (int64_t)r->suppressed);
	json_put_int(&j, "unreadable", (int64_t)r->unreadable);
	json_put_int(
		&j, "unreadable_rejected", (int64_t)r->unreadable_rejected);
	json_put_int(&j, "without_identifier", (int64_t)r->without_identifier);
	json_put_int(&j, "read_with_care", (int64_t)r->slow);
	put_reasons(&j, r);
	put_columns(&j, r);
	put_faults(&j, r);
	if (s->opts.remark)
		json_put_int(&j, "with_statements", (int64_t)r->remarked[0]);
	scrub_proof_json(&s->proof, &j);
	if (s->copy)
		edge_put_age(&s->copy->age, &j);
	json_end(&j);
	return cli_put_json(&b, e);
}

/* --- the run --- */

static int audit(struct desk *d, void *ctx, struct err *e)
{
	const struct scrub_report *r = ctx;

	return DESK_AUDIT(d, AUDIT_SCRUBBED, STR(""), e, AD("rows", r->rows),
		AD("dropped", r->suppressed));
}

static int run(struct cli *c, struct err *e)
{
	struct scrubbing s = { .cli = c };
	bool is_ours = !cli_has(c, "index") && !cli_has(c, "follow");
	int rc;

	s.report = arena_one(c->arena, struct scrub_report);
	if (read_opts(&s, e) || open_which(&s, e))
		return -1;
	progress_start(&s.progress, c->is_quiet);
	rc = scrub_run(&s.opts, s.report, e);
	progress_end(&s.progress);
	if (rc || scrub_proof_end(c, &s.proof, &s.opts, s.report, e))
		return -1;
	/* A batch of the ledger was audited with its entry. */
	if (is_ours && !s.proof.has_ledger &&
		desk_write(&c->desk, audit, s.report, e))
		return -1;
	say_summary(&s);
	scrub_proof_say(c, &s.proof);
	return c->is_json ? put_json(&s, e) : 0;
}

const struct command command_scrub = {
	.name = "scrub",
	.operands = "IN.csv",
	.operands_min = 1,
	.operands_max = 1,
	.title = "take suppressed people out of a file",
	.about = "Takes the rows of suppressed people out of a CSV or NDJSON "
		 "file, plain, .gz or .zst, \"-\" for stdin. Rows that stay "
		 "leave byte for byte, in their order. Columns are recognized "
		 "by the header or named with --map. With --index no "
		 "installation is needed, and columns of kinds that the list "
		 "does not hold are left alone. A file that can't be read as a "
		 "whole leaves nothing under the output's name.",
	.result = "Prints the rows that stay; what happened stands on stderr: how "
		  "many rows, by reason, which cells could not be read, and how "
		  "many were read with care, being unusual.",
	.has_json = true,
	.options = {
		{ "out", 'o', "OUT", "instead of stdout; .gz and .zst compress" },
		{ "map", 0, "KIND=COLUMN,...",
			"which columns name a person (`toyon help kinds`); a "
			"composite has one a part: ndz.first=COLUMN,..." },
		{ "rejects", 0, "FILE", "where the rows go that are taken out" },
		{ "index", 0, "FILE.tyx", "this list instead of the installation's" },
		{ "follow", 0, "D", "the copy in this folder (toyon follow)" },
		{ "reasons", 0, "R,...", "only these reasons suppress" },
		{ "reject-unreadable", 0, NULL,
			"take rows out whose identifiers can't be read; else "
			"they stay and are counted" },
		{ "flag", 0, NULL,
			"take no row out: add a column \"reason\" that says why "
			"it would be, or nothing" },
		{ "statements", 0, NULL,
			"a column more: what people said about health "
			"information that stays as it is (11 CCR 7023(f))" },
		{ "receipt", 0, "FILE", "a signed receipt of what went in and out" },
		{ "for", 0, "VENDOR",
			"who of the data map gets the list: it is entered in "
			"the ledger; receipt in OUT.receipt.json" },
		{ "purpose", 0, "TEXT", "what they get it for; with --for" },
		{ "format", 0, "csv|ndjson",
			"instead of what the name says: .ndjson and .jsonl are "
			"NDJSON, all else is CSV" },
		{ "jobs", 'j', "N", "threads; one a processor" },
	},
	.examples = { "toyon scrub leads.csv -o clean.csv",
		"toyon scrub --index buyers.tyx --map email=Mail in.csv.gz -o "
		"out.csv.gz" },
	.run = run,
};
