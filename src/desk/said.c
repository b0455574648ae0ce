#include "desk/said.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "desk/limit.h"
#include "desk/record.h"
#include "desk/suppress_list.h"
#include "index/delta.h"
#include "law/reason.h"
#include "store/sql.h"

enum {
	/* What a request to stop says, and can be refused as fraudulent. */
	REASONS_ASKED = REASON_OPT_OUT | REASON_LIMIT | REASON_ADMT,
	PAGE = 5000,
	/* Two requests at once may be committed in another order than that of
	 * their numbers: so many of the last are read again. */
	OVERLAP = 1000,
};

struct said {
	pthread_mutex_t lock;
	struct index_delta *asked;
	int64_t request_id; /* the last that was read */
	uint64_t seq;       /* of the log, when it was */
	uint64_t put;
	bool is_read;
};

struct said *said_new(enum cpu_path cpu)
{
	struct said *s = calloc(1, sizeof *s);

	must(s);
	pthread_mutex_init(&s->lock, NULL);
	s->asked = index_delta_new(cpu);
	return s;
}

void said_free(struct said *s)
{
	if (!s)
		return;
	index_delta_free(s->asked);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* --- whom requests put there --- */

static int damaged(struct err *e)
{
	err_set(e, ERR_CORRUPT, "the table request_identifier is damaged");
	return err_hint(e, "restore the database from a back-up, or ask who "
			   "keeps it to check it");
}

static int read_page(struct desk *d, struct arena *page, struct said *s,
	struct sql_said_asked_in *in, struct err *e)
{
	struct sql_said_asked_rows rows;

	arena_clear(page);
	if (sql_said_asked(d->db, page, in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.at[i].id_key.n != IDENT_KEY_SIZE)
			return damaged(e);
		index_delta_put(s->asked, ++s->put,
			(const uint8_t *)rows.at[i].id_key.p, 1);
	}
	if (rows.n) {
		in->after_request = rows.at[rows.n - 1].request_id;
		in->after_key = arena_dup(d->arena, rows.at[rows.n - 1].id_key);
		s->request_id = in->after_request;
	}
	return rows.n == PAGE;
}

/* A request to stop leaves an entry in the log: nothing new there, nothing new here. */
static int follow(struct desk *d, struct said *s, struct err *e)
{
	uint64_t seq = suppress_seq(d->suppress);
	struct sql_said_asked_in in = { .first = PAGE };
	struct arena *page;
	int rc = 1;

	if (s->is_read && s->seq == seq)
		return 0;
	if (s->request_id > OVERLAP)
		in.after_request = s->request_id - OVERLAP;
	page = arena_new(LIMIT_JOB_ARENA);
	while (rc > 0)
		rc = read_page(d, page, s, &in, e);
	arena_free(page);
	if (rc)
		return -1;
	s->seq = seq;
	s->is_read = true;
	return 0;
}

int said_asked(
	struct desk *d, const uint8_t *key, size_t n, bool *out, struct err *e)
{
	struct said *s = suppress_said(d->suppress);
	int rc;

	pthread_mutex_lock(&s->lock);
	rc = follow(d, s, e);
	pthread_mutex_unlock(&s->lock);
	for (size_t i = 0; !rc && i < n; i++) {
		uint32_t is_asked = 0;

		index_delta_find(s->asked, key + i * IDENT_KEY_SIZE, &is_asked);
		out[i] = is_asked > 0;
	}
	return rc;
}

/* --- what is said of them --- */

/* fn for each reason in `reasons` that can be asked; ends with what is not 0. */
#define EACH_REASON(bit, reasons)                                  \
	for (uint32_t left_ = (reasons) & (uint32_t)REASONS_ASKED, \
		      bit = left_ & -left_;                        \
		left_; left_ &= left_ - 1, bit = left_ & -left_)

int said_is_noted(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	uint32_t reasons, struct err *e)
{
	EACH_REASON(bit, reasons)
	{
		struct sql_said_is_noted_in in = {
			{ (const char *)key, IDENT_KEY_SIZE }, bit
		};
		struct sql_said_is_noted_row row;

		if (sql_said_is_noted(d->db, d->arena, &in, &row, e) < 0)
			return -1;
		if (!row.n)
			return 0;
	}
	return 1;
}

static int note_one(struct desk *d, const struct log_change *c,
	const uint8_t *key, uint32_t reason, struct err *e)
{
	struct sql_said_add_in in = {
		.id_key = { (const char *)key, IDENT_KEY_SIZE },
		.reason = reason,
		.request_id = c->request_id,
		.at = desk_now(d),
	};

	return sql_said_add(d->db, &in, e) < 0 ? -1 : 0;
}

static int note(struct desk *d, const struct log_change *c, const uint8_t *key,
	uint32_t reasons, struct err *e)
{
	EACH_REASON(bit, reasons)
	{
		if (note_one(d, c, key, bit, e))
			return -1;
	}
	return 0;
}

static int note_asked(struct desk *d, const struct log_change *c,
	const uint32_t *was, struct err *e)
{
	bool *is_asked = arena_many(d->arena, bool, c->n);

	if (said_asked(d, c->key, c->n, is_asked, e))
		return -1;
	for (size_t i = 0; i < c->n; i++)
		if (is_asked[i] && note(d, c, c->key + i * IDENT_KEY_SIZE,
					   was[i] & c->reasons, e))
			return -1;
	return 0;
}

static int by_key(const void *key, const void *row)
{
	const struct sql_said_deleting_row *r = row;

	must(r->id_key.n == IDENT_KEY_SIZE);
	return memcmp(key, r->id_key.p, IDENT_KEY_SIZE);
}

/* They are few: a deletion is denied while its case is open, or never. */
static int note_deleted(struct desk *d, const struct log_change *c,
	const uint32_t *was, struct err *e)
{
	struct sql_said_deleting_rows rows;

	if (sql_said_deleting(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; rows.n && i < c->n; i++) {
		const uint8_t *key = c->key + i * IDENT_KEY_SIZE;

		if (was[i] & REASON_DELETED &&
			bsearch(key, rows.at, rows.n, sizeof *rows.at,
				by_key) &&
			note_one(d, c, key, REASON_DELETED, e))
			return -1;
	}
	return 0;
}

int said_note(struct desk *d, const struct log_change *c, const uint32_t *was,
	struct err *e)
{
	uint32_t held = 0;

	for (size_t i = 0; i < c->n; i++)
		held |= was[i] & c->reasons;
	if (held & (uint32_t)REASONS_ASKED && note_asked(d, c, was, e))
		return -1;
	return held & REASON_DELETED ? note_deleted(d, c, was, e) : 0;
}

int said_forget_deleted(
	struct desk *d, const uint8_t key[IDENT_KEY_SIZE], struct err *e)
{
	struct sql_said_forget_in in = { { (const char *)key, IDENT_KEY_SIZE },
		REASON_DELETED };

	return sql_said_forget(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- and when the request is refused --- */

static int is_refused(struct desk *d, int64_t request_id, struct err *e)
{
	struct record other;
	int rc = record_by_id(d, request_id, &other, e);

	if (rc < 0)
		return -1;
	return rc && outcome_of(other.row.outcome) == OUTCOME_DENIED;
}

/* By whose request the reason came onto the list; 0: by none. */
static int64_t request_of(const struct suppress_why *why, uint32_t reason)
{
	for (size_t bit = 0; bit < COUNTOF(why->of); bit++)
		if (reason == UINT32_C(1) << bit)
			return why->of[bit].request_id;
	return 0;
}

int said_first_by(struct desk *d, const struct record *r,
	const struct suppress_why *why, uint32_t reason, struct err *e)
{
	int64_t id = request_of(why, reason);

	if (id == r->row.id)
		return 1;
	return id ? is_refused(d, id, e) : 0;
}

int said_by_others(struct desk *d, const struct record *r,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reason, struct err *e)
{
	struct sql_said_of_in in = { { (const char *)key, IDENT_KEY_SIZE },
		reason };
	struct sql_said_of_rows rows;
	struct sql_said_begin_row begin;

	if (sql_said_begin(d->db, d->arena, &begin, e) < 0 ||
		sql_said_of(d->db, d->arena, &in, &rows, e))
		return -1;
	if (r->row.id <= begin.request_id)
		return 1;
	for (size_t i = 0; i < rows.n; i++) {
		int64_t id = rows.at[i].request_id;
		int rc = id == r->row.id ? 1 : id ? is_refused(d, id, e) : 0;

		if (rc <= 0)
			return rc < 0 ? -1 : 1;
	}
	return 0;
}
