#include "desk/correct_show.h"

#include "desk/code.h"
#include "desk/correct.h"
#include "desk/door.h"

#define CODE_SHOW "correction code"

static int is_there(struct desk *d, const struct record *r, struct err *e)
{
	enum outcome outcome = outcome_of(r->row.outcome);
	struct corrected_list list;
	size_t done = 0;

	if (kind_row(r->kind)->flow != FLOW_CORRECT || !r->seal ||
		!r->row.answered_at ||
		(outcome != OUTCOME_COMPLIED && outcome != OUTCOME_PART))
		return 0;
	if (r->person.corrected.v.n)
		return 1;
	if (correct_list(d, r->row.id, &list, e))
		return -1;
	for (size_t i = 0; i < list.n; i++)
		done += list.at[i].done_at > 0;
	return done > 0;
}

static const struct door door = { CODE_SHOW, is_there };

int correct_show_is_there(struct desk *d, str reference, struct err *e)
{
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	if (rc <= 0)
		return rc;
	return door_has_address(&r) ? is_there(d, &r, e) : 0;
}

int correct_show_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	return door_send_code(d, &door, reference, ps, e);
}

struct showing {
	struct door_try try;
	struct correct_shown *out;
};

static void fill(struct desk *d, const struct corrected_list *list,
	struct correct_shown *v)
{
	v->items.at = arena_many(d->arena, struct correct_shown_one, list->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct corrected *c = &list->at[i];

		if (c->done_at)
			v->items.at[v->items.n++] = (struct correct_shown_one){
				.what = c->what,
				.is_deleted = c->is_deleted,
				.value = c->value,
				.read_at = c->is_proven ? c->done_at : 0,
			};
	}
}

static int show(struct desk *d, void *ctx, struct err *e)
{
	struct showing *s = ctx;
	struct corrected_list list;
	struct record r;

	*s->out = (struct correct_shown){ .items = { .n = 0 } };
	if (door_enter(d, &door, &s->try, &r, e))
		return -1;
	if (s->try.why_not)
		return 0;
	if (correct_list(d, r.row.id, &list, e))
		return -1;
	fill(d, &list, s->out);
	s->out->by_hand = r.person.corrected;
	return DESK_AUDIT(d, AUDIT_CORRECTION_SHOWN, r.row.reference, e,
		AD("values", (int64_t)s->out->items.n));
}

int correct_show(struct desk *d, str reference, str code,
	struct correct_shown *out, struct problems *ps, struct err *e)
{
	struct showing s = { { .reference = reference }, out };

	if (!code_read(d->arena, code, &s.try.code, ps))
		return 0;
	if (desk_write(d, show, &s, e))
		return -1;
	if (s.try.why_not)
		problem_add(ps, "code", "wrong", s.try.why_not);
	return 0;
}
