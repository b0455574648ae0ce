/*
 * What a system is erased of, by what was read there afterwards: what is gone,
 * what stays and why, as the letter and the suppression list have to say it.
 */
#include "desk/deleted_key.h"
#include "desk/fulfil_task.h"
#include "desk/keep.h"
#include "desk/purpose.h"

struct erased_report {
	const struct work *w;
	const struct erased *r;
};

/* A system that is erased once more finds again what it keeps: said once, with
 * the later number. */
static void kept_again(struct arena *a, str *list, str entry, int64_t rows)
{
	str rest = *list;
	str others = STR("");
	str line;

	while (str_next(&rest, '\n', &line))
		if (!str_starts(line, entry))
			person_list_add(a, &others, line, PERSON_LIST_MAX);
	person_list_add(a, &others,
		arena_fmt(a, "%.*s%lld", STR_ARG(entry), (long long)rows),
		PERSON_LIST_MAX);
	*list = others;
}

/* What stays is said in the letter, and makes the answer one in part. */
static int note_kept(
	struct desk *d, struct record *r, const struct erased *x, struct err *e)
{
	for (size_t i = 0; i < x->kept.n; i++) {
		const struct kept *k = &x->kept.at[i];

		kept_again(d->arena, &r->person.kept, kept_line(d->arena, k),
			k->rows);
	}
	return x->kept.n ? record_save_person(d, r, e) : 0;
}

/* What earlier plans of the system had, and this one; unknown is never a number. */
static int64_t with_earlier(str list, str entry, int64_t rows)
{
	int64_t earlier = 0;
	str line;

	while (str_next(&list, '\n', &line))
		if (str_starts(line, entry) &&
			!str_int(str_from(line, entry.n), &earlier))
			earlier = 0;
	return rows == ROWS_UNKNOWN || earlier == ROWS_UNKNOWN ? ROWS_UNKNOWN
							       : rows + earlier;
}

/* Rows that are nobody's any more, or in totals, are a way to comply of its own (11 CCR
 * 7022(b)(1)), and emptied ones stay: the letter calls none of them deleted.  The first
 * two are not found again, so the numbers of all plans add up. */
int fulfil_note_ways(struct desk *d, struct record *r, const struct work *w,
	const struct erased *x, struct err *e)
{
	const struct {
		str *list;
		int64_t rows;
		bool is_found_again;
	} ways[] = {
		{ &r->person.deidentified, x->rows_deidentified, false },
		{ &r->person.aggregated, x->rows_aggregated, false },
		{ &r->person.emptied, x->rows_emptied, true },
	};
	str system = arena_fmt(d->arena, "%.*s\t", STR_ARG(w->name));
	bool is_other = false;

	for (size_t i = 0; i < COUNTOF(ways); i++) {
		if (!ways[i].rows)
			continue;
		kept_again(d->arena, ways[i].list, system,
			ways[i].is_found_again ? ways[i].rows
					       : with_earlier(*ways[i].list,
							 system, ways[i].rows));
		is_other = true;
	}
	return is_other ? record_save_person(d, r, e) : 0;
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
	if (note_kept(d, &r, p->r, e) ||
		fulfil_note_ways(d, &r, p->w, p->r, e) ||
		lock_kept(d, &r, p->r, e) || keep_learn(d, &r, e) ||
		deleted_key_learn(d, &r, e) ||
		DESK_AUDIT(d, AUDIT_ERASED, r.row.reference, e,
			AD("system", p->w->title), AD("rows", p->r->rows)))
		return -1;
	if (fulfil_asked_too_little(d, &r, p->w))
		return search_again(d, p->w, e);
	return fulfil_settle(d, &r, e);
}

int fulfil_erased(struct desk *d, const struct work *w, const struct erased *r,
	struct err *e)
{
	struct erased_report p = { w, r };

	return desk_write(d, store_erased, &p, e);
}
