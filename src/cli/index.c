/* `toyon index ...`: the installation's index, and files made from lists. */
#include "index/index.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enc.h"
#include "base/json.h"
#include "cli/list_key.h"
#include "cli/values.h"
#include "desk/suppress.h"
#include "index/builder.h"
#include "law/reason.h"

enum { JSON_MAX = 1 << 20, LINES_BATCH = 4096 };

/* --- a file from a list --- */

struct listing {
	enum ident_kind kind;
	struct ident_keyring keyring;
	struct index_builder *builder;
	uint8_t key[LINES_BATCH * IDENT_KEY_SIZE];
	size_t n;
	uint64_t lines;
	uint64_t unreadable;
	uint64_t first_bad; /* its line, from 1 */
};

static void add_line(struct listing *l, str line)
{
	enum ident_fault fault;

	l->lines++;
	line = str_trim(line);
	if (!line.n)
		return;
	fault = ident_key_of(&l->keyring, l->kind,
		str_head(line, IDENT_RAW_MAX + 1),
		l->key + l->n * IDENT_KEY_SIZE);
	if (fault) {
		if (!l->unreadable++)
			l->first_bad = l->lines;
		return;
	}
	if (++l->n < LINES_BATCH)
		return;
	index_builder_add(l->builder, 0, l->key, l->n);
	l->n = 0;
}

static int read_lines(struct listing *l, const char *path, struct err *e)
{
	FILE *in = strcmp(path, "-") ? fopen(path, "re") : stdin;
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int rc = 0;

	if (!in)
		return err_errno(e, "open \"%s\"", path);
	while ((n = getline(&line, &size, in)) >= 0)
		add_line(l, (str){ line, (size_t)n });
	if (ferror(in))
		rc = err_errno(e, "read \"%s\"", path);
	free(line);
	if (in != stdin)
		fclose(in);
	index_builder_add(l->builder, 0, l->key, l->n);
	return rc;
}

static int list_reasons(struct cli *c, uint32_t *out, struct err *e)
{
	const char *given = cli_option(c, "reason");

	*out = REASON_MANUAL;
	if (!given || (reasons_parse(str_of(given), out) && *out))
		return 0;
	err_set(e, ERR_USAGE, "the law knows no reason \"%.60s\"", given);
	return err_hint(e, "`toyon help reasons` lists them");
}

static void say_list(struct cli *c, const struct listing *l, uint64_t keys)
{
	cli_say(c, "%llu lines, %llu different identifiers",
		(unsigned long long)l->lines, (unsigned long long)keys);
	if (l->unreadable)
		cli_say(c, "left out as no %s: %llu, the first on line %llu",
			ident_kind_title(l->kind),
			(unsigned long long)l->unreadable,
			(unsigned long long)l->first_bad);
}

static int write_list(struct cli *c, struct listing *l, struct err *e)
{
	struct index_opts opts = {
		.generation = 1,
		.built_at = clock_now_ms(NULL),
		.kinds = 1u << l->kind,
		.cpu = CPU_BEST,
		.without_proof = true,
	};
	uint32_t reasons;
	uint64_t keys;

	memcpy(opts.fingerprint, l->keyring.fingerprint,
		sizeof opts.fingerprint);
	if (list_reasons(c, &reasons, e) || read_lines(l, c->operand[0], e) ||
		index_builder_finish(l->builder, cli_option(c, "out"), reasons,
			&opts, &keys, e))
		return -1;
	say_list(c, l, keys);
	return 0;
}

static int build_from_list(struct cli *c, struct err *e)
{
	struct listing *l = arena_one(c->arena, struct listing);
	str kind = str_of(cli_option(c, "kind"));
	int rc;

	if (c->operands != 1 || !cli_has(c, "out"))
		return cli_usage(c, e, "--kind needs a list and -o FILE.tyx");
	if (!ident_kind_read(kind, &l->kind)) {
		err_set(e, ERR_USAGE, "there is no kind of identifier \"%.*s\"",
			STR_ARG(str_head(kind, 40)));
		return err_hint(e, "`toyon help kinds` lists them");
	}
	list_keyring(&l->keyring);
	l->builder = index_builder_new(1);
	rc = write_list(c, l, e);
	index_builder_free(l->builder);
	return rc;
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
	return cli_has(c, "kind") ? build_from_list(c, e) : build_own(c, e);
}

const struct command command_index_build = {
	.name = "index build",
	.operands = "[--kind KIND LIST.txt -o FILE.tyx]",
	.operands_max = 1,
	.title = "make an index file",
	.about = "Without --kind: builds the installation's index anew from its "
		 "record; the service does so by itself. With --kind: makes a "
		 "file from a list, one identifier a line, raw or as SHA-256 "
		 "in hex or Base64 (\"-\": stdin); needs no installation. Such "
		 "a file gives away as much as a list of hashes does.",
	.options = {
		{ "kind", 0, "KIND", "what the lines are (`toyon help kinds`)" },
		{ "out", 'o', "FILE.tyx", "the file" },
		{ "reason", 0, "R", "why they are suppressed; manual" },
	},
	.examples = { "toyon index build",
		"toyon index build --kind email optouts.txt -o optouts.tyx" },
	.run = run_build,
};

/* --- looking at one --- */

static const char *file_of(struct cli *c)
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

	if (index_open(&index, file_of(c), &opts, e))
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

	if (index_open(&index, file_of(c), &opts, e)) {
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
