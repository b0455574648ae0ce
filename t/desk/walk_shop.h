#ifndef T_DESK_WALK_SHOP_H
#define T_DESK_WALK_SHOP_H

#include "walk.h"

#include <sqlite3.h>

#include "base/file.h"
#include "desk/keep.h"
#include "desk/restored.h"
#include "desk/returned.h"
#include "job/job.h"

/*
 * The shop is a real system, a file that the worker's own jobs search and erase.  Rows
 * come to it whenever they like: also those of people who were deleted.  What stands in
 * it is read past the program, and compared with what may be gone.
 */
enum { SHOP = 1, SHOP_ROWS_MOST = 6 };

static const char walk_map[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Lead exchange\n"
	"    connector: sqlite\n"
	"    database: leads.db\n"
	"    source: Our site\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, category: A } ]\n"
	"        erase: delete\n"
	"  - name: shop\n"
	"    title: Shop\n"
	"    connector: sqlite\n"
	"    database: shop.db\n"
	"    source: Our shop\n"
	"    tables:\n"
	"      - name: customer\n"
	"        holds: Customers\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A,\n"
	"              reliable: true }\n"
	"          - { name: zip, verifies: zip, category: A, reliable: true }\n"
	"          - { name: name, verifies: name, category: A,\n"
	"              reliable: true }\n"
	"          - { name: ssn, never_disclose: ssn, category: L }\n"
	"        erase: delete\n"
	"      - name: purchase\n"
	"        holds: Purchases\n"
	"        key: id\n"
	"        columns: [ { name: item, category: D } ]\n"
	"        links: [ { column: customer_id, to: customer.id } ]\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - { name: mailharbor, title: MailHarbor, role: service_provider,\n"
	"      days: 9, email: privacy@mailharbor.example,\n"
	"      receives: [ email ], contract: [ c1, c2, c3, c4, c5, c6, c7, c8,\n"
	"        c9, c10, c11 ] }\n";

static const char walk_shop[] =
	"create table customer (id integer primary key, email text, zip text,\n"
	"	name text, ssn text);\n"
	"create table purchase (id integer primary key, customer_id integer,\n"
	"	item text);\n";

static inline void run_in_shop(struct walk *w, const char *sql)
{
	if (sqlite3_exec(w->shop, sql, NULL, NULL, NULL))
		wrong(w, sqlite3_errmsg(w->shop), NULL);
}

static inline void open_shop(struct walk *w)
{
	struct err e = { 0 };

	if (file_replace(
		    path(&w->t, "datamap.yaml"), str_of(walk_map), 0600, &e))
		fail("data map", &e);
	must(!sqlite3_open(path(&w->t, "shop.db"), &w->shop));
	run_in_shop(w, walk_shop);
	memset(&w->rows, 0, sizeof w->rows);
	w->is_put_back = false;
	w->look_id = 0;
}

/* --- its rows --- */

/* A customer, with what they bought; more are of no use. */
static inline void arrive(struct walk *w, int person)
{
	int customer = w->rows.last + 1;
	int purchases = pick(w, 3);

	if (model_rows_of(&w->rows, person) >= SHOP_ROWS_MOST ||
		w->rows.n + 3 > MODEL_ROWS)
		return;
	run_in_shop(
		w, arena_cstr(w->a,
			   arena_fmt(w->a,
				   "insert into customer values (%d, '%.*s', "
				   "'94607', 'Wanda Walker', '123-45-6789')",
				   customer, STR_ARG(email_of(w, person)))));
	model_row_add(&w->rows, person, 0);
	for (int i = 0; i < purchases; i++) {
		model_row_add(&w->rows, person, customer);
		run_in_shop(w,
			arena_cstr(w->a,
				arena_fmt(w->a,
					"insert into purchase values (%d, %d, "
					"'Radio')",
					w->rows.last, customer)));
	}
}

static inline void read_shop(struct walk *w, bool *is_there)
{
	sqlite3_stmt *s;

	must(!sqlite3_prepare_v2(w->shop,
		"select id from customer union all select id from purchase", -1,
		&s, NULL));
	while (sqlite3_step(s) == SQLITE_ROW) {
		int id = sqlite3_column_int(s, 0);

		for (size_t i = 0; i < w->rows.n; i++)
			is_there[i] |= w->rows.at[i].id == id;
	}
	sqlite3_finalize(s);
}

static inline bool is_under_way(const struct walk *w, int person)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct model_request *r = &w->request[i];

		if (r->person == person && r->is_approved && !r->is_denied &&
			!r->is_closed)
			return true;
	}
	return false;
}

/* A case of theirs will see to it, or says why it does not. */
static inline bool is_being_deleted(const struct walk *w, int person)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct model_request *r = &w->request[i];

		if (r->person == person && r->kind == MODEL_DELETE &&
			!r->is_closed)
			return true;
	}
	return false;
}

/* Nobody's row is gone who is not to be deleted. */
static inline void look_at_shop(struct walk *w)
{
	bool is_there[MODEL_ROWS] = { 0 };

	read_shop(w, is_there);
	for (size_t i = w->rows.n; i-- > 0;) {
		const struct model_row *r = &w->rows.at[i];
		const char *what;

		if (is_there[i])
			continue;
		what = model_may_go(&w->rows, r, &w->person[r->person],
			is_under_way(w, r->person), today(w));
		if (what)
			wrong(w, what, NULL);
		if (model_was_kept(&w->rows, r->id)) {
			w->person[r->person].has_lost_kept = true;
			w->ends[END_OVER]++;
		}
		model_row_drop(&w->rows, i);
	}
}

static inline void do_arrive(struct walk *w)
{
	int person = pick(w, MODEL_PEOPLE);

	w->ends[END_RETURNED] += !!(w->person[person].reasons & M_DELETED);
	arrive(w, person);
}

/* --- the worker's jobs --- */

static inline enum job_end run_job(
	struct walk *w, job_fn *fn, int64_t subject_id, struct err *e)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct install in = { .arena = w->a,
		.dir = w->t.dir,
		.clock = w->t.clock,
		.keys = w->t.keys,
		.config.credentials = STR("credentials") };
	struct log log = { .fd = -1, .process = "walk" };
	struct job j = { .desk = &d,
		.install = &in,
		.log = &log,
		.id = 1,
		.node = STR("walk"),
		.subject_id = subject_id,
		.attempts = 1 };

	return fn(&j, e);
}

/* Tasks in the shop: a run takes along who else is due there. */
struct shop_tasks {
	struct {
		struct model_request *r;
		str state;
		bool is_held;
	} at[MODEL_REQUESTS];
	size_t n;
};

static inline void read_tasks(struct walk *w, struct shop_tasks *out)
{
	out->n = 0;
	for (size_t i = 0; i < w->n; i++) {
		struct model_request *r = &w->request[i];
		struct work task;

		/* The statement that fails may be one of these: it fails once. */
		if (r->is_stop || r->is_closed ||
			(!task_of(w, r, SHOP, &task) &&
				!task_of(w, r, SHOP, &task)))
			continue;
		out->at[out->n].r = r;
		out->at[out->n].state = task.state;
		out->at[out->n++].is_held = task.is_held;
	}
}

static inline void note_searched(
	struct walk *w, struct model_request *r, bool is_away)
{
	struct model_system *x = &r->system[SHOP];

	if (is_away)
		wrong(w, "3: searched, and it was away", r->reference);
	x->is_looked = true;
	x->is_erased = false;
	x->found = model_rows_of(&w->rows, r->person);
	r->found_before = w->rows.last + 1;
}

/* Nothing that had to go is left. */
static inline void look_at_rest(struct walk *w, const struct model_request *r)
{
	for (size_t i = 0; i < w->rows.n; i++) {
		const struct model_row *row = &w->rows.at[i];

		if (row->person == r->person && !row->is_alone &&
			!model_was_chosen(&w->rows, row->id))
			wrong(w, "3: erased, and a row is left", r->reference);
	}
}

static inline void note_erased(
	struct walk *w, struct model_request *r, str state, bool is_away)
{
	if (is_away)
		wrong(w, "3: erased, and it was away", r->reference);
	r->system[SHOP].is_erased = true;
	look_at_rest(w, r);
	if (!str_eq(state, STR("kept")))
		return;
	r->system[SHOP].is_kept = true;
	w->person[r->person].reasons |= M_LOCK;
	w->ends[END_KEPT]++;
}

static inline void note_tasks(
	struct walk *w, const struct shop_tasks *before, bool is_away)
{
	for (size_t i = 0; i < before->n; i++) {
		struct model_request *r = before->at[i].r;
		str was = before->at[i].state;
		struct work now;

		must(task_of(w, r, SHOP, &now));
		if (str_eq(was, now.state) ||
			str_eq(now.state, STR("searching")))
			continue;
		if (before->at[i].is_held && str_eq(was, STR("approved")))
			wrong(w, "NT-12: erased while it is held",
				r->reference);
		if (str_eq(was, STR("searching")))
			note_searched(w, r, is_away);
		else if (str_eq(was, STR("approved")))
			note_erased(w, r, now.state, is_away);
	}
}

/* Sometimes the system is away: then nothing was looked at (3). */
static inline int run_in_shop_for(
	struct walk *w, job_fn *fn, int64_t task_id, struct err *e)
{
	struct shop_tasks *before = arena_one(w->a, struct shop_tasks);
	bool is_away = !pick(w, 6);
	int rc;

	read_tasks(w, before);
	if (is_away)
		must(!rename(path(&w->t, "shop.db"), path(&w->t, "away")));
	rc = run_job(w, fn, task_id, e) == JOB_DONE ? 0 : -1;
	if (is_away)
		must(!rename(path(&w->t, "away"), path(&w->t, "shop.db")));
	is_done(w, rc);
	look_at_shop(w);
	note_tasks(w, before, is_away);
	return rc;
}

/* --- what staff keep --- */

static inline const struct keep *newest_keep(const struct case_view *v)
{
	const struct keep *out = NULL;

	for (size_t i = 0; i < v->keeps.n; i++)
		if (!out || v->keeps.at[i].id > out->id)
			out = &v->keeps.at[i];
	return out;
}

/* The purchases of the finding, but for those that another decision keeps already: when
 * that one ends, they are to be decided anew. */
static inline void note_keep(
	struct walk *w, const struct model_request *r, int32_t until)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct model_keep *k = &w->rows.keep[w->rows.keeps];
	struct case_view v;
	struct err e = { 0 };

	look_at_requests(w);
	if (case_load(&d, str_of(r->reference), false, &v, &e) != 1)
		fail("keep", &e);
	*k = (struct model_keep){ .until_day = until,
		.id = newest_keep(&v)->id };
	memcpy(k->reference, r->reference, sizeof k->reference);
	for (size_t i = 0; i < w->rows.n && k->n < MODEL_KEPT; i++) {
		const struct model_row *row = &w->rows.at[i];

		if (row->person == r->person && row->customer &&
			!row->is_alone && row->id < r->found_before &&
			!model_stays_anyway(&w->rows, row->id, today(w)))
			k->row[k->n++] = row->id;
	}
	w->rows.keeps++;
}

static inline int keep_some(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	int days = pick(w, 2) ? pick(w, 300) : -1;
	struct date until = date_add(desk_today(&d), days);
	struct keep_choice c = { .system = STR("shop"),
		.table = STR("purchase"),
		.is_all = true,
		.ground = STR("DX1"),
		.why = STR("The radio has a warranty until May."),
		.purpose = STR("tax records"),
		.until = days < 0 ? STR("") : date_iso(w->a, until) };
	struct problems ps = { 0 };
	struct case_view v;
	int rc;

	if (w->rows.keeps == MODEL_KEEPS || r->rank != 2)
		return 0;
	if (case_load(&d, str_of(r->reference), false, &v, e) != 1)
		return -1;
	c.seen = v.seen;
	rc = case_keep(&d, str_of(r->reference), &c, &ps, e);
	if (!is_done(w, rc) || ps.n)
		return rc;
	note_keep(w, r, days < 0 ? MODEL_NO_END : (int32_t)date_days(until));
	return rc;
}

static inline int end_keep(
	struct walk *w, struct model_request *r, struct err *e)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct model_keep *k = NULL;
	int rc;

	for (size_t i = 0; i < w->rows.keeps; i++)
		if (!strcmp(w->rows.keep[i].reference, r->reference) &&
			!w->rows.keep[i].is_ended)
			k = &w->rows.keep[i];
	if (!k || pick(w, 3))
		return 0;
	rc = case_keep_end(&d, str_of(r->reference), k->id, e);
	if (is_done(w, rc))
		k->is_ended = true;
	return rc;
}

/* --- who came back --- */

/* What a look that begins now has to find. */
static inline void note_due(struct walk *w, bool *is_due)
{
	for (size_t i = 0; i < w->rows.n; i++) {
		const struct model_row *r = &w->rows.at[i];

		is_due[i] = !r->is_alone &&
			    model_must_go(&w->rows, r, &w->person[r->person]) &&
			    !is_being_deleted(w, r->person);
	}
}

static inline struct screening newest_look(struct walk *w)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct screenings all;
	struct err e = { 0 };

	if (returned_list(&d, &all, &e))
		fail("looks", &e);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.at[i].system, STR("shop")))
			return all.at[i];
	return (struct screening){ 0 };
}

static inline bool is_closed_shop(struct walk *w)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct err e = { 0 };

	return restored_need(&d, STR("shop"), &e) != 0;
}

/* After a look, an erasure, or both; is_due: of a look that began now. */
static inline void look_at_returned(struct walk *w, const bool *is_due)
{
	struct screening s = newest_look(w);
	bool is_new = s.id != w->look_id;

	for (size_t i = 0; is_new && i < w->rows.n; i++)
		w->rows.at[i].is_due = s.looked_at && is_due[i];
	w->look_is_after |= is_new;
	w->look_id = s.id;
	look_at_shop(w);
	for (size_t i = 0; s.acted_at && i < w->rows.n; i++) {
		const struct model_row *r = &w->rows.at[i];

		if (r->is_due &&
			model_must_go(&w->rows, r, &w->person[r->person]))
			wrong(w, "7: who came back is there still", NULL);
	}
	if (!w->is_put_back || is_closed_shop(w))
		return;
	if (!s.acted_at || !w->look_is_after)
		wrong(w, "R-11: opened, and nobody has replayed it", NULL);
	w->is_put_back = false;
	w->ends[END_REPLAYED]++;
}

static inline struct returned_way way(struct walk *w)
{
	return (struct returned_way){ .credentials = w->t.dir };
}

/* Staff look, and erase what was found, or let the worker do it. */
static inline void do_screen(struct walk *w)
{
	struct desk d = as(w, ACTOR_COMMAND);
	struct returned_way how = way(w);
	bool is_due[MODEL_ROWS];
	struct screening s = { 0 };
	struct err e = { 0 };

	note_due(w, is_due);
	if (returned_look(&d, &how, STR("shop"), &s, &e) || s.acted_at)
		goto out;
	if (pick(w, 2))
		(void)returned_act(&d, &how, s.id, &s, &e);
	else
		(void)returned_approve(&d, s.id, &e);
out:
	if (w->is_armed)
		reopen(w, 0);
	look_at_returned(w, is_due);
}

/* The worker looks when it is time, and erases what it may. */
static inline void do_screen_step(struct walk *w)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct returned_way how = way(w);
	bool is_due[MODEL_ROWS];
	int64_t again_ms;
	struct err e = { 0 };

	note_due(w, is_due);
	(void)returned_step(&d, &how, &again_ms, &e);
	if (w->is_armed)
		reopen(w, 0);
	look_at_returned(w, is_due);
}

/* A backup is put back: people of before stand there again. */
static inline void do_put_back(struct walk *w)
{
	struct desk d = as(w, ACTOR_STAFF);
	struct err e = { 0 };

	w->t.clock.fixed_ms += 1000;
	if (is_done(w, restored_mark(&d, STR("shop"), &e))) {
		w->is_put_back = true;
		w->look_is_after = false;
	}
	w->t.clock.fixed_ms += 1000;
	for (int i = 0; i < 3; i++)
		arrive(w, pick(w, MODEL_PEOPLE));
}

#endif
