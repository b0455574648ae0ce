/*
 * Between sessions: everything held is looked at again, so that who comes back is
 * deleted again and who turns up for the first time is answered for (Civ. Code
 * 1798.99.86; 11 CCR 7613).  What repeats the look before is nothing to do; who
 * is new is carried out like a session's, and waits for a person where a session
 * would.
 */
#include "desk/drop_session.h"

#include "desk/config.h"
#include "desk/setting.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000, SYSTEM_AGAIN_MS = 300000 };

/* --- by hand --- */

/* The screening to go on with; none: 0.  One that waits is not begun again. */
static int take_open(
	struct desk *d, struct drop_cycle *c, int64_t *pass_id, struct err *e)
{
	struct sql_drop_pass_open_screen_row open;
	struct drop_pass pass;
	int rc = sql_drop_pass_open_screen(d->db, d->arena, &open, e);

	*pass_id = 0;
	if (rc <= 0)
		return rc;
	if (drop_pass_read(d, open.id, &pass, e) != 1)
		return -1;
	if (drop_pass_is_stale(d, &pass))
		return drop_pass_retire(d, c, &pass, e);
	if (!pass.matched_at) {
		*pass_id = open.id;
		return 0;
	}
	err_set(e, ERR_CONFLICT,
		"what the last screening found is not carried out yet");
	return err_hint(e, "`toyon drop act`");
}

static bool has_own_look(const struct drop_cycle *c)
{
	return c->state == DROP_STATE_DOWNLOADED ||
	       c->state == DROP_STATE_MATCHED;
}

/* A session that is on its way looks at everything itself. */
static int screen(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e)
{
	struct drop_cycle c;
	struct drop_look_for f = { .cycle = &c, .is_screen = true };
	int rc = drop_session_newest(d, &c, e);

	if (rc < 0)
		return -1;
	if (!rc || has_own_look(&c)) {
		err_set(e, ERR_CONFLICT,
			rc ? "the open session has its own look"
			   : "no lists were taken up yet");
		return err_hint(e, "next: %s",
			rc ? drop_state_next(c.state) : "`toyon drop pull`");
	}
	if (take_open(d, &c, &f.pass_id, e))
		return -1;
	return drop_look_go(d, p, &f, out, e);
}

int drop_screen(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e)
{
	return drop_look_alone(d, p, screen, out, e);
}

/* --- by itself --- */

/* Where screening stands: when it is due (at once after a system was put back from
 * a backup, and after the end of a hold that kept somebody), or what waits to be
 * carried out. */
struct standing {
	int64_t due_at;
	bool is_found; /* people are found, and due_at is when that is too old */
	bool is_approved;
};

static int stands(struct desk *d, struct standing *out, struct err *e)
{
	struct sql_drop_pass_open_screen_row open;
	struct sql_drop_pass_last_row last;
	struct sql_restored_last_row back;
	struct sql_drop_held_ended_row freed;
	struct settings s;
	int64_t hours;
	int rc = sql_drop_pass_open_screen(d->db, d->arena, &open, e);

	*out = (struct standing){ .due_at = INT64_MAX };
	if (rc < 0 || sql_drop_pass_last(d->db, d->arena, &last, e) < 0 ||
		sql_restored_last(d->db, d->arena, &back, e) < 0 ||
		sql_drop_held_ended(d->db, d->arena, &freed, e) < 0 ||
		settings_load(d, &s, e))
		return -1;
	hours = settings_hours(s.screen_hours);
	if (!rc && last.matched_at)
		out->due_at = back.restored_at >= last.matched_at ||
					      freed.ended_at >= last.matched_at
				      ? 0
				      : last.matched_at + hours * HOUR_MS;
	if (!rc)
		return 0;
	out->is_found = open.matched_at != 0;
	out->is_approved = open.approved_at != 0;
	out->due_at =
		out->is_found
			? open.matched_at + (int64_t)LIMIT_LOOK_HOURS * HOUR_MS
			: open.tried_at + SYSTEM_AGAIN_MS;
	return 0;
}

static int are_items_held(struct desk *d, bool *out, struct err *e)
{
	struct drop_tally t;

	*out = false;
	if (drop_tally_read(d, DROP_AS_IS, &t, e))
		return -1;
	for (size_t i = 0; i < t.n; i++)
		*out |= !t.at[i].is_revoked;
	return 0;
}

static int look_again(struct desk *d, const struct drop_place *p,
	struct drop_step *out, struct err *e)
{
	struct drop_matched m;

	if (drop_screen(d, p, &m, e))
		return -1;
	out->words = arena_fmt(d->arena,
		"screened %zu systems: %lld matches, %s%s%.*s", m.systems,
		(long long)m.matches,
		m.has_new ? "some of them new" : "none of them new",
		m.systems_left ? "; left: " : "", STR_ARG(m.problem));
	return 1;
}

int drop_screen_step(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e)
{
	struct standing s;
	bool may, is_held;

	if (has_own_look(c))
		return 0;
	if (are_items_held(d, &is_held, e) || stands(d, &s, e))
		return -1;
	if (!is_held)
		return 0;
	if (desk_now(d) > s.due_at)
		return look_again(d, p, out, e);
	if (!s.is_found)
		return 0;
	if (drop_may_act(d, s.is_approved, &may, e))
		return -1;
	if (!may)
		return 0;
	if (drop_act_step(d, p, out, e))
		return -1;
	return !out->again_ms;
}

/* Whoever waits is woken for the next screening. */
int drop_screen_wake(struct desk *d, struct drop_step *out, struct err *e)
{
	struct drop_cycle c;
	struct standing s;
	int64_t left;
	bool is_held;
	int rc;

	if (!out->again_ms)
		return 0;
	rc = drop_session_newest(d, &c, e);
	if (rc <= 0 || has_own_look(&c))
		return rc < 0 ? -1 : 0;
	if (are_items_held(d, &is_held, e) || stands(d, &s, e))
		return -1;
	if (!is_held || s.due_at == INT64_MAX)
		return 0;
	left = s.due_at + 1 - desk_now(d);
	if (left < out->again_ms)
		out->again_ms = left > 1 ? left : 1;
	return 0;
}
