/*
 * `toyon hash`: what the State's rules (drop/1.2.0) make of a value, and the
 * hash that the deletion lists hold.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/enc.h"
#include "cli/command.h"
#include "ident/drop_kind.h"

static const struct drop_kind *kind_named(struct cli *c, struct err *e)
{
	struct near near = { .wanted = cli_operand(c, 0) };
	const struct drop_kind *k = drop_kind_named(near.wanted);

	if (k)
		return k;
	for (size_t i = 0; (k = drop_kind_at(i)); i++)
		near_try(&near, k->name);
	err_set(e, ERR_USAGE, "there is no kind \"%.*s\" to hash",
		STR_ARG(str_head(near.wanted, 40)));
	if (near.best)
		err_hint(e, "did you mean %s?", near.best);
	return NULL;
}

static enum ident_fault standardize(
	struct ident *out, const struct drop_kind *k, str value)
{
	str part[IDENT_PARTS_MAX];
	size_t n = 0;

	if (drop_kind_parts(k) == 1)
		return drop_kind_read(out, k, &value, 1);
	while (n < IDENT_PARTS_MAX && str_next(&value, '\t', &part[n]))
		n++;
	return drop_kind_read(out, k, part, value.n ? 0 : n);
}

/* 1 when the value gives no key. */
static int print(struct arena *a, const struct drop_kind *k, str value)
{
	uint8_t digest[SHA256_SIZE];
	struct ident id;

	if (standardize(&id, k, value)) {
		printf("\t\n");
		return 1;
	}
	ident_digest(&id, digest);
	/* By printf() it would end at a NUL, which the hash does not. */
	fwrite(id.text, 1, id.n, stdout);
	printf("\t%.*s\n", STR_ARG(base64_of(a, digest, sizeof digest)));
	return 0;
}

static int print_lines(const struct drop_kind *k, struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int bad = 0;

	while ((n = getline(&line, &size, stdin)) >= 0) {
		str value = { line, (size_t)n };

		if (str_ends(value, STR("\n")))
			value.n--;
		if (str_ends(value, STR("\r")))
			value.n--;
		bad |= print(a, k, value);
		arena_clear(a);
	}
	free(line);
	arena_free(a);
	return ferror(stdin) ? err_errno(e, "read stdin") : bad;
}

static int run(struct cli *c, struct err *e)
{
	const struct drop_kind *k = kind_named(c, e);
	int bad = 0;

	if (!k)
		return -1;
	for (size_t i = 1; i < c->operands; i++)
		bad |= print(c->arena, k, cli_operand(c, i));
	if (c->operands == 1)
		bad = print_lines(k, e);
	return bad > 0 ? err_exit_status(ERR_FOUND) : bad;
}

const struct command command_hash = {
	.name = "hash",
	.operands = "KIND [VALUE...]",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "standardize and hash as the State does",
	.about = "Standardizes values by the State's rules for its deletion "
		 "lists (drop/1.2.0) and hashes them. KIND is email, phone, "
		 "first, last, dob, zip, maid, vin, ctvid, or, with tabs "
		 "between the parts, ndz (first, last, dob, zip) and namevin "
		 "(first, last, vin). Without values they are read from stdin, "
		 "one a line.",
	.result =
		"Prints the standardized text and its hash with a tab between "
		"them; a value that gives no key prints neither, and the "
		"exit status is 4 at the end.",
	.examples = { "toyon hash email ' Ellen.Tran@Example.com'",
		"cut -f2 people.tsv | toyon hash phone" },
	.run = run,
};
