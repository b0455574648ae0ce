/* Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07). */
#include "api/idempotent.h"

enum { KEY_BYTES_MAX = 255 };

/* The draft has it in quotes, practice without. */
static int read_key(struct call *c, str *key, struct err *e)
{
	*key = http_header(c->q, "Idempotency-Key");
	if (key->n >= 2 && str_starts(*key, STR("\"")) &&
		str_ends(*key, STR("\"")))
		*key = str_head(str_from(*key, 1), key->n - 2);
	for (size_t i = 0; i < key->n; i++)
		if (key->p[i] <= ' ' || key->p[i] > '~')
			return call_refuse(c, 400,
				"Idempotency-Key is of visible ASCII "
				"characters",
				e);
	if (key->n > KEY_BYTES_MAX ||
		http_header_count(c->q, "Idempotency-Key") > 1 ||
		(!key->n && http_header_count(c->q, "Idempotency-Key")))
		return call_refuse(c, 400,
			"Idempotency-Key is one text of 1 to 255 characters",
			e);
	return 0;
}

bool idempotent_is_asked(const struct call *c)
{
	return http_header_count(c->q, "Idempotency-Key") > 0;
}

/* Everything that the answer depends on. */
static str request_text(const struct call *c)
{
	const struct http_request *q = c->q;
	struct buf b = buf_in(q->arena, q->body.n + 16384);

	buf_fmt(&b, "%s %.*s\n", http_method_name(q->method), STR_ARG(q->path));
	buf_put(&b, http_header(q, "Content-Type"));
	for (size_t i = 0; i < q->query.n; i++)
		buf_fmt(&b, "\n%.*s=%.*s", STR_ARG(q->query.at[i].name),
			STR_ARG(q->query.at[i].value));
	buf_puts(&b, "\n\n");
	buf_put(&b, q->body);
	must(buf_ok(&b));
	return buf_str(&b);
}

int idempotent_answer(struct call *c,
	int (*fn)(struct desk *, void *, str *answer, struct err *), void *ctx,
	struct err *e)
{
	struct once o = { .fn = fn, .ctx = ctx };

	if (read_key(c, &o.key, e))
		return -1;
	if (o.key.n)
		o.request = request_text(c);
	if (once_run(c->desk, &o, e))
		return -1;
	if (o.is_replayed)
		http_set(c->r, "Idempotent-Replayed", STR("true"));
	buf_put(&c->r->body, o.answer);
	return 0;
}
