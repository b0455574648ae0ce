/*
 * What a search found: kept with the case, and what it learnt about the person
 * sends the systems that did not know it back to be searched.
 */
#include "desk/child.h"
#include "desk/deleted_key.h"
#include "desk/doubt.h"
#include "desk/fulfil_task.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/minor.h"
#include "desk/trace.h"

/* One that does not fit is more than a search asks for, and said. */
static bool learn_key(struct desk *d, struct person *p, str line)
{
	bool is_new = person_list_add(
		d->arena, &p->other_keys.v, line, PERSON_other_keys_max);

	if (!is_new && p->other_keys.v.n + line.n + 1 > PERSON_other_keys_max)
		p->left_out = STR("yes");
	return is_new;
}

/* What the search learnt about the person; true when there is an address that
 * the other systems were not asked about. */
static bool learn(struct desk *d, struct record *r, const struct work *w,
	const struct found *f, bool is_minor)
{
	bool has_news = false;

	identity_learn(d, &r->person, w->title, &f->points,
		f->is_sensitive || (f->rows && is_minor));
	identity_note_search(d, &r->person, w->title, f->searched_by);
	r->person.marked = f->is_marked ? STR("yes") : STR("");
	for (size_t i = 0; i < f->emails.n; i++)
		has_news |= doubt_learn(d, &r->person, f->emails.at[i]);
	for (size_t i = 0; i < f->doubts.n; i++)
		doubt_keep(d, &r->person, f->doubts.at[i]);
	for (size_t i = 0; i < f->keys.n; i++)
		has_news |= learn_key(d, &r->person, f->keys.at[i]);
	for (size_t i = 0; i < f->phones.n; i++)
		person_list_add(d->arena, &r->person.other_phones.v,
			f->phones.at[i], PERSON_LIST_MAX);
	return has_news;
}

static int search_others_again(struct desk *d, const struct record *r,
	const struct work *w, struct err *e)
{
	struct sql_task_reopen_search_in in = { r->row.id, w->task_id };

	if (sql_task_reopen_search(d->db, &in, e) < 0)
		return -1;
	return fulfil_start_searches(d, r->row.id, e);
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

/* Still waited for: not reported by an earlier run, not approved since. */
static int is_waited_for(
	struct desk *d, const struct record *r, int64_t task_id, struct err *e)
{
	struct sql_task_by_id_row t;

	if (sql_task_by_id(d->db, d->arena,
		    &(struct sql_task_by_id_in){ task_id }, &t, e) < 0)
		return -1;
	return fulfil_is_searched_for(r) && !t.done_at &&
	       str_eq(t.state, STR("searching"));
}

static int store_found(struct desk *d, void *ctx, struct err *e)
{
	const struct finding_report *p = ctx;
	struct record r;
	bool is_too_little;
	bool has_news;
	int rc, is_minor;

	if (record_need(d, p->w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	rc = is_waited_for(d, &r, p->w->task_id, e);
	if (rc <= 0)
		return rc;
	is_minor = minor_is_known(d, &r, e);
	if (is_minor < 0)
		return -1;
	if (!is_minor && (child_seen(d, &r, p->f->born_on, e) ||
				 (is_minor = minor_is_known(d, &r, e)) < 0))
		return -1;
	is_too_little = fulfil_asked_too_little(d, &r, p->w);
	has_news = learn(d, &r, p->w, p->f, is_minor);
	if (record_save_person(d, &r, e) || identity_store(d, &r, e) ||
		trace_compared(d, &r, e) ||
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
