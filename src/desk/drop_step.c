/*
 * The next step of the way, whatever it is: for the worker, and for a timer.
 * What is to be done follows from the record alone, so it does not matter who
 * did the step before, or how it ended.
 */
#include "desk/drop_session.h"

#include "drop/client.h"

enum { DAY_MS = 86400000, SYSTEM_AGAIN_MS = 300000 };

static void wait_for(struct drop_step *out, int64_t ms, const char *words)
{
	out->is_idle = true;
	out->again_ms = ms;
	out->words = str_of(words);
}

/* Between sessions: until there are so many days left that it is time. */
static int idle_or_pull(struct desk *d, const struct drop_place *p,
	struct drop_step *out, struct err *e)
{
	struct drop_overview o;
	struct drop_pulled pulled;
	int early;

	if (drop_overview(d, &o, e))
		return -1;
	early = o.days_left - LIMIT_DROP_ACCESS_DAYS_BEFORE;
	if (!date_is_none(o.next_by) && early > 0) {
		wait_for(out, DAY_MS, "the next access is not due yet");
		return 0;
	}
	if (drop_pull(d, p, &pulled, e))
		return -1;
	out->again_ms = pulled.again_ms;
	out->words = arena_fmt(d->arena, "asked the platform: %s", pulled.said);
	return 0;
}

static int pull(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e)
{
	struct drop_pulled pulled;
	int64_t left = c->again_at - desk_now(d);

	if (left > 0 && !c->received_at) {
		out->again_ms = left;
		out->words = STR("the platform is asked again later");
		return 0;
	}
	if (drop_pull(d, p, &pulled, e))
		return -1;
	out->again_ms = pulled.again_ms;
	out->words = arena_fmt(d->arena, "asked the platform: %s", pulled.said);
	return 0;
}

static int match(struct desk *d, const struct drop_place *p,
	struct drop_step *out, struct err *e)
{
	struct drop_matched m;

	if (drop_match_all(d, p, &m, e))
		return -1;
	out->words =
		arena_fmt(d->arena, "looked at %zu systems: %lld matches%s%.*s",
			m.systems, (long long)m.matches,
			m.systems_left ? "; left: " : "", STR_ARG(m.problem));
	if (m.systems_left)
		out->again_ms = SYSTEM_AGAIN_MS;
	return 0;
}

int drop_act_step(struct desk *d, const struct drop_place *p,
	struct drop_step *out, struct err *e)
{
	struct drop_acted done;

	if (drop_act(d, p, &done, e))
		return -1;
	out->words = arena_fmt(d->arena,
		"%lld erased, %lld kept, %lld held, %lld opted out, "
		"%lld skipped, %lld ways not followed, %lld rows elsewhere left%s%.*s",
		(long long)done.erased, (long long)done.kept,
		(long long)done.held, (long long)done.opted_out,
		(long long)done.skipped, (long long)done.unfollowed,
		(long long)done.standing, done.left ? "; left: " : "",
		STR_ARG(done.problem));
	if (done.left)
		out->again_ms = SYSTEM_AGAIN_MS;
	return 0;
}

/* What was matched too long ago is matched again first. */
static int act_fresh(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e)
{
	struct drop_pass pass;

	if (drop_pass_read(d, c->pass_id, &pass, e) != 1)
		return -1;
	return drop_pass_is_stale(d, &pass) ? match(d, p, out, e)
					    : drop_act_step(d, p, out, e);
}

/* Where nobody new was found, there is nothing to ask a person for. */
static int act(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e)
{
	bool may, has_new;

	if (drop_may_act(d, c->approved_at != 0, &may, e))
		return -1;
	if (may)
		return act_fresh(d, p, c, out, e);
	if (drop_has_new(d, c->pass_id, &has_new, e))
		return -1;
	if (!has_new)
		return drop_known_drop(d, c->pass_id, e)
			       ? -1
			       : drop_act_step(d, p, out, e);
	wait_for(out, DAY_MS,
		"what matched waits for a person: `toyon drop act`");
	out->needs_person = true;
	return 0;
}

static int report(struct desk *d, const struct drop_place *p,
	struct drop_step *out, struct err *e)
{
	struct drop_reported r;

	if (drop_report(d, p, &r, e))
		return -1;
	out->words = arena_fmt(d->arena, "%zu files, %lld rows%s%.*s", r.files,
		(long long)r.rows, r.message.n ? "; " : "", STR_ARG(r.message));
	out->again_ms = r.again_ms;
	if (r.state != DROP_STATE_ACTED || r.again_ms)
		return 0;
	out->is_idle = out->needs_person = true;
	out->again_ms = DAY_MS;
	return 0;
}

static int session_step(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e)
{
	switch (c->state) {
	case DROP_STATE_REQUESTED:
	case DROP_STATE_PREPARING:
		return pull(d, p, c, out, e);
	case DROP_STATE_DOWNLOADED:
		return match(d, p, out, e);
	case DROP_STATE_MATCHED:
		return act(d, p, c, out, e);
	case DROP_STATE_ACTED:
		return report(d, p, out, e);
	default:
		return idle_or_pull(d, p, out, e);
	}
}

/* The days until the next access go on, whoever is left of a screening. */
static int step_beside(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e)
{
	struct drop_step left = *out;

	*out = (struct drop_step){ 0 };
	if (session_step(d, p, c, out, e))
		return -1;
	if (!left.again_ms)
		return 0;
	out->words = arena_fmt(d->arena, "%.*s; %.*s", STR_ARG(left.words),
		STR_ARG(out->words));
	out->is_idle = false;
	if (left.again_ms < out->again_ms)
		out->again_ms = left.again_ms;
	return 0;
}

int drop_step(struct desk *d, const struct drop_place *p, struct drop_step *out,
	struct err *e)
{
	struct drop_cycle c;
	int rc;

	*out = (struct drop_step){ 0 };
	if (desk_need(d, PERM_DROP, e))
		return -1;
	drop_tally_keep(d); /* a step that was killed did not */
	rc = drop_session_newest(d, &c, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return idle_or_pull(d, p, out, e);
	rc = drop_screen_step(d, p, &c, out, e);
	if (!rc)
		rc = step_beside(d, p, &c, out, e);
	return rc < 0 ? -1 : drop_screen_wake(d, out, e);
}
