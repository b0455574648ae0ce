/* `toyon case evidence`: the evidence file of one case. */
#include "desk/binder.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/stage.h"
#include "base/version.h"
#include "cli/binder.h"
#include "cli/command.h"
#include "cli/public_key.h"
#include "cli/signed_report.h"
#include "desk/limit.h"

enum { FILE_MODE = 0600, EXPORT_MAX = 512 << 20 };

/* --- written --- */

static const char *file_of(struct cli *c, str reference)
{
	const char *given = cli_option(c, "out");

	if (given)
		return given;
	return arena_cstr(c->arena,
		arena_fmt(c->arena, "evidence-%.*s.zip", STR_ARG(reference)));
}

static int put_zip(const char *path, str bytes, struct err *e)
{
	struct stage stage;

	if (!strcmp(path, "-")) {
		if (write_all(STDOUT_FILENO, bytes.p, bytes.n))
			return err_errno(e, "write the evidence file");
		return 0;
	}
	if (stage_open(&stage, path, FILE_MODE, e))
		return -1;
	if (!write_all(stage.fd, bytes.p, bytes.n))
		return stage_commit(&stage, e);
	err_errno(e, "write \"%s\"", path);
	stage_drop(&stage);
	return -1;
}

static int run_evidence(struct cli *c, struct err *e)
{
	struct binder_way way = {
		.program = STR(TOYON_VERSION),
		.has_export = cli_has(c, "with-trail"),
	};
	struct binder_zip zip;
	const char *path;

	if (cli_open(c, KEYS_MASTER | KEYS_AUDIT, e) ||
		binder_write(&c->desk, cli_operand(c, 0), &way, &zip, e))
		return -1;
	path = file_of(c, zip.reference);
	if (put_zip(path, zip.bytes, e))
		return -1;
	cli_say(c, "%s: %zu bytes", path, zip.bytes.n);
	return 0;
}

const struct command command_case_evidence = {
	.name = "case evidence",
	.operands = "CASE",
	.operands_min = 1,
	.operands_max = 1,
	.title = "all that proves how one request was handled",
	.about = "Writes one ZIP for the Agency, a court or counsel (11 CCR "
		 "7300 to 7303): what was asked, the time the law gave, "
		 "decisions and reasons, letters, systems and companies with "
		 "their evidence, the history, the receipt, and the entries of "
		 "the audit trail with what proves them; a page to read and "
		 "print, evidence.json, checksums and a signature. It holds the "
		 "requester's name and letters. Nothing that was collected to "
		 "verify stands in it, no value of a row, nobody else and no "
		 "hold. CASE is a reference, as K7QF-2M9X.",
	.result = "The file, as of now; it is an entry of the audit trail. The "
		  "desk has the same behind a button. A record that had its 24 "
		  "months has none.",
	.options = {
		{ "out", 'o', "FILE",
			"instead of evidence-CASE.zip; \"-\": stdout" },
		{ "with-trail", 0, NULL,
			"with all of the audit trail up to the seals, other "
			"cases and holds among it: for the Agency's own "
			"auditors" },
	},
	.examples = { "toyon case evidence K7QF-2M9X -o evidence.zip",
		"toyon audit verify evidence.zip --key audit.pub" },
	.run = run_evidence,
};

/* --- verified --- */

/* An export counts when it is whole itself, and signed with the same key. */
static int read_export(
	struct cli *c, const struct binder_report *r, str *out, struct err *e)
{
	const char *path = cli_option(c, "trail");
	struct audit_check *check = audit_check_new(c->arena);
	struct audit_report trail;

	*out = STR("");
	if (!path)
		return 0;
	if (file_read(c->arena, path, EXPORT_MAX, out, e) ||
		audit_check_key(check, r->files.public_key, e))
		return -1;
	audit_check_bytes(check, *out);
	audit_check_end(check, &trail);
	if (trail.damage == DAMAGE_INTACT)
		return 0;
	return err_set(e, ERR_FOUND, "\"%s\": %.*s", path,
		STR_ARG(audit_report_text(c->arena, &trail)));
}

static void say_trail(struct cli *c, const struct binder_report *r)
{
	cli_say(c,
		"entries of the audit trail that fit their hashes: %lld, "
		"seals: %lld",
		(long long)r->entries, (long long)r->seals);
	if (r->has_export)
		cli_say(c, "each of them stands in the export");
	else if (r->from)
		cli_say(c,
			"what stands between them and their seals is not in "
			"it; who made it says that the chain is whole. To see "
			"for yourself ask for `toyon audit export --from %lld "
			"--to %lld`, and give it with --trail",
			(long long)r->from, (long long)r->to);
}

int binder_verify(struct cli *c, str key, struct err *e)
{
	struct binder_report *r = arena_one(c->arena, struct binder_report);
	str zip, exported;
	int rc;

	if (file_read(c->arena, c->operand[0], LIMIT_BINDER_BYTES, &zip, e) ||
		binder_check(c->arena, zip, key, STR(""), r, e) ||
		read_export(c, r, &exported, e))
		return -1;
	if (exported.n && binder_check(c->arena, zip, key, exported, r, e))
		return -1;
	rc = signed_report_put(c, &r->files, "evidence file", e);
	if (!rc && !c->is_json)
		say_trail(c, r);
	return rc;
}
