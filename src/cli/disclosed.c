/*
 * `toyon disclosed`: who got these people's data.  A batch that can't be read
 * may have held them: then the command fails, after it has said what it knows.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/values.h"
#include "desk/disclosure.h"

enum { JSON_MAX = 64 << 20, TEXT_MAX = 64 << 20 };

/* An address alone is asked for as an address. */
static int read_operands(
	struct cli *c, struct disclosure_search *s, struct err *e)
{
	enum ident_kind kind = IDENT_EMAIL;
	size_t first = 0;

	if (!str_has(cli_operand(c, 0), '@')) {
		if (values_kind(c, &kind, e))
			return -1;
		first = 1;
	}
	s->n = c->operands - first;
	if (!s->n)
		return cli_usage(c, e, "no value is given");
	s->q = arena_many(c->arena, struct disclosure_query, s->n);
	for (size_t i = 0; i < s->n; i++)
		s->q[i] = (struct disclosure_query){ .kind = kind,
			.value = cli_operand(c, first + i) };
	return 0;
}

static void put_batch(struct cli *c, struct json *j, const struct disclosure *b)
{
	json_begin_object(j);
	json_put_int(j, "batch", b->id);
	json_put(j, "at", instant_rfc3339(c->arena, b->at));
	json_put(j, "recipient", b->recipient);
	json_put(j, "title", b->title);
	json_put(j, "role", b->role);
	json_put(j, "purpose", b->purpose);
	json_put_int(j, "rows", b->rows);
	json_put(j, "out_sha256", b->out_sha256);
	json_end(j);
}

static int put_json(
	struct cli *c, const struct disclosure_search *s, struct err *e)
{
	struct buf b = buf_in(c->arena, JSON_MAX);
	struct json j = json_to(&b);

	json_begin_array(&j);
	for (size_t i = 0; i < s->n; i++) {
		json_begin_object(&j);
		json_put(&j, "value", s->q[i].value);
		if (s->q[i].fault)
			json_put(&j, "problem",
				str_of(ident_fault_name(s->q[i].fault)));
		json_key(&j, "disclosures"), json_begin_array(&j);
		for (const struct disclosure_hit *h = s->q[i].hits; h;
			h = h->next)
			put_batch(c, &j, h->batch);
		json_end(&j), json_end(&j);
	}
	json_end(&j);
	return cli_put_json(&b, e);
}

/* What would end the line or the field is a blank. */
static void put_value(struct buf *b, str value)
{
	for (size_t i = 0; i < value.n; i++)
		buf_putc(b, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
}

static void put_lines(
	struct cli *c, struct buf *b, const struct disclosure_query *q)
{
	for (const struct disclosure_hit *h = q->hits; h; h = h->next) {
		put_value(b, q->value);
		buf_fmt(b, "\t%s\t%.*s\t%.*s\t%lld\n",
			arena_cstr(c->arena,
				instant_rfc3339(c->arena, h->batch->at)),
			STR_ARG(h->batch->title), STR_ARG(h->batch->purpose),
			(long long)h->batch->id);
	}
}

static int put_text(
	struct cli *c, const struct disclosure_search *s, struct err *e)
{
	struct buf b = buf_in(c->arena, TEXT_MAX);

	for (size_t i = 0; i < s->n; i++)
		put_lines(c, &b, &s->q[i]);
	if (!buf_ok(&b))
		return err_set(e, ERR_LIMIT, "the answer is too long");
	cli_put(buf_str(&b));
	return 0;
}

static int status(
	struct cli *c, const struct disclosure_search *s, struct err *e)
{
	size_t found = 0, unreadable = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct suppress_query q = { .kind = s->q[i].kind,
			.fault = s->q[i].fault };

		found += s->q[i].hits != NULL;
		if (!s->q[i].fault)
			continue;
		unreadable++;
		values_complain(c, &q, i + 1);
	}
	if (s->unknown) {
		*e = s->why;
		return err_hint(e,
			"%zu of the batches could not be read: whether they "
			"held these people is not known",
			s->unknown);
	}
	if (unreadable)
		return err_set(e, ERR_INVALID,
			"%zu of the values could not be read", unreadable);
	return found ? 0 : err_exit_status(ERR_NOT_FOUND);
}

static int run(struct cli *c, struct err *e)
{
	struct disclosure_search s = { .folder = NULL };

	if (read_operands(c, &s, e) || cli_open_suppress(c, 0, e))
		return -1;
	s.folder = install_path(&c->install, STR("disclosures"));
	if (disclosure_find(&c->desk, &s, e) ||
		(c->is_json ? put_json(c, &s, e) : put_text(c, &s, e)))
		return -1;
	return status(c, &s, e);
}

const struct command command_disclosed = {
	.name = "disclosed",
	.operands = "[KIND] VALUE...",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.title = "who got a person's data",
	.about = "Looks people up in the ledger of disclosed lists, which "
		 "`toyon scrub --for` writes. The kind may be left out in "
		 "front of an email address. Each question is audited, "
		 "without the person.",
	.result = "Prints VALUE, when, who got it, what for and the batch, "
		  "with tabs between them, newest first. Exit status 3 when no "
		  "list of the ledger held any of them, 1 when a batch could "
		  "not be read.",
	.has_json = true,
	.examples = { "toyon disclosed ellen.tran@example.com",
		"toyon disclosed phone 510-555-0142 --json" },
	.run = run,
};
