#include "desk/correct_show.h"

#include "desk/code.h"
#include "desk/correct.h"
#include "desk/door.h"
#include "desk/limit.h"

#define CODE_SHOW "correction code"

enum { DAY_S = 24 * 3600 };

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
	const struct correct_look *look;
	struct correct_shown *out;
};

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool counts(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (unsigned char)c >= 0x80;
}

/* The next character that counts; 0 at the end. */
static char next_of(str s, size_t *at)
{
	while (*at < s.n) {
		char c = folded(s.p[(*at)++]);

		if (counts(c))
			return c;
	}
	return 0;
}

bool correct_is_match(str never_disclose, str held, str typed)
{
	size_t i = 0, j = 0, n = 0;
	char a, b;

	if (str_eq(never_disclose, STR("password")))
		return held.n && str_eq(held, typed);
	do {
		a = next_of(held, &i);
		b = next_of(typed, &j);
		n += a != 0;
	} while (a && a == b);
	return n && a == b;
}

/* The class that the data map gives the column today; empty when it has none, or lost
 * the column. */
static str class_today(const struct map *m, const struct corrected *c)
{
	const struct map_system *s = map_system_named(m, c->system);
	const struct map_table *t = s ? map_table_named(s, c->table) : NULL;
	size_t i = t ? map_column_index(t, c->column) : 0;

	return t && i < t->columns_n ? t->columns[i].never_disclose : STR("");
}

/* What was marked since the decision is not shown either; and what it is is said as the
 * map says it in the language.  Who corrected by hand alone needs no data map. */
static int read_today(
	struct desk *d, enum lang l, struct corrected_list *list, struct err *e)
{
	struct map map;

	if (list->n && map_read(d->arena, d->data_map, &map, e))
		return -1;
	for (size_t i = 0; i < list->n; i++) {
		struct corrected *c = &list->at[i];

		if (!c->never_disclose.n)
			c->never_disclose = class_today(&map, c);
		if (l != LANG_EN)
			c->what = corrected_words(d->arena, &map, l, c);
	}
	return 0;
}

static struct correct_shown_one shown_of(
	const struct corrected *c, personal typed)
{
	struct correct_shown_one out = { .what = c->what,
		.is_deleted = c->is_deleted,
		.is_never = c->never_disclose.n && !c->is_deleted,
		.read_at = c->is_proven ? c->done_at : 0 };

	if (!out.is_never)
		out.value = c->value;
	else if (typed.v.n)
		out.match =
			correct_is_match(c->never_disclose, c->value.v, typed.v)
				? MATCH_YES
				: MATCH_NO;
	return out;
}

static void fill(struct desk *d, const struct corrected_list *list,
	personal typed, struct correct_shown *v)
{
	v->items.at = arena_many(d->arena, struct correct_shown_one, list->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct corrected *c = &list->at[i];

		if (c->done_at)
			v->items.at[v->items.n++] = shown_of(c, typed);
	}
}

static int tell_tried(struct desk *d, const struct record *r,
	const struct correct_shown *v, struct err *e)
{
	int64_t yes = 0, no = 0;

	for (size_t i = 0; i < v->items.n; i++) {
		yes += v->items.at[i].match == MATCH_YES;
		no += v->items.at[i].match == MATCH_NO;
	}
	if (!yes && !no)
		return 0;
	return DESK_AUDIT(d, AUDIT_VALUE_CONFIRMED, r->row.reference, e,
		AD("matching", yes), AD("others", no));
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
	/* Only now: whoever has the number alone must not use up the tries. */
	if (s->look->typed.v.n &&
		desk_limit_request(d, "match", s->try.reference,
			LIMIT_MATCHES_A_DAY, DAY_S, e))
		return -1;
	if (correct_list(d, r.row.id, &list, e) ||
		read_today(d, s->look->lang, &list, e))
		return -1;
	fill(d, &list, s->look->typed, s->out);
	s->out->by_hand = r.person.corrected;
	if (tell_tried(d, &r, s->out, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_CORRECTION_SHOWN, r.row.reference, e,
		AD("values", (int64_t)s->out->items.n));
}

int correct_show(struct desk *d, str reference, const struct correct_look *look,
	struct correct_shown *out, struct problems *ps, struct err *e)
{
	const struct correct_look trimmed = { look->code,
		{ str_trim(look->typed.v) }, look->lang };
	struct showing s = {
		.try = { .reference = reference }, .look = &trimmed, .out = out
	};

	if (!code_read(d->arena, look->code, &s.try.code, ps))
		return 0;
	if (desk_write(d, show, &s, e))
		return -1;
	if (s.try.why_not)
		problem_add(ps, "code", "wrong", s.try.why_not);
	return 0;
}
