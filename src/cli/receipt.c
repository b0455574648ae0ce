/* `toyon receipt ...`: what a scrub proved, for whoever gets the list. */
#include "desk/receipt.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/public_key.h"
#include "desk/disclosure.h"

enum { JSON_MAX = 1 << 20 };

/* --- show --- */

static int run_show(struct cli *c, struct err *e)
{
	int64_t batch;
	str text;

	if (!str_int(cli_operand(c, 0), &batch) || batch < 1)
		return cli_usage(c, e, "BATCH is a number of the ledger");
	if (cli_open(c, 0, e) || disclosure_receipt(&c->desk, batch, &text, e))
		return -1;
	cli_put(text);
	return 0;
}

const struct command command_receipt_show = {
	.name = "receipt show",
	.operands = "BATCH",
	.operands_min = 1,
	.operands_max = 1,
	.title = "the receipt of a list in the ledger",
	.about =
		"Prints the receipt of a batch as it was written when the list "
		"was scrubbed with --for; `toyon disclosed` tells the numbers.",
	.examples = { "toyon receipt show 17 > clean.csv.receipt.json",
		"toyon receipt show 17 | toyon receipt verify -" },
	.run = run_show,
};

/* --- verify --- */

static int read_text(struct cli *c, str *out, struct err *e)
{
	const char *name = c->operand[0];
	struct file_source in = { STDIN_FILENO, "stdin" };

	if (!strcmp(name, "-"))
		return file_read_fd(c->arena, &in, RECEIPT_SIZE_MAX, out, e);
	return file_read(c->arena, name, RECEIPT_SIZE_MAX, out, e);
}

static int check_files(struct cli *c, struct receipt_report *r, struct err *e)
{
	const char *in = cli_option(c, "in");
	const char *out = cli_option(c, "out");

	if (!r->is_read)
		return 0;
	if (in && receipt_check_file(c->arena, in, RECEIPT_IN, r, e))
		return -1;
	return out ? receipt_check_file(c->arena, out, RECEIPT_OUT, r, e) : 0;
}

static void put_said(struct json *j, const struct receipt *r)
{
	json_put(j, "business", r->business);
	json_put(j, "at", r->at);
	json_put_int(j, "rows", r->rows);
	json_put_int(j, "kept", r->kept);
	json_put_int(j, "suppressed", r->suppressed);
	json_put(j, "recipient", r->recipient);
	json_put(j, "purpose", r->purpose);
	json_put(j, "public_key", r->public_key);
}

static int put_json(
	struct cli *c, const struct receipt_report *r, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "state", r->faults ? STR("broken") : STR("fits"));
	json_key(&j, "problems"), json_begin_array(&j);
	for (int f = 0; f < RECEIPT_FAULTS; f++) {
		if (!(r->faults & 1u << f))
			continue;
		json_begin_object(&j);
		json_put(&j, "code",
			str_of(receipt_fault_name((enum receipt_fault)f)));
		json_put(&j, "sentence",
			receipt_fault_text(c->arena, (enum receipt_fault)f, r));
		json_end(&j);
	}
	json_end(&j);
	json_put_bool(&j, "is_key_given", r->is_key_given);
	json_put_bool(&j, "is_in_compared", r->is_read && cli_has(c, "in"));
	json_put_bool(&j, "is_out_compared", r->is_read && cli_has(c, "out"));
	if (r->is_read)
		put_said(&j, &r->receipt);
	json_end(&j);
	return cli_put_json(&b, e);
}

static void print_faults(struct cli *c, const struct receipt_report *r)
{
	for (int f = 0; f < RECEIPT_FAULTS; f++)
		if (r->faults & 1u << f)
			printf("%.*s\n", STR_ARG(receipt_fault_text(c->arena,
						 (enum receipt_fault)f, r)));
}

static void print_said(struct cli *c, const struct receipt_report *r)
{
	const struct receipt *s = &r->receipt;

	printf("the receipt fits: %.*s, %.*s\n", STR_ARG(s->business),
		STR_ARG(s->at));
	printf("%lld rows: %lld kept, %lld suppressed, %lld unreadable; log "
	       "entry %lld\n",
		(long long)s->rows, (long long)s->kept,
		(long long)s->suppressed, (long long)s->unreadable,
		(long long)s->log_seq);
	if (s->recipient.n)
		printf("for %.*s: %.*s\n", STR_ARG(s->recipient),
			STR_ARG(s->purpose));
	if (!cli_has(c, "out"))
		cli_say(c, "The list was not compared: name it with --out");
	if (!r->is_key_given)
		cli_say(c,
			"The key is the one in the receipt itself: compare "
			"%.*s with what you were given, or name it with --key",
			STR_ARG(s->public_key));
}

static int run(struct cli *c, struct err *e)
{
	struct receipt_report *r = arena_one(c->arena, struct receipt_report);
	str text, key;

	if (public_key_option(c, &key, e) || read_text(c, &text, e))
		return -1;
	receipt_check(c->arena, text, key, r);
	if (check_files(c, r, e))
		return -1;
	if (c->is_json) {
		if (put_json(c, r, e))
			return -1;
	} else if (r->faults) {
		print_faults(c, r);
	} else {
		print_said(c, r);
	}
	return r->faults ? err_exit_status(ERR_FOUND) : 0;
}

const struct command command_receipt_verify = {
	.name = "receipt verify",
	.operands = "FILE",
	.operands_min = 1,
	.operands_max = 1,
	.title = "prove a scrub's receipt",
	.about = "Checks a receipt that `toyon scrub` wrote (\"-\": stdin): "
		 "its form, its signature, its sums, and with --in and --out "
		 "that the files are those it speaks of. Needs no "
		 "installation.",
	.result = "Prints what the receipt says, or everything about it that "
		  "does not fit; exit status 4 then.",
	.has_json = true,
	.options = {
		{ "in", 0, "FILE", "the list that came in" },
		{ "out", 0, "FILE", "the list that left" },
		{ "key", 0, "HEX|FILE",
			"the business's public key, as you got it from "
			"elsewhere" },
	},
	.examples = { "toyon receipt verify clean.csv.receipt.json",
		"toyon receipt verify clean.csv.receipt.json --out clean.csv "
		"--key audit.pub" },
	.run = run,
};
