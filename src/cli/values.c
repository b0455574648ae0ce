/* Values from the command line or from stdin, in batches of bounded memory. */
#include "cli/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/limit.h"

int values_kind(struct cli *c, enum ident_kind *out, struct err *e)
{
	struct near near = { .wanted = cli_operand(c, 0) };

	if (ident_kind_read(near.wanted, out))
		return 0;
	for (int k = 0; k < IDENT_KINDS; k++)
		near_try(&near, ident_kind_name((enum ident_kind)k));
	err_set(e, ERR_USAGE, "there is no kind of identifier \"%.*s\"",
		STR_ARG(str_head(near.wanted, 40)));
	if (near.best)
		return err_hint(e, "did you mean %s?", near.best);
	return err_hint(e, "`toyon help kinds` lists them");
}

void values_complain(
	const struct cli *c, const struct suppress_query *q, size_t place)
{
	(void)c;
	fprintf(stderr, "toyon: value %zu is no %s: %s\n", place,
		ident_kind_title(q->kind), ident_fault_text(q->fault));
}

struct each {
	struct cli *cli;
	struct arena *page; /* stands in for the desk's arena */
	struct suppress_query *q;
	size_t n;
	size_t given; /* to fn so far */
	values_fn *fn;
	void *ctx;
};

static int hand_over(struct each *x, struct err *e)
{
	struct desk *d = &x->cli->desk;
	struct arena *was = d->arena;
	int rc;

	if (!x->n)
		return 0;
	d->arena = x->page;
	rc = x->fn(x->cli, x->q, x->n, x->given + 1, x->ctx, e);
	d->arena = was;
	arena_clear(x->page);
	x->given += x->n;
	x->n = 0;
	return rc;
}

static int from_stdin(struct each *x, enum ident_kind kind, struct err *e)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int rc = 0;

	while (!rc && (n = getline(&line, &size, stdin)) >= 0) {
		str value = str_trim((str){ line, (size_t)n });

		if (!value.n)
			continue;
		/* Longer than any identifier: cut, and refused as too long. */
		value = str_head(value, IDENT_RAW_MAX + 1);
		x->q[x->n++] = (struct suppress_query){ .kind = kind,
			.value = arena_dup(x->page, value) };
		if (x->n == VALUES_BATCH)
			rc = hand_over(x, e);
	}
	free(line);
	if (!rc && ferror(stdin))
		return err_errno(e, "read stdin");
	return rc ? rc : hand_over(x, e);
}

static int from_operands(struct each *x, enum ident_kind kind, struct err *e)
{
	for (size_t i = 1; i < x->cli->operands; i++) {
		x->q[x->n++] = (struct suppress_query){ .kind = kind,
			.value = cli_operand(x->cli, i) };
		if (x->n == VALUES_BATCH && hand_over(x, e))
			return -1;
	}
	return hand_over(x, e);
}

int values_each(struct cli *c, enum ident_kind kind, values_fn *fn, void *ctx,
	struct err *e)
{
	struct each x = {
		.cli = c,
		.page = arena_new(LIMIT_JOB_ARENA),
		.q = arena_many(c->arena, struct suppress_query, VALUES_BATCH),
		.fn = fn,
		.ctx = ctx,
	};
	bool is_stdin =
		c->operands < 2 ||
		(c->operands == 2 && str_eq(cli_operand(c, 1), STR("-")));
	int rc =
		is_stdin ? from_stdin(&x, kind, e) : from_operands(&x, kind, e);

	arena_free(x.page);
	return rc;
}
