/* A minor's data that came to light: suppressed, and looked for. */
#include "desk/child.h"

#include "desk/receive.h"
#include "desk/record.h"
#include "desk/suppress_list.h"
#include "law/reason.h"
#include "store/sql.h"

static int suppress(struct desk *d, struct child *c, struct err *e)
{
	struct log_change change = { .key = c->of.key,
		.kind = c->of.kind,
		.n = c->of.n,
		.mask = REASON_MINOR,
		.reasons = REASON_MINOR,
		.source = desk_actor(d) };

	if (!date_is_none(c->until))
		change.until_at = pacific_midnight_ms(c->until);
	if (suppress_log_change(d, &change, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e,
		AD("count", change.changed),
		AD("reasons", suppress_reasons(d->arena, REASON_MINOR)));
}

/* 1 and its reference, or 0: a case of theirs that deletes, and is open. */
static int open_case_of(
	struct desk *d, struct child *c, str id_key, struct err *e)
{
	struct sql_request_by_identifier_rows rows;

	if (sql_request_by_identifier(d->db, d->arena,
		    &(struct sql_request_by_identifier_in){ id_key }, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct record r;
		int rc = record_by_id(d, rows.at[i].id, &r, e);

		if (rc < 0)
			return -1;
		if (rc && r.kind == KIND_DELETE && state_is_open(r.state)) {
			c->reference = r.row.reference;
			return 1;
		}
	}
	return 0;
}

/* Searched at once: nobody is there who could prove anything. */
static int open_case(
	struct desk *d, struct child *c, const struct person *p, struct err *e)
{
	struct newcomer n = {
		.kind = KIND_DELETE, .channel = CHANNEL_API, .person = p
	};
	struct state_facts facts = { .is_decided = true };
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t count = receive_identifiers(d, p, id);

	if (receive_store(d, &n, e) ||
		receive_store_identifiers(d, &n.record, id, count, e) ||
		record_move(d, &n.record, ON_SEARCH_STARTED, &facts, e) ||
		DESK_AUDIT(d, AUDIT_MINOR_FOUND, n.record.row.reference, e,
			AD("age", minor_row(c->age)->code)))
		return -1;
	c->reference = n.record.row.reference;
	c->is_new = true;
	return desk_job(d, JOB_SEARCH, n.record.row.id, desk_now(d), e);
}

/* The search begins with an address: the first that was given. */
static int find_or_open(struct desk *d, struct child *c, struct err *e)
{
	struct person p = { .stop_sale = STR("no") };
	size_t i = 0;
	int rc;

	while (i < c->of.n &&
		(c->of.kind[i] != IDENT_EMAIL ||
			str_find(c->of.at[i].value, STR("@")) < 0))
		i++;
	if (i == c->of.n)
		return 0;
	rc = open_case_of(d, c,
		(str){ (const char *)c->of.key + i * IDENT_KEY_SIZE,
			IDENT_KEY_SIZE },
		e);
	if (rc)
		return rc < 0 ? -1 : 0;
	p.email.v = str_trim(c->of.at[i].value);
	p.reason.v = arena_fmt(d->arena, "Data of a minor came to light: %s",
		minor_row(c->age)->title);
	return open_case(d, c, &p, e);
}

static int store_found(struct desk *d, void *ctx, struct err *e)
{
	struct child *c = ctx;

	c->reference = STR("");
	c->is_new = false;
	return suppress(d, c, e) || find_or_open(d, c, e) ? -1 : 0;
}

int child_found(struct desk *d, struct child *c, struct err *e)
{
	struct date today = desk_today(d);

	c->of.reasons = REASON_MINOR;
	c->of.source = STR("");
	c->reference = STR("");
	c->until = (struct date){ 0 };
	if (!date_is_none(c->born_on)) {
		if (date_cmp(c->born_on, today) > 0)
			return err_set(
				e, ERR_INVALID, "the day of birth lies ahead");
		c->age = minor_on(c->born_on, today);
		c->until = minor_until(c->born_on);
	}
	must(c->age < MINOR_END);
	if (signals_read(d, &c->of, e))
		return -1;
	if (minor_row(c->age)->by == MINOR_BY_NOBODY)
		return 0;
	return desk_write(d, store_found, c, e);
}
