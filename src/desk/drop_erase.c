/* Erasing who was matched alone: by row, in groups, and read again. */
#include "desk/drop_acting.h"

#include "connect/erase_rows.h"
#include "store/sql.h"

/* People of a table erased together: of files, each time is a pass. */
enum { AT_ONCE = FIND_KEYS_MAX };

/* Where rows lead to other systems it has to be known whose they are. */
static size_t at_once(const struct acting *x)
{
	return x->leads_on ? 1 : AT_ONCE;
}

/* Of one table. */
struct people {
	struct acting *x;
	str *person; /* keyed */
	str *key;
	size_t n;
	int64_t act_id;
};

struct storing {
	struct people *people;
	struct row_group *group;
};

/* In the record before the first row goes. */
static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct storing *s = ctx;
	struct sql_drop_act_add_in in = {
		.people = (int64_t)s->group->n,
		.rows_planned = s->group->planned,
		.rows_kept = s->group->standing,
	};

	if (drop_held_since(d, &s->people->x->holding, e))
		return -1;
	return drop_acting_add(
		d, s->people->x, "erased", &in, &s->people->act_id, e);
}

static int store_fates(struct desk *d, const struct storing *s, struct err *e)
{
	const struct row_group *g = s->group;
	struct sql_drop_match_erased_in in = {
		.pass_id = s->people->x->pass->id,
		.system = s->people->x->system->name,
		.fate = g->is_kept ? STR("kept") : STR("erased"),
		.act_id = s->people->act_id,
		.at = desk_now(d),
	};

	for (size_t i = 0; i < g->n; i++) {
		in.person_key = s->people->person[g->first + i];
		if (sql_drop_match_erased(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int store_done(struct desk *d, void *ctx, struct err *e)
{
	const struct storing *s = ctx;
	const struct row_group *g = s->group;
	const struct acting *x = s->people->x;
	struct sql_drop_act_done_in done = {
		.id = s->people->act_id,
		.at = desk_now(d),
		.people = (int64_t)g->n,
		.rows_gone = g->result.gone,
		.is_proven = g->result.is_proven,
		.evidence = g->result.evidence,
	};

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
		sql_drop_act_done(d->db, &done, e) < 0)
		return -1;
	if (!g->result.is_proven)
		return 0;
	if (store_fates(d, s, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_ERASED, STR(""), e,
		AD("cycle", x->pass->cycle_id), AD("system", x->system->name),
		AD("people", g->n), AD("rows", g->result.gone),
		AD("kept", g->standing), AD("unfollowed", x->unfollowed),
		AD("standing", x->standing));
}

static int plan_group(void *ctx, struct row_group *g, struct err *e)
{
	struct people *p = ctx;
	struct storing s = { p, g };

	if (p->x->leads_on && drop_erase_led(p->x, p->person[g->first], g, e))
		return -1;
	return desk_write(p->x->desk, store_plan, &s, e);
}

static int end_group(void *ctx, struct row_group *g, struct err *e)
{
	struct people *p = ctx;
	struct drop_acted *out = p->x->out;
	struct storing s = { p, g };

	if (desk_write(p->x->desk, store_done, &s, e))
		return -1;
	if (g->result.is_proven)
		*(g->is_kept ? &out->kept : &out->erased) += (int64_t)g->n;
	return 0;
}

/* Of this system, what is not one person's trouble is everybody's. */
static bool is_ones(const struct acting *x, const struct err *e)
{
	return x->is_led || e->code == ERR_LIMIT || e->code == ERR_CONFLICT;
}

/* Who could not be deleted stays open, and is told. */
static int skip(void *ctx, const struct row_group *g, struct err *e)
{
	struct people *p = ctx;
	struct acting *x = p->x;
	struct err changed;

	(void)g;
	if (x->is_taken)
		return 0;
	if (x->is_over || !is_ones(x, e) || db_is_lost(x->desk->db) ||
		drop_held_since(x->desk, &x->holding, &changed))
		return -1;
	if (!x->skipped++)
		x->why = *e;
	return 0;
}

/* People of one table together. */
static int take_people(struct acting *x,
	const struct sql_drop_match_people_rows *rows, size_t *at,
	struct people *p, struct err *e)
{
	str held_in = rows->at[*at].held_in;

	*p = (struct people){ .x = x };
	p->person = arena_many(x->page, str, rows->n);
	p->key = arena_many(x->page, str, rows->n);
	while (p->n < at_once(x) && *at < rows->n &&
		str_eq(rows->at[*at].held_in, held_in)) {
		const struct sql_drop_match_people_row *r = &rows->at[*at];
		personal key;

		if (row_name_open(x->page, &x->people, r->sealed, &key, e))
			return -1;
		p->person[p->n] = r->person_key;
		p->key[p->n++] = key.v;
		while (*at < rows->n &&
			str_eq(rows->at[*at].person_key, r->person_key))
			++*at;
	}
	return 0;
}

static int erase_page(struct acting *x,
	const struct sql_drop_match_people_rows *rows, struct err *e)
{
	struct people p;
	struct row_eraser eraser = {
		.conn = x->conn,
		.arena = x->page,
		.at_ms = desk_now(x->desk),
		.plan = plan_group,
		.done = end_group,
		.skip = skip,
		.ctx = &p,
	};

	for (size_t at = 0; at < rows->n;) {
		struct row_group g = {
			.table = drop_acting_table(x, rows->at[at].held_in, e),
		};

		if (!g.table || take_people(x, rows, &at, &p, e))
			return -1;
		g.key = p.key;
		g.n = p.n;
		/* Who can't be searched for is never planned. */
		x->is_led = false;
		x->unfollowed = x->standing = 0;
		if (erase_rows(&eraser, &g, e))
			return -1;
		if (x->is_taken)
			return 0;
	}
	return 0;
}

/* Whom a page told of last, in memory that outlives it. */
static void go_after(struct sql_drop_match_people_in *in,
	const struct sql_drop_match_people_row *last, struct buf *in_text,
	struct buf *key)
{
	buf_clear(in_text);
	buf_clear(key);
	buf_put(in_text, last->held_in);
	buf_put(key, last->person_key);
	must(buf_ok(in_text) && buf_ok(key));
	in->after_in = buf_str(in_text);
	in->after_key = buf_str(key);
}

static int erase_pages(struct acting *x, struct err *e)
{
	struct sql_drop_match_people_in in = {
		.pass_id = x->pass->id,
		.system = x->system->name,
		.first = 2 * (int64_t)at_once(x), /* most have several items */
	};
	struct buf in_text = buf_in(x->conn_arena, MAP_NAME_MAX + 1);
	struct buf key = buf_in(x->conn_arena, ROW_NAME_KEY_SIZE + 1);
	struct sql_drop_match_people_rows rows;

	for (;;) {
		arena_clear(x->page);
		x->is_taken = false;
		if (sql_drop_match_people(x->desk->db, x->page, &in, &rows, e))
			return -1;
		if (!rows.n)
			return 0;
		if (erase_page(x, &rows, e))
			return -1;
		drop_tally_during(x->desk);
		if (x->is_taken)
			continue;
		go_after(&in, &rows.at[rows.n - 1], &in_text, &key);
	}
}

/* What the record is told of each group goes with its page: there may be as many
 * groups as people. */
int drop_erase_all(struct acting *x, struct err *e)
{
	struct arena *outer = x->desk->arena;
	int rc;

	x->desk->arena = x->page;
	rc = erase_pages(x, e);
	x->desk->arena = outer;
	return rc;
}
