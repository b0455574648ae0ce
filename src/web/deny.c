/*
 * The grounds that the law has for a request, to deny it on one of them.
 */
#include "web/deny.h"

#include "desk/limit.h"
#include "desk/person.h"
#include "web/case.h"
#include "web/html.h"
#include "web/letter_flow.h"

static const char *const titles[] = {
	[DENIED_UNVERIFIED] = "Who is asking",
	[DENIED_NOT_A_CONSUMER] = "Outside of the law",
	[DENIED_EXEMPT] = "Exceptions and exemptions",
	[DENIED_OTHER] = "The request itself",
};

/* An exception keeps what was found: it is offered then, and no ground that is not so. */
static bool is_offered(const struct ground *g, const struct denial_page *x)
{
	return case_may_deny_on(g, x->kind, x->decided_on) &&
	       (x->is_found || !ground_locks(g, x->kind)) &&
	       x->met & 1u << g->needs;
}

static void fill_group(struct arena *a, enum denial_bucket b,
	struct deny_view *v, struct deny_group *out)
{
	out->title = titles[b];
	out->grounds.at = arena_many(a, struct deny_ground, ground_count());
	for (size_t i = 0; i < ground_count(); i++) {
		const struct ground *g = ground_at(i);

		if (g->bucket != b || !is_offered(g, v->x))
			continue;
		v->has_exceptions |= ground_locks(g, v->x->kind);
		v->has_silent |= ground_may_be_silent(g);
		out->grounds.at[out->grounds.n++] = (struct deny_ground){ g,
			str_eq(v->typed.ground, str_of(g->id)) };
	}
}

static void fill_groups(struct arena *a, struct deny_view *v)
{
	v->groups.at = arena_many(a, struct deny_group, COUNTOF(titles));
	for (size_t b = 0; b < COUNTOF(titles); b++) {
		struct deny_group *g = &v->groups.at[v->groups.n];

		fill_group(a, (enum denial_bucket)b, v, g);
		v->groups.n += g->grounds.n > 0;
	}
}

static struct before_lines before_lines(
	struct arena *a, const struct refused_before *b)
{
	struct before_lines out = { .is_new = b->has_documents };

	out.at = arena_many(a, struct before_line, b->n);
	for (; out.n < b->n; out.n++) {
		const struct refused_one *x = &b->at[out.n];

		out.at[out.n] = (struct before_line){
			.reference = x->reference,
			.path = desk_case_path(a, x->reference, ""),
			.day = date_words(a, x->on),
			.until = date_words(a, x->until),
			.ground = x->ground ? x->ground->title
					    : "In part: the rest was corrected",
			.is_same = x->like == LIKE_SAME,
		};
	}
	return out;
}

int before_card_fill(
	struct http_request *q, struct before_lines *out, struct err *e)
{
	struct refused_before b;

	if (refused_before_of(web_desk(q), http_param(q, "ref"), &b, e) < 0)
		return -1;
	*out = before_lines(q->arena, &b);
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct deny_view *v, struct err *e)
{
	struct denial_page x;
	int rc = case_denial(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (!x.can)
		return desk_changed_meanwhile(q, r, x.reference);
	if (desk_page_fill(w, q, r, STR("Deny this request"), &v->page, e))
		return -1;
	v->x = &x;
	letter_flow_all(q->arena, x.letter.at, x.letter.n);
	v->path = desk_case_path(q->arena, x.reference, "");
	if (!v->typed.ground.n && !v->problems.n)
		v->typed = x.proposed;
	v->is_correction = x.kind == KIND_CORRECT;
	v->weighed = weighed_form_of(q->arena, &v->typed.weighed, &v->problems);
	v->why_max = LIMIT_NOTE_BYTES;
	v->purpose_max = PERSON_kept_for_max;
	fill_groups(q->arena, v);
	v->before = before_lines(q->arena, &x.before);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_deny(&r->body, v);
	return 0;
}

int web_deny(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct deny_view v = { .why_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_deny_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct deny_view v = {
		.typed = {
			.ground = http_form(q, "ground"),
			.why = http_form(q, "why"),
			.purpose = http_form(q, "purpose"),
			.health = health_stays_read(q),
			.weighed = weighed_read(q),
			.evidence = http_form(q, "evidence"),
			.is_all = http_form(q, "all").n > 0,
			.is_untold = http_form(q, "untold").n > 0,
		},
	};
	int rc = case_deny(
		web_desk(q), http_param(q, "ref"), &v.typed, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc,
		rc                     ? "proposed"
		: case_nobody_asked(q) ? "denied-unasked"
				       : "denied",
		e);
}
