/* `toyon consent ...`: what takes consent, and who gave it (11 CCR 7002(e)). */
#include "desk/consent.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/values.h"
#include "desk/keys.h"

enum { JSON_MAX = 16 << 20 };

static int run_ask(struct cli *c, struct err *e)
{
	struct consent_text in = { .purpose = cli_operand(c, 0),
		.is_same = cli_has(c, "same") };

	if (file_read(c->arena, c->operand[1], CONSENT_TEXT_MAX, &in.text, e) ||
		cli_open(c, 0, e) || consent_ask(&c->desk, &in, e))
		return -1;
	printf("%lld\n", (long long)in.version);
	cli_say(c, "From now on `toyon check --for` says no for who did not "
		   "consent to it.");
	return 0;
}

const struct command command_consent_ask = {
	.name = "consent ask",
	.operands = "PURPOSE FILE",
	.operands_min = 2,
	.operands_max = 2,
	.title = "a new purpose takes consent",
	.about = "Says that PURPOSE is none that people were told of when "
		 "their information was collected: it may be used for it only "
		 "with their consent. FILE is the text that they are shown; "
		 "it is kept, with its SHA-256, as the next version.",
	.result = "Prints the number of the version.",
	.options = {
		{ "same", 0, NULL,
			"it means what the version before meant: consents to "
			"that one still hold" },
	},
	.examples = { "toyon consent ask 'Train our models' text.txt",
		"toyon consent ask 'Train our models' clearer.txt --same" },
	.run = run_ask,
};

static int put_batch(struct cli *c, struct suppress_query *q, size_t n,
	size_t first, void *ctx, struct err *e)
{
	struct consent_act *all = ctx;
	struct consent_act act = *all;
	int rc = consent_put(&c->desk, &act, q, n, e);

	for (size_t i = 0; rc && i < n; i++)
		if (q[i].fault)
			values_complain(c, &q[i], first + i);
	all->added += rc ? 0 : act.added;
	return rc;
}

static int put(struct cli *c, bool is_given, struct err *e)
{
	struct consent_act act = { .is_given = is_given };
	const char *purpose = cli_option(c, "for");
	const char *version = cli_option(c, "version");
	enum ident_kind kind;

	if (!purpose)
		return cli_usage(c, e, "--for says which purpose");
	if (is_given && !version)
		return cli_usage(
			c, e, "--version says which text they consented to");
	if (version && !str_int(str_of(version), &act.version))
		return cli_usage(c, e, "--version is a number");
	act.purpose = str_of(purpose);
	if (values_kind(c, &kind, e) || cli_open_suppress(c, 0, e) ||
		values_each(c, kind, put_batch, &act, e))
		return -1;
	cli_say(c, "%zu entered", act.added);
	return 0;
}

static int run_give(struct cli *c, struct err *e)
{
	return put(c, true, e);
}

static int run_withdraw(struct cli *c, struct err *e)
{
	return put(c, false, e);
}

#define VALUES                                                            \
	"Values of one kind (`toyon help kinds`); without them, or with " \
	"\"-\", they are read from stdin, one a line."

const struct command command_consent_give = {
	.name = "consent give",
	.operands = "KIND [VALUE...]",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "people consented to a new purpose",
	.about = "Enters that these people consented, to the version of the "
		 "text that they saw. " VALUES,
	.options = {
		{ "for", 0, "PURPOSE", "which purpose" },
		{ "version", 0, "N", "of the text, as `toyon consent ask` "
				     "printed it" },
	},
	.examples = { "toyon consent give email ann@example.com --for "
		      "'Train our models' --version 1",
		"toyon consent give phone 415-555-0101 --for 'Train our "
		"models' --version 2" },
	.run = run_give,
};

const struct command command_consent_withdraw = {
	.name = "consent withdraw",
	.operands = "KIND [VALUE...]",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "people took their consent back",
	.about = "Enters that these people withdrew it; in force at once. "
		 "Nobody has to say which text they saw. " VALUES,
	.options = {
		{ "for", 0, "PURPOSE", "which purpose" },
		{ "version", 0, "N", "of the text; the last when left out" },
	},
	.examples = { "toyon consent withdraw email ann@example.com --for "
		      "'Train our models'",
		"toyon consent withdraw phone 415-555-0101 --for 'Train our "
		"models'" },
	.run = run_withdraw,
};

static void put_purpose(
	struct json *j, struct arena *a, const struct consent_purpose *p)
{
	json_begin_object(j);
	json_put(j, "purpose", p->purpose);
	json_put_int(j, "version", p->version);
	json_put_int(j, "since_version", p->since_version);
	json_put_bool(j, "is_last", p->is_last);
	json_put(j, "asked_at", instant_rfc3339(a, p->asked_at));
	json_put(j, "sha256", p->sha256);
	json_put_int(j, "consenting", p->consenting);
	json_put(j, "text", p->text);
	json_end(j);
}

static int run_list(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct consent_purposes all;

	if (cli_open(c, 0, e) || consent_list(&c->desk, &all, e))
		return -1;
	if (c->is_json) {
		json_begin_array(&j);
		for (size_t i = 0; i < all.n; i++)
			put_purpose(&j, c->arena, &all.at[i]);
		json_end(&j);
		return cli_put_json(&b, e);
	}
	for (size_t i = 0; i < all.n; i++)
		printf("%.*s\t%lld\t%.*s\t%lld\t%.*s\n",
			STR_ARG(all.at[i].purpose),
			(long long)all.at[i].version,
			STR_ARG(instant_rfc3339(c->arena, all.at[i].asked_at)),
			(long long)all.at[i].consenting,
			STR_ARG(all.at[i].sha256));
	return 0;
}

const struct command command_consent_list = {
	.name = "consent list",
	.operands = "",
	.title = "what takes consent, in which versions",
	.about = "Prints purpose, version, since when, how many people consent "
		 "now (of the last version) and the SHA-256 of the text, with "
		 "tabs between them.",
	.has_json = true,
	.examples = { "toyon consent list", "toyon consent list --json" },
	.run = run_list,
};

static void put_said(
	struct json *j, struct arena *a, const struct consent_said *s)
{
	json_begin_object(j);
	json_put(j, "purpose", s->purpose);
	json_put_int(j, "version", s->version);
	json_put_bool(j, "given", s->is_given);
	json_put(j, "by", s->actor);
	json_put(j, "at", instant_rfc3339(a, s->at));
	json_end(j);
}

static int read_history(
	struct cli *c, struct consent_history *out, struct err *e)
{
	struct suppress_query q = { .value = cli_operand(c, 1) };

	return values_kind(c, &q.kind, e) || cli_open_suppress(c, 0, e) ||
			       consent_history(&c->desk, &q, out, e)
		       ? -1
		       : 0;
}

static int run_show(struct cli *c, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct consent_history all;

	if (read_history(c, &all, e))
		return -1;
	json_begin_array(&j);
	for (size_t i = 0; i < all.n; i++) {
		put_said(&j, c->arena, &all.at[i]);
		if (!c->is_json)
			printf("%.*s\t%.*s\t%s\t%lld\t%.*s\n",
				STR_ARG(instant_rfc3339(
					c->arena, all.at[i].at)),
				STR_ARG(all.at[i].purpose),
				all.at[i].is_given ? "given" : "withdrawn",
				(long long)all.at[i].version,
				STR_ARG(all.at[i].actor));
	}
	json_end(&j);
	return c->is_json ? cli_put_json(&b, e) : 0;
}

const struct command command_consent_show = {
	.name = "consent show",
	.operands = "KIND VALUE",
	.operands_min = 2,
	.operands_max = 2,
	.title = "what one person consented to",
	.about = "Prints every act of the ledger under this identifier: when, "
		 "purpose, given or withdrawn, version of the text, who "
		 "entered it.",
	.has_json = true,
	.examples = { "toyon consent show email ann@example.com",
		"toyon consent show email ann@example.com --json" },
	.run = run_show,
};
