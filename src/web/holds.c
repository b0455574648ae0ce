/* Law-enforcement holds: all that are on, and those on people who asked for nothing. */
#include "web/holds.h"

#include <ctype.h>

#include "desk/limit.h"
#include "web/html.h"

/* --- all of them --- */

static void fill_lines(
	struct arena *a, const struct holds *all, struct holds_view *v)
{
	v->lines.at = arena_many(a, struct holds_line, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const struct hold_line *x = &all->at[i];
		bool has_case = x->reference.n > 0;

		v->lines.at[v->lines.n++] = (struct holds_line){
			.href = has_case ? desk_case_path(
						   a, x->reference, "/hold")
					 : arena_fmt(a, "/desk/holds/%lld",
						   (long long)x->id),
			.name = has_case ? x->reference : STR("No case"),
			.id = x->id,
			.placed = date_words(a, x->placed_on),
			.until = date_words(a, x->until),
			.renewals = x->renewals,
		};
	}
}

static void fill_again(
	struct arena *a, const struct resumables *all, struct holds_view *v)
{
	v->again.at = arena_many(a, struct holds_again, all->n);
	for (; v->again.n < all->n; v->again.n++) {
		const struct resumable *x = &all->at[v->again.n];

		v->again.at[v->again.n] = (struct holds_again){
			.href = desk_case_path(a, x->reference, ""),
			.reference = x->reference,
			.received = date_words(a, x->received_on),
			.denied = date_words(a, x->denied_on),
			.is_anew = x->is_anew,
		};
	}
}

/* "email address" to "Email address", as a label begins. */
static str capital(struct arena *a, const char *s)
{
	char *out = arena_cstr(a, str_of(s));

	out[0] = (char)toupper((unsigned char)out[0]);
	return str_of(out);
}

static void fill_kinds(const struct http_request *q, struct holds_view *v)
{
	v->kinds.at = arena_many(q->arena, struct holds_kind, IDENT_KINDS);
	for (int k = 0; k < IDENT_KINDS; k++) {
		enum ident_kind kind = (enum ident_kind)k;
		const char *name = ident_kind_name(kind);

		if (hold_takes(kind))
			v->kinds.at[v->kinds.n++] = (struct holds_kind){
				.name = name,
				.title = capital(
					q->arena, ident_kind_title(kind)),
				.is_rare = kind != IDENT_EMAIL &&
					   kind != IDENT_PHONE,
				.typed = http_form(q, name),
				.problem = problem_of(&v->problems, name),
			};
	}
	for (size_t i = 0; i < v->kinds.n; i++)
		v->has_rare |= v->kinds.at[i].is_rare && v->kinds.at[i].typed.n;
}

static int draw_all(const struct web *w, struct http_request *q,
	struct http_response *r, struct holds_view *v, struct err *e)
{
	struct desk *d = web_desk(q);
	struct date until = hold_until(d);
	struct resumables again;
	struct holds all;

	if (holds_on(d, &all, e) || resume_list(d, &again, e) ||
		desk_page_fill(
			w, q, r, STR("Law-enforcement holds"), &v->page, e))
		return -1;
	v->page.place = DESK_HOLDS;
	fill_lines(q->arena, &all, v);
	fill_again(q->arena, &again, v);
	fill_kinds(q, v);
	v->place_until = date_words(q->arena, until);
	v->order_max = LIMIT_NOTE_BYTES;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_holds(&r->body, v);
	return 0;
}

int web_holds(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct holds_view v = { .order_max = 0 };

	return draw_all(ctx, q, r, &v, e);
}

/* One a line; what is empty was not meant. */
static void add_lines(const struct http_request *q, enum ident_kind kind,
	struct hold_identifier *at, size_t *n)
{
	str rest = http_form(q, ident_kind_name(kind));
	str line;

	while (*n <= LIMIT_HOLD_IDENTIFIERS && str_next(&rest, '\n', &line))
		if (str_trim(line).n)
			at[(*n)++] = (struct hold_identifier){ kind,
				{ str_trim(line) } };
}

int web_holds_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct holds_view v = { .order = http_form(q, "order") };
	struct hold_identifier at[LIMIT_HOLD_IDENTIFIERS + 1];
	struct hold_wish wish = { .at = at, .order = v.order };
	int64_t id;

	for (int k = 0; k < IDENT_KINDS; k++)
		if (hold_takes((enum ident_kind)k))
			add_lines(q, (enum ident_kind)k, at, &wish.n);
	if (hold_place(web_desk(q), &wish, &id, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw_all(ctx, q, r, &v, e);
	http_flash(r, "held");
	http_redirect(r, STR("/desk/holds"));
	return 0;
}

/* --- one that stands alone --- */

static int64_t id_of(const struct http_request *q)
{
	int64_t id;

	return str_int(http_param(q, "id"), &id) ? id : 0;
}

static int draw_one(const struct web *w, struct http_request *q,
	struct http_response *r, struct hold_alone_view *v, struct err *e)
{
	struct desk *d = web_desk(q);
	struct hold_line x;

	if (v->is_shown ? hold_reveal(d, id_of(q), &x, e)
			: hold_line_of(d, id_of(q), &x, e))
		return -1;
	if (desk_page_fill(w, q, r, STR("Law-enforcement hold"), &v->page, e))
		return -1;
	v->page.place = DESK_HOLDS;
	v->x = &x;
	v->placed = date_words(q->arena, x.placed_on);
	v->until = date_words(q->arena, x.until);
	v->renew_until = date_words(q->arena, x.renew_until);
	v->order_max = LIMIT_NOTE_BYTES;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_hold_alone(&r->body, v);
	return 0;
}

int web_hold_alone(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct hold_alone_view v = { .is_shown = false };

	return draw_one(ctx, q, r, &v, e);
}

int web_hold_alone_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct hold_alone_view v = { .order = http_form(q, "order") };
	struct desk *d = web_desk(q);
	str act = http_form(q, "act");
	bool is_renewal = str_eq(act, STR("renew"));

	v.is_shown = str_eq(act, STR("show"));
	if (v.is_shown)
		return draw_one(ctx, q, r, &v, e);
	if (!is_renewal && !str_eq(act, STR("lift")))
		return err_set(e, ERR_INVALID, "renew, lift or show it");
	if (is_renewal ? hold_renew(d, id_of(q), v.order, &v.problems, e)
		       : hold_lift(d, id_of(q), e))
		return -1;
	if (v.problems.n)
		return draw_one(ctx, q, r, &v, e);
	http_flash(r, is_renewal ? "renewed" : "lifted");
	http_redirect(r, STR("/desk/holds"));
	return 0;
}
