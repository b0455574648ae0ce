/* `toyon audit ...`: the trail out of the house, and its proof. */
#include "desk/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/stage.h"
#include "cli/binder.h"
#include "cli/chain.h"
#include "cli/public_key.h"
#include "desk/setting.h"

enum { JSON_MAX = 1 << 20 };

#define NO_EXPORT "this is no audit export"

int chain_export(
	struct cli *c, struct audit_export *x, int64_t *count, struct err *e)
{
	struct settings s;

	if (settings_load(&c->desk, &s, e))
		return -1;
	x->keys = c->desk.keys;
	x->business = s.business_name;
	x->at = desk_now(&c->desk);
	return audit_export(c->desk.db, x, count, e);
}

/* --- export --- */

static int read_number(
	struct cli *c, const char *name, int64_t *out, struct err *e)
{
	const char *given = cli_option(c, name);

	*out = 0;
	if (!given || (str_int(str_of(given), out) && *out > 0))
		return 0;
	return cli_usage(c, e, "--%s is the number of an entry", name);
}

struct exported {
	int64_t from;
	int64_t to;
};

static int note_export(struct desk *d, void *ctx, struct err *e)
{
	const struct exported *x = ctx;

	return DESK_AUDIT(d, AUDIT_AUDIT_EXPORTED, STR(""), e,
		AD("from", x->from), AD("to", x->to));
}

static int export_staged(
	struct cli *c, struct audit_export *x, int64_t *count, struct err *e)
{
	const char *out = cli_option(c, "out");
	struct stage stage;

	if (!out || !strcmp(out, "-")) {
		x->fd = STDOUT_FILENO;
		return chain_export(c, x, count, e);
	}
	if (stage_open(&stage, out, 0600, e))
		return -1;
	x->fd = stage.fd;
	if (!chain_export(c, x, count, e))
		return stage_commit(&stage, e);
	stage_drop(&stage);
	return -1;
}

static int run_export(struct cli *c, struct err *e)
{
	struct audit_export x = { 0 };
	struct exported done;
	int64_t count;

	if (read_number(c, "from", &x.from, e) ||
		read_number(c, "to", &x.to, e) || cli_open(c, KEYS_AUDIT, e) ||
		export_staged(c, &x, &count, e))
		return -1;
	done.from = x.from ? x.from : 1;
	done.to = done.from + count - 1;
	if (desk_write(&c->desk, note_export, &done, e))
		return -1;
	cli_say(c, "entries %lld to %lld", (long long)done.from,
		(long long)done.to);
	return 0;
}

const struct command command_audit_export = {
	.name = "audit export",
	.operands = "",
	.title = "the audit trail, to hand over",
	.about = "Writes the audit trail as lines of JSON, each with its hash, "
		 "signed at the end. Nothing personal stands in it. Whoever "
		 "gets it checks it with `toyon audit verify` and the public "
		 "key, keys/audit.pub.",
	.options = {
		{ "out", 'o', "FILE", "instead of stdout" },
		{ "from", 0, "N", "the first entry; 1" },
		{ "to", 0, "N", "the last; the newest" },
	},
	.examples = { "toyon audit export -o trail.jsonl",
		"toyon audit export --from 100 --to 200 > part.jsonl" },
	.run = run_export,
};

/* --- verify --- */

/* The first line of any export says what it is. */
static bool is_no_export(const struct audit_report *r)
{
	return r->from == 0 &&
	       (r->damage == DAMAGE_FORMAT || r->damage == DAMAGE_TRUNCATED);
}

static str report_text(struct arena *a, const struct audit_report *r)
{
	return is_no_export(r) ? STR(NO_EXPORT) : audit_report_text(a, r);
}

static int put_report(
	struct cli *c, const struct audit_report *r, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", str_of(audit_damage_name(r->damage)));
	json_put(&j, "sentence", report_text(c->arena, r));
	if (r->damage != DAMAGE_INTACT) {
		json_put_int(&j, "seq", r->seq);
		json_put_int(&j, "line", r->line);
	}
	json_put_int(&j, "from", r->from);
	json_put_int(&j, "to", r->to);
	json_put_int(&j, "count", r->count);
	json_put_int(&j, "seals", r->seals);
	json_put(&j, "hash", str_of(r->hash));
	json_put(&j, "public_key", str_of(r->public_key));
	json_put_bool(&j, "is_key_given", r->is_key_given);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print_report(struct cli *c, const struct audit_report *r)
{
	printf("%.*s\n", STR_ARG(report_text(c->arena, r)));
	if (r->damage != DAMAGE_INTACT)
		return;
	printf("entries %lld to %lld, %lld seal%s, head %s\n",
		(long long)r->from, (long long)r->to, (long long)r->seals,
		r->seals == 1 ? "" : "s", r->hash);
	if (!r->is_key_given)
		cli_say(c,
			"The key is the one in the export itself: compare "
			"%s with what you were given, or name it with --key",
			r->public_key);
}

static bool is_folder(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISDIR(st.st_mode);
}

/* An evidence file of a case: the first bytes of any ZIP, and none of an export. */
static bool is_zip(int fd)
{
	char head[4];

	return pread(fd, head, sizeof head, 0) == sizeof head &&
	       !memcmp(head, "PK\3\4", sizeof head);
}

static int run_verify(struct cli *c, struct err *e)
{
	const char *name = c->operand[0];
	bool is_stdin = !strcmp(name, "-");
	struct audit_report r;
	str key;
	int fd;
	int rc;

	if (public_key_option(c, &key, e))
		return -1;
	fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "open \"%s\"", name);
	if (is_folder(fd)) {
		close(fd);
		return err_set(
			e, ERR_FOUND, NO_EXPORT ": \"%s\" is a folder", name);
	}
	if (!is_stdin && is_zip(fd)) {
		close(fd);
		return binder_verify(c, key, e);
	}
	if (cli_has(c, "trail"))
		return cli_usage(c, e, "--trail goes with an evidence file");
	rc = audit_verify(fd, name, key, &r, e);
	if (!is_stdin)
		close(fd);
	if (rc || (c->is_json && put_report(c, &r, e)))
		return -1;
	if (!c->is_json)
		print_report(c, &r);
	return r.damage == DAMAGE_INTACT ? 0 : err_exit_status(ERR_FOUND);
}

const struct command command_audit_verify = {
	.name = "audit verify",
	.operands = "FILE",
	.operands_min = 1,
	.operands_max = 1,
	.title = "prove an exported trail, or the evidence file of a case",
	.about = "Checks every hash, seal and signature of an exported audit "
		 "trail (\"-\": stdin), or every file, entry and seal of the "
		 "ZIP that `toyon case evidence` wrote. Needs no installation.",
	.result = "Prints that the chain is unbroken, or the entry at which it "
		  "breaks; of a ZIP that it fits, or each file that does not. "
		  "Exit status 4 then, as for a file that is neither.",
	.has_json = true,
	.options = {
		{ "key", 0, "HEX|FILE",
			"the business's public key, as you got it from "
			"elsewhere" },
		{ "trail", 0, "EXPORT",
			"an exported trail, in which each entry of the ZIP "
			"must stand" },
	},
	.examples = { "toyon audit verify trail.jsonl --key audit.pub",
		"toyon audit export | toyon audit verify -" },
	.run = run_verify,
};
