/* From a scrub to its receipt and its place in the ledger. */
#include "cli/scrub_proof.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rand.h"
#include "base/stage.h"
#include "cli/cli.h"
#include "desk/disclosure_members.h"
#include "law/reason.h"
#include "law/use.h"

/* --- before --- */

int scrub_proof_options(struct cli *c, struct scrub_proof *p, struct err *e)
{
	const char *out = cli_option(c, "out");
	bool has_for = cli_has(c, "for");

	p->receipt = cli_option(c, "receipt");
	p->has_ledger = has_for;
	p->out = out ? out : "-";
	if (has_for != cli_has(c, "purpose"))
		return cli_usage(c, e, "--for and --purpose go together");
	if (!has_for && !p->receipt)
		return 0;
	if (cli_has(c, "index") || cli_has(c, "follow"))
		return cli_usage(c, e,
			"a receipt is signed by an installation: leave out "
			"--index or --follow");
	if (has_for && !strcmp(p->out, "-"))
		return cli_usage(c, e,
			"--for needs --out: the list is read again for the "
			"ledger");
	if (!p->receipt)
		p->receipt = arena_cstr(c->arena,
			arena_fmt(c->arena, "%s.receipt.json", p->out));
	return 0;
}

/* The same ending, so that it is packed alike. */
static const char *temp_name(struct arena *a, const char *out)
{
	const char *slash = strrchr(out, '/');
	size_t folder = slash ? (size_t)(slash + 1 - out) : 0;

	return arena_cstr(
		a, arena_fmt(a, "%.*s.toyon-%.*s-%s", (int)folder, out,
			   STR_ARG(rand_token(a, 6)), out + folder));
}

/* What may be a sale takes out whoever may not be sold, whatever --reasons says (11
 * CCR 7026(f), 7050(b), 7051(c)). */
static int check_reasons(const struct disclosure_to *to,
	const struct scrub_opts *o, struct err *e)
{
	const struct standing_row *row = standing_row(to->standing);
	struct use_asked sale = { .use = USE_SALE };
	uint32_t forbid = use_forbidden_by((uint32_t)REASONS_KNOWN, &sale);

	if (!standing_may_be_sale(to->standing) || !o->reasons ||
		!(forbid & ~o->reasons))
		return 0;
	err_set(e, ERR_USAGE,
		"%.*s %s (%s): --reasons leaves in who may not be sold",
		STR_ARG(to->title), row->told, row->citation);
	return err_hint(e, "leave out --reasons");
}

int scrub_proof_start(struct cli *c, struct scrub_proof *p,
	struct scrub_opts *o, struct err *e)
{
	struct stat st;

	o->with_sha256 = p->receipt != NULL;
	if (!p->has_ledger)
		return 0;
	if (!stat(p->out, &st) && !S_ISREG(st.st_mode))
		return cli_usage(c, e, "--for needs a file as --out");
	if (disclosure_to(&c->desk, str_of(cli_option(c, "for")),
		    str_of(cli_option(c, "purpose")), &p->to, e) ||
		check_reasons(&p->to, o, e))
		return -1;
	p->temp = temp_name(c->arena, p->out);
	o->out.path = p->temp;
	o->is_durable = true;
	return 0;
}

/* --- after --- */

/* A run's end, step by step; what was made so far goes when a step fails. */
struct ending {
	struct cli *cli;
	struct scrub_proof *proof;
	const struct scrub_opts *opts;
	const struct scrub_report *report;
	struct receipt receipt;
	str text;
	const char *folder;
	struct members_made members;
	struct stage stage;
};

static int write_receipt(struct ending *x, struct err *e)
{
	struct scrub_proof *p = x->proof;
	struct cli *c = x->cli;
	struct receipt_of of = {
		.opts = x->opts,
		.report = x->report,
		.in_path = c->operand[0],
		.out_path = p->out,
		.program = TOYON_VERSION,
		.recipient = p->to.name,
		.purpose = p->to.purpose,
	};

	if (receipt_make(&c->desk, &of, &x->receipt, e) ||
		receipt_sign(
			c->arena, c->desk.keys, &x->receipt, &x->text, e) ||
		stage_open(&x->stage, p->receipt, 0644, e))
		return -1;
	if (!write_all(x->stage.fd, x->text.p, x->text.n))
		return 0;
	return err_errno(e, "write \"%s\"", p->receipt);
}

static int enter(struct ending *x, struct err *e)
{
	struct disclosure_in in = {
		.to = &x->proof->to,
		.receipt = &x->receipt,
		.receipt_text = x->text,
		.members = &x->members,
	};

	return disclosure_record(&x->cli->desk, &in, &x->proof->batch, e);
}

static int flush_folder(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	str folder = slash ? (str){ path, n ? n : 1 } : STR(".");
	int fd = open(arena_cstr(a, folder), O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	return rc;
}

/* From here on the ledger has the batch; what fails now is said with it. */
static int publish(struct ending *x, struct err *e)
{
	struct scrub_proof *p = x->proof;

	if (rename(p->temp, p->out) || flush_folder(x->cli->arena, p->out)) {
		err_errno(e, "write \"%s\"", p->out);
		return err_hint(e,
			"batch %lld stands in the ledger, though the list "
			"never left",
			(long long)p->batch);
	}
	p->temp = NULL;
	return 0;
}

static int end_ledger(struct ending *x, struct err *e)
{
	x->folder = install_path(&x->cli->install, STR("disclosures"));
	if (disclosure_members(x->opts, x->report, x->folder, &x->members, e))
		return -1;
	if (!write_receipt(x, e) && !enter(x, e))
		return publish(x, e);
	members_remove(x->folder, x->members.mark);
	return -1;
}

int scrub_proof_end(struct cli *c, struct scrub_proof *p,
	const struct scrub_opts *o, const struct scrub_report *r, struct err *e)
{
	struct ending *x = arena_one(c->arena, struct ending);
	int rc;

	if (!p->receipt)
		return 0;
	*x = (struct ending){ .cli = c, .proof = p, .opts = o, .report = r };
	x->stage.fd = -1;
	rc = p->has_ledger ? end_ledger(x, e) : write_receipt(x, e);
	if (!rc)
		return stage_commit(&x->stage, e);
	stage_drop(&x->stage);
	if (p->temp)
		unlink(p->temp);
	return rc;
}

void scrub_proof_say(struct cli *c, const struct scrub_proof *p)
{
	if (p->receipt)
		cli_say(c, "receipt in %s", p->receipt);
	if (p->has_ledger)
		cli_say(c, "entered as batch %lld to %.*s", (long long)p->batch,
			STR_ARG(p->to.title));
}

void scrub_proof_json(const struct scrub_proof *p, struct json *j)
{
	if (p->receipt)
		json_put(j, "receipt", str_of(p->receipt));
	if (p->has_ledger)
		json_put_int(j, "batch", p->batch);
}
