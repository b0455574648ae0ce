/*
 * Children and teenagers: who decides, and the first act of each.  What is typed here is
 * in no path; a reference number is.
 */
#include "desk/limit.h"
#include "desk/optin.h"
#include "law/reference.h"
#include "web/child.h"
#include "web/html.h"
#include "web/web.h"

/* Who sells nothing has nothing to allow: then there are no such pages. */
static int open_page(struct web *w, struct http_request *q,
	struct http_response *r, str title, struct page *page,
	struct settings *settings, struct err *e)
{
	if (web_page(w, q, r, title, page, settings, e))
		return -1;
	if (page->sells)
		return 0;
	err_set(e, ERR_NOT_FOUND, "there is no such page");
	return err_hint(e, "start from the list of requests");
}

int web_child(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct child_view v = { .page = { .is_private = false } };

	if (open_page(ctx, q, r, STR("Choices for children and teenagers"),
		    &v.page, NULL, e))
		return -1;
	html_child(&r->body, v.page.lang, &v);
	return 0;
}

/* --- asking --- */

static struct optin_minor_in read_form(struct http_request *q, bool is_parent)
{
	return (struct optin_minor_in){
		.is_parent = is_parent,
		.id = { http_form(q, "id") },
		.born = { { http_form(q, "month") }, { http_form(q, "day") },
			{ http_form(q, "year") } },
		.name = { http_form(q, "name") },
		.email = { http_form(q, "email") },
		.check = http_form(q, "check"),
		.nonce = http_form(q, "nonce"),
		.channel = CHANNEL_WEB,
		.peer = q->peer,
	};
}

static int draw_ask(struct web *w, struct http_request *q,
	struct http_response *r, struct child_ask_view *v, struct err *e)
{
	bool is_parent = v->in.is_parent;
	str title = is_parent ? STR("Allow the sale of my child’s information")
			      : STR("Allow the sale of my information");

	if (open_page(w, q, r, title, &v->page, NULL, e) ||
		(is_parent && parent_ways_fill(
				      web_desk(q), v->in.check, &v->ways, e)))
		return -1;
	v->page.is_private = true;
	v->in.nonce = optin_nonce(web_desk(q));
	v->ways.problems = &v->problems;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	if (is_parent)
		html_child_ask(&r->body, v->page.lang, v);
	else
		html_teen(&r->body, v->page.lang, v);
	return 0;
}

static int ask(struct http_request *q, struct child_ask_view *v,
	struct optin_minor_out *out, struct err *e)
{
	*out = (struct optin_minor_out){ .age = MINOR_END };
	if (!http_form(q, "website").n) /* a field that people don't see */
		return optin_minor_ask(
			web_desk(q), &v->in, out, &v->problems, e);
	problem_add(&v->problems, "website", "filled",
		"Leave the field called website empty");
	return 0;
}

int web_child_ask(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct child_ask_view v = { .in = { .is_parent = true } };

	return draw_ask(ctx, q, r, &v, e);
}

int web_child_ask_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct child_ask_view v = { .in = read_form(q, true) };
	struct optin_minor_out out;

	if (ask(q, &v, &out, e))
		return -1;
	if (out.age == MINOR_TEEN)
		problem_add(&v.problems, "month", "theirs",
			"From 13 on your child decides, on the page for 13 to "
			"15");
	else if (out.age == MINOR_GROWN)
		problem_add(&v.problems, "month", "grown",
			"From 16 on nobody has to allow it. They can opt out");
	if (v.problems.n)
		return draw_ask(ctx, q, r, &v, e);
	http_redirect(r,
		arena_fmt(q->arena, "/child/sent?ref=%.*s&check=%s",
			STR_ARG(reference_show(q->arena, out.reference)),
			parent_check_row(parent_check_of(v.in.check))->code));
	return 0;
}

int web_teen(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct child_ask_view v = { .in = { .is_parent = false } };

	return draw_ask(ctx, q, r, &v, e);
}

int web_teen_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct child_ask_view v = { .in = read_form(q, false) };
	struct optin_minor_out out;

	if (ask(q, &v, &out, e))
		return -1;
	if (v.problems.n)
		return draw_ask(ctx, q, r, &v, e);
	http_redirect(r, out.age == MINOR_GROWN ? STR("/opt-in")
			 : out.age == MINOR_UNDER_13
				 ? STR("/teen/sent?by=parent")
				 : STR("/teen/sent"));
	return 0;
}

/* --- asked --- */

/* The number of an open request for a child; else the way back. */
static int find_asked(struct http_request *q, struct http_response *r,
	struct status *s, struct err *e)
{
	int rc =
		intake_status(web_desk(q), http_query(q, "ref"), q->peer, s, e);

	if (rc < 0)
		return -1;
	if (rc && s->is_open)
		return 1;
	http_redirect(r, STR("/child"));
	return 0;
}

int web_child_sent(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	enum parent_check check = parent_check_of(http_query(q, "check"));
	struct child_sent_view v = { .days = LIMIT_CHILD_OPT_IN_DAYS };
	struct settings settings;
	struct status s;
	int rc = find_asked(q, r, &s, e);

	if (rc <= 0)
		return rc;
	if (open_page(ctx, q, r, STR("We have your request"), &v.page,
		    &settings, e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	v.address = settings.address;
	if (check != PARENT_CHECK_END)
		v.check = parent_check_row(check);
	if (check == PARENT_CHECK_FORM)
		v.form_href = arena_fmt(
			q->arena, "/child/form?ref=%.*s", STR_ARG(s.reference));
	html_child_sent(&r->body, v.page.lang, &v);
	return 0;
}

int web_child_form(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct child_form_view v = { .reference = STR("") };
	struct settings settings;
	struct reference ref;

	if (web_page(ctx, q, r, STR("Consent of a parent or guardian"), &v.page,
		    &settings, e))
		return -1;
	v.page.is_private = true;
	v.address = settings.address;
	if (reference_parse(http_query(q, "ref"), &ref))
		v.reference = reference_show(q->arena, reference_str(&ref));
	html_child_form(&r->body, v.page.lang, &v);
	return 0;
}

int web_teen_sent(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct teen_sent_view v = {
		.is_child = str_eq(http_query(q, "by"), STR("parent")),
		.days = LIMIT_CHILD_OPT_IN_DAYS,
	};
	str title = v.is_child ? STR("A parent or guardian decides this")
			       : STR("Step 2 is in your email");

	if (open_page(ctx, q, r, title, &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	html_teen_sent(&r->body, v.page.lang, &v);
	return 0;
}
