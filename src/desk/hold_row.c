/* What ends with a hold, and what it says of its person meanwhile. */
#include "desk/hold_row.h"

#include "desk/record.h"
#include "desk/suppress.h"
#include "ident/key.h"
#include "law/deadline.h"
#include "law/reason.h"

static const str identifier_label = STR_INIT("hold identifier");

struct seal *hold_seal(struct desk *d)
{
	return seal_derived(d->arena, d->keys, "hold");
}

struct date hold_last_day(struct date day)
{
	const struct clock_row *row = clock_row_for(CLOCK_HOLD, KIND_NONE, day);

	must(row);
	return clock_end(row, day).on;
}

/* --- whom it knows --- */

struct lines {
	enum ident_kind kind;
	personal text;
};

static size_t count(const struct lines *of, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		str rest = of[i].text.v, line;

		while (str_next(&rest, '\n', &line))
			sum++;
	}
	return sum;
}

/* What can't be read as one is passed over, as the search does. */
static void read_lines(struct arena *a, const struct lines *of, size_t n,
	struct hold_idents *out)
{
	struct ident *at = arena_many(a, struct ident, count(of, n));

	*out = (struct hold_idents){ .at = at };
	for (size_t i = 0; i < n; i++) {
		str rest = of[i].text.v, line;

		while (str_next(&rest, '\n', &line))
			out->n += !ident_read(
				&at[out->n], IDENT_TOYON_1, of[i].kind, line);
	}
}

static void of_person(
	struct arena *a, const struct person *p, struct hold_idents *out)
{
	const struct lines of[] = {
		{ IDENT_EMAIL, p->email },
		{ IDENT_EMAIL, p->other_emails },
		{ IDENT_PHONE, p->phone },
		{ IDENT_PHONE, p->other_phones },
	};

	read_lines(a, of, COUNTOF(of), out);
}

static int of_request(struct desk *d, int64_t request_id,
	struct hold_idents *out, struct err *e)
{
	struct record r;

	if (record_by_id(d, request_id, &r, e) != 1)
		return -1;
	of_person(d->arena, &r.person, out);
	return 0;
}

static int standing_alone(
	struct desk *d, int64_t hold_id, struct hold_idents *out, struct err *e)
{
	struct sql_hold_identifiers_in in = { hold_id };
	struct sql_hold_identifiers_rows rows;
	struct seal *seal = hold_seal(d);
	struct lines *of;

	if (sql_hold_identifiers(d->db, d->arena, &in, &rows, e))
		return -1;
	of = arena_many(d->arena, struct lines, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		must(ident_kind_read(rows.at[i].kind, &of[i].kind));
		if (seal_get(d->arena, seal, identifier_label,
			    rows.at[i].sealed, &of[i].text.v, e))
			return -1;
	}
	read_lines(d->arena, of, rows.n, out);
	return 0;
}

int hold_idents(struct desk *d, const struct hold_ref *h,
	struct hold_idents *out, struct err *e)
{
	return h->request_id ? of_request(d, h->request_id, out, e)
			     : standing_alone(d, h->id, out, e);
}

/* --- what it says of them --- */

static int say(struct desk *d, const struct hold_ref *h, uint32_t reasons,
	struct err *e)
{
	struct hold_idents ids;

	if (hold_idents(d, h, &ids, e))
		return -1;
	for (size_t i = 0; i < ids.n; i++) {
		uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
		struct suppress_change change = {
			.kind = &ids.at[i].kind,
			.key = key,
			.n = 1,
			.mask = REASON_HOLD,
			.reasons = reasons,
			.source = STR("hold"),
			.request_id = h->request_id,
		};

		ident_digest(&ids.at[i], digest);
		ident_key(suppress_keyring(d->suppress), ids.at[i].kind, digest,
			key);
		if (suppress_replace(d, &change, e))
			return -1;
	}
	return 0;
}

int hold_say(struct desk *d, const struct hold_ref *h, struct err *e)
{
	return say(d, h, REASON_HOLD, e);
}

/* Other holds on the same person keep the data as it is. */
static int unsay(struct desk *d, const struct hold_ref *h, struct err *e)
{
	struct sql_hold_neighbours_in in = { h->id };
	struct sql_hold_neighbours_rows rows;

	if (say(d, h, 0, e) ||
		sql_hold_neighbours(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (hold_say(d,
			    &(struct hold_ref){
				    rows.at[i].id, rows.at[i].request_id },
			    e))
			return -1;
	return 0;
}

/* --- its end --- */

/* Whom it kept from being deleted for the State's lists is looked for again. */
static int look_again(struct desk *d, int64_t hold_id, struct err *e)
{
	struct sql_drop_held_by_in in = { hold_id };
	struct sql_drop_held_by_row row;

	if (sql_drop_held_by(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n ? desk_job(d, JOB_DROP, 0, desk_now(d), e) : 0;
}

static enum job_kind job_of(const struct sql_hold_waiting_row *t)
{
	if (!str_eq(t->target, STR("system")))
		return JOB_TELL;
	return str_eq(t->state, STR("correcting")) ? JOB_CHANGE : JOB_ERASE;
}

/* What was approved goes on where it stopped; whoever is held by another hold is
 * found to be so by the job. */
static int go_on(struct desk *d, struct err *e)
{
	struct sql_hold_waiting_rows rows;

	if (sql_hold_waiting(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (desk_job(d, job_of(&rows.at[i]), rows.at[i].id, desk_now(d),
			    e))
			return -1;
	return 0;
}

static int note_end(struct desk *d, const struct hold_ref *h, const char *how,
	struct err *e)
{
	struct record r = { 0 };

	if (h->request_id && record_by_id(d, h->request_id, &r, e) != 1)
		return -1;
	return DESK_AUDIT(
		d, AUDIT_HOLD_ENDED, r.row.reference, e, AD("how", how));
}

int hold_end(struct desk *d, const struct hold_ref *h, const char *how,
	struct err *e)
{
	struct sql_hold_end_in in = { h->id, desk_now(d) };
	int64_t n = sql_hold_end(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return unsay(d, h, e) || go_on(d, e) || look_again(d, h->id, e) ||
			       note_end(d, h, how, e)
		       ? -1
		       : 1;
}
