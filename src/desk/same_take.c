#include "desk/same_take.h"

#include "connect/point.h"
#include "desk/fulfil_task.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/receive.h"
#include "law/reference.h"

enum { WHAT_MAX = 400 };

/* What is typed to be compared; the address is proven, and never another one here. */
static personal *detail_of(struct person *p, enum point x)
{
	switch (x) {
	case POINT_PHONE:
		return &p->phone;
	case POINT_ZIP:
		return &p->zip;
	case POINT_NAME:
		return &p->name;
	case POINT_STREET:
		return &p->street;
	case POINT_BIRTH_DATE:
		return &p->birth_date;
	default:
		return NULL;
	}
}

/* One that matched a record is not lost to a slip of the keyboard. */
static bool is_better(
	const struct record *first, const struct record *later, enum point x)
{
	struct person a = first->person, b = later->person;
	const personal *was = detail_of(&a, x);
	const personal *is = detail_of(&b, x);

	return is && is->v.n && !str_eq(is->v, was->v) &&
	       !identity_has_matched(&first->person, x);
}

static unsigned better_points(
	const struct record *first, const struct record *later)
{
	unsigned out = 0;

	for (int x = 0; x < POINTS; x++)
		if (is_better(first, later, (enum point)x))
			out |= 1u << x;
	return out;
}

static bool declares_first(
	const struct record *first, const struct record *later)
{
	return str_eq(later->person.declared, STR("yes")) &&
	       !str_eq(first->person.declared, STR("yes"));
}

bool same_is_too_late(const struct record *first, const struct record *later)
{
	return first->state == STATE_WORKING &&
	       kind_only_answers(first->kind) &&
	       (better_points(first, later) || declares_first(first, later));
}

static void say_what(struct buf *b, const char *what)
{
	buf_puts(b, b->n ? ", " : "");
	buf_puts(b, what);
}

static void take_points(struct record *first, const struct record *later,
	unsigned points, struct buf *what)
{
	struct person theirs = later->person;

	for (int x = 0; x < POINTS; x++) {
		if (!(points & 1u << x))
			continue;
		*detail_of(&first->person, (enum point)x) =
			*detail_of(&theirs, (enum point)x);
		say_what(what, point_title((enum point)x));
	}
}

/* 11 CCR 7062(c): it stays with the record, with its day. */
static void take_declaration(
	struct person *p, const struct person *later, struct buf *what)
{
	p->declared = later->declared;
	p->signed_by = later->signed_by;
	p->signed_on = later->signed_on;
	say_what(what, "the declaration");
}

/* Who chose how the answer comes has chosen it last. */
static void take_delivery(
	struct person *p, const struct person *later, struct buf *what)
{
	if (!later->letter_by.n ||
		(str_eq(later->letter_by, p->letter_by) &&
			str_eq(later->postal.v, p->postal.v)))
		return;
	p->letter_by = later->letter_by;
	p->postal = later->postal;
	say_what(what, "how the answer comes");
}

static int times(const struct person *p)
{
	int64_t n = 0;

	return str_int(p->retyped, &n) ? (int)n : 0;
}

/* What is searched goes by details too, and what is compared is told of the new ones. */
static int search_again(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_reopen_search_in in = { r->row.id, 0 };

	if (r->state != STATE_SEARCHING && r->state != STATE_REVIEW)
		return 0;
	if (sql_task_reopen_search(d->db, &in, e) < 0)
		return -1;
	return fulfil_start_searches(d, r->row.id, e);
}

static int audit_left(struct desk *d, const struct record *first,
	const struct record *later, struct err *e)
{
	return DESK_AUDIT(d, AUDIT_DETAILS_LEFT, first->row.reference, e,
		AD("reference", reference_show(d->arena, later->row.reference)),
		AD("count", LIMIT_RETYPED));
}

static int store_points(struct desk *d, struct record *first, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &first->person, id);

	if (receive_store_identifiers(d, first, id, n, e))
		return -1;
	return search_again(d, first, e);
}

int same_take(struct desk *d, struct record *first, const struct record *later,
	struct err *e)
{
	/* What is being carried out was decided on what was known of them. */
	unsigned points =
		first->state == STATE_WORKING ? 0 : better_points(first, later);
	struct buf what = buf_in(d->arena, WHAT_MAX);
	struct person *p = &first->person;

	if (points && times(p) >= LIMIT_RETYPED) {
		points = 0;
		if (audit_left(d, first, later, e))
			return -1;
	}
	if (points)
		p->retyped = arena_fmt(d->arena, "%d", times(p) + 1);
	take_points(first, later, points, &what);
	if (declares_first(first, later))
		take_declaration(p, &later->person, &what);
	take_delivery(p, &later->person, &what);
	if (str_eq(later->person.stop_sale, STR("yes")))
		p->stop_sale = later->person.stop_sale;
	if (record_save_person(d, first, e))
		return -1;
	if (what.n && DESK_AUDIT(d, AUDIT_DETAILS_TAKEN, first->row.reference,
			      e, AD("what", buf_str(&what))))
		return -1;
	return points ? store_points(d, first, e) : 0;
}
