#ifndef T_DESK_MODEL_ROWS_H
#define T_DESK_MODEL_ROWS_H

#include "model.h"

/*
 * What must hold of the rows of a system, whoever erases in it: no row goes of somebody
 * who is not to be deleted, who is held, or whose row staff keep; and where an erasure
 * says that it is done, nothing is left that had to go.
 */
enum {
	MODEL_ROWS = 256,
	MODEL_KEEPS = 128,
	MODEL_KEPT = 8,
	MODEL_NO_END = INT32_MAX,
};

struct model_row {
	int id; /* from 1 on: a higher one came later */
	int person;
	int customer;  /* the row that names the person; 0: this one does */
	bool is_alone; /* and that one is gone */
	bool is_due;   /* it stood there, to be erased, at the last look */
};

/* A decision of staff to keep rows of somebody who is deleted. */
struct model_keep {
	int64_t id;
	char reference[9];
	int row[MODEL_KEPT];
	int n;
	int32_t until_day; /* the last one, or MODEL_NO_END */
	bool is_approved;
	bool is_ended; /* by staff */
};

struct model_rows {
	struct model_row at[MODEL_ROWS];
	size_t n;
	int last; /* id */
	struct model_keep keep[MODEL_KEEPS];
	size_t keeps;
};

static inline bool model_keep_has(const struct model_keep *k, int row)
{
	for (int i = 0; i < k->n; i++)
		if (k->row[i] == row)
			return true;
	return false;
}

static inline bool model_is_kept(
	const struct model_rows *m, int row, int32_t today)
{
	for (size_t i = 0; i < m->keeps; i++) {
		const struct model_keep *k = &m->keep[i];

		if (k->is_approved && !k->is_ended && today <= k->until_day &&
			model_keep_has(k, row))
			return true;
	}
	return false;
}

/* A decision holds, approved or not: one more about the row would change nothing. */
static inline bool model_stays_anyway(
	const struct model_rows *m, int row, int32_t today)
{
	for (size_t i = 0; i < m->keeps; i++)
		if (!m->keep[i].is_ended && today <= m->keep[i].until_day &&
			model_keep_has(&m->keep[i], row))
			return true;
	return false;
}

/* Approved once, whether it is over by now or not. */
static inline bool model_was_kept(const struct model_rows *m, int row)
{
	for (size_t i = 0; i < m->keeps; i++)
		if (m->keep[i].is_approved && model_keep_has(&m->keep[i], row))
			return true;
	return false;
}

static inline bool model_was_chosen(const struct model_rows *m, int row)
{
	for (size_t i = 0; i < m->keeps; i++)
		if (model_keep_has(&m->keep[i], row))
			return true;
	return false;
}

/* NULL, or why the row should be there still.  is_approved: its person's deletion was,
 * and is what erases. */
static inline const char *model_may_go(const struct model_rows *m,
	const struct model_row *r, const struct model_person *p,
	bool is_approved, int32_t today)
{
	if (p->reasons & M_HOLD)
		return "NT-12: a row of somebody who is held is gone";
	if (model_is_kept(m, r->id, today))
		return "a row that staff keep is gone";
	if (is_approved || p->reasons & M_DELETED || model_was_kept(m, r->id))
		return NULL;
	return "7: a row of somebody who is not to be deleted is gone";
}

/* It has no business there. */
static inline bool model_must_go(const struct model_rows *m,
	const struct model_row *r, const struct model_person *p)
{
	return p->reasons & M_DELETED && !(p->reasons & M_HOLD) &&
	       !model_was_chosen(m, r->id);
}

static inline int model_rows_of(const struct model_rows *m, int person)
{
	int n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->at[i].person == person && !m->at[i].is_alone;
	return n;
}

static inline void model_row_add(struct model_rows *m, int person, int customer)
{
	m->at[m->n++] = (struct model_row){
		.id = ++m->last, .person = person, .customer = customer
	};
}

/* A customer that goes leaves a purchase alone that is kept. */
static inline void model_row_drop(struct model_rows *m, size_t at)
{
	int gone = m->at[at].id;

	m->at[at] = m->at[--m->n];
	for (size_t i = 0; i < m->n; i++)
		m->at[i].is_alone |= m->at[i].customer == gone;
}

/* A case that ends without an approval has kept nothing. */
static inline void model_keeps_dropped(
	struct model_rows *m, const char *reference)
{
	for (size_t i = 0; i < m->keeps; i++) {
		struct model_keep *k = &m->keep[i];

		k->is_ended |=
			!k->is_approved && !strcmp(k->reference, reference);
	}
}

static inline void model_keeps_approved(
	struct model_rows *m, const char *reference, int32_t today)
{
	for (size_t i = 0; i < m->keeps; i++) {
		struct model_keep *k = &m->keep[i];

		k->is_approved |= !strcmp(k->reference, reference) &&
				  !k->is_ended && today <= k->until_day;
	}
}

#endif
