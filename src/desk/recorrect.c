/* What a backup took back of corrections: seen by a look, and put in again. */
#include "desk/recorrect.h"

#include <string.h>

#include "base/base.h"
#include "desk/correct.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/recorrect_cells.h"
#include "desk/recorrect_whose.h"
#include "store/sql.h"

/* What a cell is to become, and why. */
struct fate {
	int64_t id;
	str fate; /* empty: nothing */
	str why;
	str seen; /* keyed */
};

struct fates {
	struct fate *at; /* known: in the order of their numbers */
	size_t n;
};

struct working {
	struct desk *desk;
	const struct recorrecting *of;
	const struct recorrect_act *act; /* NULL: only a look */
	struct arena *arena;
	struct recorrect_cells cells;
	struct recorrect_held held;
	bool has_held; /* they were searched for */
	struct fates known;
	struct fates now; /* of a look */
	/* Of one row, while it is judged or written. */
	struct arena *page;
	struct recorrect_row judged;
	struct recorrect_cell **row;
	size_t row_n;
	int64_t act_id;
	struct change_result result;
	size_t written; /* in this round */
};

/* --- what is known --- */

static int load_known(struct working *w, struct err *e)
{
	struct sql_recorrection_known_in in = { w->of->system->name };
	struct sql_recorrection_known_rows rows;

	if (sql_recorrection_known(w->desk->db, w->arena, &in, &rows, e))
		return -1;
	w->known.n = rows.n;
	w->known.at = arena_many(w->arena, struct fate, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		w->known.at[i] = (struct fate){ rows.at[i].correction_id,
			rows.at[i].fate, rows.at[i].why, rows.at[i].seen };
	return 0;
}

static const struct fate *known_of(const struct working *w, int64_t id)
{
	size_t low = 0, high = w->known.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (w->known.at[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < w->known.n && w->known.at[low].id == id ? &w->known.at[low]
							     : NULL;
}

static bool is_known_as(
	const struct working *w, const struct recorrect_cell *c, const char *as)
{
	const struct fate *f = known_of(w, c->id);

	return f && str_eq(f->fate, str_of(as));
}

/* What stands there, so that it is known again: which correction it is about is in it. */
static str seen_of(const struct working *w, const struct recorrect_cell *c)
{
	return keys_hash(w->arena, w->desk->keys, "recorrection",
		arena_fmt(w->arena, "%lld %d %.*s", (long long)c->id,
			c->now.type == CELL_NULL, STR_ARG(c->now.v.v)));
}

/* Staff looked at the same value. */
static bool is_as_seen(const struct working *w, const struct recorrect_cell *c)
{
	const struct fate *f = known_of(w, c->id);

	return f && str_eq(f->seen, seen_of(w, c));
}

/* --- what it is to become --- */

static struct fate fate_as(const struct working *w,
	const struct recorrect_cell *c, const char *fate, const char *why)
{
	return (struct fate){ c->id, str_of(fate), str_of(why), seen_of(w, c) };
}

/* By what the cell holds alone. */
static struct fate first_fate(
	const struct working *w, const struct recorrect_cell *c)
{
	bool is_said = is_known_as(w, c, "left") && is_as_seen(w, c);

	if (c->state == RECORRECT_GONE || c->state == RECORRECT_RIGHT ||
		is_said)
		return (struct fate){ .id = c->id };
	if (is_known_as(w, c, "chosen") && is_as_seen(w, c) && c->rows == 1)
		return fate_as(w, c, "chosen", "");
	if (c->rows > 1)
		return fate_as(w, c, "asked", "several");
	if (c->state == RECORRECT_NEWS)
		return fate_as(w, c, "asked", "newer");
	return c->by_hand ? fate_as(w, c, "asked", "hand")
			  : fate_as(w, c, "open", "");
}

static int need_held(struct working *w, struct err *e)
{
	if (w->has_held)
		return 0;
	w->has_held = true;
	return recorrect_held_load(w->desk, w->of, w->arena, &w->held, e);
}

static bool may_be_written(const struct fate *f)
{
	return str_eq(f->fate, STR("open")) || str_eq(f->fate, STR("chosen"));
}

/* By whose row it is, too. */
static int fate_of(struct working *w, const struct recorrect_cell *c,
	struct fate *out, struct err *e)
{
	enum recorrect_whose whose;

	*out = first_fate(w, c);
	if (!out->fate.n)
		return 0;
	if (need_held(w, e) ||
		recorrect_whose_of(w->desk, &w->judged, c, &whose, e))
		return -1;
	if (recorrect_is_held(w->of, &w->held, w->page, c))
		*out = fate_as(w, c, "held", "");
	else if (whose == RECORRECT_OTHERS)
		*out = (struct fate){ .id = c->id };
	else if (whose == RECORRECT_SHARED && str_eq(out->fate, STR("open")))
		*out = fate_as(w, c, "asked", "shared");
	return 0;
}

static bool is_unfinished(const struct fate *known)
{
	return known && !str_eq(known->fate, STR("left")) &&
	       !str_eq(known->fate, STR("done"));
}

/* A look at a system that is open is for what was held, until that is done. */
static bool is_meant(const struct working *w, const struct recorrect_cell *c)
{
	return w->of->is_closed || is_unfinished(known_of(w, c->id));
}

/* --- a look --- */

static size_t cells_of_row(const struct recorrect_cells *c, size_t first)
{
	size_t n = 1;

	while (first + n < c->n &&
		c->at[first + n].table == c->at[first].table &&
		str_eq(c->at[first + n].key.v.v, c->at[first].key.v.v))
		n++;
	return n;
}

typedef int row_of_cells_fn(struct working *w, struct recorrect_cell *first,
	size_t n, struct err *e);

/* With one search for all cells of a row, where it needs any. */
static int each_row(struct working *w, row_of_cells_fn *fn, struct err *e)
{
	size_t n;
	int rc = 0;

	w->page = arena_new(LIMIT_JOB_ARENA);
	for (size_t i = 0; i < w->cells.n && !rc; i += n) {
		arena_clear(w->page);
		n = cells_of_row(&w->cells, i);
		w->judged = (struct recorrect_row){ .of = w->of,
			.page = w->page,
			.at = &w->cells.at[i],
			.n = n };
		rc = fn(w, &w->cells.at[i], n, e);
	}
	arena_free(w->page);
	return rc;
}

static int judge_row(struct working *w, struct recorrect_cell *first, size_t n,
	struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		struct fate fate;

		if (!is_meant(w, &first[i]))
			continue;
		if (fate_of(w, &first[i], &fate, e))
			return -1;
		if (fate.fate.n)
			w->now.at[w->now.n++] = fate;
	}
	return 0;
}

static int put_fate(struct desk *d, const struct fate *f, struct err *e)
{
	struct sql_recorrection_put_in in = { f->id, f->fate, f->why, f->seen };

	return sql_recorrection_put(d->db, &in, e) < 0 ? -1 : 0;
}

/* What staff said of the same while the system was looked at holds. */
static const struct fate *said_meanwhile(
	const struct working *w, const struct fate *now)
{
	const struct fate *said = known_of(w, now->id);
	bool is_said = said && (str_eq(said->fate, STR("left")) ||
				       str_eq(said->fate, STR("chosen")));

	return is_said && str_eq(now->fate, STR("asked")) &&
			       str_eq(said->seen, now->seen)
		       ? said
		       : now;
}

static int store_look(struct desk *d, void *ctx, struct err *e)
{
	struct working *w = ctx;
	struct sql_recorrection_forget_in old = { w->of->system->name };

	if (load_known(w, e) || sql_recorrection_forget(d->db, &old, e) < 0)
		return -1;
	for (size_t i = 0; i < w->now.n; i++)
		if (put_fate(d, said_meanwhile(w, &w->now.at[i]), e))
			return -1;
	return 0;
}

static int read_cells(struct working *w, struct err *e)
{
	return load_known(w, e) ||
			       recorrect_load(
				       w->desk, w->of->system, &w->cells, e) ||
			       recorrect_cells_read(
				       w->of->conn, w->arena, &w->cells, e)
		       ? -1
		       : 0;
}

/* The record's answers go into w->arena as well. */
static int in_arena(struct working *w,
	int (*fn)(struct working *w, struct err *e), struct err *e)
{
	struct arena *outer = w->desk->arena;
	int rc;

	w->arena = arena_new(LIMIT_JOB_ARENA);
	w->desk->arena = w->arena;
	rc = fn(w, e);
	w->desk->arena = outer;
	arena_free(w->arena);
	return rc;
}

static int look(struct working *w, struct err *e)
{
	if (read_cells(w, e))
		return -1;
	w->now.at = arena_many(w->arena, struct fate, w->cells.n);
	return each_row(w, judge_row, e) ||
			       desk_write(w->desk, store_look, w, e)
		       ? -1
		       : 0;
}

int recorrect_look(struct desk *d, const struct recorrecting *x, struct err *e)
{
	struct working w = { .desk = d, .of = x };

	return in_arena(&w, look, e);
}

/* --- put in again --- */

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct working *w = ctx;
	struct sql_screening_act_add_in in = {
		.screening_id = w->act->look->id,
		.at = desk_now(d),
		.people = 1,
		.rows_planned = (int64_t)w->row_n,
	};
	struct sql_screening_act_add_row row;

	if (w->act->may_go(d, w->act->look, e) ||
		sql_screening_act_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	w->act_id = row.id;
	return 0;
}

static int store_row(struct desk *d, struct working *w, const char *fate,
	const char *why, struct err *e)
{
	for (size_t i = 0; i < w->row_n; i++) {
		struct fate f = fate_as(w, w->row[i], fate, why);

		if (put_fate(d, &f, e))
			return -1;
	}
	return 0;
}

/* The next look knows it again. */
static int keep_forms(struct desk *d, const struct working *w, struct err *e)
{
	for (size_t i = 0; i < w->row_n; i++) {
		const struct recorrect_cell *c = w->row[i];
		const struct recorrect_step *last = &c->steps[c->steps_n - 1];
		struct change of = {
			.key = c->key, .was = last->was, .value = last->value
		};

		if (correct_keep_form(d, c->id, &of, &w->result.now[i], e))
			return -1;
	}
	return 0;
}

static int store_done(struct desk *d, void *ctx, struct err *e)
{
	struct working *w = ctx;
	struct sql_screening_act_done_in in = {
		.id = w->act_id,
		.at = desk_now(d),
		.rows_gone = w->result.cells + w->result.own_form,
		.is_proven = w->result.is_proven,
		.evidence = w->result.evidence,
	};

	if (sql_screening_act_done(d->db, &in, e) < 0 || keep_forms(d, w, e) ||
		store_row(d, w, w->result.is_proven ? "done" : "asked",
			w->result.is_proven ? "" : "refused", e))
		return -1;
	return DESK_AUDIT(d, AUDIT_CORRECTED_AGAIN, STR(""), e,
		AD("system", w->act->look->title), AD("cells", in.rows_gone),
		AD("left", w->result.left));
}

static int store_refused(struct desk *d, void *ctx, struct err *e)
{
	return store_row(d, ctx, "asked", "refused", e);
}

/* The system's own no, which no new try mends. */
static bool is_refused(const struct err *e)
{
	return e->code == ERR_CONFLICT || e->code == ERR_INVALID ||
	       e->code == ERR_DENIED || e->code == ERR_LIMIT;
}

static int write_row(struct working *w, struct err *e)
{
	struct change *at = arena_many(w->page, struct change, w->row_n);
	struct change_request q = { w->of->system, at, w->row_n,
		desk_now(w->desk), &w->judged.found };
	struct err why = { 0 };

	for (size_t i = 0; i < w->row_n; i++)
		at[i] = (struct change){ .table = w->row[i]->table,
			.column = w->row[i]->column,
			.key = w->row[i]->key,
			.was = w->row[i]->now,
			.value = *recorrect_value(w->row[i]) };
	if (desk_write(w->desk, store_plan, w, e))
		return -1;
	w->written++;
	if (!change_run(w->of->conn, w->page, &q, &w->result, &why))
		return desk_write(w->desk, store_done, w, e);
	if (is_refused(&why))
		return desk_write(w->desk, store_refused, w, e);
	*e = why;
	return -1;
}

/* Staff are asked about it already: not each round anew. */
static bool is_asked(const struct working *w, const struct recorrect_cell *c)
{
	return is_known_as(w, c, "asked") && is_as_seen(w, c);
}

/* Whatever it was when it was looked at. */
static int keep_fate(struct desk *d, void *ctx, struct err *e)
{
	const struct fate *f = ctx;
	struct sql_recorrection_over_in over = { f->id };

	if (f->fate.n)
		return put_fate(d, f, e);
	return sql_recorrection_over(d->db, &over, e) < 0 ? -1 : 0;
}

static bool is_news(const struct working *w, const struct fate *f)
{
	return f->fate.n || is_unfinished(known_of(w, f->id));
}

/* Those of one row that are to be written; the others get their fate. */
static int take_row(struct working *w, struct recorrect_cell *first, size_t n,
	struct err *e)
{
	w->row = arena_many(w->page, struct recorrect_cell *, n);
	w->row_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct fate fate;

		if (!is_meant(w, &first[i]) || is_asked(w, &first[i]))
			continue;
		if (fate_of(w, &first[i], &fate, e))
			return -1;
		if (may_be_written(&fate))
			w->row[w->row_n++] = &first[i];
		else if (is_news(w, &fate) &&
			 desk_write(w->desk, keep_fate, &fate, e))
			return -1;
	}
	return w->row_n ? write_row(w, e) : 0;
}

static int one_round(struct working *w, struct err *e)
{
	w->has_held = false;
	return read_cells(w, e) || each_row(w, take_row, e) ? -1 : 0;
}

/* A row of a file without a key has another one each time that it is corrected, so what
 * was corrected after that is found in the next round; the last writes nothing. */
int recorrect_act(
	struct desk *d, const struct recorrect_act *act, struct err *e)
{
	struct working w = { .desk = d, .of = act->of, .act = act };

	do {
		w.written = 0;
		if (in_arena(&w, one_round, e))
			return -1;
	} while (w.written);
	return 0;
}
