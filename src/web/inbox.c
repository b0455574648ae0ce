/*
 * Email that came to the business's address.
 */
#include "web/inbox.h"

#include "desk/limit.h"
#include "web/html.h"
#include "web/letter_flow.h"

static struct inbox_row row_of(struct arena *a, const struct inbox_line *l)
{
	return (struct inbox_row){
		.email = l,
		.came = date_short(a, date_pacific(l->received_at)),
		.due = date_short(a, l->due_on),
		.due_number = l->days_left < 0 ? -l->days_left : l->days_left,
		.due_words = l->days_left < 0 ? "late" : "left",
	};
}

int web_inbox(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct inbox_view v = { .is_cut = false };
	struct inbox all;

	if (inbox_load(web_desk(q), &all, e) ||
		desk_page_fill(ctx, q, r, STR("Inbox"), &v.page, e))
		return -1;
	v.page.place = DESK_INBOX;
	v.rows.n = all.n;
	v.rows.at = arena_many(q->arena, struct inbox_row, all.n);
	for (size_t i = 0; i < all.n; i++)
		v.rows.at[i] = row_of(q->arena, &all.at[i]);
	v.is_cut = all.n == LIMIT_INBOX_SHOWN;
	html_inbox(&r->body, &v);
	return 0;
}

/* Somebody handled it meanwhile: the list says what is left. */
static int back(struct http_response *r, int rc, const char *flash)
{
	if (rc < 0)
		return -1;
	http_flash(r, rc ? flash : "changed");
	http_redirect(r, STR("/desk/inbox"));
	return 0;
}

static int read_id(struct http_request *q, int64_t *id, struct err *e)
{
	if (str_int(http_param(q, "id"), id) && *id > 0)
		return 0;
	return err_set(e, ERR_NOT_FOUND, "there is no such email");
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct inbox_email_view *v, struct err *e)
{
	int64_t id;
	int rc = read_id(q, &id, e) ? -1
				    : inbox_open(web_desk(q), id, &v->email, e);

	if (rc <= 0)
		return back(r, rc, "");
	if (enter_kinds(q, &v->kinds, e) ||
		desk_page_fill(w, q, r, STR("Email"), &v->page, e))
		return -1;
	v->page.place = DESK_INBOX;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	v->came = instant_words(q->arena, v->email.received_at);
	v->text = answer_paragraphs(q->arena, v->email.text);
	letter_flow_all(q->arena, v->text.at, v->text.n);
	html_inbox_email(&r->body, v);
	return 0;
}

int web_inbox_email(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct inbox_email_view v = { .ref = { 0 } };

	return draw(ctx, q, r, &v, e);
}

/* The form of a request, with what the email says filled in. */
int web_inbox_enter(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct agent_ask none = { .agent_id = 0 };
	struct parent_ask no_parent = { .check = STR("") };
	struct enter_view v = {
		.answers = &none.request.person,
		.agent = { .in = &none },
		.parent = { .in = &no_parent },
		.channel = str_of(channel_code(CHANNEL_EMAIL)),
	};
	struct inbox_email m;
	int64_t id;
	int rc = read_id(q, &id, e) ? -1 : inbox_open(web_desk(q), id, &m, e);

	if (rc <= 0)
		return back(r, rc, "");
	v.inbox = arena_fmt(q->arena, "%lld", (long long)id);
	v.received_on = date_iso(q->arena, date_pacific(m.received_at));
	v.id = none.request.person.email = m.from;
	return enter_draw(ctx, q, r, &v, e);
}

int web_inbox_put(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct inbox_email_view v = { .ref = http_form(q, "ref") };
	int64_t id;
	int rc = read_id(q, &id, e) ? -1 : inbox_put(web_desk(q), id, v.ref, e);

	if (rc >= 0 || e->code != ERR_NOT_FOUND)
		return back(r, rc, "email-put");
	problem_add(&v.problems, "ref", "unknown",
		"Enter the number of a request, as K7QF-2M9X");
	return draw(ctx, q, r, &v, e);
}

int web_inbox_drop(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int64_t id;

	(void)ctx;
	if (read_id(q, &id, e))
		return -1;
	return back(r, inbox_drop(web_desk(q), id, e), "email-dropped");
}
