/*
 * What the worker does for a request, as the record sees it: plan, search,
 * erase, tell.  The worker may be killed between doing a thing and reporting
 * it; so each report is one transaction that says what is, not what changed,
 * and the second report of the same thing changes nothing.
 *
 * What must stay true: a task is done only with evidence that its system or
 * vendor gave.  Whatever could not be reached stays open and is tried again.
 */
#include "desk/fulfil.h"

#include "base/buf.h"
#include "base/rand.h"
#include "connect/find_cross.h"
#include "desk/deleted_key.h"
#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/keep.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/parent_post.h"
#include "desk/parts.h"
#include "desk/post.h"
#include "desk/purpose.h"
#include "desk/record.h"
#include "desk/telling.h"
#include "law/reference.h"

enum { LINK_BYTES = 18, LIST_MAX = 8000 };

static str state_searching(void)
{
	return STR("searching");
}

/* --- plan --- */

struct planning {
	int64_t request_id;
	const struct plan_row *rows;
	size_t n;
};

/* 1, or 0 when it was planned before. */
static int64_t add_task(struct desk *d, int64_t request_id,
	const struct plan_row *row, struct err *e)
{
	struct sql_task_add_in in = {
		.request_id = request_id,
		.target = row->is_system ? STR("system") : STR("vendor"),
		.name = row->name,
		.title = row->title,
		.state = row->is_system ? state_searching() : STR("planned"),
		.due_on = STR(""),
		.created_at = desk_now(d),
		.sealed = STR(""),
	};

	return sql_task_add(d->db, &in, e);
}

static int start_searches(struct desk *d, int64_t request_id, struct err *e)
{
	struct tally t;

	if (record_tally(d, request_id, &t, e))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++)
		if (str_eq(t.rows.at[i].state, state_searching()) &&
			desk_job(d, JOB_FIND, t.rows.at[i].id, desk_now(d), e))
			return -1;
	return 0;
}

/* Denied or answered meanwhile: then nobody's data is looked at any more. */
static bool is_searched_for(const struct record *r)
{
	return r->state == STATE_SEARCHING || r->state == STATE_REVIEW ||
	       r->state == STATE_WORKING;
}

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	const struct planning *p = ctx;
	int64_t systems = 0;
	int64_t tasks = 0;
	bool tells_vendors;
	struct record r;
	int rc = record_by_id(d, p->request_id, &r, e);

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e))
		return -1;
	if (!is_searched_for(&r))
		return 0;
	/* An answer changes nothing: no company has to be told. */
	tells_vendors = !kind_only_answers(r.kind);
	for (size_t i = 0; i < p->n; i++) {
		int64_t n;

		if (!p->rows[i].is_system && !tells_vendors)
			continue;
		n = add_task(d, p->request_id, &p->rows[i], e);

		if (n < 0)
			return -1;
		tasks += n;
		systems += p->rows[i].is_system ? n : 0;
	}
	if (tasks &&
		DESK_AUDIT(d, AUDIT_PLANNED, r.row.reference, e,
			AD("systems", systems), AD("vendors", tasks - systems)))
		return -1;
	return start_searches(d, p->request_id, e);
}

int fulfil_plan(struct desk *d, int64_t request_id, const struct plan_row *rows,
	size_t n, struct err *e)
{
	struct planning p = { request_id, rows, n };

	return desk_write(d, store_plan, &p, e);
}

/* --- what a task is about --- */

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
	/* A number that was only typed, or written down, leads to nobody. */
	if (person_is_by_phone(p) &&
		(r->row.email_confirmed_at || is_for_child(r)))
		w->phone = p->phone.v;
	else
		add_line(d, w, p->email.v);
	while (str_next(&rest, '\n', &line))
		add_line(d, w, line);
	w->keys.at = arena_many(d->arena, str, LIMIT_FOUND_KEYS);
	while (str_next(&keys, '\n', &line))
		add_key(d, w, line);
	w->parts = parts_of(p);
	identity_typed(p, &w->typed);
}

int fulfil_parts(
	struct desk *d, int64_t request_id, unsigned *parts, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	*parts = rc > 0 ? parts_of(&r.person) : 0;
	return rc < 0 ? -1 : 0;
}

int fulfil_may_skip(
	struct desk *d, int64_t request_id, bool *out, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	*out = rc > 0 && kind_row(r.kind)->flow == FLOW_TELL;
	return rc < 0 ? -1 : 0;
}

static int end_skipped(struct desk *d, void *ctx, struct err *e)
{
	const int64_t *request_id = ctx;
	struct record r;
	int rc = record_by_id(d, *request_id, &r, e);

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e))
		return -1;
	return r.state == STATE_SEARCHING ? fulfil_end_search(d, &r, e) : 0;
}

int fulfil_skipped(struct desk *d, int64_t request_id, struct err *e)
{
	return desk_write(d, end_skipped, &request_id, e);
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
		.is_reminder = t.asked_at > 0,
		.act = fulfil_act_of(&r),
		/* A hold keeps data from being changed; that its use is
		 * limited is told all the same. */
		.is_held = is_held > 0 && kind_row(r.kind)->flow != FLOW_STOP,
	};
	fill_person(d, &r, out);
	return record_open_task(d, &r, t.name, t.sealed, &out->finding, e) ? -1
									   : 1;
}

/* --- searched --- */

/* Adds to a list with one entry a line what is not in it; true when it grew. */
static bool list_add_to(struct desk *d, str *list, str item, size_t max)
{
	str rest = *list;
	str line;
	struct buf b;

	if (!item.n || list->n + item.n + 1 > max)
		return false;
	while (str_next(&rest, '\n', &line))
		if (str_eq(line, item))
			return false;
	b = buf_in(d->arena, max);
	buf_put(&b, *list);
	if (list->n)
		buf_putc(&b, '\n');
	buf_put(&b, item);
	*list = buf_str(&b);
	return true;
}

static bool list_add(struct desk *d, str *list, str item)
{
	return list_add_to(d, list, item, LIST_MAX);
}

/* No room, or more than a search asks for: the case says so. */
static bool is_left_out(str list, str address)
{
	size_t n = 1; /* the one that was given */
	str line;

	while (str_next(&list, '\n', &line) && ++n <= LIMIT_IDENTIFIERS)
		if (str_eq(line, address))
			return false;
	return true;
}

static bool learn_email(struct desk *d, struct person *p, str address)
{
	bool is_new;

	if (str_eq(address, p->email.v) && !person_is_by_phone(p))
		return false;
	is_new = list_add(d, &p->other_emails.v, address);
	if (is_left_out(p->other_emails.v, address))
		p->left_out = STR("yes");
	return is_new;
}

/* One that does not fit is more than a search asks for, and said. */
static bool learn_key(struct desk *d, struct person *p, str line)
{
	bool is_new =
		list_add_to(d, &p->other_keys.v, line, PERSON_other_keys_max);

	if (!is_new && p->other_keys.v.n + line.n + 1 > PERSON_other_keys_max)
		p->left_out = STR("yes");
	return is_new;
}

/* What the search learnt about the person; true when there is an address that
 * the other systems were not asked about. */
static bool learn(struct desk *d, struct record *r, const struct work *w,
	const struct found *f)
{
	bool has_news = false;

	identity_learn(d, &r->person, w->title, &f->points, f->is_sensitive);
	r->person.marked = f->is_marked ? STR("yes") : STR("");
	for (size_t i = 0; i < f->emails.n; i++)
		has_news |= learn_email(d, &r->person, f->emails.at[i]);
	for (size_t i = 0; i < f->keys.n; i++)
		has_news |= learn_key(d, &r->person, f->keys.at[i]);
	for (size_t i = 0; i < f->phones.n; i++)
		list_add(d, &r->person.other_phones.v, f->phones.at[i]);
	return has_news;
}

static int search_others_again(struct desk *d, const struct record *r,
	const struct work *w, struct err *e)
{
	struct sql_task_reopen_search_in in = { r->row.id, w->task_id };

	if (sql_task_reopen_search(d->db, &in, e) < 0)
		return -1;
	return start_searches(d, r->row.id, e);
}

/* Each system's search is its evidence, and nobody has to be told to delete what
 * nobody holds. */
static int close_tasks(struct desk *d, const struct tally *t, struct err *e)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		bool is_system = str_eq(row->target, STR("system"));
		struct sql_task_done_in in = {
			.id = row->id,
			.state = is_system ? STR("nothing") : STR("spared"),
			.at = desk_now(d),
			.evidence = STR("{\"rows_found\":0}"),
			.sealed = STR(""),
		};

		if (sql_task_done(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

/* All systems were looked at: to the review, or to the answer that there is
 * nothing.  One that was dropped was not looked at: then nobody says so. */
int fulfil_end_search(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_settled = true };
	struct tally t;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	if (t.systems_searching)
		return 0;
	facts.is_searched = !t.systems_dropped;
	facts.is_found = t.rows_waiting > 0;
	if (r->state == STATE_SEARCHING && !facts.is_found &&
		close_tasks(d, &t, e))
		return -1;
	if (r->state == STATE_SEARCHING || facts.is_found)
		return record_move(d, r,
			facts.is_found      ? ON_FOUND
			: facts.is_searched ? ON_NOTHING_FOUND
					    : ON_ALL_DONE,
			&facts, e);
	return 0;
}

struct finding_report {
	const struct work *w;
	const struct found *f;
};

static int store_search(struct desk *d, const struct record *r,
	const struct work *w, const struct found *f, struct err *e)
{
	struct sql_task_searched_in in = {
		.id = w->task_id,
		.state = STR("found"),
		.rows_found = f->rows,
	};

	in.sealed = record_seal_task(d, r, w->name, f->finding);
	if (sql_task_searched(d->db, &in, e) < 0)
		return -1;
	if (!f->rows)
		return DESK_AUDIT(d, AUDIT_NOT_FOUND, r->row.reference, e,
			AD("system", w->title), AD("rows", 0));
	return DESK_AUDIT(d, AUDIT_SEARCHED, r->row.reference, e,
		AD("system", w->title), AD("rows", f->rows));
}

/* Looked at again while being carried out, and nothing is left there. */
static int done_with_nothing(
	struct desk *d, const struct work *w, struct err *e)
{
	struct sql_task_nothing_in in = {
		.id = w->task_id,
		.at = desk_now(d),
		.evidence = STR("{\"rows_found\":0}"),
		.sealed = STR(""),
	};

	return sql_task_nothing(d->db, &in, e) < 0 ? -1 : 0;
}

/* An address or a key that another system knew came to light while this one was being
 * searched without it. */
static bool asked_too_little(
	struct desk *d, const struct record *r, const struct work *w)
{
	struct work now = { .name = w->name };

	fill_person(d, r, &now);
	return now.emails.n > w->emails.n || now.keys.n > w->keys.n;
}

/* Still waited for: not reported by an earlier run, not approved since. */
static int is_waited_for(
	struct desk *d, const struct record *r, int64_t task_id, struct err *e)
{
	struct sql_task_by_id_row t;

	if (sql_task_by_id(d->db, d->arena,
		    &(struct sql_task_by_id_in){ task_id }, &t, e) < 0)
		return -1;
	return is_searched_for(r) && !t.done_at &&
	       str_eq(t.state, state_searching());
}

static int store_found(struct desk *d, void *ctx, struct err *e)
{
	const struct finding_report *p = ctx;
	struct record r;
	bool is_too_little;
	bool has_news;
	int rc;

	if (record_need(d, p->w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	rc = is_waited_for(d, &r, p->w->task_id, e);
	if (rc <= 0)
		return rc;
	is_too_little = asked_too_little(d, &r, p->w);
	has_news = learn(d, &r, p->w, p->f);
	if (record_save_person(d, &r, e) || identity_store(d, &r, e) ||
		(has_news && search_others_again(d, &r, p->w, e)))
		return -1;
	if (is_too_little)
		return desk_job(d, JOB_FIND, p->w->task_id, desk_now(d), e);
	if (store_search(d, &r, p->w, p->f, e))
		return -1;
	if (r.state == STATE_WORKING && !p->f->rows &&
		(done_with_nothing(d, p->w, e) || deleted_key_learn(d, &r, e) ||
			fulfil_settle(d, &r, e)))
		return -1;
	return fulfil_end_search(d, &r, e);
}

int fulfil_found(struct desk *d, const struct work *w, const struct found *f,
	struct err *e)
{
	struct finding_report p = { w, f };

	return desk_write(d, store_found, &p, e);
}

/* --- erased --- */

int fulfil_settle(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_settled = true };
	struct tally t;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	if (r->state == STATE_TELLING)
		return telling_settle(d, r, &t, e);
	if (r->state != STATE_WORKING || t.systems_open || t.vendors_open)
		return 0;
	facts.is_whole = record_is_whole(r, &t);
	return record_move(d, r, ON_ALL_DONE, &facts, e);
}

struct erased_report {
	const struct work *w;
	const struct erased *r;
};

/* A system that is erased once more finds again what it keeps: said once, with
 * the later number. */
static void kept_again(struct desk *d, str *list, str entry, int64_t rows)
{
	str rest = *list;
	str others = STR("");
	str line;

	while (str_next(&rest, '\n', &line))
		if (!str_starts(line, entry))
			list_add(d, &others, line);
	list_add(d, &others,
		arena_fmt(
			d->arena, "%.*s%lld", STR_ARG(entry), (long long)rows));
	*list = others;
}

/* What stays is said in the letter, and makes the answer one in part. */
static int note_kept(
	struct desk *d, struct record *r, const struct erased *x, struct err *e)
{
	for (size_t i = 0; i < x->kept.n; i++) {
		const struct kept *k = &x->kept.at[i];

		kept_again(d, &r->person.kept, kept_line(d->arena, k), k->rows);
	}
	return x->kept.n ? record_save_person(d, r, e) : 0;
}

/* Rows that stay and are nobody's any more: a way to comply of its own (11 CCR
 * 7022(b)(1)), and the letter does not call it deleted. */
static int note_deidentified(struct desk *d, struct record *r,
	const struct erased_report *p, struct err *e)
{
	if (!p->r->rows_deidentified)
		return 0;
	kept_again(d, &r->person.deidentified,
		arena_fmt(d->arena, "%.*s\t", STR_ARG(p->w->name)),
		p->r->rows_deidentified);
	return record_save_person(d, r, e);
}

/* The same for rows that went into totals and are deleted. */
static int note_aggregated(struct desk *d, struct record *r,
	const struct erased_report *p, struct err *e)
{
	if (!p->r->rows_aggregated)
		return 0;
	kept_again(d, &r->person.aggregated,
		arena_fmt(d->arena, "%.*s\t", STR_ARG(p->w->name)),
		p->r->rows_aggregated);
	return record_save_person(d, r, e);
}

static int note_emptied(struct desk *d, struct record *r,
	const struct erased_report *p, struct err *e)
{
	if (!p->r->rows_emptied)
		return 0;
	kept_again(d, &r->person.emptied,
		arena_fmt(d->arena, "%.*s\t", STR_ARG(p->w->name)),
		p->r->rows_emptied);
	return record_save_person(d, r, e);
}

/* What stays may be used for its purpose only: said where everybody asks who may
 * be sold, and to vendors. */
static int lock_kept(struct desk *d, const struct record *r,
	const struct erased *x, struct err *e)
{
	uint32_t locks = 0, lock;

	for (size_t i = 0; i < x->kept.n; i++) {
		if (!x->kept.at[i].purpose.n)
			continue;
		if (purpose_lock(d, x->kept.at[i].purpose, &lock, e))
			return -1;
		locks |= lock;
	}
	return locks ? record_suppress(d, r, locks, e) : 0;
}

/* Approved and erased before another system told of a further address. */
static int search_again(struct desk *d, const struct work *w, struct err *e)
{
	if (sql_task_search_again(d->db,
		    &(struct sql_task_search_again_in){ w->task_id }, e) < 0)
		return -1;
	return desk_job(d, JOB_FIND, w->task_id, desk_now(d), e);
}

static int store_erased(struct desk *d, void *ctx, struct err *e)
{
	const struct erased_report *p = ctx;
	struct sql_task_erased_in in = {
		.id = p->w->task_id,
		.state = p->r->kept.n ? STR("kept") : STR("done"),
		.at = desk_now(d),
		.rows_erased = p->r->rows,
		.evidence = p->r->evidence,
	};
	struct record r;
	int64_t n;

	if (record_need(d, p->w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	/* The rows are gone, here as well. */
	in.sealed = record_seal_task(d, &r, p->w->name, p->r->said.v);
	n = sql_task_erased(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	if (note_kept(d, &r, p->r, e) || note_deidentified(d, &r, p, e) ||
		note_aggregated(d, &r, p, e) || note_emptied(d, &r, p, e) ||
		lock_kept(d, &r, p->r, e) || keep_learn(d, &r, e) ||
		deleted_key_learn(d, &r, e) ||
		DESK_AUDIT(d, AUDIT_ERASED, r.row.reference, e,
			AD("system", p->w->title), AD("rows", p->r->rows)))
		return -1;
	if (asked_too_little(d, &r, p->w))
		return search_again(d, p->w, e);
	return fulfil_settle(d, &r, e);
}

int fulfil_erased(struct desk *d, const struct work *w, const struct erased *r,
	struct err *e)
{
	struct erased_report p = { w, r };

	return desk_write(d, store_erased, &p, e);
}

static int store_changed(struct desk *d, void *ctx, struct err *e)
{
	const struct work *w = ctx;
	struct sql_task_state_in in = {
		.id = w->task_id,
		.was = w->state, /* approved, or correcting */
		.state = state_searching(),
	};
	struct record r;
	int64_t n;

	if (record_need(d, w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	n = sql_task_state(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	if (DESK_AUDIT(d, AUDIT_CHANGED_SINCE, r.row.reference, e,
		    AD("system", w->title)))
		return -1;
	return desk_job(d, JOB_FIND, w->task_id, desk_now(d), e);
}

int fulfil_changed(struct desk *d, const struct work *w, struct err *e)
{
	struct work copy = *w;

	return desk_write(d, store_changed, &copy, e);
}

struct failed_report {
	const struct work *w;
	const struct err *why;
};

static int store_failed(struct desk *d, void *ctx, struct err *e)
{
	const struct failed_report *p = ctx;
	struct sql_task_problem_in in = {
		.id = p->w->task_id,
		.problem = str_of(p->why->message),
	};
	struct sql_task_by_id_row t;
	int64_t n;

	if (sql_task_by_id(d->db, d->arena,
		    &(struct sql_task_by_id_in){ in.id }, &t, e) < 0)
		return -1;
	n = sql_task_problem(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	if (t.problem.n) /* said once; the tries are counted on the case */
		return 0;
	return DESK_AUDIT(d, AUDIT_UNREACHABLE, p->w->reference, e,
		AD("system", p->w->title));
}

int fulfil_failed(struct desk *d, const struct work *w, const struct err *why,
	struct err *e)
{
	struct failed_report p = { w, why };

	return desk_write(d, store_failed, &p, e);
}

/* --- told --- */

struct telling {
	const struct work *w;
	const struct vendor_notice *n;
	struct record r;
};

/* Only the hash of the link's secret is kept: who reads the database can't
 * answer in a vendor's name. */
static int new_link(
	struct desk *d, const struct work *w, str *link, struct err *e)
{
	str token = rand_token(d->arena, LINK_BYTES);
	struct sql_vendor_link_add_in in = {
		.token_hash = keys_hash(d->arena, d->keys, "link", token),
		.task_id = w->task_id,
		.created_at = desk_now(d),
	};

	*link = post_link(d, "/v/", token);
	return sql_vendor_link_add(d->db, &in, e) < 0 ? -1 : 0;
}

static int write_notice(struct desk *d, const struct telling *t,
	struct vendor_notice *n, struct err *e)
{
	struct post_to to = {
		.address = { n->contact },
		.name = { n->contact_name },
		.task_id = t->w->task_id,
	};
	struct letter_words words;

	if (vendor_notice_check(n, e))
		return -1;
	if (t->w->is_reminder) {
		struct letter_vendor_reminder v = {
			.notice = *n,
			.due_on = date_words(d->arena, n->due_on),
			.asked_on = date_words(d->arena, n->asked_on),
		};

		if (post_sign(d, &v.sign, e))
			return -1;
		words = letters_vendor_reminder(d->arena, &v);
		return post_put(
			d, &t->r, LETTER_VENDOR_REMINDER, &to, &words, e);
	}
	struct letter_vendor_notice v = {
		.notice = *n,
		.due_on = date_words(d->arena, n->due_on),
		.asked_on = date_words(d->arena, desk_today(d)),
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	words = letters_vendor_notice(d->arena, &v);
	return post_put(d, &t->r, LETTER_VENDOR_NOTICE, &to, &words, e);
}

/* The same date for a reminder as for the first notice: being reminded gives
 * nobody more time. */
static int mark_asked(struct desk *d, const struct telling *t,
	const struct vendor_notice *n, struct err *e)
{
	struct sql_task_asked_in in = {
		.id = t->w->task_id,
		.at = desk_now(d),
		.due_on = date_iso(d->arena, n->due_on),
	};

	if (t->w->is_reminder)
		return DESK_AUDIT(d, AUDIT_VENDOR_REMINDED, t->r.row.reference,
			e, AD("vendor", t->w->title));
	if (sql_task_asked(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_VENDOR_TOLD, t->r.row.reference, e,
		AD("vendor", t->w->title));
}

static int store_told(struct desk *d, void *ctx, struct err *e)
{
	struct telling *t = ctx;
	struct vendor_notice n = *t->n;
	struct sql_task_by_id_row row;

	if (record_need(d, t->w->reference, &t->r, e) ||
		record_lock(d, &t->r, e))
		return -1;
	if (sql_task_by_id(d->db, d->arena,
		    &(struct sql_task_by_id_in){ t->w->task_id }, &row, e) < 0)
		return -1;
	/* Told, or answered, by a run that lost its lease; or there is nobody
	 * any more to tell about. */
	if (row.done_at || (row.asked_at && !t->w->is_reminder) || !t->r.seal)
		return 0;
	if (!row.asked_at && str_eq(row.state, STR("asked")))
		return post_again(d, row.id, e);
	if (row.asked_at) {
		n.asked_on = date_pacific(row.asked_at);
		must(date_parse(row.due_on, &n.due_on));
	}
	n.reference = reference_show(d->arena, t->w->reference);
	if (new_link(d, t->w, &n.link, e) || write_notice(d, t, &n, e))
		return -1;
	return mark_asked(d, t, &n, e);
}

int fulfil_tell(struct desk *d, const struct work *w,
	const struct vendor_notice *n, struct err *e)
{
	struct telling t = { .w = w, .n = n };

	return desk_write(d, store_told, &t, e);
}
