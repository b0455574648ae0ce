/* A minor's data that came to light: suppressed, and looked for. */
#include "desk/child.h"

#include <string.h>

#include "desk/minor.h"
#include "desk/record.h"
#include "desk/suppress_list.h"
#include "law/reason.h"
#include "store/sql.h"

static const uint8_t *key_at(const struct child *c, size_t i)
{
	return c->of.key + i * IDENT_KEY_SIZE;
}

/* Notes the age of one identifier.  1: it has allowed the sale, and goes on to. */
static int tell(struct desk *d, struct child *c, size_t i, struct err *e)
{
	struct minor_known known = { .choice = MINOR_SAID_NOTHING };
	int rc = minor_look(d, key_at(c, i), &known, e);

	if (rc < 0 || minor_tell(d, key_at(c, i), c->born_on, c->age, e))
		return -1;
	if (minor_is_refusing(&known, desk_today(d)) &&
		date_cmp(known.ask_from, c->ask_from) > 0)
		c->ask_from = known.ask_from;
	if (minor_allows(known.choice, c->age))
		return 1;
	/* Their own choice, and they are under 13: it was not theirs. */
	return known.choice == MINOR_SELF_ALLOWED
		       ? minor_choose(d, key_at(c, i), MINOR_SAID_NOTHING,
				 (struct date){ 0 }, e)
		       : 0;
}

/* The identifiers that have not allowed the sale, at the head of change. */
static int pick(
	struct desk *d, struct child *c, struct log_change *x, struct err *e)
{
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, c->of.n);
	enum ident_kind *kind = arena_many(d->arena, enum ident_kind, c->of.n);

	for (size_t i = 0; i < c->of.n; i++) {
		int rc = tell(d, c, i, e);

		if (rc < 0)
			return -1;
		c->is_allowed[i] = rc;
		if (rc)
			continue;
		memcpy(key + x->n * IDENT_KEY_SIZE, key_at(c, i),
			IDENT_KEY_SIZE);
		kind[x->n++] = c->of.kind[i];
	}
	x->key = key;
	x->kind = kind;
	return 0;
}

static int suppress(struct desk *d, struct child *c, struct err *e)
{
	struct log_change change = { .mask = REASON_MINOR,
		.reasons = REASON_MINOR,
		.source = desk_actor(d) };

	if (c->by.n)
		change.source = arena_fmt(d->arena, "%.*s:%.*s",
			STR_ARG(change.source), STR_ARG(c->by));
	if (pick(d, c, &change, e))
		return -1;
	if (!change.n)
		return 0;
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
		.kind = KIND_DELETE, .channel = CHANNEL_FOUND, .person = p
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

/* The search begins with an address: the first that was given.  What was opted in to
 * came to light before. */
static int find_or_open(struct desk *d, struct child *c, struct err *e)
{
	struct person p = { .stop_sale = STR("no") };
	size_t i = 0;
	int rc;

	while (i < c->of.n &&
		(c->is_allowed[i] || c->of.kind[i] != IDENT_EMAIL ||
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
	c->ask_from = (struct date){ 0 };
	c->is_allowed = arena_many(d->arena, bool, c->of.n);
	return suppress(d, c, e) || find_or_open(d, c, e) ? -1 : 0;
}

static int read_age(struct desk *d, struct child *c, struct err *e)
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
	return 0;
}

static int find(struct desk *d, struct child *c, struct err *e)
{
	if (minor_row(c->age)->by == MINOR_BY_NOBODY)
		return 0;
	return desk_write(d, store_found, c, e);
}

int child_found(struct desk *d, struct child *c, struct err *e)
{
	if (read_age(d, c, e) || signals_read(d, &c->of, e))
		return -1;
	return find(d, c, e);
}

int child_told(struct desk *d, struct child *c, struct err *e)
{
	if (read_age(d, c, e) || signals_read_own(d, &c->of, e))
		return -1;
	return find(d, c, e);
}

bool child_opened(const struct record *r)
{
	return str_eq(r->row.channel, str_of(channel_code(CHANNEL_FOUND)));
}

int child_seen(struct desk *d, const struct record *r, struct date born_on,
	struct err *e)
{
	bool is_by_phone = person_is_by_phone(&r->person);
	struct suppress_query q = {
		.kind = is_by_phone ? IDENT_PHONE : IDENT_EMAIL,
		.value = is_by_phone ? r->person.phone.v : r->person.email.v,
	};
	struct child c = { .born_on = born_on, .by = STR("search") };
	uint8_t key[IDENT_KEY_SIZE];

	if (date_is_none(born_on) || !q.value.n ||
		ident_key_of(
			suppress_keyring(d->suppress), q.kind, q.value, key))
		return 0;
	c.of.at = &q;
	c.of.n = 1;
	c.of.key = key;
	c.of.kind = &q.kind;
	if (read_age(d, &c, e))
		return -1;
	if (minor_row(c.age)->by == MINOR_BY_NOBODY)
		return 0;
	if (store_found(d, &c, e))
		return -1;
	/* Staff see it with the request that brought it to light, too. */
	return c.is_new
		       ? DESK_AUDIT(d, AUDIT_NOTED, r->row.reference, e,
				 AD("about",
					 "what was found is a minor's, of whom "
					 "a case was opened by itself"))
		       : 0;
}

int child_known(struct desk *d, const struct identifier *id, size_t n,
	struct date born_on, struct err *e)
{
	struct child c = { .born_on = born_on };
	struct suppress_query none[RECEIVE_IDENTIFIERS] = { 0 };

	must(n <= RECEIVE_IDENTIFIERS && !date_is_none(born_on));
	c.of.at = none;
	c.of.n = n;
	c.of.key = arena_array(d->arena, IDENT_KEY_SIZE, n);
	c.of.kind = arena_many(d->arena, enum ident_kind, n);
	c.is_allowed = arena_many(d->arena, bool, n);
	for (size_t i = 0; i < n; i++) {
		memcpy(c.of.key + i * IDENT_KEY_SIZE, id[i].key,
			IDENT_KEY_SIZE);
		c.of.kind[i] = id[i].kind;
	}
	if (read_age(d, &c, e))
		return -1;
	if (minor_row(c.age)->by == MINOR_BY_NOBODY)
		return 0;
	return suppress(d, &c, e);
}
