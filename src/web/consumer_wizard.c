/*
 * A request that is answered by letter, one question a page.  What was typed is
 * kept in a draft under a cookie of this site; sending it stores the request,
 * and from then on the pages go by the reference number alone.
 */
#include "connect/point.h"
#include "desk/account.h"
#include "desk/draft.h"
#include "desk/form.h"
#include "desk/intake.h"
#include "desk/limit.h"
#include "desk/offer.h"
#include "desk/parts.h"
#include "know/words.h"
#include "law/reference.h"
#include "web/documents.h"
#include "web/html.h"
#include "web/linked.h"
#include "web/web.h"
#include "web/wizard.h"
#include "words/words.h"

static const char draft_cookie[] = "toyon_draft";

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
	unsigned points; /* that the data map relies on */
	str token;
	struct draft draft;
};

/* What was typed into another kind's form is there for this one, too: who asks is
 * the same, and what this kind does not ask is left out when it is sent. */
static int open_visit(struct visit *v, void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	*v = (struct visit){
		.web = ctx,
		.q = q,
		.r = r,
		.d = web_desk(q),
		.token = http_cookie(q, draft_cookie),
	};
	if (draft_load(v->d, v->token, &v->draft, e) < 0)
		return -1;
	v->points = form_points(v->d);
	v->kind = form_kind(http_param(q, "kind"), &v->draft.person);
	return v->kind == KIND_NONE ? not_found(e) : 0;
}

/* A request that is not offered can't be begun; one that was made goes on. */
static int need_offer(const struct visit *v, struct err *e)
{
	int rc = offer_is_made(v->d, v->kind, e);

	return rc ? (rc < 0 ? -1 : 0) : not_found(e);
}

/* The pages of this kind: its questions, the answers to check, and behind them what
 * need not be answered. */
struct pages {
	const char *path[QUESTIONS + 1];
	const char *title[QUESTIONS + 1];
	enum question question[QUESTIONS + 1]; /* QUESTIONS: the answers */
	int n;   /* steps; the answers are the last */
	int all; /* with those that are none */
};

static void add_pages(const struct visit *v, bool is_needed, struct pages *out)
{
	for (int q = 0; q < QUESTIONS; q++) {
		const struct question_row *row = question_row((enum question)q);

		if (!question_is_put(v->d, (enum question)q, v->kind,
			    &v->draft.person) ||
			(*row->missing != 0) != is_needed)
			continue;
		out->path[out->all] = row->path;
		out->title[out->all] = row->title;
		out->question[out->all++] = (enum question)q;
	}
}

static struct pages pages_of(const struct visit *v)
{
	struct pages out = { .n = 0 };

	add_pages(v, true, &out);
	out.path[out.all] = "check";
	out.title[out.all] = "Check your answers";
	out.question[out.all++] = QUESTIONS;
	out.n = out.all;
	add_pages(v, false, &out);
	return out;
}

/* -1 when this kind has no such page. */
static int page_at(const struct pages *p, str path)
{
	for (int i = 0; i < p->all; i++)
		if (str_eq(path, str_of(p->path[i])))
			return i;
	return -1;
}

static int page_of(const struct pages *p, enum question q)
{
	for (int i = 0; i < p->all; i++)
		if (p->question[i] == q)
			return i;
	must(false);
	return -1;
}

static int open_page(struct visit *v, enum question question, struct wizard *w,
	const struct problems *ps, struct err *e)
{
	struct pages pages = pages_of(v);
	int at = page_of(&pages, question);
	bool is_change = http_query(v->q, "change").n > 0 || at >= pages.n;

	*w = (struct wizard){
		.kind = http_param(v->q, "kind"),
		.kind_title = form_of(v->kind)->title,
		.step = at < pages.n ? at + 1 : pages.n,
		.steps = pages.n,
		.step_title = str_of(pages.title[at]),
		.is_change = is_change,
	};
	if (linked_kinds(v->q).n)
		w->is_change = false;
	else if (is_change)
		w->back = step_path(v->q, pages.path[pages.n - 1]);
	else
		w->back = at ? step_path(v->q, pages.path[at - 1]) : STR("/");
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

static void (*const html_of[QUESTIONS])(
	struct buf *, enum lang, const struct question_view *) = {
	[QUESTION_PIECES] = html_r_pieces,
	[QUESTION_RANGE] = html_r_range,
	[QUESTION_ITEM] = html_r_item,
	[QUESTION_DECISION] = html_r_decision,
	[QUESTION_FIND] = html_r_find,
	[QUESTION_DETAILS] = html_r_details,
	[QUESTION_DECLARATION] = html_r_declaration,
	[QUESTION_PARTS] = html_r_parts,
	[QUESTION_DELIVERY] = html_r_delivery,
	[QUESTION_SALE] = html_r_sale,
};

static int draw_question(struct visit *v, enum question question,
	const struct problems *ps, struct err *e)
{
	struct question_view view = {
		.answers = &v->draft.person,
		.mixup = form_of(v->kind)->mixup,
		.is_high = kind_verification(v->kind) == VERIFY_HIGH,
		.has_sms = form_has_sms(v->d),
		.wants_street = v->points & POINT_BIT(STREET),
		.wants_birth_date = v->points & POINT_BIT(BIRTH_DATE),
		.today = date_iso(v->q->arena, desk_today(v->d)),
		.since = date_iso(v->q->arena, know_reaches_back_to()),
		.is_linked = linked_kinds(v->q).n > 0,
	};

	if (question == QUESTION_ITEM && !v->draft.person.item.v.n)
		v->draft.person.item.v = linked_about(v->q);
	if (question == QUESTION_PARTS && view.is_linked)
		v->draft.person.parts = linked_kinds(v->q);
	if (open_page(v, question, &view.w, ps, e))
		return -1;
	if (question == QUESTION_PARTS)
		part_list_fill(v->q, &v->draft.person, &view.parts);
	html_of[question](&v->r->body, view.w.page.lang, &view);
	return 0;
}

/* The days of a range that was not asked for are no answers, nor is an address for
 * letters that go by email. */
static bool is_answer(const struct visit *v, const struct asked *a)
{
	const struct person *p = &v->draft.person;
	bool is_email = str_eq(str_of(a->name), STR("email"));
	bool is_day = str_starts(str_of(a->name), STR("range_"));
	bool is_postal = str_eq(str_of(a->name), STR("postal"));

	return (question_is_put(v->d, a->question, v->kind, p) ||
		       (is_email && question_is_asked(a->question, v->kind))) &&
	       asked_is_needed(v->d, a, v->points) &&
	       (!is_day || str_eq(p->range, STR("dates"))) &&
	       (!is_postal || str_eq(p->letter_by, STR("paper")));
}

/* The address of the account they signed in to is no answer to be changed. */
static str change_of(const struct visit *v, const struct asked *a)
{
	if (!question_is_put(v->d, a->question, v->kind, &v->draft.person))
		return STR("");
	return arena_fmt(v->q->arena, "%.*s?change=1",
		STR_ARG(step_path(v->q, question_row(a->question)->path)));
}

static int draw_check(struct visit *v, const struct problems *ps, struct err *e)
{
	struct r_check_row *rows =
		arena_many(v->q->arena, struct r_check_row, asked_count());
	struct r_check_view view = { .rows = { rows, 0 } };
	struct deadlines dl;

	if (intake_dates(v->d, v->kind, &dl, e) ||
		open_page(v, QUESTIONS, &view.w, ps, e))
		return -1;
	for (size_t i = 0; i < asked_count(); i++) {
		const struct asked *a = asked_at(i);

		if (!is_answer(v, a))
			continue;
		rows[view.rows.n++] = (struct r_check_row){
			.title = str_of(a->title),
			.value = { asked_words(
				v->q->arena, v->d->lang, a, &v->draft.person) },
			.change = change_of(v, a),
		};
	}
	view.due =
		words_date(v->q->arena, view.w.page.lang, deadlines_due(&dl));
	html_r_check(&v->r->body, view.w.page.lang, &view);
	return 0;
}

static int draw(struct visit *v, enum question question,
	const struct problems *ps, struct err *e)
{
	return question == QUESTIONS ? draw_check(v, ps, e)
				     : draw_question(v, question, ps, e);
}

/* The first question without an answer: nobody gets past it by typing a path,
 * and whoever changed one answer goes back to all of them. */
static void go_on(struct visit *v)
{
	struct pages pages = pages_of(v);
	enum question next = form_next(v->d, v->kind, &v->draft.person);

	http_redirect(v->r, step_path(v->q, pages.path[page_of(&pages, next)]));
}

/* --- answers --- */

/* What was answered may be what decides on the kind: all of it goes by the new
 * one. */
static int save(struct visit *v, struct err *e)
{
	if (!v->token.n || v->draft.kind == KIND_NONE)
		v->token = draft_token(v->d);
	v->kind = form_kind(http_param(v->q, "kind"), &v->draft.person);
	v->draft.kind = v->kind;
	if (draft_save(v->d, v->token, &v->draft, e))
		return -1;
	go_on(v);
	http_cookie_set(v->r, (struct http_cookie){ .name = draft_cookie,
				      .value = v->token,
				      .max_age_s = LIMIT_DRAFT_MINUTES * 60,
				      .path = "/r" });
	return 0;
}

/* Two buttons: everything, or what is ticked, which has to be something then. */
static void read_parts(struct visit *v, struct problems *ps)
{
	str *parts = &v->draft.person.parts;

	*parts = STR("");
	if (http_form(v->q, "everything").n)
		return;
	if (!parts_read(v->q->arena, part_list_typed(v->q), parts) || !parts->n)
		problem_add(ps, "parts", "missing",
			"Choose what to delete, or delete everything");
}

static int post_question(struct visit *v, enum question question, struct err *e)
{
	struct problems ps = { 0 };

	for (size_t i = 0; i < asked_count(); i++) {
		const struct asked *a = asked_at(i);

		if (a->question == question)
			*asked_value(a, &v->draft.person) =
				http_form(v->q, a->name);
	}
	if (question == QUESTION_PARTS)
		read_parts(v, &ps);
	question_check(v->d, question, &v->draft.person, &ps);
	return ps.n ? draw_question(v, question, &ps, e) : save(v, e);
}

/* Sent: the draft is gone, and so is what was typed from this browser. */
static int post_check(struct visit *v, struct err *e)
{
	struct problems ps = { 0 };
	struct sent sent;

	if (form_next(v->d, v->kind, &v->draft.person) != QUESTIONS) {
		go_on(v);
		return 0;
	}
	v->draft.kind = v->kind;
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
	if (!rc || !str_eq(http_param(v->q, "kind"),
			   str_of(kind_row(s->kind)->path)))
		return not_found(e);
	v->kind = s->kind;
	return 0;
}

static int open_plain(
	struct visit *v, const char *title, struct wizard *w, struct err *e)
{
	*w = (struct wizard){
		.kind = http_param(v->q, "kind"),
		.kind_title = form_of(v->kind)->title,
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
	view.is_by_sms = s.is_code_by_sms;
	view.has_account = account_is_offered(v->d);
	if (ps) {
		view.w.problems = *ps;
		view.w.page.has_problem = true;
		v->r->status = 422;
	}
	html_r_code(&v->r->body, view.w.page.lang, &view);
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
	if (load_status(v, shown, &s, e))
		return -1;
	/* The one that goes on is the one to keep in mind. */
	http_redirect(v->r,
		s.joined.n ? arena_fmt(v->q->arena, "%.*s&joined=1",
				     STR_ARG(ref_path(v->q, "done", s.joined)))
			   : ref_path(v->q, "done", shown));
	return 0;
}

static int draw_done(struct visit *v, struct err *e)
{
	struct r_done_view view = { .is_by_paper = false };
	struct status s;

	if (load_status(v, http_query(v->q, "ref"), &s, e) ||
		open_plain(v, "We have your request", &view.w, e))
		return -1;
	view.reference = s.reference;
	view.due = words_date(v->q->arena, view.w.page.lang, s.due_on);
	view.days = words_fill_number(v->q->arena, view.w.page.lang, "{1} days",
		date_between(s.received_on, s.due_on));
	view.is_joined = http_query(v->q, "joined").n > 0;
	view.is_by_sms = s.is_code_by_sms;
	view.is_by_paper = s.is_by_paper;
	view.needs_code = s.needs_code;
	view.is_deletion = kind_row(s.kind)->flow == FLOW_ERASE;
	view.does = form_of(s.kind)->does;
	view.tells = form_of(s.kind)->tells;
	view.has_stopped_sale = s.has_stopped_sale;
	if (documents_href(v->q, s.reference, &view.documents_href, e))
		return -1;
	html_r_done(&v->r->body, view.w.page.lang, &view);
	return 0;
}

/* --- routes --- */

int web_wizard_start(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct visit v;
	struct pages pages;
	int at;

	if (open_visit(&v, ctx, q, r, e) || need_offer(&v, e))
		return -1;
	pages = pages_of(&v);
	at = linked_kinds(q).n ? page_at(&pages, STR("parts")) : 0;
	if (at < 0) /* nothing is deleted by this kind of request */
		at = 0;
	http_redirect(r, arena_fmt(q->arena, "%.*s%.*s",
				 STR_ARG(step_path(q, pages.path[at])),
				 STR_ARG(linked_query(q))));
	return 0;
}

int web_wizard(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str path = http_param(q, "step");
	struct visit v;
	struct pages pages;
	int at;

	if (open_visit(&v, ctx, q, r, e))
		return -1;
	if (str_eq(path, STR("code")))
		return draw_code(&v, http_query(q, "ref"), NULL, e);
	if (str_eq(path, STR("done")))
		return draw_done(&v, e);
	if (need_offer(&v, e))
		return -1;
	pages = pages_of(&v);
	at = page_at(&pages, path);
	if (at < 0)
		return not_found(e);
	/* What a link fills in may come first. */
	if (pages.question[at] <= form_next(v.d, v.kind, &v.draft.person) ||
		(pages.question[at] == QUESTION_PARTS && linked_kinds(q).n))
		return draw(&v, pages.question[at], NULL, e);
	go_on(&v);
	return 0;
}

int web_wizard_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str path = http_param(q, "step");
	struct visit v;
	struct pages pages;
	int at;

	if (open_visit(&v, ctx, q, r, e))
		return -1;
	if (str_eq(path, STR("code")))
		return post_code(&v, e);
	if (need_offer(&v, e))
		return -1;
	pages = pages_of(&v);
	at = page_at(&pages, path);
	if (at < 0)
		return not_found(e);
	return pages.question[at] == QUESTIONS
		       ? post_check(&v, e)
		       : post_question(&v, pages.question[at], e);
}
