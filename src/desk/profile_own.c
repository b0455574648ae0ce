/* An opt-in of the person, against what their browsers said before. */
#include "desk/profile_own.h"

#include "desk/suppress_log.h"
#include "law/reason.h"

/* When one identifier that is clear was opted in; 0: it was not.  Few have a row. */
static int opted_in_at(
	struct desk *d, const uint8_t *key, int64_t *at, struct err *e)
{
	struct packs of;

	*at = 0;
	if (suppress_log_read_of(d->db, d->arena, key, &of, e))
		return -1;
	for (size_t i = 0; i < of.n; i++)
		if (of.at[i].reasons & REASON_OPT_OUT)
			*at = 0;
		else if (str_eq(of.at[i].source, STR(OPTED_IN_BY)))
			*at = of.at[i].at;
	return 0;
}

static int newest_opt_in(struct desk *d, const struct signals *s,
	const struct suppress_query *q, int64_t *out, struct err *e)
{
	*out = 0;
	for (size_t i = 0; i < s->n; i++) {
		int64_t at = 0;

		if (!(q[i].reasons & REASON_OPT_OUT) &&
			opted_in_at(d, s->key + i * IDENT_KEY_SIZE, &at, e))
			return -1;
		*out = at > *out ? at : *out;
	}
	return 0;
}

static int newest_opt_out(struct desk *d, struct suppress_query *q, size_t n,
	int64_t *out, struct err *e)
{
	struct suppress_why *why = arena_many(d->arena, struct suppress_why, n);

	*out = 0;
	if (suppress_why(d, q, n, why, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		int64_t at = why[i].of[__builtin_ctz(REASON_OPT_OUT)].since_at;

		if (why[i].reasons & REASON_OPT_OUT)
			*out = at > *out ? at : *out;
	}
	return 0;
}

/* The log is read for those alone who are opted out in part and have opted in. */
int profile_own(
	struct desk *d, const struct signals *s, bool *opted_in, struct err *e)
{
	struct suppress_query *q =
		arena_many(d->arena, struct suppress_query, s->n);
	uint32_t any = 0;
	int64_t in_at, out_at;

	*opted_in = false;
	for (size_t i = 0; i < s->n; i++)
		q[i] = (struct suppress_query){ .kind = s->at[i].kind,
			.value = s->at[i].value };
	if (suppress_check(d, q, s->n, e))
		return -1;
	for (size_t i = 0; i < s->n; i++)
		any |= q[i].reasons;
	if (!(any & REASON_OPT_OUT))
		return 0;
	if (newest_opt_in(d, s, q, &in_at, e))
		return -1;
	if (!in_at)
		return 0;
	if (newest_opt_out(d, q, s->n, &out_at, e))
		return -1;
	*opted_in = in_at > out_at;
	return 0;
}
