/*
 * "May I?", for one identifier or thousands.  Nothing is stored about who was
 * asked about.
 */
#include "api/call.h"
#include "api/items.h"
#include "api/verdict.h"

static const bool takes_hash[] = {
#define IDENT_KIND(NAME, name, parts, is_hash_known, title) is_hash_known,
#include "ident/tbl/kinds.h"
};

static void put_verdict(struct call *c, const struct suppress_query *q)
{
	buf_put(&c->r->body, verdict_text(c->api->verdicts, c->q->arena, q));
}

static void put_lines(struct call *c, const struct items *s)
{
	http_type(c->r, "application/x-ndjson");
	for (size_t i = 0; i < s->n; i++) {
		put_verdict(c, &s->at[i]);
		buf_putc(&c->r->body, '\n');
	}
}

/* Not through the writer of base/json.h: what is put together here is whole
 * values that came from it. */
static void put_list(struct call *c, const struct items *s)
{
	struct buf *b = &c->r->body;

	buf_puts(b, "{\"data\":[");
	for (size_t i = 0; i < s->n; i++) {
		buf_puts(b, i ? "," : "");
		put_verdict(c, &s->at[i]);
	}
	buf_puts(b, "]}");
}

int check_many(struct call *c, struct err *e)
{
	static const char *const known[] = { "items" };
	struct items s;

	if (items_read(c, &s, e))
		return -1;
	if (s.form == BODY_JSON)
		body_only(c, s.root, STR(""), known, COUNTOF(known));
	if (c->problems.n || suppress_check(c->desk, s.at, s.n, e))
		return -1;
	if (s.form == BODY_JSON)
		put_list(c, &s);
	else
		put_lines(c, &s);
	return 0;
}

/* 64 hex digits: what is in a path is written down by every proxy on the way. */
static bool is_sha256_hex(str s)
{
	uint8_t digest[SHA256_SIZE];

	return s.n == 2 * sizeof digest && ident_hash_read(s, digest);
}

int check_one(struct call *c, struct err *e)
{
	struct suppress_query q = { .value = http_param(c->q, "hash") };
	struct buf *b = &c->r->body;

	if (!ident_kind_read(http_query(c->q, "kind"), &q.kind) ||
		!takes_hash[q.kind])
		call_problem(c, STR("kind"), "unknown",
			"?kind= is a kind that is known by its SHA-256, as "
			"email or phone");
	if (!is_sha256_hex(q.value))
		call_problem(c, STR("hash"), "hash",
			"The path ends in the identifier's SHA-256 as 64 hex "
			"digits");
	if (c->problems.n || suppress_check(c->desk, &q, 1, e))
		return -1;
	buf_puts(b, "{\"data\":");
	put_verdict(c, &q);
	buf_puts(b, "}");
	return 0;
}
