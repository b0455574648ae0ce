/*
 * What a task is about: whom a system is searched for and erased of, and what a
 * vendor is told to do.
 */
#include "connect/find_cross.h"
#include "desk/deny_tell.h"
#include "desk/fulfil_task.h"
#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/package.h"
#include "desk/parent_post.h"
#include "desk/parts.h"

static void add_line(struct desk *d, struct work *w, str line)
{
	if (line.n && w->emails.n < LIMIT_IDENTIFIERS)
		w->emails.at[w->emails.n++] = arena_dup(d->arena, line);
}

static void add_key(struct desk *d, struct work *w, str line)
{
	struct find_key key;

	if (w->keys.n < LIMIT_FOUND_KEYS &&
		find_key_read(d->arena, line, &key) &&
		str_eq(key.system, w->name))
		w->keys.at[w->keys.n++] = arena_dup(d->arena, line);
}

/* w->name says which system's keys. */
static void fill_person(struct desk *d, const struct record *r, struct work *w)
{
	const struct person *p = &r->person;
	str rest = p->other_emails.v;
	str keys = p->other_keys.v;
	str line;

	w->emails.at = arena_many(d->arena, str, LIMIT_IDENTIFIERS);
	if (identity_phone_leads(r))
		w->phone = p->phone.v;
	else
		add_line(d, w, p->email.v);
	while (str_next(&rest, '\n', &line))
		add_line(d, w, line);
	w->keys.at = arena_many(d->arena, str, LIMIT_FOUND_KEYS);
	while (str_next(&keys, '\n', &line))
		add_key(d, w, line);
	w->parts = parts_of(p);
	w->is_by_points = identity_is_by_points(r);
	identity_typed(p, &w->typed);
}

/* A later request for the same may have brought other details (desk/same_take.h). */
static bool is_same_typed(
	const struct points_typed *a, const struct points_typed *b)
{
	for (int x = 0; x < POINTS; x++)
		if (!str_eq(a->at[x].v, b->at[x].v))
			return false;
	return true;
}

bool fulfil_asked_too_little(
	struct desk *d, const struct record *r, const struct work *w)
{
	struct work now = { .name = w->name };

	fill_person(d, r, &now);
	return now.emails.n > w->emails.n || now.keys.n > w->keys.n ||
	       !is_same_typed(&now.typed, &w->typed);
}

bool fulfil_was_told(int64_t asked_at, str state)
{
	return asked_at && !str_eq(state, STR("planned"));
}

enum vendor_act fulfil_act_of(const struct record *r)
{
	switch (r->kind) {
	case KIND_CORRECT:
		return VENDOR_ACT_CORRECT;
	case KIND_OPT_OUT:
		return VENDOR_ACT_OPT_OUT;
	case KIND_LIMIT:
		return VENDOR_ACT_LIMIT;
	case KIND_OPT_OUT_ADMT:
		return VENDOR_ACT_OPT_OUT_ADMT;
	default:
		if (deny_locks(r))
			return VENDOR_ACT_RETAIN;
		return parts_of(&r->person) ? VENDOR_ACT_DELETE_PARTS
					    : VENDOR_ACT_DELETE;
	}
}

int fulfil_work(
	struct desk *d, int64_t task_id, struct work *out, struct err *e)
{
	struct sql_task_by_id_row t;
	struct record r;
	int is_held;
	int rc = sql_task_by_id(
		d->db, d->arena, &(struct sql_task_by_id_in){ task_id }, &t, e);

	if (rc <= 0)
		return rc;
	rc = record_by_id(d, t.request_id, &r, e);
	if (rc <= 0)
		return rc;
	is_held = hold_is_on(d, t.request_id, e);
	if (is_held < 0)
		return -1;
	*out = (struct work){
		.task_id = t.id,
		.request_id = t.request_id,
		.reference = r.row.reference,
		.name = t.name,
		.title = t.title,
		.state = t.state,
		.attempts = (int)t.attempts,
		.is_done = t.done_at > 0,
		.is_reminder = fulfil_was_told(t.asked_at, t.state),
		.is_to_know = package_is_for(r.kind),
		.act = fulfil_act_of(&r),
		/* A hold keeps data from being changed; that its use is
		 * limited is told all the same. */
		.is_held = is_held > 0 && kind_row(r.kind)->flow != FLOW_STOP,
	};
	fill_person(d, &r, out);
	return record_open_task(d, &r, t.name, t.sealed, &out->finding, e) ? -1
									   : 1;
}
