/* `toyon index ...`: the installation's index, and files made from lists. */
#include "index/index.h"

#include <stdio.h>
#include <string.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/list_key.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "scrub/list.h"

enum { JSON_MAX = 1 << 20, JOBS_MAX = 256 };

/* --- a file from lists --- */

static int read_jobs(struct cli *c, int *out, struct err *e)
{
	const char *given = cli_option(c, "jobs");
	int64_t n = 0;

	if (given && (!str_int(str_of(given), &n) || n < 1 || n > JOBS_MAX))
		return cli_usage(
			c, e, "--jobs is a number from 1 to %d", JOBS_MAX);
	*out = (int)n;
	return 0;
}

static int read_reason(struct cli *c, uint32_t *out, struct err *e)
{
	const char *given = cli_option(c, "reason");

	*out = REASON_MANUAL;
	if (!given || (reasons_parse(str_of(given), out) && *out))
		return 0;
	err_set(e, ERR_USAGE, "the law knows no reason \"%.60s\"", given);
	return err_hint(e, "`toyon help reasons` lists them");
}

static int read_kind(struct cli *c, enum ident_kind *out, struct err *e)
{
	str kind = str_of(cli_option(c, "kind"));

	if (!c->operands || !cli_has(c, "out"))
		return cli_usage(c, e, "--kind needs a list and -o FILE.tyx");
	if (ident_kind_read(kind, out))
		return 0;
	err_set(e, ERR_USAGE, "there is no kind of identifier \"%.*s\"",
		STR_ARG(str_head(kind, 40)));
	return err_hint(e, "`toyon help kinds` lists them");
}

static struct list_input *inputs_of(struct cli *c, enum ident_kind kind)
{
	struct list_input *in =
		arena_many(c->arena, struct list_input, c->operands);

	for (size_t i = 0; i < c->operands; i++)
		in[i] = (struct list_input){ .in = { .path = c->operand[i] },
			.kind = kind };
	return in;
}

static void say_lists(struct cli *c, const struct list_report *r)
{
	cli_say(c, "%llu line%s, %llu different identifier%s",
		(unsigned long long)r->lines, cli_s(r->lines),
		(unsigned long long)r->keys, cli_s(r->keys));
	if (r->has_heading)
		cli_say(c, "the first line was taken for a heading");
	if (r->unreadable)
		cli_say(c,
			"left out: %llu line%s, the first is line %llu of "
			"%s: %s",
			(unsigned long long)r->unreadable, cli_s(r->unreadable),
			(unsigned long long)r->first_unreadable,
			c->operand[r->unreadable_input],
			ident_fault_text(r->fault));
}

/* An index is sought in and has its key beside it. */
static int check_out(struct cli *c, const char *out, struct err *e)
{
	if (!strcmp(out, "-"))
		return cli_usage(c, e,
			"an index is a file with its key beside it, and goes to "
			"no stream");
	for (size_t i = 0; i < c->operands; i++)
		if (file_is_same(c->operand[i], out))
			return cli_usage(c, e,
				"-o names a list: the index would replace it");
	return 0;
}

static int build_from_lists(struct cli *c, struct err *e)
{
	struct ident_keyring keyring;
	struct list_opts opts = {
		.inputs = c->operands,
		.out = cli_option(c, "out"),
		.keyring = &keyring,
		.built_at = clock_now_ms(NULL),
		.cpu = CPU_BEST,
	};
	struct list_report report = { 0 };
	enum ident_kind kind;

	if (read_kind(c, &kind, e) || read_reason(c, &opts.reasons, e) ||
		read_jobs(c, &opts.jobs, e) || check_out(c, opts.out, e))
		return -1;
	if (list_keyring(c, opts.out, &keyring, e))
		return -1;
	opts.cpu = keyring.cpu;
	opts.input = inputs_of(c, kind);
	if (list_build(&opts, &report, e))
		return -1;
	say_lists(c, &report);
	return 0;
}

/* --- the installation's --- */

static int build_own(struct cli *c, struct err *e)
{
	int64_t entries;

	if (c->operands || cli_has(c, "out"))
		return cli_usage(c, e, "a list needs --kind");
	if (cli_open_suppress(c, 0, e) ||
		suppress_build(&c->desk,
			install_path(&c->install, STR("index.tyx")), &entries,
			e))
		return -1;
	cli_say(c, "%lld identifiers", (long long)entries);
	return 0;
}

static int run_build(struct cli *c, struct err *e)
{
	return cli_has(c, "kind") ? build_from_lists(c, e) : build_own(c, e);
}

const struct command command_index_build = {
	.name = "index build",
	.operands = "[--kind KIND LIST.txt... -o FILE.tyx]",
	.operands_max = OPERANDS_ANY,
	.title = "make an index file",
	.about = "Without --kind: builds the installation's index anew from its "
		 "record; the service does so by itself. With --kind: makes a "
		 "file from lists, one identifier a line, raw or as SHA-256 "
		 "in hex or Base64, plain, .gz or .zst (\"-\": stdin); needs "
		 "no installation. Its key is in FILE.tyx.key, made at the "
		 "first time: who has both can try numbers against it.",
	.options = {
		{ "kind", 0, "KIND", "what the lines are (`toyon help kinds`)" },
		{ "out", 'o', "FILE.tyx", "the file" },
		{ "reason", 0, "R", "why they are suppressed; manual" },
		{ "jobs", 'j', "N", "threads; one a processor" },
	},
	.examples = { "toyon index build",
		"toyon index build --kind email optouts.txt -o optouts.tyx" },
	.run = run_build,
};

/* --- looking at one --- */

const char *index_file_of(struct cli *c)
{
	if (c->operands)
		return c->operand[0];
	return arena_cstr(
		c->arena, arena_fmt(c->arena, "%s/index.tyx", c->dir));
}

static void put_info(struct cli *c, const struct index_info *i, struct json *j)
{
	struct buf kinds = buf_in(c->arena, 1024);

	for (int k = 0; k < IDENT_KINDS; k++)
		if (i->kinds & 1u << k)
			buf_fmt(&kinds, "%s%s", kinds.n ? "," : "",
				ident_kind_name((enum ident_kind)k));
	json_begin_object(j);
	json_put_int(j, "keys", (int64_t)i->keys);
	json_put(j, "kinds", buf_str(&kinds));
	json_put(j, "reasons", reasons_list(c->arena, i->reasons));
	json_put_int(j, "seq", (int64_t)i->seq);
	json_put_int(j, "generation", (int64_t)i->generation);
	json_put(j, "built_at", instant_rfc3339(c->arena, i->built_at));
	json_put_int(j, "size", (int64_t)i->size);
	json_put_int(j, "hot_size", (int64_t)i->hot_size);
	json_put_bool(j, "has_proof", i->has_proof);
	json_put(j, "fingerprint",
		hex_of(c->arena, i->fingerprint, sizeof i->fingerprint));
	json_end(j);
}

/* The same members as in JSON, a line each. */
static int print_members(struct cli *c, str json, struct err *e)
{
	const char *key;
	json_t *object;
	json_t *value;

	if (json_read(c->arena, json, JSON_MAX, &object, e))
		return -1;
	json_object_foreach(object, key, value)
	{
		if (json_is_string(value))
			printf("%s\t%s\n", key, json_string_value(value));
		else if (json_is_integer(value))
			printf("%s\t%lld\n", key,
				(long long)json_integer_value(value));
		else
			printf("%s\t%s\n", key,
				json_is_true(value) ? "yes" : "no");
	}
	return 0;
}

static int run_info(struct cli *c, struct err *e)
{
	struct index_open_opts opts = { .cpu = CPU_BEST };
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);
	struct index_info info;
	struct index *index;

	if (index_open(&index, index_file_of(c), &opts, e))
		return -1;
	index_info(index, &info);
	index_close(index);
	put_info(c, &info, &j);
	return c->is_json ? cli_put_json(&b, e)
			  : print_members(c, buf_str(&b), e);
}

const struct command command_index_info = {
	.name = "index info",
	.operands = "[FILE.tyx]",
	.operands_max = 1,
	.title = "what an index file holds",
	.about =
		"Prints what the head of an index file says: how many keys, up "
		"to which entry of the record, when it was built. Without "
		"FILE, the installation's.",
	.has_json = true,
	.examples = { "toyon index info", "toyon index info optouts.tyx" },
	.run = run_info,
};

static int run_verify(struct cli *c, struct err *e)
{
	struct index_open_opts opts = { .cpu = CPU_BEST };
	struct index *index;
	int rc;

	if (index_open(&index, index_file_of(c), &opts, e)) {
		if (e->code == ERR_CORRUPT)
			e->code = ERR_FOUND;
		return -1;
	}
	rc = index_verify(index, e);
	index_close(index);
	if (!rc)
		cli_say(c, "whole and sound");
	else if (e->code == ERR_CORRUPT)
		e->code = ERR_FOUND;
	return rc;
}

const struct command command_index_verify = {
	.name = "index verify",
	.operands = "[FILE.tyx]",
	.operands_max = 1,
	.title = "check every byte of an index file",
	.about = "Reads every byte of an index file and checks every rule of "
		 "its format. Without FILE, the installation's.",
	.result = "Exit status 4 when it is damaged.",
	.examples = { "toyon index verify", "toyon index verify optouts.tyx" },
	.run = run_verify,
};
