/* A signal, and whose it is. */
#include "desk/heed.h"

#include "desk/agent_post.h"
#include "desk/parent_post.h"
#include "desk/receive.h"
#include "desk/suppress.h"
#include "law/reason.h"

/* What holds already needs no entry. */
static int opt_out(
	struct desk *d, struct suppress_change *c, str reference, struct err *e)
{
	c->mask = c->reasons = REASON_OPT_OUT;
	c->is_act = true;
	c->source = arena_fmt(d->arena, "%.*s:gpc", STR_ARG(desk_actor(d)));
	if (suppress_replace(d, c, e))
		return -1;
	if (!c->changed)
		return 0;
	return DESK_AUDIT(d, AUDIT_SIGNAL_HEEDED, reference, e,
		AD("identifiers", c->changed));
}

bool heed_is_theirs(const struct desk *d, const struct record *r)
{
	return d->has_signal && !agent_asks(r) && !is_for_child(r);
}

int heed_signal(struct desk *d, const struct record *r, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n;

	if (!heed_is_theirs(d, r))
		return 0;
	n = receive_identifiers(d, &r->person, id);
	for (size_t i = 0; i < n; i++) {
		struct suppress_change c = {
			.kind = &id[i].kind,
			.key = id[i].key,
			.n = 1,
		};

		if (opt_out(d, &c, r->row.reference, e))
			return -1;
	}
	return 0;
}

static int heed(struct desk *d, void *ctx, struct err *e)
{
	const struct signals *s = ctx;
	struct suppress_change c = {
		.kind = s->kind,
		.key = s->key,
		.n = s->n,
	};

	return opt_out(d, &c, STR(""), e);
}

int heed_visitor(struct desk *d, const struct signals *s, struct err *e)
{
	struct signals copy = *s;

	return d->has_signal ? desk_write(d, heed, &copy, e) : 0;
}
