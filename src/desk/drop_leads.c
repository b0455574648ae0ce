/*
 * Rows that the data map keeps and that lead on: an account stays, and the orders under its
 * number go, in another system.  That the account stands there repeats the look before and
 * is nothing to do; but orders may have come since, which no list can be matched with.  So a
 * look asks it of each such row (Civ. Code 1798.99.86(d)).
 *
 * Of many people at once: mostly there is nothing, and one search in each system says so of
 * all of them.  Where there is something, halves tell whose it is.
 */
#include "desk/drop_acting.h"

#include "connect/erase.h"
#include "connect/find_cross.h"
#include "connect/limit.h"
#include "store/sql.h"

enum { AT_ONCE = 500 };

/* What a look knows of such a row (drop_match.leads_on).  One that could not be asked for
 * repeats nothing in a session, which is answered for: it is open until somebody has it
 * carried out.  A screening answers nothing, and the next one asks again. */
enum leads { LEADS_ON = 1, LEADS_UNASKED = 4 };

/* People of one table. */
struct group {
	const struct map_table *table;
	const str *person; /* keyed */
	const str *key;
	size_t n;
};

/* --- what is found --- */

struct marking {
	const struct acting *x;
	const struct group *group;
	enum leads leads;
};

/* All of a system. */
struct unasked {
	const struct acting *x;
	const struct drop_look *look;
};

static int store_marks(struct desk *d, void *ctx, struct err *e)
{
	const struct marking *m = ctx;
	struct sql_drop_match_leads_in in = {
		.pass_id = m->x->pass->id,
		.system = m->x->system->name,
		.leads_on = m->leads,
	};

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e))
		return -1;
	for (size_t i = 0; i < m->group->n; i++) {
		in.person_key = m->group->person[i];
		if (sql_drop_match_leads(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int store_unasked(struct desk *d, void *ctx, struct err *e)
{
	const struct unasked *u = ctx;
	struct sql_drop_match_unasked_in in = {
		.pass_id = u->x->pass->id,
		.system = u->look->system,
		.leads_on = LEADS_UNASKED,
	};

	return drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
			       sql_drop_match_unasked(d->db, &in, e) < 0
		       ? -1
		       : 0;
}

/* The first that is told stands for all. */
static void tell(struct acting *x, const struct err *why)
{
	if (!x->skipped++)
		x->why = *why;
}

/* --- one group --- */

static int leads(struct acting *x, struct arena *a, const struct group *g,
	bool *out, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	struct find_keys keys = { .table = g->table, .at = g->key, .n = g->n };
	int64_t planned, standing;
	struct erase_plan plan;
	struct finding f;

	if (find_by_key(x->conn, a, &keys, &whole, &f, e))
		return -1;
	erase_plan_of(a, &f, false, &plan);
	erase_plan_uncount(&plan);
	erase_plan_sum(&plan, &planned, &standing);
	*out = planned > 0;
	return *out ? 0 : drop_leads_to(x, &f, g->n > 1, out, e);
}

static int ask(struct acting *x, const struct group *g, struct err *e);

static int ask_halves(struct acting *x, const struct group *g, struct err *e)
{
	struct group first = *g, second = *g;

	first.n = g->n / 2;
	second.person += first.n;
	second.key += first.n;
	second.n -= first.n;
	return ask(x, &first, e) || ask(x, &second, e) ? -1 : 0;
}

/* Too many for one search, or keys that together have no order. */
static bool is_of_many(const struct err *why)
{
	return why->code == ERR_LIMIT || why->code == ERR_CONFLICT;
}

static int ask(struct acting *x, const struct group *g, struct err *e)
{
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct marking m = { x, g, LEADS_ON };
	struct err why = { 0 };
	bool is_there = false;
	int rc = leads(x, a, g, &is_there, &why);

	arena_free(a);
	if (rc && db_is_lost(x->desk->db)) {
		*e = why;
		return -1;
	}
	if (g->n > 1 && (is_there || (rc && is_of_many(&why))))
		return ask_halves(x, g, e);
	if (rc) {
		tell(x, &why);
		m.leads = LEADS_UNASKED;
	}
	return is_there || (rc && !x->pass->is_screen)
		       ? desk_write(x->desk, store_marks, &m, e)
		       : 0;
}

/* --- one system --- */

static int take_group(struct acting *x,
	const struct sql_drop_match_standing_rows *rows, size_t *at,
	struct group *g, struct err *e)
{
	str held_in = rows->at[*at].held_in;
	str *person = arena_many(x->page, str, rows->n);
	str *key = arena_many(x->page, str, rows->n);

	*g = (struct group){
		.table = drop_acting_table(x, held_in, e),
		.person = person,
		.key = key,
	};
	if (!g->table)
		return -1;
	for (; *at < rows->n && str_eq(rows->at[*at].held_in, held_in); ++*at) {
		personal row;

		if (row_name_open(
			    x->page, &x->people, rows->at[*at].sealed, &row, e))
			return -1;
		person[g->n] = rows->at[*at].person_key;
		key[g->n++] = row.v;
	}
	return 0;
}

static int ask_page(struct acting *x,
	const struct sql_drop_match_standing_rows *rows, struct err *e)
{
	for (size_t at = 0; at < rows->n;) {
		struct group g;

		if (take_group(x, rows, &at, &g, e) || ask(x, &g, e))
			return -1;
	}
	return 0;
}

static int ask_system(struct acting *x, struct err *e)
{
	struct sql_drop_match_standing_in in = {
		.pass_id = x->pass->id,
		.system = x->system->name,
		.first = AT_ONCE,
	};
	struct sql_drop_match_standing_rows rows = { .n = AT_ONCE };

	while (rows.n == AT_ONCE) {
		const struct sql_drop_match_standing_row *last;

		arena_clear(x->page);
		if (sql_drop_match_standing(
			    x->desk->db, x->page, &in, &rows, e) ||
			ask_page(x, &rows, e))
			return -1;
		if (!rows.n)
			return 0;
		last = &rows.at[rows.n - 1];
		in.after_in = arena_dup(x->conn_arena, last->held_in);
		in.after_key = arena_dup(x->conn_arena, last->person_key);
	}
	return 0;
}

/* Before the system is opened. */
static int has_any(const struct acting *x, str system, bool *out, struct err *e)
{
	struct sql_drop_match_standing_in in = {
		.pass_id = x->pass->id,
		.system = system,
		.first = 1,
	};
	struct sql_drop_match_standing_rows rows;

	if (sql_drop_match_standing(x->desk->db, x->desk->arena, &in, &rows, e))
		return -1;
	*out = rows.n > 0;
	return 0;
}

/* --- a whole look --- */

static int mark_in(struct acting *x, const struct drop_look *look, str *problem,
	struct err *e)
{
	const struct map_system *s = map_system_named(x->map, look->system);
	struct unasked all = { x, look };
	struct err why = { 0 };
	bool is_any;

	if (!s || !find_leads_down(x->map, s))
		return 0;
	if (has_any(x, look->system, &is_any, e))
		return -1;
	x->skipped = 0;
	if (is_any && drop_acting_in(x, look->system, ask_system, &why)) {
		if (db_is_lost(x->desk->db)) {
			*e = why;
			return -1;
		}
		tell(x, &why);
		if (!x->pass->is_screen &&
			desk_write(x->desk, store_unasked, &all, e))
			return -1;
	}
	if (x->skipped && !problem->n)
		*problem = arena_fmt(x->desk->arena,
			"%.*s: what belongs to rows that are kept could not be "
			"asked: %s",
			STR_ARG(look->title), x->why.message);
	return 0;
}

int drop_leads_mark(struct desk *d, const struct drop_place *p,
	const struct map *map, const struct drop_pass *pass, str *problem,
	struct err *e)
{
	struct acting x = { .desk = d, .place = p, .map = map, .pass = pass };

	row_names_init(&x.people, d);
	for (size_t i = 0; i < pass->looks.n; i++)
		if (mark_in(&x, &pass->looks.at[i], problem, e))
			return -1;
	return 0;
}
