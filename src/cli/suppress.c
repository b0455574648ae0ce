/*
 * `toyon suppress` and `toyon release`: by staff and scripts, audited.  All of a
 * batch can be read, or nothing of it is written.
 */
#include "cli/values.h"

#include <string.h>

#include "law/reason.h"

struct changing {
	uint32_t reasons; /* 0: release */
	int64_t until_at; /* 0: no end */
	size_t n;         /* values that were given */
	size_t changed;   /* that the list said otherwise of, before */
};

/* What the list says now, of a batch whose values may not all be readable. */
static int count_changes(struct cli *c, const struct suppress_query *q,
	size_t n, struct changing *k, struct err *e)
{
	struct suppress_query *now =
		arena_many(c->desk.arena, struct suppress_query, n);

	memcpy(now, q, n * sizeof *now);
	if (suppress_check(&c->desk, now, n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		k->changed +=
			k->reasons ? (now[i].reasons & k->reasons) != k->reasons
				   : now[i].reasons != 0;
	return 0;
}

static int change_batch(struct cli *c, struct suppress_query *q, size_t n,
	size_t first, void *ctx, struct err *e)
{
	struct changing *k = ctx;
	int rc;

	if (count_changes(c, q, n, k, e))
		return -1;
	rc = k->reasons ? suppress_put_until(
				  &c->desk, q, n, k->reasons, k->until_at, e)
			: suppress_release(&c->desk, q, n, e);

	for (size_t i = 0; rc && i < n; i++)
		if (q[i].fault)
			values_complain(c, &q[i], first + i);
	k->n += rc ? 0 : n;
	return rc;
}

static int change(struct cli *c, struct changing *k, struct err *e)
{
	enum ident_kind kind;

	if (values_kind(c, &kind, e) || cli_open_suppress(c, 0, e) ||
		values_each(c, kind, change_batch, k, e))
		return -1;
	cli_say(c, "%zu %s", k->changed,
		k->reasons ? "suppressed" : "released");
	if (k->n > k->changed)
		cli_say(c, "%zu %s", k->n - k->changed,
			k->reasons ? "on the list for this reason already"
				   : "not on the list");
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

static int run_suppress(struct cli *c, struct err *e)
{
	struct changing k = { 0 };

	if (read_reasons(c, &k.reasons, e) || read_until(c, &k.until_at, e))
		return -1;
	return change(c, &k, e);
}

static int run_release(struct cli *c, struct err *e)
{
	struct changing k = { 0 };

	return change(c, &k, e);
}

const struct command command_suppress = {
	.name = "suppress",
	.operands = "KIND VALUE... --reason R",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "put people on the list",
	.about = "Adds values of one kind to the suppression list, at once and "
		 "audited. A value that can't be read stops the batch: nothing "
		 "of it is written. Without values, or with \"-\", they are "
		 "read from stdin, one a line, in batches of 10,000.",
	.options = {
		{ "reason", 0, "R",
			"why: opt-out, limit, deleted, manual, ...; several "
			"with commas (`toyon help reasons`)" },
		{ "until", 0, "DATE",
			"the last day it holds, in California; for minor, "
			"manual and locks" },
	},
	.examples = { "toyon suppress email sam@example.com --reason opt-out",
		"toyon suppress phone - --reason manual < numbers.txt" },
	.run = run_suppress,
};

const struct command command_release = {
	.name = "release",
	.operands = "KIND VALUE...",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "take people off the list",
	.about = "Takes values off the suppression list, whatever the reasons "
		 "were; audited. For a person who opted in again, or an entry "
		 "made by mistake.",
	.examples = { "toyon release email sam@example.com",
		"toyon release phone 510-555-0142" },
	.run = run_release,
};
