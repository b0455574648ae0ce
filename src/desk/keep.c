/* Deciding that rows are kept, and that they are not any longer. */
#include "desk/keep.h"

#include "connect/erase.h"
#include "connect/map_words.h"
#include "desk/deny.h"
#include "desk/findings.h"
#include "desk/fulfil.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/row_owner.h"
#include "desk/trail.h"

static const str label = STR_INIT("keep");

bool keep_may_be_on(
	const struct ground *g, enum kind kind, struct date decided_on)
{
	return ground_locks(g, kind) && case_may_deny_on(g, kind, decided_on);
}

/* --- what was chosen --- */

struct keeping {
	str reference;
	const struct keep_choice *choice;
	struct record r;
	struct row_names names;
	str title; /* of the system */
	const struct map_table *table;
	const struct found_row **rows;
	size_t n;
	int64_t in_force; /* decisions */
};

static bool is_chosen(const struct keep_choice *c, size_t row)
{
	bool out = c->is_all;

	for (size_t i = 0; i < c->rows.n; i++)
		out |= c->rows.at[i] == row;
	return out;
}

/* A row that stays anyway needs no decision. */
static bool would_go(const struct found_table *t, size_t row)
{
	enum row_fate fate = row_fate_of(t->table, &t->rows[row], false);

	return row_fate_is_erasure(fate) || fate == FATE_TRIM;
}

/* What is kept is kept by its key, and not all of these are known by it. */
static int refuse_many(const struct found_table *t, struct err *e)
{
	err_set(e, ERR_LIMIT,
		"\"%.*s\" has %zu rows, too many to keep one by one",
		STR_ARG(t->table->holds), t->n + t->rest.n);
	return err_hint(e, "tick rows, or let the data map keep the table");
}

static int take_rows(struct desk *d, void *ctx,
	const struct sql_task_list_row *task, const struct finding *f,
	struct err *e)
{
	struct keeping *k = ctx;
	const struct map_table *t =
		map_table_named(f->system, k->choice->table);
	const struct found_table *found;

	if (!t || !str_eq(f->system->name, k->choice->system))
		return 0;
	found = &f->tables[t - f->system->tables];
	if (k->choice->is_all && found->rest.n)
		return refuse_many(found, e);
	k->title = task->title;
	k->table = t;
	k->rows = arena_many(d->arena, const struct found_row *, found->n);
	for (size_t i = 0; i < found->n; i++)
		if (is_chosen(k->choice, i) && would_go(found, i))
			k->rows[k->n++] = &found->rows[i];
	return 0;
}

static int open_case(struct desk *d, struct keeping *k, struct err *e)
{
	struct map map;
	struct tally t;
	struct findings f = { &map, &k->r, &t };

	if (map_read(d->arena, d->data_map, &map, e) ||
		record_need(d, k->reference, &k->r, e) ||
		record_lock(d, &k->r, e) || record_tally(d, k->r.row.id, &t, e))
		return -1;
	if (kind_row(k->r.kind)->flow != FLOW_ERASE ||
		k->r.state != STATE_REVIEW || t.systems_searching)
		return err_set(e, ERR_CONFLICT,
			"rows are chosen while a deletion waits for approval");
	if (!str_eq(k->choice->seen, record_seen(d, &t)))
		return err_set(e, ERR_CONFLICT,
			"other rows were found, or kept, since this page was "
			"opened");
	k->in_force = t.keeps - t.keeps_ended;
	return findings_each(d, &f, take_rows, k, e);
}

/* --- storing --- */

static int add_rows(
	struct desk *d, const struct keeping *k, int64_t id, struct err *e)
{
	for (size_t i = 0; i < k->n; i++) {
		struct row_name name = {
			.system = k->choice->system,
			.table = k->table->name,
			.key = k->rows[i]->key.v,
		};
		struct sql_keep_row_add_in in = {
			.keep_id = id,
			.row_key = row_name_key(d->arena, &k->names, &name),
			.sealed = row_name_seal(d->arena, &k->names, &name),
			.owner_key = row_owner(
				d->arena, &k->names, k->table, k->rows[i]),
		};

		if (sql_keep_row_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int store(struct desk *d, const struct keeping *k, struct err *e)
{
	const struct keep_choice *c = k->choice;
	struct sql_keep_add_in in = {
		.request_id = k->r.row.id,
		.system = c->system,
		.held_in = k->table->name,
		.title = map_place(d->arena, k->table->holds, k->title),
		.ground = c->ground,
		.purpose = c->purpose,
		.sealed = seal_put(d->arena, k->r.seal, label,
			note_line(d->arena, c->why)),
		.until_on = c->until,
		.kept_at = desk_now(d),
		.kept_by = desk_actor(d),
		.row_count = (int64_t)k->n,
	};
	struct sql_keep_add_row row;

	if (sql_keep_head_add(d->db, e) < 0 ||
		sql_keep_add(d->db, d->arena, &in, &row, e) < 0 ||
		add_rows(d, k, row.id, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_ROWS_KEPT, k->r.row.reference, e,
		AD("rows", k->n), AD("table", k->table->holds),
		AD("system", k->title),
		AD("ground", str_of(ground_of(c->ground)->title)));
}

static int keep(struct desk *d, void *ctx, struct err *e)
{
	struct keeping *k = ctx;
	const struct ground *g = ground_of(k->choice->ground);

	if (open_case(d, k, e))
		return -1;
	if (!g || !keep_may_be_on(g, k->r.kind, desk_today(d)))
		return err_set(e, ERR_INVALID,
			"the law has no such exception for this request");
	if (!k->n)
		return err_set(
			e, ERR_CONFLICT, "none of these rows is to be deleted");
	if (k->in_force >= LIMIT_KEEPS)
		return err_set(e, ERR_LIMIT,
			"a case keeps rows by %d decisions at most; choose more "
			"rows in one",
			LIMIT_KEEPS);
	row_names_init(&k->names, d);
	return store(d, k, e);
}

static void check_until(
	struct desk *d, const struct keep_choice *c, struct problems *ps)
{
	struct date until;

	if (!c->until.n)
		return;
	if (!date_parse(c->until, &until))
		problem_add(ps, "until", "date", "Give it as a date");
	else if (date_cmp(until, desk_today(d)) < 0)
		problem_add(ps, "until", "past", "This day is over");
}

static void check(
	struct desk *d, const struct keep_choice *c, struct problems *ps)
{
	if (!c->is_all && !c->rows.n)
		problem_add(ps, "rows", "missing",
			"Tick the rows to keep, or choose all of them");
	if (!c->ground.n)
		problem_add(ps, "ground", "missing", "Choose the exception");
	note_check(c->why, "why",
		"Write the facts: the letter gives them to the consumer", ps);
	if (!c->purpose.n)
		problem_add(ps, "purpose", "missing",
			"Write what these rows are kept for");
	else if (c->purpose.n > PERSON_kept_for_max ||
		 !str_is_text(c->purpose) ||
		 str_find(c->purpose, STR("\t")) >= 0 ||
		 str_find(c->purpose, STR("\n")) >= 0)
		problem_add(ps, "purpose", "long",
			"Keep it on one line, under 200 characters");
	check_until(d, c, ps);
}

int case_keep(struct desk *d, str reference, const struct keep_choice *choice,
	struct problems *ps, struct err *e)
{
	struct keeping k = { .reference = reference, .choice = choice };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	check(d, choice, ps);
	return ps->n ? 0 : desk_write(d, keep, &k, e);
}

/* --- no longer --- */

/* Before the approval they are a part of the rest again: nothing of them is kept, and
 * the decision is only counted (record_seen()). */
static int drop_rows(struct desk *d, int64_t keep_id, struct err *e)
{
	struct sql_keep_rows_drop_in rows = { keep_id };
	struct sql_keep_identifiers_drop_in identifiers = { keep_id };

	return sql_keep_rows_drop(d->db, &rows, e) < 0 ||
			       sql_keep_identifiers_drop(
				       d->db, &identifiers, e) < 0
		       ? -1
		       : 0;
}

struct ending {
	str reference;
	int64_t id;
};

static int end(struct desk *d, void *ctx, struct err *e)
{
	const struct ending *x = ctx;
	struct sql_keep_end_in in = { .id = x->id, .at = desk_now(d) };
	struct record r;
	int64_t n;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	in.request_id = r.row.id;
	n = sql_keep_end(d->db, &in, e);
	if (n <= 0)
		return n < 0 ? -1
			     : err_set(e, ERR_CONFLICT,
				       "these rows are not kept any longer");
	if (!r.row.approved_at && drop_rows(d, x->id, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_ROWS_KEPT_ENDED, r.row.reference, e,
		AD("decision", x->id));
}

int case_keep_end(struct desk *d, str reference, int64_t keep_id, struct err *e)
{
	struct ending x = { reference, keep_id };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, end, &x, e);
}

/* --- look --- */

static int open_why(struct desk *d, const struct record *r, str sealed,
	str *why, struct err *e)
{
	*why = STR("");
	return r->seal ? seal_get(d->arena, r->seal, label, sealed, why, e) : 0;
}

static int fill(struct desk *d, const struct record *r,
	const struct sql_keep_of_request_row *row, struct keep *out,
	struct err *e)
{
	str today = date_iso(d->arena, desk_today(d));

	*out = (struct keep){
		.id = row->id,
		.title = row->title,
		.ground = ground_of(row->ground),
		.purpose = row->purpose,
		.until = row->until_on,
		.kept_at = row->kept_at,
		.rows = row->row_count,
		.gone = row->gone,
		.changed = row->changed,
		.is_approved = row->approved_at != 0,
		.is_over =
			row->ended_at ||
			(row->until_on.n && str_cmp(row->until_on, today) < 0),
	};
	return open_why(d, r, row->sealed, &out->why.v, e);
}

int keep_list(struct desk *d, const struct record *r, struct keeps *out,
	struct err *e)
{
	struct sql_keep_of_request_in in = { r->row.id };
	struct sql_keep_of_request_rows rows;
	struct sql_staff_list_rows staff;

	if (sql_keep_of_request(d->db, d->arena, &in, &rows, e) ||
		sql_staff_list(d->db, d->arena, &staff, e))
		return -1;
	out->n = 0;
	out->at = arena_many(d->arena, struct keep, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.at[i].ended_at && !rows.at[i].approved_at)
			continue;
		if (fill(d, r, &rows.at[i], &out->at[out->n], e))
			return -1;
		out->at[out->n++].kept_by =
			trail_who(d, &staff, rows.at[i].kept_by);
	}
	return 0;
}

/* --- with the case --- */

int keep_learn(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_keep_of_request_in in = { r->row.id };
	struct sql_keep_of_request_rows rows;
	struct record_keys keys = record_keys(d, r);

	if (sql_keep_of_request(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < keys.n && !rows.at[i].ended_at; k++) {
			struct sql_keep_identifier_add_in add = {
				rows.at[i].id,
				str_of(ident_kind_name(keys.at[k].kind)),
				{ (const char *)keys.at[k].of, IDENT_KEY_SIZE },
			};

			if (sql_keep_identifier_add(d->db, &add, e) < 0)
				return -1;
		}
	return 0;
}

int keep_approved(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_keep_approve_in in = { r->row.id, desk_now(d) };

	if (sql_keep_approve(d->db, &in, e) < 0)
		return -1;
	return keep_learn(d, r, e);
}

static int drop(struct desk *d, int64_t keep_id, struct err *e)
{
	struct sql_keep_drop_in in = { keep_id };

	return drop_rows(d, keep_id, e) || sql_keep_drop(d->db, &in, e) < 0 ? -1
									    : 0;
}

int keep_forget(
	struct desk *d, int64_t request_id, enum keep_end end, struct err *e)
{
	struct sql_keep_of_request_in in = { request_id };
	struct sql_keep_of_request_rows rows;

	if (sql_keep_of_request(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_keep_of_request_row *k = &rows.at[i];
		bool is_open = k->row_count > k->gone + k->changed;

		if (k->approved_at && (end == KEEP_CASE_CLOSED || is_open))
			continue;
		if (drop(d, k->id, e))
			return -1;
	}
	return 0;
}
