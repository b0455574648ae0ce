#include "desk/stakes.h"

#include "base/base.h"
#include "base/buf.h"
#include "desk/identity.h"
#include "desk/note.h"
#include "desk/record.h"
#include "law/grade.h"
#include "law/listed.h"
#include "law/reference.h"

enum { KEPT_MAX = PERSON_stakes_max };

/* The factors in the law's order. */
static void factors(struct stake out[STAKES])
{
	size_t n = 0;

	for (size_t i = 0; i < listed_count(); i++) {
		const struct listed *l = listed_at(i);

		if (l->list != LIST_WEIGHED)
			continue;
		must(n < STAKES);
		out[n++] = (struct stake){ .code = l->code,
			.title = l->title,
			.citation = l->citation };
	}
	must(n == STAKES);
}

/* --- a line each: the code, a tab, the words --- */

static str kept_of(struct arena *a, const struct stakes *in)
{
	struct stake all[STAKES];
	struct buf b = buf_in(a, KEPT_MAX);

	factors(all);
	for (size_t i = 0; i < STAKES; i++)
		buf_fmt(&b, "%s%s\t%.*s", i ? "\n" : "", all[i].code,
			STR_ARG(note_line(a, in->text[i].v)));
	return buf_ok(&b) ? buf_str(&b) : STR("");
}

size_t stakes_of(const struct record *r, struct stake out[STAKES])
{
	str rest = r->person.stakes.v;
	str line, code, text;
	size_t n = 0;

	factors(out);
	while (str_next(&rest, '\n', &line)) {
		str_cut(line, '\t', &code, &text);
		for (size_t i = 0; i < STAKES; i++) {
			if (!str_eq(code, str_of(out[i].code)))
				continue;
			out[i].text.v = text;
			n++;
		}
	}
	return n;
}

/* --- the decision --- */

/* Nobody weighs how sure to be of what was carried out. */
bool stakes_can(const struct record *r)
{
	return r->seal && grade_is_for(r->kind) && state_is_open(r->state) &&
	       !r->row.approved_at && !r->row.answered_at;
}

static bool can_raise(const struct record *r)
{
	return grade_slides(r->kind) && !r->person.raised.n;
}

struct weighing {
	str reference;
	struct stakes in;
	struct problems *ps;
};

/* Who weighs again does not see what was written, and need not write it again. */
static void keep_before(const struct record *r, struct stakes *in)
{
	struct stake before[STAKES];

	stakes_of(r, before);
	for (size_t i = 0; i < STAKES; i++)
		if (!in->text[i].v.n)
			in->text[i] = before[i].text;
}

static void check(const struct stakes *in, struct problems *ps)
{
	struct stake all[STAKES];

	factors(all);
	for (size_t i = 0; i < STAKES; i++)
		note_check(in->text[i].v, all[i].code,
			"Write what you weighed, or that it does not matter "
			"here",
			ps);
}

static int weigh(struct desk *d, void *ctx, struct err *e)
{
	const struct weighing *w = ctx;
	struct stakes in = w->in;
	struct record r;
	bool raises;

	*w->ps = (struct problems){ 0 };
	if (record_need(d, w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!stakes_can(&r))
		return err_set(e, ERR_CONFLICT,
			"there is nothing to weigh: the case is \"%s\"",
			state_title(r.state));
	keep_before(&r, &in);
	check(&in, w->ps);
	if (w->ps->n)
		return 0;
	raises = in.raises && can_raise(&r);
	r.person.stakes.v = kept_of(d->arena, &in);
	if (raises)
		r.person.raised = STR("yes");
	if (record_save_person(d, &r, e) || identity_store(d, &r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_WEIGHED, r.row.reference, e,
		AD("raised", raises ? "yes" : "no"));
}

int case_weigh(struct desk *d, str reference, const struct stakes *in,
	struct problems *ps, struct err *e)
{
	struct weighing w = { reference, *in, ps };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	for (size_t i = 0; i < STAKES; i++)
		w.in.text[i].v = str_trim(w.in.text[i].v);
	return desk_write(d, weigh, &w, e);
}

int case_stakes(
	struct desk *d, str reference, struct stakes_page *out, struct err *e)
{
	struct record r;
	int rc;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct stakes_page){
		.reference = reference_show(d->arena, r.row.reference),
		.phrase = kind_row(r.kind)->phrase,
		.can = stakes_can(&r),
		.can_raise = can_raise(&r),
		.is_raised = r.person.raised.n > 0,
		.is_sensitive = r.person.sensitive.n > 0,
		.is_weighed = r.person.stakes.v.n > 0,
	};
	factors(out->at);
	return 1;
}
