/*
 * `toyon check`: one line a value.  What cannot be read is never called clear:
 * it is complained about by its place, and the command fails.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "base/json.h"
#include "cli/edge.h"
#include "cli/values.h"
#include "desk/consent.h"
#include "desk/purpose.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "law/reference.h"
#include "law/use.h"

enum { JSON_MAX = 64 << 20 };

struct checking {
	struct cli *cli;
	const struct follow_reader *copy; /* NULL: the installation itself */
	struct json json;
	struct buf out;
	size_t suppressed;
	size_t unreadable;
	int64_t at; /* 0: now */
	bool is_why;
	struct suppress_why *why; /* of the batch, is_why */
	const char *use;          /* --for, as it was typed; NULL: not asked */
	struct use_asked asked;
	struct purposes purposes;
};

/* --- why --- */

/* Each reason that holds: what it is and what is known of it. */
typedef void reason_fn(struct checking *k, const struct reason_row *row,
	const struct suppress_reason *r);

static void each_reason(
	struct checking *k, const struct suppress_why *w, reason_fn *fn)
{
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);

		if (w->reasons & (uint32_t)row->reason)
			fn(k, row,
				&w->of[__builtin_ctz((unsigned)row->reason)]);
	}
}

/* The last day it holds, in California. */
static str last_day(struct arena *a, int64_t until_at)
{
	return date_iso(a, date_pacific(until_at - 1));
}

static void say_reason(struct checking *k, const struct reason_row *row,
	const struct suppress_reason *r)
{
	struct arena *a = k->cli->desk.arena;
	str purpose = purpose_of(&k->purposes, (uint32_t)row->reason);

	buf_fmt(&k->out, "\t%s since %.*s", row->code,
		STR_ARG(date_iso(a, date_pacific(r->since_at))));
	if (r->until_at)
		buf_fmt(&k->out, " until %.*s",
			STR_ARG(last_day(a, r->until_at)));
	buf_fmt(&k->out, ", by %.*s", STR_ARG(r->source));
	if (r->reference.n)
		buf_fmt(&k->out, " %.*s",
			STR_ARG(reference_show(a, r->reference)));
	if (r->again_at)
		buf_fmt(&k->out, ", said again %.*s by %.*s",
			STR_ARG(date_iso(a, date_pacific(r->again_at))),
			STR_ARG(r->again_source));
	if (purpose.n)
		buf_fmt(&k->out, ", for \"%.*s\"", STR_ARG(purpose));
	buf_fmt(&k->out, " (%s)\n", row->citation);
}

static void put_reason(struct checking *k, const struct reason_row *row,
	const struct suppress_reason *r)
{
	struct arena *a = k->cli->desk.arena;
	str purpose = purpose_of(&k->purposes, (uint32_t)row->reason);
	struct json *j = &k->json;

	json_begin_object(j);
	json_put(j, "reason", str_of(row->code));
	json_put(j, "since", instant_rfc3339(a, r->since_at));
	if (r->until_at)
		json_put(j, "until", last_day(a, r->until_at));
	json_put(j, "source", r->source);
	if (r->reference.n)
		json_put(j, "reference", r->reference);
	if (r->again_at) {
		json_put(j, "again", instant_rfc3339(a, r->again_at));
		json_put(j, "again_source", r->again_source);
	}
	if (purpose.n)
		json_put(j, "purpose", purpose);
	json_put(j, "citation", str_of(row->citation));
	json_end(j);
}

/* --- may it be used for this --- */

/* The value as it was typed; what would end the line or the field is a blank. */
static void put_value(struct buf *b, str value)
{
	for (size_t i = 0; i < value.n; i++)
		buf_putc(b, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
}

/* The reasons that forbid it, with their sections. */
static void put_use(struct checking *k, const struct suppress_query *q)
{
	uint32_t by = use_forbidden_by(q->reasons, &k->asked);
	struct use_refusals more = use_refusals(&k->asked, q->lacks_consent);
	struct json *j = &k->json;

	json_put(j, "for", str_of(k->use));
	json_put_bool(j, "may", !by && !more.n);
	json_key(j, "because"), json_begin_array(j);
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);

		if (!(by & (uint32_t)row->reason))
			continue;
		json_begin_object(j);
		json_put(j, "reason", str_of(row->code));
		json_put(j, "citation",
			str_of(use_citation(row->reason, k->asked.use)));
		json_end(j);
	}
	for (size_t i = 0; i < more.n; i++) {
		json_begin_object(j);
		json_put(j, "reason", str_of(more.at[i]->code));
		json_put(j, "citation", str_of(more.at[i]->citation));
		json_end(j);
	}
	json_end(j);
}

static void say_use(struct checking *k, const struct suppress_query *q)
{
	uint32_t by = use_forbidden_by(q->reasons, &k->asked);
	struct use_refusals more = use_refusals(&k->asked, q->lacks_consent);

	put_value(&k->out, q->value);
	buf_fmt(&k->out, "\t%s\t%.*s", by || more.n ? "no" : "yes",
		STR_ARG(suppress_reasons(k->cli->desk.arena, by)));
	for (size_t i = 0; i < more.n; i++)
		buf_fmt(&k->out, "%s%s", by || i ? "," : "", more.at[i]->code);
	buf_puts(&k->out, "\n");
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *row = reason_at(i);

		if (by & (uint32_t)row->reason)
			buf_fmt(&k->out, "\t%s: %s (%s)\n", row->code,
				row->sentence,
				use_citation(row->reason, k->asked.use));
	}
	for (size_t i = 0; i < more.n; i++)
		buf_fmt(&k->out, "\t%s: %s (%s)\n", more.at[i]->code,
			more.at[i]->sentence, more.at[i]->citation);
}

static void put_json(struct checking *k, const struct suppress_query *q,
	const struct suppress_why *why)
{
	struct json *j = &k->json;
	str codes = suppress_reasons(k->cli->desk.arena, q->reasons);
	str code;

	json_begin_object(j);
	json_put(j, "value", q->value);
	json_put(j, "state",
		q->fault     ? STR("unreadable")
		: q->reasons ? STR("suppressed")
			     : STR("clear"));
	json_key(j, "reasons"), json_begin_array(j);
	while (str_next(&codes, ',', &code))
		json_str(j, code);
	json_end(j);
	if (q->fault)
		json_put(j, "problem", str_of(ident_fault_name(q->fault)));
	else if (k->use)
		put_use(k, q);
	if (why) {
		json_key(j, "why"), json_begin_array(j);
		each_reason(k, why, put_reason);
		json_end(j);
	}
	if (k->copy)
		edge_put_age(&k->copy->age, j);
	json_end(j);
}

static void put_line(struct checking *k, const struct suppress_query *q,
	const struct suppress_why *why)
{
	if (k->use) {
		say_use(k, q);
		return;
	}
	put_value(&k->out, q->value);
	buf_fmt(&k->out, "\t%s\t%.*s\n", q->reasons ? "suppressed" : "clear",
		STR_ARG(suppress_reasons(k->cli->desk.arena, q->reasons)));
	if (why)
		each_reason(k, why, say_reason);
}

static int look_up(
	struct checking *k, struct suppress_query *q, size_t n, struct err *e)
{
	struct cli *c = k->cli;

	if (k->copy) {
		edge_check(c, k->copy, q, n);
		return 0;
	}
	if (k->is_why) {
		k->why = arena_many(c->desk.arena, struct suppress_why, n);
		return suppress_why(&c->desk, q, n, k->why, e);
	}
	if (k->at ? suppress_check_at(&c->desk, q, n, k->at, e)
		  : suppress_check(&c->desk, q, n, e))
		return -1;
	return k->use && consent_check(
				 &c->desk, str_of(k->use), k->at, q, n, e) < 0
		       ? -1
		       : 0;
}

static bool is_forbidden(
	const struct checking *k, const struct suppress_query *q)
{
	return use_forbidden_by(q->reasons, &k->asked) ||
	       use_refusals(&k->asked, q->lacks_consent).n;
}

static int check_batch(struct cli *c, struct suppress_query *q, size_t n,
	size_t first, void *ctx, struct err *e)
{
	struct checking *k = ctx;

	if (look_up(k, q, n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct suppress_why *why = k->why ? &k->why[i] : NULL;

		k->suppressed +=
			k->use ? is_forbidden(k, &q[i]) : q[i].reasons != 0;
		if (q[i].fault) {
			k->unreadable++;
			values_complain(c, &q[i], first + i);
		}
		if (c->is_json)
			put_json(k, &q[i], why);
		else if (!q[i].fault)
			put_line(k, &q[i], why);
		must(buf_ok(&k->out));
	}
	cli_put(buf_str(&k->out));
	buf_clear(&k->out);
	return 0;
}

/* A day means its end in California, as the law counts; today, until now. */
static int read_at(struct checking *k, struct err *e)
{
	const char *given = cli_option(k->cli, "at");
	int64_t now = desk_now(&k->cli->desk);
	struct date day;

	if (!given || instant_parse(str_of(given), &k->at))
		return 0;
	if (!date_parse(str_of(given), &day))
		return cli_usage(k->cli, e,
			"--at is a date or an instant: 2026-11-21 or "
			"2026-11-21T21:04:05Z");
	k->at = pacific_midnight_ms(date_add(day, 1)) - 1;
	if (!date_cmp(day, date_pacific(now)))
		k->at = now;
	return 0;
}

static int refuse_purpose(struct err *e)
{
	err_set(e, ERR_USAGE,
		"a copy knows the list, and neither who consented to a purpose "
		"nor what is kept for it");
	return err_hint(e,
		"ask the installation, or a use of the law: sale, share, "
		"sensitive, admt, keeping");
}

/* A copy knows the uses of the law.  What a purpose of the business takes, a consent or
 * the lock that it is kept by, only the installation knows: no answer is better than a
 * yes that may be none. */
static int read_use(struct checking *k, struct err *e)
{
	struct cli *c = k->cli;

	if (!k->use)
		return 0;
	if (!*k->use || k->is_why)
		return cli_usage(c, e,
			"--for takes sale, share or a purpose, and has its "
			"reasons by itself: not with --why");
	if (k->copy) {
		k->asked.use = use_of(str_of(k->use));
		return k->asked.use == USE_OTHER ? refuse_purpose(e) : 0;
	}
	return purpose_asked(&c->desk, str_of(k->use), k->at, &k->asked, e);
}

static int open_list(struct checking *k, struct err *e)
{
	struct cli *c = k->cli;
	const char *copy = cli_option(c, "follow");

	k->is_why = cli_has(c, "why");
	if (copy && (cli_has(c, "at") || k->is_why))
		return cli_usage(c, e,
			"--at and --why ask the installation: a copy has no "
			"past");
	if (k->is_why && cli_has(c, "at"))
		return cli_usage(c, e, "--why says why now: not with --at");
	if (copy)
		return edge_open(c, copy, &k->copy, e);
	if (cli_open_suppress(c, KEYS_INDEX, e) || read_at(k, e))
		return -1;
	return k->is_why ? purposes_load(&c->desk, &k->purposes, e) : 0;
}

static int run(struct cli *c, struct err *e)
{
	struct checking k = { .cli = c };
	enum ident_kind kind;

	k.out = buf_in(c->arena, JSON_MAX);
	k.json = json_to(&k.out);
	k.use = cli_option(c, "for");
	if (values_kind(c, &kind, e) || open_list(&k, e) || read_use(&k, e))
		return -1;
	if (c->is_json)
		json_begin_array(&k.json);
	if (values_each(c, kind, check_batch, &k, e))
		return -1;
	if (c->is_json) {
		json_end(&k.json);
		if (cli_put_json(&k.out, e))
			return -1;
	}
	if (k.unreadable)
		return err_set(e, ERR_INVALID,
			"%zu of the values could not be read: nothing is known "
			"about them",
			k.unreadable);
	return k.suppressed ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_check = {
	.name = "check",
	.operands = "KIND [VALUE...]",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "whether people may be sold or shared",
	.about = "Looks values of one kind (email, phone, ...: `toyon help "
		 "kinds`) up in the suppression list, as it is at this moment. "
		 "A value may be raw or its SHA-256. Without values, or with "
		 "\"-\", they are read from stdin, one a line.",
	.result = "Prints VALUE, \"suppressed\" or \"clear\", and the reasons, "
		  "with tabs between them. Exit status 0 when all are clear, 4 "
		  "when any is suppressed, 1 when a value could not be read. "
		  "With --for: VALUE, \"yes\" or \"no\", and the reasons that "
		  "forbid it, each with its section on a line of its own; 4 when "
		  "any is a no, 3 when nothing here has the purpose, 75 when the "
		  "data map has to be asked and can't be read.",
	.has_json = true,
	.options = {
		{ "at", 0, "DATE|INSTANT",
			"what the list said then; of a day, at its end in "
			"California" },
		{ "for", 0, "USE",
			"may it be used so: sale, share, sensitive, admt, "
			"keeping, a purpose of the data map, or vendor:NAME of a "
			"company in it" },
		{ "why", 0, NULL,
			"also since when, until when, by whom, in which case "
			"and for which purpose" },
		{ "follow", 0, "D", "ask the copy in this folder (toyon follow)" },
	},
	.examples = { "toyon check email ellen.tran@example.com --for share",
		"cut -f3 -d, leads.csv | toyon check phone -" },
	.run = run,
};
