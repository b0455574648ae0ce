/* Keeping the row of who can't be deleted, for a session that waits for them. */
#include "desk/drop_leave.h"

#include "connect/map.h"
#include "desk/drop_session.h"
#include "desk/keep.h"
#include "desk/record.h"
#include "desk/row_name.h"
#include "store/sql.h"

struct leaving {
	const struct drop_leaving *wish;
	const struct ground *ground;
	struct drop_opens *out;
	struct drop_pass pass;
	struct map map;
	struct row_names names;
};

/* --- who is open --- */

static int open_look(struct desk *d, struct leaving *x, struct err *e)
{
	struct drop_cycle c;

	row_names_init(&x->names, d);
	return drop_pass_waiting(d, &c, &x->pass, e) ||
			       map_read(d->arena, d->data_map, &x->map, e)
		       ? -1
		       : 0;
}

static str title_of(struct desk *d, const struct leaving *x,
	const struct sql_drop_match_alone_row *row)
{
	const struct map_system *s = map_system_named(&x->map, row->system);
	const struct map_table *t = s ? map_table_named(s, row->held_in) : NULL;

	return arena_fmt(d->arena, "%.*s in %.*s",
		STR_ARG(t ? t->holds : row->held_in),
		STR_ARG(s ? s->title : row->system));
}

static void put_open(struct desk *d, const struct leaving *x,
	const struct sql_drop_match_alone_row *row)
{
	x->out->at[x->out->n++] = (struct drop_open){
		.match_id = row->id,
		.item_id = row->item_id,
		.system = row->system,
		.title = title_of(d, x, row),
		.table = row->held_in,
	};
}

int drop_opens(
	struct desk *d, int64_t after, struct drop_opens *out, struct err *e)
{
	struct leaving x = { .out = out };
	struct sql_drop_match_alone_in in = { .after = after,
		.first = DROP_LEAVE_MAX };
	struct sql_drop_match_alone_rows rows;

	*out = (struct drop_opens){ 0 };
	if (desk_need(d, PERM_SEE_DROP, e) || open_look(d, &x, e))
		return -1;
	in.pass_id = x.pass.id;
	if (sql_drop_match_alone(d->db, d->arena, &in, &rows, e))
		return -1;
	out->at = arena_many(d->arena, struct drop_open, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		put_open(d, &x, &rows.at[i]);
	return 0;
}

/* --- keeping one --- */

static int find_match(struct desk *d, const struct leaving *x, int64_t id,
	struct sql_drop_match_alone_row *out, struct err *e)
{
	struct sql_drop_match_alone_in in = { x->pass.id, id - (id > 0), 1 };
	struct sql_drop_match_alone_rows rows;

	if (sql_drop_match_alone(d->db, d->arena, &in, &rows, e))
		return -1;
	if (rows.n && rows.at[0].id == id) {
		*out = rows.at[0];
		return 0;
	}
	err_set(e, ERR_NOT_FOUND, "match %lld is not open", (long long)id);
	return err_hint(e, "`toyon drop leave` lists those that are");
}

static int add_row(struct desk *d, const struct leaving *x,
	const struct sql_drop_match_alone_row *m, int64_t keep_id,
	struct err *e)
{
	struct row_name who = { .system = m->system, .table = m->held_in };
	struct sql_keep_row_add_in in = { .keep_id = keep_id };

	if (row_name_open(d->arena, &x->names, m->sealed, &who.key, e))
		return -1;
	in.row_key = row_name_key(d->arena, &x->names, &who);
	in.sealed = row_name_seal(d->arena, &x->names, &who);
	return sql_keep_row_add(d->db, &in, e) < 0 ? -1 : 0;
}

/* Of no request, and so approved with none: its row is not looked for by its key when its
 * time is over, but matched anew. */
static int keep_match(struct desk *d, const struct leaving *x,
	const struct sql_drop_match_alone_row *m, struct err *e)
{
	const struct drop_leaving *w = x->wish;
	struct sql_keep_add_in in = {
		.system = m->system,
		.held_in = m->held_in,
		.title = title_of(d, x, m),
		.ground = w->ground,
		.purpose = w->purpose,
		.until_on = w->until,
		.kept_at = desk_now(d),
		.kept_by = desk_actor(d),
		.row_count = 1,
	};
	struct sql_keep_add_row row;

	if (sql_keep_add(d->db, d->arena, &in, &row, e) < 0 ||
		add_row(d, x, m, row.id, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_LEFT, STR(""), e,
		AD("cycle", x->pass.cycle_id), AD("match", m->id),
		AD("rows", in.title), AD("ground", str_of(x->ground->title)),
		AD("purpose", w->purpose), AD("until", w->until));
}

static int leave(struct desk *d, void *ctx, struct err *e)
{
	struct leaving *x = ctx;
	const struct drop_leaving *w = x->wish;

	x->out->n = 0;
	if (!w->is_preview && sql_keep_head_add(d->db, e) < 0)
		return -1;
	for (size_t i = 0; i < w->matches.n; i++) {
		struct sql_drop_match_alone_row m;

		if (find_match(d, x, w->matches.at[i], &m, e) ||
			(!w->is_preview && keep_match(d, x, &m, e)))
			return -1;
		put_open(d, x, &m);
	}
	return 0;
}

/* The row that it names may be another person's by now. */
static int need_fresh(
	const struct desk *d, const struct drop_pass *pass, struct err *e)
{
	if (!drop_pass_is_stale(d, pass))
		return 0;
	err_set(e, ERR_CONFLICT,
		"nothing is kept of what was matched more than %d hours ago",
		LIMIT_LOOK_HOURS);
	return err_hint(e, "look again: `toyon drop %s`",
		pass->is_screen ? "screen" : "match");
}

/* --- what was entered --- */

static void check_until(struct desk *d, str iso, struct problems *ps)
{
	struct date until;

	if (!date_parse(iso, &until))
		problem_add(ps, "until", "date", "Give the last day as a date");
	else if (date_cmp(until, desk_today(d)) < 0)
		problem_add(ps, "until", "past", "This day is over");
}

static void check(struct desk *d, const struct leaving *x, struct problems *ps)
{
	const struct drop_leaving *w = x->wish;

	if (!w->matches.n || w->matches.n > DROP_LEAVE_MAX)
		problem_add(ps, "matches", "count",
			"Name one match, and 100 at most");
	if (!x->ground ||
		!keep_may_be_on(x->ground, KIND_DELETE, desk_today(d)))
		problem_add(ps, "exception", "unknown",
			"The law has no such exception from a deletion");
	if (!w->purpose.n || w->purpose.n > PERSON_kept_for_max ||
		!str_is_text(w->purpose) ||
		str_find(w->purpose, STR("\t")) >= 0 ||
		str_find(w->purpose, STR("\n")) >= 0)
		problem_add(ps, "reason", "text",
			"Say on one line, under 200 characters, what these "
			"rows are kept for");
	check_until(d, w->until, ps);
}

int drop_leave(struct desk *d, const struct drop_leaving *w,
	struct drop_opens *out, struct problems *ps, struct err *e)
{
	struct leaving x = {
		.wish = w, .ground = ground_of(w->ground), .out = out
	};

	*out = (struct drop_opens){ 0 };
	if (desk_need(d, PERM_DROP, e))
		return -1;
	check(d, &x, ps);
	if (ps->n)
		return 0;
	if (open_look(d, &x, e) || need_fresh(d, &x.pass, e))
		return -1;
	out->at = arena_many(d->arena, struct drop_open, w->matches.n);
	return desk_write(d, leave, &x, e);
}
