/* The page behind a vendor's link: what to do about whom, and its answer. */
#include "desk/vendors.h"
#include "web/html.h"
#include "web/vendor.h"
#include "web/web.h"

static const struct {
	const char *word;
	enum vendor_answer answer;
} words[] = {
	{ "acknowledged", VENDOR_ACKNOWLEDGED },
	{ "deleted", VENDOR_DELETED },
	{ "nothing", VENDOR_NOTHING },
	{ "kept", VENDOR_KEPT },
};

static int draw_done(struct web *w, struct http_request *q,
	struct http_response *r, const struct vendor_page *p, struct err *e)
{
	struct reply_done_view v = {
		.vendor = p->title,
		.reference = p->reference,
		.answer = p->answer,
		.when = instant_words(q->arena, p->done_at),
		.next = vendor_act_words(p->act)->next,
	};

	return reply_done(w, q, r, &v, e);
}

static void fill_identifiers(
	struct arena *a, const struct vendor_page *p, struct vendor_view *v)
{
	v->identifiers.n = p->identifiers.n;
	v->identifiers.at =
		arena_many(a, struct vendor_page_identifier, p->identifiers.n);
	for (size_t i = 0; i < p->identifiers.n; i++)
		v->identifiers.at[i] = (struct vendor_page_identifier){
			p->identifiers.at[i].kind,
			p->identifiers.at[i].value,
		};
}

static void fill_corrections(
	struct arena *a, const struct vendor_page *p, struct vendor_view *v)
{
	v->corrections.n = p->corrections.n;
	v->corrections.at =
		arena_many(a, struct vendor_correction, p->corrections.n);
	for (size_t i = 0; i < p->corrections.n; i++)
		v->corrections.at[i] = (struct vendor_correction){
			p->corrections.at[i].what,
			p->corrections.at[i].value,
			p->corrections.at[i].never_disclose.n > 0,
		};
}

static str path_of(struct http_request *q)
{
	return arena_fmt(q->arena, "/v/%.*s", STR_ARG(http_param(q, "token")));
}

static int draw_open(struct web *w, struct http_request *q,
	struct http_response *r, const struct vendor_page *p,
	const struct problems *ps, struct err *e)
{
	const struct vendor_words *told = vendor_act_words(p->act);
	struct vendor_view v = {
		.page = { .title = str_of(told->heading) },
		.words = told,
		.vendor = p->title,
		.reference = p->reference,
		.asked = date_words(q->arena, p->asked_on),
		.due = date_words(q->arena, p->due_on),
		.is_late = p->is_late,
		.is_acknowledged = p->is_acknowledged,
		.parts = p->parts,
		.purposes = p->purposes,
		.form = {
			.action = path_of(q),
			.deleted = told->done,
			.nothing = "We found nothing about this person",
			.kept = told->kept,
			.asks_rows = p->act == VENDOR_ACT_DELETE ||
				     p->act == VENDOR_ACT_DELETE_PARTS,
		},
	};

	if (reply_open(w, q, r, &v.page, &v.form, ps, e))
		return -1;
	fill_identifiers(q->arena, p, &v);
	fill_corrections(q->arena, p, &v);
	html_vendor(&r->body, &v);
	return 0;
}

static int open_link(
	struct http_request *q, struct vendor_page *p, struct err *e)
{
	int rc = vendor_open(web_desk(q), http_param(q, "token"), p, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "this link is not valid");
	return err_hint(e, "use the link of our newest email to you");
}

int web_vendor(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct vendor_page p;

	if (open_link(q, &p, e))
		return -1;
	return p.is_done ? draw_done(ctx, q, r, &p, e)
			 : draw_open(ctx, q, r, &p, NULL, e);
}

static void read_reply(const struct http_request *q, struct vendor_reply *out,
	struct problems *ps)
{
	str answer = http_form(q, "answer");
	str rows = http_form(q, "rows");
	size_t i = 0;

	while (i < COUNTOF(words) && !str_eq(answer, str_of(words[i].word)))
		i++;
	if (i == COUNTOF(words)) {
		problem_add(ps, "answer", "missing", "Choose what you did");
		return;
	}
	*out = (struct vendor_reply){ .answer = words[i].answer };
	if (out->answer == VENDOR_KEPT)
		out->reason = http_form(q, "reason");
	if (out->answer == VENDOR_DELETED && rows.n &&
		!str_int(rows, &out->rows))
		problem_add(ps, "rows", "unreadable",
			"Enter how many records you deleted, as a number");
}

int web_vendor_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str token = http_param(q, "token");
	struct vendor_reply reply = { 0 };
	struct problems ps = { 0 };
	struct vendor_page p;

	if (open_link(q, &p, e))
		return -1;
	read_reply(q, &reply, &ps);
	if (!ps.n && vendor_reply(web_desk(q), token, &reply, &ps, e))
		return -1;
	if (ps.n && !p.is_done)
		return draw_open(ctx, q, r, &p, &ps, e);
	http_redirect(r, path_of(q));
	return 0;
}
