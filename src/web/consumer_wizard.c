/*
 * A request that is answered by letter, one question a page.  What was typed is
 * kept in a draft under a cookie of this site; sending it stores the request,
 * and from then on the pages go by the reference number alone.
 */
#include "desk/draft.h"
#include "desk/intake.h"
#include "desk/limit.h"
#include "law/reference.h"
#include "web/html.h"
#include "web/web.h"
#include "web/wizard.h"

static const char draft_cookie[] = "toyon_draft";

enum step { STEP_FIND, STEP_DETAILS, STEP_SALE, STEP_CHECK, STEPS };

static const struct {
	const char *path;
	const char *title;
} steps[STEPS] = {
	[STEP_FIND] = { "find", "How to find you" },
	[STEP_DETAILS] = { "details", "One more detail" },
	[STEP_SALE] = { "sale", "Selling your information" },
	[STEP_CHECK] = { "check", "Check your answers" },
};

/* The request a path asks for; deletion is the one that is offered. */
static enum kind kind_of_path(const struct http_request *q)
{
	return str_eq(http_param(q, "kind"), STR("delete")) ? KIND_DELETE
							    : KIND_NONE;
}

static int not_found(struct err *e)
{
	err_set(e, ERR_NOT_FOUND, "there is no such page");
	return err_hint(e, "start from the list of requests");
}

static str step_path(const struct http_request *q, const char *step)
{
	return arena_fmt(
		q->arena, "/r/%.*s/%s", STR_ARG(http_param(q, "kind")), step);
}

/* shown: "K7QF-2M9X" */
static str ref_path(const struct http_request *q, const char *step, str shown)
{
	return arena_fmt(q->arena, "/r/%.*s/%s?ref=%.*s",
		STR_ARG(http_param(q, "kind")), step, STR_ARG(shown));
}

/* --- what all pages share --- */

struct visit {
	struct web *web;
	struct http_request *q;
	struct http_response *r;
	struct desk *d;
	enum kind kind;
	str token;
	struct draft draft;
};

static int open_visit(struct visit *v, void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	*v = (struct visit){
		.web = ctx,
		.q = q,
		.r = r,
		.d = web_desk(q),
		.kind = kind_of_path(q),
		.token = http_cookie(q, draft_cookie),
	};
	if (v->kind == KIND_NONE)
		return not_found(e);
	return draft_load(v->d, v->token, &v->draft, e) < 0 ? -1 : 0;
}

static int open_page(struct visit *v, enum step step, struct wizard *w,
	const struct problems *ps, struct err *e)
{
	bool is_change = http_query(v->q, "change").n > 0;

	*w = (struct wizard){
		.kind = http_param(v->q, "kind"),
		.kind_title = STR("Delete my information"),
		.step = (int)step + 1,
		.steps = STEPS,
		.step_title = str_of(steps[step].title),
		.is_change = is_change,
	};
	if (is_change)
		w->back = step_path(v->q, steps[STEP_CHECK].path);
	else
		w->back = step == STEP_FIND
				  ? STR("/")
				  : step_path(v->q, steps[step - 1].path);
	if (web_page(v->web, v->q, v->r, w->step_title, &w->page, NULL, e))
		return -1;
	w->page.is_private = true;
	if (ps) {
		w->problems = *ps;
		w->page.has_problem = true;
		v->r->status = 422;
	}
	return 0;
}

/* --- the questions --- */

static int draw_find(struct visit *v, const struct problems *ps, struct err *e)
{
	struct r_find_view view = { .email = v->draft.person.email,
		.phone = v->draft.person.phone };

	if (open_page(v, STEP_FIND, &view.w, ps, e))
		return -1;
	html_r_find(&v->r->body, &view);
	return 0;
}

static int draw_details(
	struct visit *v, const struct problems *ps, struct err *e)
{
	struct r_details_view view = { .name = v->draft.person.name,
		.zip = v->draft.person.zip };

	if (open_page(v, STEP_DETAILS, &view.w, ps, e))
		return -1;
	html_r_details(&v->r->body, &view);
	return 0;
}

static int draw_sale(struct visit *v, const struct problems *ps, struct err *e)
{
	struct r_sale_view view = { .chosen = v->draft.person.stop_sale };

	if (open_page(v, STEP_SALE, &view.w, ps, e))
		return -1;
	html_r_sale(&v->r->body, &view);
	return 0;
}

static int draw_check(struct visit *v, const struct problems *ps, struct err *e)
{
	const struct person *p = &v->draft.person;
	struct r_check_row rows[] = {
		{ STR("Email address"), p->email, STR("") },
		{ STR("Phone number"), p->phone, STR("") },
		{ STR("ZIP code"), p->zip, STR("") },
		{ STR("Your name"), p->name, STR("") },
		{ STR("Stop selling it"),
			{ str_eq(p->stop_sale, STR("yes")) ? STR("Yes")
							   : STR("No") },
			STR("") },
	};
	static const enum step change[] = { STEP_FIND, STEP_FIND, STEP_DETAILS,
		STEP_DETAILS, STEP_SALE };
	struct r_check_view view = { .rows = { rows, COUNTOF(rows) } };
	struct deadlines dl;

	for (size_t i = 0; i < COUNTOF(rows); i++)
		rows[i].change = arena_fmt(v->q->arena, "/r/%.*s/%s?change=1",
			STR_ARG(http_param(v->q, "kind")),
			steps[change[i]].path);
	if (intake_dates(v->d, v->kind, &dl, e) ||
		open_page(v, STEP_CHECK, &view.w, ps, e))
		return -1;
	view.due = date_words(v->q->arena, deadlines_due(&dl));
	html_r_check(&v->r->body, &view);
	return 0;
}

static int (*const draw[STEPS])(
	struct visit *, const struct problems *, struct err *) = {
	[STEP_FIND] = draw_find,
	[STEP_DETAILS] = draw_details,
	[STEP_SALE] = draw_sale,
	[STEP_CHECK] = draw_check,
};

static enum step step_of(str path)
{
	for (int i = 0; i < STEPS; i++)
		if (str_eq(path, str_of(steps[i].path)))
			return (enum step)i;
	return STEPS;
}

/* The first question without an answer: nobody gets past it by typing a path,
 * and whoever changed one answer goes back to all of them. */
static enum step next_open(struct visit *v)
{
	struct problems ps = { 0 };
	struct draft f = v->draft;

	intake_check_find(v->d, &f, &ps);
	if (ps.n)
		return STEP_FIND;
	intake_check_details(v->d, &f, &ps);
	if (ps.n)
		return STEP_DETAILS;
	return f.person.stop_sale.n ? STEP_CHECK : STEP_SALE;
}

/* --- answers --- */

static int save(struct visit *v, struct err *e)
{
	if (!v->token.n || v->draft.kind == KIND_NONE)
		v->token = draft_token(v->d);
	v->draft.kind = v->kind;
	if (draft_save(v->d, v->token, &v->draft, e))
		return -1;
	http_redirect(v->r, step_path(v->q, steps[next_open(v)].path));
	http_cookie_set(v->r, (struct http_cookie){ .name = draft_cookie,
				      .value = v->token,
				      .max_age_s = LIMIT_DRAFT_MINUTES * 60,
				      .path = "/r" });
	return 0;
}

static int post_find(struct visit *v, struct err *e)
{
	struct problems ps = { 0 };

	v->draft.person.email.v = http_form(v->q, "email");
	v->draft.person.phone.v = http_form(v->q, "phone");
	intake_check_find(v->d, &v->draft, &ps);
	return ps.n ? draw_find(v, &ps, e) : save(v, e);
}

static int post_details(struct visit *v, struct err *e)
{
	struct problems ps = { 0 };

	v->draft.person.name.v = http_form(v->q, "name");
	v->draft.person.zip.v = http_form(v->q, "zip");
	intake_check_details(v->d, &v->draft, &ps);
	return ps.n ? draw_details(v, &ps, e) : save(v, e);
}

static int post_sale(struct visit *v, struct err *e)
{
	struct problems ps = { 0 };
	str choice = http_form(v->q, "stop_sale");

	if (!str_eq(choice, STR("yes")) && !str_eq(choice, STR("no"))) {
		problem_add(&ps, "stop_sale", "missing", "Choose yes or no");
		return draw_sale(v, &ps, e);
	}
	v->draft.person.stop_sale = choice;
	return save(v, e);
}

/* Sent: the draft is gone, and so is what was typed from this browser. */
static int post_check(struct visit *v, struct err *e)
{
	struct problems ps = { 0 };
	struct sent sent;
	enum step open = next_open(v);

	if (open != STEP_CHECK) {
		http_redirect(v->r, step_path(v->q, steps[open].path));
		return 0;
	}
	if (intake_send(
		    v->d, &v->draft, CHANNEL_WEB, v->q->peer, &sent, &ps, e))
		return -1;
	if (ps.n)
		return draw_check(v, &ps, e);
	if (draft_drop(v->d, v->token, e))
		return -1;
	http_redirect(
		v->r, ref_path(v->q, "code",
			      reference_show(v->q->arena, sent.reference)));
	http_cookie_drop(v->r, draft_cookie, "/r");
	return 0;
}

/* --- after it was sent: by the reference number --- */

static int load_status(
	struct visit *v, str ref, struct status *s, struct err *e)
{
	int rc = intake_status(v->d, ref, v->q->peer, s, e);

	if (rc < 0)
		return -1;
	return rc && s->kind == v->kind ? 0 : not_found(e);
}

static int open_plain(
	struct visit *v, const char *title, struct wizard *w, struct err *e)
{
	*w = (struct wizard){
		.kind = http_param(v->q, "kind"),
		.kind_title = STR("Delete my information"),
	};
	if (web_page(v->web, v->q, v->r, str_of(title), &w->page, NULL, e))
		return -1;
	w->page.is_private = true;
	return 0;
}

static int draw_code(
	struct visit *v, str ref, const struct problems *ps, struct err *e)
{
	struct r_code_view view = {
		.masked_email = { STR("the address you gave us") },
		.minutes = LIMIT_CODE_MINUTES,
		.is_sent_again = http_query(v->q, "again").n > 0 && !ps,
	};
	struct status s;

	if (load_status(v, ref, &s, e))
		return -1;
	if (!s.needs_code) {
		http_redirect(v->r, ref_path(v->q, "done", s.reference));
		return 0;
	}
	if (open_plain(v, "Enter the code we sent you", &view.w, e))
		return -1;
	view.reference = s.reference;
	if (ps) {
		view.w.problems = *ps;
		view.w.page.has_problem = true;
		v->r->status = 422;
	}
	html_r_code(&v->r->body, &view);
	return 0;
}

static int send_again(struct visit *v, str ref, struct err *e)
{
	struct problems ps = { 0 };

	if (intake_send_code_again(v->d, ref, &ps, e))
		return -1;
	if (ps.n)
		return draw_code(v, ref, &ps, e);
	http_redirect(v->r, arena_fmt(v->q->arena, "%.*s&again=1",
				    STR_ARG(ref_path(v->q, "code", ref))));
	return 0;
}

static int post_code(struct visit *v, struct err *e)
{
	struct reference ref;
	struct problems ps = { 0 };
	struct status s;
	bool is_right;
	str shown;

	if (!reference_parse(http_form(v->q, "ref"), &ref))
		return not_found(e);
	shown = reference_show(v->q->arena, reference_str(&ref));
	if (load_status(v, shown, &s, e))
		return -1;
	if (http_form(v->q, "again").n)
		return send_again(v, shown, e);
	if (intake_confirm_code(
		    v->d, shown, http_form(v->q, "code"), &is_right, &ps, e))
		return -1;
	if (!is_right)
		return draw_code(v, shown, &ps, e);
	http_redirect(v->r, ref_path(v->q, "done", shown));
	return 0;
}

static int draw_done(struct visit *v, struct err *e)
{
	struct r_done_view view = { .answered_by = STR("by email") };
	struct status s;

	if (load_status(v, http_query(v->q, "ref"), &s, e) ||
		open_plain(v, "We have your request", &view.w, e))
		return -1;
	view.reference = s.reference;
	view.due = date_words(v->q->arena, s.due_on);
	view.days = arena_fmt(
		v->q->arena, "%d days", date_between(s.received_on, s.due_on));
	view.needs_code = s.needs_code;
	view.has_stopped_sale = s.has_stopped_sale;
	html_r_done(&v->r->body, &view);
	return 0;
}

/* --- routes --- */

int web_wizard_start(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct visit v;

	if (open_visit(&v, ctx, q, r, e))
		return -1;
	http_redirect(r, step_path(q, steps[STEP_FIND].path));
	return 0;
}

int web_wizard(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str path = http_param(q, "step");
	enum step step = step_of(path);
	struct visit v;
	enum step open;

	if (open_visit(&v, ctx, q, r, e))
		return -1;
	if (str_eq(path, STR("code")))
		return draw_code(&v, http_query(q, "ref"), NULL, e);
	if (str_eq(path, STR("done")))
		return draw_done(&v, e);
	if (step == STEPS)
		return not_found(e);
	open = next_open(&v);
	if (step <= open)
		return draw[step](&v, NULL, e);
	http_redirect(r, step_path(q, steps[open].path));
	return 0;
}

int web_wizard_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	static const struct {
		const char *path;
		int (*post)(struct visit *, struct err *);
	} posts[] = {
		{ "find", post_find },
		{ "details", post_details },
		{ "sale", post_sale },
		{ "check", post_check },
		{ "code", post_code },
	};
	struct visit v;

	if (open_visit(&v, ctx, q, r, e))
		return -1;
	for (size_t i = 0; i < COUNTOF(posts); i++)
		if (str_eq(http_param(q, "step"), str_of(posts[i].path)))
			return posts[i].post(&v, e);
	return not_found(e);
}
