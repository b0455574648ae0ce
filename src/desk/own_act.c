/* The newest word of a person, in each direction. */
#include "desk/own_act.h"

#include <string.h>

#include "base/date.h"
#include "desk/own_newer.h"
#include "desk/record.h"
#include "desk/suppress_list.h"
#include "index/delta.h"
#include "law/reason.h"
#include "store/db.h"
#include "store/sql.h"

static const str visit = STR_INIT(":visit:"), signal_end = STR_INIT(":gpc");

/* --- what is written down --- */

static bool is_opt_in(const struct log_change *c)
{
	return c->mask & REASON_OPT_OUT && !(c->reasons & REASON_OPT_OUT) &&
	       str_eq(c->source, STR(OPTED_IN_BY));
}

bool own_act_is_one(uint32_t reasons, str source, size_t n)
{
	return reasons & REASON_OPT_OUT &&
	       (n == 1 || str_eq(source, STR("gpc")));
}

/* Who comes twice is said once. */
static void leave_out_twins(const struct log_change *c, bool *due)
{
	struct index_delta *seen = index_delta_new(CPU_BEST);

	for (size_t i = 0; i < c->n; i++) {
		const uint8_t *key = c->key + i * IDENT_KEY_SIZE;
		uint32_t is_seen = 0;

		if (!due[i])
			continue;
		due[i] = !index_delta_find(seen, key, &is_seen);
		index_delta_put(seen, 0, key, 1);
	}
	index_delta_free(seen);
}

/* Does a row tell of an opt-out that is newer than any opt-in?  One that came in a row of
 * several is not looked for: then it is said once more than it had to be. */
static int is_newer(struct desk *d, const uint8_t *key, int64_t opted_in_at,
	bool *out, struct err *e)
{
	struct packs of;

	*out = false;
	if (suppress_log_read_of(d->db, d->arena, key, &of, e))
		return -1;
	for (size_t i = 0; i < of.n; i++) {
		const struct pack *p = &of.at[i];

		*out |= p->reasons & REASON_OPT_OUT && p->at > opted_in_at &&
			(str_eq(p->act, STR(OWN_ACT_AGAIN)) ||
				str_ends(p->source, signal_end));
	}
	return 0;
}

/* One that nobody knows of yet.  What this transaction has written is not remembered: it
 * may come to nothing. */
static int look_up(struct desk *d, const uint8_t *key, int64_t opted_in_at,
	bool *due, struct err *e)
{
	bool newer = false;

	if (is_newer(d, key, opted_in_at, &newer, e))
		return -1;
	if (newer && !db_in_transaction(d->db))
		own_newer_put(
			suppress_own_newer(d->suppress), opted_in_at, key);
	*due = !newer;
	return 0;
}

/* The end of the log is read before it is asked: what it says is at least as new.  In a
 * transaction it may be this one's. */
static int last_opt_in(struct desk *d, int64_t *at, struct err *e)
{
	struct own_newer *known = suppress_own_newer(d->suppress);
	bool is_kept = !db_in_transaction(d->db);
	uint64_t seq = suppress_seq(d->suppress);
	struct sql_suppression_opted_in_row row;

	if (is_kept && own_newer_in_at(known, seq, at))
		return 0;
	if (sql_suppression_opted_in(d->db, d->arena, &row, e) < 0)
		return -1;
	*at = row.at;
	if (is_kept)
		own_newer_put_in_at(known, seq, row.at);
	return 0;
}

int own_act_signals_due(struct desk *d, const uint8_t *key, size_t n,
	const uint32_t *was, bool *due, struct err *e)
{
	bool *is_newer_known;
	int64_t at;

	memset(due, 0, n * sizeof *due);
	if (last_opt_in(d, &at, e))
		return -1;
	if (!at)
		return 0;
	is_newer_known = arena_many(d->arena, bool, n);
	own_newer_find(
		suppress_own_newer(d->suppress), at, key, n, is_newer_known);
	for (size_t i = 0; i < n; i++)
		if (was[i] & REASON_OPT_OUT && !is_newer_known[i] &&
			look_up(d, key + i * IDENT_KEY_SIZE, at, &due[i], e))
			return -1;
	return 0;
}

int own_act_due(struct desk *d, const struct log_change *c, const uint32_t *was,
	bool *due, struct err *e)
{
	bool goes_in = is_opt_in(c);
	bool is_signal = !goes_in && !c->request_id;

	memset(due, 0, c->n * sizeof *due);
	if (!c->is_act || !(c->mask & REASON_OPT_OUT))
		return 0;
	if (is_signal && own_act_signals_due(d, c->key, c->n, was, due, e))
		return -1;
	for (size_t i = 0; !is_signal && i < c->n; i++)
		due[i] = goes_in ? !(was[i] & c->mask)
				 : (was[i] & REASON_OPT_OUT) != 0;
	leave_out_twins(c, due);
	return 0;
}

/* --- what it tells --- */

static int is_refused(struct desk *d, int64_t request_id, struct err *e)
{
	struct record r;
	int rc = request_id ? record_by_id(d, request_id, &r, e) : 0;

	return rc <= 0 ? rc : outcome_of(r.row.outcome) == OUTCOME_DENIED;
}

static int take_out(struct desk *d, const struct pack *p, bool is_new,
	struct own_acts *out, struct err *e)
{
	bool is_again = str_eq(p->act, STR(OWN_ACT_AGAIN));
	int rc;

	if (!is_new && !is_again)
		return 0;
	rc = is_refused(d, p->request_id, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	out->in_at = 0;
	if (is_again)
		out->again_at = p->at;
	if (p->request_id)
		out->asked_at = p->at;
	return 0;
}

int own_acts_of(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	struct own_acts *out, struct err *e)
{
	struct packs of;
	uint32_t was = 0;

	*out = (struct own_acts){ 0 };
	if (suppress_log_read_of(d->db, d->arena, key, &of, e))
		return -1;
	for (size_t i = 0; i < of.n; i++) {
		const struct pack *p = &of.at[i];
		bool is_out = p->reasons & REASON_OPT_OUT;

		if (is_out) {
			if (take_out(d, p, !(was & REASON_OPT_OUT), out, e))
				return -1;
		} else if (str_eq(p->source, STR(OPTED_IN_BY)))
			*out = (struct own_acts){ .in_at = p->at };
		was = p->reasons;
	}
	return 0;
}

/* --- what is passed on --- */

str own_act_passed_on(struct arena *a, str actor, int64_t said_at)
{
	char space[INSTANT_SIZE];

	return arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(actor), STR_ARG(visit),
		STR_ARG(instant_on(space, sizeof space, said_at)));
}

int64_t own_act_said_at(str source, int64_t at)
{
	ptrdiff_t from = str_find(source, visit);
	int64_t said_at;

	if (from < 0 || !instant_parse(str_from(source, (size_t)from + visit.n),
				&said_at))
		return at;
	return said_at < at ? said_at : at;
}
