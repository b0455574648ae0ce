/*
 * "May I?", for one identifier or thousands.  Nothing is stored about who was
 * asked about.
 */
#include "api/call.h"
#include "api/items.h"
#include "api/verdict.h"
#include "desk/consent.h"
#include "desk/purpose.h"

static const bool takes_hash[] = {
#define IDENT_KIND(NAME, name, parts, is_hash_known, title) is_hash_known,
#include "ident/tbl/kinds.h"
};

/* A name in the answer has to be one that a data map can have. */
enum { USE_BYTES_MAX = 80 };

/* use: NULL when the call asks for none. */
static str verdict_on(struct call *c, const struct suppress_query *q,
	const struct verdict_use *use)
{
	struct arena *a = c->q->arena;

	return use ? verdict_text_for(a, q, use)
		   : verdict_text(c->api->verdicts, a, q);
}

static bool is_answered_alike(
	const struct suppress_query *a, const struct suppress_query *b)
{
	return a->reasons == b->reasons && a->fault == b->fault &&
	       a->kind == b->kind && a->lacks_consent == b->lacks_consent;
}

/* Room is made for all as if they were like the first, and a quarter more: most
 * answers are "clear", and those that are not are longer. */
static void put_verdicts(struct call *c, const struct items *s,
	const struct verdict_use *use, char between)
{
	struct buf *b = &c->r->body;
	str text = verdict_on(c, &s->at[0], use);

	buf_reserve(b, s->n * (text.n + 1) * 5 / 4);
	buf_put(b, text);
	for (size_t i = 1; i < s->n; i++) {
		if (!is_answered_alike(&s->at[i - 1], &s->at[i]))
			text = verdict_on(c, &s->at[i], use);
		buf_putc(b, between);
		buf_put(b, text);
	}
}

/* NULL when no use is asked about, or a problem was found. */
static const struct verdict_use *read_use(
	struct call *c, str name, struct verdict_use *out)
{
	out->name = name;
	if (!name.n)
		return NULL;
	if (name.n > USE_BYTES_MAX || !str_is_text(name))
		call_problem(c, STR("for"), "form",
			"This is sale, share, sensitive, admt, keeping, or a "
			"purpose of the data map");
	return c->problems.n ? NULL : out;
}

static void put_lines(
	struct call *c, const struct items *s, const struct verdict_use *use)
{
	http_type(c->r, "application/x-ndjson");
	put_verdicts(c, s, use, '\n');
	buf_putc(&c->r->body, '\n');
}

/* Not through the writer of base/json.h: what is put together here is whole
 * values that came from it. */
static void put_list(
	struct call *c, const struct items *s, const struct verdict_use *use)
{
	struct buf *b = &c->r->body;

	buf_put(b, STR("{\"data\":["));
	put_verdicts(c, s, use, ',');
	buf_put(b, STR("]}"));
}

/* What is asked, and who lacks the consent that it takes. */
static int look_use(struct call *c, struct verdict_use *use,
	struct suppress_query *q, size_t n, struct err *e)
{
	return purpose_asked(c->desk, use->name, 0, &use->asked, e) ||
			       consent_check(c->desk, use->name, 0, q, n, e) < 0
		       ? -1
		       : 0;
}

int check_many(struct call *c, struct err *e)
{
	static const char *const known[] = { "items", "for" };
	const struct verdict_use *asked;
	struct verdict_use use;
	struct items s;

	if (items_read(c, &s, e))
		return -1;
	if (s.form == BODY_JSON)
		body_only(c, s.root, STR(""), known, COUNTOF(known));
	asked = read_use(c, items_option(c, &s, "for"), &use);
	if (c->problems.n || suppress_check(c->desk, s.at, s.n, e) ||
		(asked && look_use(c, &use, s.at, s.n, e)))
		return -1;
	if (s.form == BODY_JSON)
		put_list(c, &s, asked);
	else
		put_lines(c, &s, asked);
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
	const struct verdict_use *asked;
	struct verdict_use use;
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
	asked = read_use(c, http_query(c->q, "for"), &use);
	if (c->problems.n || suppress_check(c->desk, &q, 1, e) ||
		(asked && look_use(c, &use, &q, 1, e)))
		return -1;
	buf_puts(b, "{\"data\":");
	buf_put(b, verdict_on(c, &q, asked));
	buf_puts(b, "}");
	return 0;
}
