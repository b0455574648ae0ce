/*
 * Which notices are owed and how each stands, and what contradicts what.
 */
#include "base/base.h"
#include "desk/config.h"
#include "desk/notice_facts.h"
#include "law/category.h"
#include "law/kind.h"

/* --- how each stands --- */

static const struct notice_version *next_of(
	const struct notice_versions *all, enum notice n, struct date today)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].notice == n) /* the newest decides */
			return date_cmp(all->at[i].from, today) > 0
				       ? &all->at[i]
				       : NULL;
	return NULL;
}

static int look_changed(struct desk *d, struct notice_state *s, struct err *e)
{
	struct notice_version v;
	struct notice_draft draft;
	int rc = notice_version(d, s->row->notice, s->in_force->version, &v, e);

	if (rc < 0 || notice_draft_again(
			      d, s->row->notice, s->in_force->from, &draft, e))
		return -1;
	s->is_changed = !rc || notice_differs(&v, &draft);
	return 0;
}

static int look_written(struct desk *d, const struct notice_versions *all,
	struct notice_state *s, struct err *e)
{
	enum notice n = s->row->notice;
	struct notice_draft draft;

	if (notice_draft(d, n, notice_first_day(d, n), &draft, e))
		return -1;
	s->gaps = draft.gaps;
	s->lacks = draft.gap[0];
	s->in_force = notice_in_force(all, n, desk_today(d));
	s->next = next_of(all, n, desk_today(d));
	return s->in_force ? look_changed(d, s, e) : 0;
}

int notice_states(struct desk *d, struct notice_states *out, struct err *e)
{
	struct notice_versions *all =
		arena_one(d->arena, struct notice_versions);
	struct business_facts business;
	struct settings s;
	unsigned needed;

	if (desk_need(d, PERM_SEE_MAP, e) || settings_load(d, &s, e) ||
		notice_versions(d, all, e))
		return -1;
	notice_business(d, &s, &business);
	needed = notices_needed(&business, desk_today(d));
	for (int n = 0; n < NOTICE_END; n++) {
		const struct notice_place *place = notice_place((enum notice)n);

		out->at[n] = (struct notice_state){
			.row = notice_row((enum notice)n),
			.is_needed = needed & 1u << n,
			.is_written = place->is_written,
			.path = place->path,
		};
		if (place->is_written && look_written(d, all, &out->at[n], e))
			return -1;
	}
	return 0;
}

/* --- what contradicts what --- */

struct look {
	struct date day; /* that a notice would be published for */
	struct notice_facts f;
	const struct notice_version *policy; /* in force, or NULL */
};

/* "Identifiers, Inferences" */
static str titles(struct arena *a, unsigned bits)
{
	struct buf b = buf_in(a, 2000);

	for (enum category c = CATEGORY_A; c < CATEGORY_END; c++)
		if (bits & 1u << (c - CATEGORY_A))
			buf_fmt(&b, "%s%s", b.n ? ", " : "",
				category_row(c)->title);
	return buf_str(&b);
}

static str uses(struct arena *a, const struct notice_facts *f)
{
	str out = { 0 };

	for (size_t i = 0; i < f->uses.n; i++)
		out = arena_fmt(a, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "",
			STR_ARG(f->uses.at[i].of->name));
	return out;
}

static void put_doubts(
	struct arena *a, const struct look *l, struct notice_doubts *out)
{
	const struct {
		str what;
		bool is_problem;
		unsigned stops;
		const char *text;
		const char *hint;
	} rows[] = {
#define NOTICE_DOUBT(what, is_problem, stops, text, hint) \
	{ what, is_problem, stops, text, hint },
#include "desk/tbl/notice_doubts.h"
	};

	out->n = 0;
	out->at = arena_many(a, struct notice_doubt, COUNTOF(rows));
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (rows[i].what.n)
			out->at[out->n++] = (struct notice_doubt){
				rows[i].is_problem,
				rows[i].stops,
				arena_fmt(a, "%s: %.*s", rows[i].text,
					STR_ARG(rows[i].what)),
				rows[i].hint,
			};
}

int notice_doubts(struct desk *d, struct date day, struct notice_doubts *out,
	struct err *e)
{
	struct look *l = arena_one(d->arena, struct look);
	struct notice_versions all;

	if (desk_need(d, PERM_SEE_MAP, e) ||
		notice_facts_load(d, day, LANG_EN, &l->f, e) ||
		notice_versions(d, &all, e))
		return -1;
	l->day = day;
	l->policy = notice_in_force(&all, NOTICE_POLICY, desk_today(d));
	put_doubts(d->arena, l, out);
	return 0;
}

const struct notice_doubt *notice_stopped_by(
	const struct notice_doubts *all, enum notice n)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].stops & 1u << n)
			return &all->at[i];
	return NULL;
}
