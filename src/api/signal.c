/*
 * Suppressing and releasing by a program.  All of a list or nothing: what could
 * not be read would otherwise be sold as if nobody had objected.
 */
#include "api/call.h"
#include "api/idempotent.h"
#include "api/items.h"
#include "base/json.h"
#include "desk/signals_group.h"
#include "http/park.h"
#include "law/reason.h"

enum { ANSWER_SIZE_MAX = 4096, SOURCE_BYTES_MAX = 40 };

static int refuse(struct call *c, const struct items *s, const struct err *e)
{
	if (e->code == ERR_INVALID)
		items_report(c, s);
	return -1;
}

static bool is_source(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') ||
			    (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return s.n <= SOURCE_BYTES_MAX;
}

static int read_options(
	struct call *c, const struct items *items, struct signals *s)
{
	str reason = items_option(c, items, "reason");

	s->reasons = reason_of(reason);
	if (!s->reasons)
		call_problem(c, STR("reason"), reason.n ? "unknown" : "missing",
			"This is one of the reasons, as opt-out");
	s->source = items_option(c, items, "source");
	if (!is_source(s->source))
		call_problem(c, STR("source"), "form",
			"This is at most 40 of a-z, 0-9 and -, as gpc");
	return c->problems.n ? -1 : 0;
}

static str answer_text(struct arena *a, const struct signals *s)
{
	struct buf b = buf_in(a, ANSWER_SIZE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_key(&j, "data");
	json_begin_object(&j);
	json_put_int(&j, "items", (int64_t)s->n);
	json_put_int(&j, "added", (int64_t)s->fresh_n);
	json_put(&j, "reason", suppress_reasons(a, s->reasons));
	json_end(&j);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static int store(struct desk *d, void *ctx, str *answer, struct err *e)
{
	struct signals *s = ctx;

	if (signals_put(d, s, e))
		return -1;
	*answer = answer_text(d->arena, s);
	return 0;
}

static void wake(void *ctx)
{
	http_wake(ctx);
}

static int answer_parked(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	const struct signals *s = ctx;

	if (s->rc) {
		*e = s->e;
		return -1;
	}
	buf_put(&r->body, answer_text(q->arena, s));
	return 0;
}

/* With those of all who call at the same time. */
static int send(struct call *c, struct signals *s)
{
	s->told = wake;
	s->ctx = http_park(c->q, answer_parked, s);
	signals_send(c->desk->signals, s);
	return 0;
}

int suppress_many(struct call *c, struct err *e)
{
	static const char *const known[] = { "items", "reason", "source" };
	struct signals *s = arena_one(c->q->arena, struct signals);
	struct items items;

	if (items_read(c, &items, e))
		return -1;
	if (items.form == BODY_JSON)
		body_only(c, items.root, STR(""), known, COUNTOF(known));
	if (read_options(c, &items, s))
		return -1;
	s->at = items.at;
	s->n = items.n;
	if (signals_read(c->desk, s, e))
		return refuse(c, &items, e);
	if (c->desk->signals && !idempotent_is_asked(c))
		return send(c, s);
	return idempotent_answer(c, store, s, e);
}

int release_many(struct call *c, struct err *e)
{
	static const char *const known[] = { "items" };
	struct items s;
	struct json j;

	if (items_read(c, &s, e))
		return -1;
	if (s.form == BODY_JSON)
		body_only(c, s.root, STR(""), known, COUNTOF(known));
	if (c->problems.n)
		return -1;
	if (suppress_release(c->desk, s.at, s.n, e))
		return refuse(c, &s, e);
	j = call_answer(c);
	json_put_int(&j, "items", (int64_t)s.n);
	json_end(&j);
	json_end(&j);
	return 0;
}
