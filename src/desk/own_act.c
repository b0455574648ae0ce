/* The newest word of a person, in each direction. */
#include "desk/own_act.h"

#include <string.h>

#include "base/date.h"
#include "desk/record.h"
#include "law/reason.h"
#include "store/sql.h"

static const str visit = STR_INIT(":visit:"), signal_end = STR_INIT(":gpc");

/* --- what is written down --- */

static bool is_opt_in(const struct log_change *c)
{
	return c->mask & REASON_OPT_OUT && !(c->reasons & REASON_OPT_OUT) &&
	       str_eq(c->source, STR(OPTED_IN_BY));
}

static bool came_before(const struct log_change *c, size_t i)
{
	const uint8_t *key = c->key + i * IDENT_KEY_SIZE;

	for (size_t k = 0; k < i; k++)
		if (!memcmp(c->key + k * IDENT_KEY_SIZE, key, IDENT_KEY_SIZE))
			return true;
	return false;
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

static int signal_due(struct desk *d, const struct log_change *c,
	const uint32_t *was, bool *due, struct err *e)
{
	struct sql_suppression_opted_in_row row;

	if (sql_suppression_opted_in(d->db, d->arena, &row, e) < 0)
		return -1;
	for (size_t i = 0; row.at && i < c->n; i++) {
		bool newer = false;

		if (!(was[i] & REASON_OPT_OUT) || came_before(c, i))
			continue;
		if (is_newer(d, c->key + i * IDENT_KEY_SIZE, row.at, &newer, e))
			return -1;
		due[i] = !newer;
	}
	return 0;
}

int own_act_due(struct desk *d, const struct log_change *c, const uint32_t *was,
	bool *due, struct err *e)
{
	bool goes_in = is_opt_in(c);

	memset(due, 0, c->n * sizeof *due);
	if (!c->is_act || !(c->mask & REASON_OPT_OUT))
		return 0;
	if (!goes_in && !c->request_id)
		return signal_due(d, c, was, due, e);
	for (size_t i = 0; i < c->n; i++) {
		bool holds =
			goes_in ? !(was[i] & c->mask) : was[i] & REASON_OPT_OUT;

		due[i] = holds && !came_before(c, i);
	}
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
			out->in_at = 0;
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
