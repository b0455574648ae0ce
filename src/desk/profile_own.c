/* What the person said last, against what their browsers said before. */
#include "desk/profile_own.h"

#include "desk/own_act.h"
#include "law/reason.h"

static bool is_out(const struct suppress_query *q)
{
	return q->reasons & REASON_OPT_OUT;
}

/* A first opt-out may stand in a row of several: for that the log is read. */
static int add_first(struct desk *d, struct suppress_query *q, size_t n,
	struct own_word *out, struct err *e)
{
	struct suppress_why *why = arena_many(d->arena, struct suppress_why, n);

	if (suppress_why(d, q, n, why, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct suppress_reason *r =
			&why[i].of[__builtin_ctz(REASON_OPT_OUT)];
		int64_t at = own_act_said_at(r->source, r->since_at);

		if (is_out(&q[i]) && at > out->out_at)
			out->out_at = at;
	}
	return 0;
}

static int add_own(struct desk *d, const struct signals *s,
	const struct suppress_query *q, int64_t *in_at, struct own_word *out,
	struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		struct own_acts of;

		if (own_acts_of(d, s->key + i * IDENT_KEY_SIZE, &of, e))
			return -1;
		if (!is_out(&q[i]) && of.in_at > *in_at)
			*in_at = of.in_at;
		if (is_out(&q[i]) && of.again_at > out->out_at)
			out->out_at = of.again_at;
		if (is_out(&q[i]) && of.asked_at > out->asked_at)
			out->asked_at = of.asked_at;
	}
	return 0;
}

int profile_own(struct desk *d, const struct signals *s, struct own_word *out,
	struct err *e)
{
	struct suppress_query *q =
		arena_many(d->arena, struct suppress_query, s->n);
	size_t outs = 0;
	int64_t in_at = 0;

	*out = (struct own_word){ 0 };
	for (size_t i = 0; i < s->n; i++)
		q[i] = (struct suppress_query){ .kind = s->at[i].kind,
			.value = s->at[i].value };
	if (suppress_check(d, q, s->n, e))
		return -1;
	for (size_t i = 0; i < s->n; i++)
		outs += is_out(&q[i]);
	if (!outs)
		return 0;
	if (add_own(d, s, q, &in_at, out, e) ||
		(outs < s->n && add_first(d, q, s->n, out, e)))
		return -1;
	out->has_opted_in = in_at > out->out_at;
	return 0;
}
