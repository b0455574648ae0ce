/*
 * `toyon suppress` and `toyon release`: by staff and scripts, audited.  All of a
 * batch can be read, or nothing of it is written.
 */
#include "cli/values.h"

#include <string.h>

#include "desk/child.h"
#include "desk/keys.h"
#include "law/reason.h"
#include "law/reference.h"

struct changing {
	uint32_t reasons;     /* 0: release */
	enum release_why why; /* of a release */
	int64_t until_at;     /* 0: no end */
	struct date born_on;  /* of a minor; none: not given */
	size_t n;             /* values that were given */
	size_t changed;       /* that the list said otherwise of, before */
};

/* What the list says now, of a batch whose values may not all be readable. */
static int count_changes(struct cli *c, struct suppress_query *q, size_t n,
	struct changing *k, struct err *e)
{
	struct suppress_query *now =
		arena_many(c->desk.arena, struct suppress_query, n);

	memcpy(now, q, n * sizeof *now);
	if (suppress_check(&c->desk, now, n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		q[i].fault = now[i].fault;
		k->changed +=
			k->reasons ? (now[i].reasons & k->reasons) != k->reasons
				   : now[i].reasons != 0;
	}
	return 0;
}

/* Each value is a person of its own: a case is opened for each. */
static int put_minors(struct cli *c, struct suppress_query *q, size_t n,
	const struct changing *k, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (q[i].fault)
			return err_set(e, ERR_INVALID,
				"not all of the values can be read: nothing "
				"of the batch was written");
	for (size_t i = 0; i < n; i++) {
		struct child child = { .born_on = k->born_on };

		child.of.at = &q[i];
		child.of.n = 1;
		if (child_found(&c->desk, &child, e))
			return -1;
		if (child.is_new)
			cli_say(c,
				"case %.*s was opened: their data is looked "
				"for",
				STR_ARG(reference_show(
					c->desk.arena, child.reference)));
	}
	return 0;
}

static int put_batch(struct cli *c, struct suppress_query *q, size_t n,
	const struct changing *k, struct err *e)
{
	if (!date_is_none(k->born_on))
		return put_minors(c, q, n, k, e);
	return k->reasons ? suppress_put_until(
				    &c->desk, q, n, k->reasons, k->until_at, e)
			  : suppress_release_for(&c->desk, k->why, q, n, e);
}

static int change_batch(struct cli *c, struct suppress_query *q, size_t n,
	size_t first, void *ctx, struct err *e)
{
	struct changing *k = ctx;
	int rc;

	if (count_changes(c, q, n, k, e))
		return -1;
	rc = put_batch(c, q, n, k, e);
	for (size_t i = 0; rc && i < n; i++)
		if (q[i].fault)
			values_complain(c, &q[i], first + i);
	k->n += rc ? 0 : n;
	return rc;
}

static int change(struct cli *c, struct changing *k, struct err *e)
{
	/* A case is opened for a minor, and sealed. */
	unsigned keys = date_is_none(k->born_on) ? 0 : KEYS_MASTER;
	enum ident_kind kind;

	if (values_kind(c, &kind, e) || cli_open_suppress(c, keys, e) ||
		values_each(c, kind, change_batch, k, e))
		return -1;
	cli_say(c, "%zu %s", k->changed,
		k->reasons ? "suppressed" : "released");
	if (k->n > k->changed)
		cli_say(c, "%zu %s", k->n - k->changed,
			k->reasons ? "on the list for this reason already"
				   : "not on the list");
	if (!date_is_none(k->born_on))
		cli_say(c, "until the 16th birthday, %.*s",
			STR_ARG(date_iso(c->arena, minor_until(k->born_on))));
	return 0;
}

static int read_reasons(struct cli *c, uint32_t *out, struct err *e)
{
	const char *list = cli_option(c, "reason");
	struct near near = { .wanted = str_of(list) };

	if (!list)
		return cli_usage(c, e, "`toyon suppress` needs --reason");
	if (reasons_parse(near.wanted, out) && *out)
		return 0;
	for (size_t i = 0; i < reason_count(); i++)
		near_try(&near, reason_at(i)->code);
	err_set(e, ERR_USAGE, "the law knows no reason \"%.60s\"", list);
	if (near.best)
		return err_hint(e, "did you mean %s?", near.best);
	return err_hint(e, "`toyon help reasons` lists them");
}

/* The day is the last on which it holds. */
static int read_until(struct cli *c, int64_t *out, struct err *e)
{
	const char *given = cli_option(c, "until");
	struct date day;

	if (!given)
		return 0;
	if (!date_parse(str_of(given), &day))
		return cli_usage(c, e, "--until is a date: 2027-06-30");
	*out = pacific_midnight_ms(date_add(day, 1));
	return 0;
}

/* Who is 16 is sold until they opt out: nothing would be written of them. */
static int read_born(struct cli *c, struct changing *k, struct err *e)
{
	struct date today = date_pacific(desk_now(&c->desk));

	k->reasons = REASON_MINOR;
	if (cli_option(c, "reason") || cli_option(c, "until"))
		return cli_usage(c, e,
			"--born says the reason, minor, and the end, the 16th "
			"birthday: not with --reason or --until");
	if (!date_parse(str_of(cli_option(c, "born")), &k->born_on))
		return cli_usage(c, e, "--born is a date: 2013-05-01");
	if (date_cmp(k->born_on, today) > 0)
		return err_set(e, ERR_INVALID, "the day of birth lies ahead");
	if (date_cmp(minor_until(k->born_on), today) > 0)
		return 0;
	err_set(e, ERR_INVALID, "whoever was born then is 16: no minor");
	return err_hint(e, "for who opted out, say --reason opt-out");
}

static int run_suppress(struct cli *c, struct err *e)
{
	struct changing k = { 0 };

	if (cli_has(c, "born"))
		return read_born(c, &k, e) ? -1 : change(c, &k, e);
	if (read_reasons(c, &k.reasons, e) || read_until(c, &k.until_at, e))
		return -1;
	return change(c, &k, e);
}

static int read_why(struct cli *c, enum release_why *out, struct err *e)
{
	struct near near = { .wanted = str_of(cli_option(c, "why")) };

	*out = release_why_of(near.wanted);
	if (*out || !cli_has(c, "why"))
		return 0;
	for (int i = 1; i < RELEASE_WHYS; i++)
		near_try(&near, release_why_row((enum release_why)i)->code);
	err_set(e, ERR_USAGE, "nobody is released for \"%.60s\"",
		near.wanted.p);
	if (near.best)
		return err_hint(e, "did you mean %s?", near.best);
	return err_hint(e, "--why is mistake or opted-in");
}

static int run_release(struct cli *c, struct err *e)
{
	struct changing k = { 0 };

	return read_why(c, &k.why, e) ? -1 : change(c, &k, e);
}

const struct command command_suppress = {
	.name = "suppress",
	.operands = "KIND VALUE... --reason R | --born DATE",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "put people on the list",
	.about = "Adds values of one kind to the suppression list, at once and "
		 "audited. A value that can't be read stops the batch: nothing "
		 "of it is written. Without values, or with \"-\", they are "
		 "read from stdin, one a line, in batches of 10,000. With "
		 "--born, each is a minor: nothing is sold until the 16th "
		 "birthday without an opt-in (Civ. Code 1798.120(c)), and for "
		 "an email address a case is opened, so that staff decide "
		 "about what is held.",
	.options = {
		{ "reason", 0, "R",
			"why: opt-out, limit, deleted, manual, ...; several "
			"with commas (`toyon help reasons`)" },
		{ "until", 0, "DATE",
			"the last day it holds, in California; for minor, "
			"manual and locks" },
		{ "born", 0, "DATE",
			"the day of birth of a minor: for the reason minor, "
			"until the 16th birthday" },
	},
	.examples = { "toyon suppress email sam@example.com --reason opt-out",
		"toyon suppress account c-1701 --born 2013-05-01" },
	.run = run_suppress,
};

const struct command command_release = {
	.name = "release",
	.operands = "KIND VALUE...",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "take people off the list",
	.about = "Takes values off the suppression list, audited. Who opted out "
		 "or limited opts in by two acts (11 CCR 7028(a)), on the page "
		 "/opt-in: whoever is there by their own word or by law, and "
		 "not for manual alone, is refused, and all of the batch with "
		 "them, unless --why says that the entry was a mistake or that "
		 "both acts were seen elsewhere. Who is held for law "
		 "enforcement stays until the hold ends.",
	.options = {
		{ "why", 0, "W",
			"mistake: nobody had said so; opted-in: they did, in "
			"two separate acts, elsewhere; the trail keeps it" },
	},
	.examples = { "toyon release phone 510-555-0142",
		"toyon release email sam@example.com --why mistake" },
	.run = run_release,
};
