/* `toyon drop evidence`: the folder for auditors, and its proof. */
#include "cli/drop_evidence.h"

#include <stdio.h>

#include "base/version.h"
#include "cli/drop_desk.h"
#include "cli/public_key.h"
#include "cli/signed_report.h"
#include "desk/drop_evidence.h"

enum { JSON_MAX = 1 << 20, DAMAGED = 4 };

/* --- write --- */

static int read_day(
	struct cli *c, const char *name, struct date *out, struct err *e)
{
	const char *given = cli_option(c, name);

	*out = (struct date){ 0 };
	if (!given || date_parse(str_of(given), out))
		return 0;
	return cli_usage(c, e, "--%s is a day, as 2026-08-01", name);
}

static const char *folder_of(struct cli *c)
{
	const char *given = cli_option(c, "out");

	if (given)
		return given;
	return arena_cstr(c->arena,
		arena_fmt(c->arena, "drop-evidence-%.*s",
			STR_ARG(date_iso(c->arena, desk_today(&c->desk)))));
}

static int put_made(struct cli *c, const char *folder,
	const struct drop_evidence_made *m, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "folder", str_of(folder));
	json_put_int(&j, "sessions", (int64_t)m->sessions);
	json_put_int(&j, "files", (int64_t)m->files);
	json_put_int(&j, "kept_as_they_were", (int64_t)m->archived);
	json_put_int(&j, "kept_damaged", (int64_t)m->damaged);
	json_end(&j);
	return cli_put_json(&b, e);
}

static int run_write(struct cli *c, struct err *e)
{
	struct drop_evidence_of in = { .program = TOYON_VERSION };
	struct drop_evidence_made made;
	struct drop_place place;

	if (read_day(c, "from", &in.from, e) || read_day(c, "to", &in.to, e) ||
		cli_open_suppress(c, KEYS_MASTER | KEYS_AUDIT, e))
		return -1;
	if (!date_is_none(in.from) && !date_is_none(in.to) &&
		date_cmp(in.from, in.to) > 0)
		return cli_usage(c, e, "--from is after --to");
	drop_place_of(&c->install, &place);
	in.place = &place;
	in.out = folder_of(c);
	if (drop_evidence_write(&c->desk, &in, &made, e))
		return -1;
	if (c->is_json && put_made(c, in.out, &made, e))
		return -1;
	cli_say(c, "%s: %zu sessions, %zu files", in.out, made.sessions,
		made.files);
	if (!made.damaged)
		return 0;
	cli_say(c, "%zu kept files are not as they were: section 9 names them",
		made.damaged);
	return DAMAGED;
}

const struct command command_drop_evidence = {
	.name = "drop evidence",
	.operands = "",
	.title = "the work with the State's lists, for auditors",
	.about =
		"Writes one folder by the nine things that auditors of data "
		"brokers verify: a page to read and print, evidence.json, a CSV "
		"file for each table, their checksums and a signature. Every "
		"number is from the record; kept files are opened and compared. "
		"Nothing personal stands in it, and no hash of a consumer. "
		"Whoever gets it checks it with `toyon drop verify FOLDER` and "
		"the public key, keys/audit.pub.",
	.result = "Writes over nothing. Exit status 4 when a kept file is not as "
		  "it was; the pack says which.",
	.has_json = true,
	.options = {
		{ "from", 0, "DAY", "sessions asked for from this day; the first" },
		{ "to", 0, "DAY", "up to this day; today" },
		{ "out", 'o', "FOLDER",
			"instead of drop-evidence-DAY; must not be there" },
	},
	.examples = { "toyon drop evidence --from 2026-08-01 -o evidence",
		"toyon drop verify evidence --key audit.pub" },
	.run = run_write,
};

/* --- verify --- */

int drop_evidence_verify(struct cli *c, struct err *e)
{
	struct signed_report *r = arena_one(c->arena, struct signed_report);
	str key;

	if (public_key_option(c, &key, e) ||
		drop_evidence_check(c->arena, c->operand[0], key, r, e))
		return -1;
	return signed_report_put(c, r, "pack", e);
}
