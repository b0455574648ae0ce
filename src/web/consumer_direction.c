/* The page behind the link of a company that is to delete for the State's lists:
 * the file of hashes, and its answer. */
#include "base/date.h"
#include "desk/drop.h"
#include "web/direction.h"
#include "web/drop.h"
#include "web/html.h"
#include "web/web.h"

/* What is hashed, by the rules of profile drop/1.2.0 (ident/ident.h). */
static const char *const made[] = {
	[DROP_NDZ] =
		"first name, last name, birth date (YYYYMMDD) and the first "
		"five of the ZIP code without leading zeros. Each is hashed; "
		"the four hashes in a row are hashed once more. Names in lower "
		"case, without accents, letters and digits only",
	[DROP_EMAIL] = "lower case, without white space",
	[DROP_PHONE] = "digits only, the last ten",
	[DROP_MAID] = "the 32 hex digits without hyphens, lower case",
	[DROP_NAME_VIN] =
		"first name, last name and vehicle number. Each is "
		"hashed; the three hashes in a row are hashed once more. "
		"Lower case, without accents, letters and digits only",
	[DROP_CTVID] = "letters and digits only, lower case",
};
_Static_assert(COUNTOF(made) == DROP_LISTS, "a row for each list");

static void fill_kinds(
	struct http_request *q, str kinds, struct direction_view *v)
{
	str name;

	v->kinds.at = arena_many(q->arena, struct direction_kind, DROP_LISTS);
	while (str_next(&kinds, ',', &name))
		for (int l = 0; l < DROP_LISTS; l++) {
			enum ident_kind k = drop_list_kind((enum drop_list)l);

			if (str_eq(name, str_of(ident_kind_name(k))))
				v->kinds.at[v->kinds.n++] =
					(struct direction_kind){ name,
						ident_kind_title(k), made[l] };
		}
}

static str answer_words(struct arena *a, const struct drop_vendor *x)
{
	if (str_eq(x->state, STR("nothing")))
		return STR("You hold nothing that matches");
	if (str_eq(x->state, STR("kept")))
		return STR("You must keep some of it");
	if (!x->answered_rows)
		return STR("You deleted and opted out what matched");
	return arena_fmt(a, "You deleted and opted out what matched: %s %s",
		arena_cstr(a, drop_figure(a, x->answered_rows)),
		x->answered_rows == 1 ? "record" : "records");
}

static int draw_done(struct web *w, struct http_request *q,
	struct http_response *r, const struct drop_vendor *x, struct err *e)
{
	struct reply_done_view v = {
		.vendor = x->title,
		.reference = drop_vendor_reference(q->arena, x->id),
		.answer = answer_words(q->arena, x),
		.reason = x->reason,
		.when = instant_words(q->arena, x->answered_at),
		.next = "Delete the file of hashes now: it was for this alone, "
			"and is not handed out here any more.",
	};

	return reply_done(w, q, r, &v, e);
}

static str path_of(struct http_request *q)
{
	return arena_fmt(
		q->arena, "/v/drop/%.*s", STR_ARG(http_param(q, "token")));
}

static int draw_open(struct web *w, struct http_request *q,
	struct http_response *r, const struct drop_vendor *x,
	const struct problems *ps, struct err *e)
{
	struct direction_view v = {
		.page = { .title = STR("Delete what matches the State’s lists") },
		.vendor = x->title,
		.reference = drop_vendor_reference(q->arena, x->id),
		.asked = date_words(q->arena, date_pacific(x->asked_at)),
		.due = date_words(q->arena, x->due_on),
		.is_late = x->is_late,
		.count = arena_fmt(q->arena, "%.*s %s",
			STR_ARG(drop_figure(q->arena, x->rows)),
			x->rows == 1 ? "hash" : "hashes"),
		.file = x->file,
		.sha256 = x->sha256,
		.profile = str_of(ident_profile_name(IDENT_DROP_1_2_0)),
		.form = {
			.action = path_of(q),
			.deleted = "We deleted and opted out what matched",
			.nothing = "We hold nothing that matches",
			.kept = "We must keep some of it",
			.asks_rows = true,
		},
	};

	if (reply_open(w, q, r, &v.page, &v.form, ps, e))
		return -1;
	fill_kinds(q, x->kinds, &v);
	html_direction(&r->body, &v);
	return 0;
}

/* rc as use cases answer: 1, 0 no good link, -1. */
static int need_link(int rc, struct err *e)
{
	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "this link is not valid");
	return err_hint(e, "use the link of our newest email to you");
}

static int open_link(
	struct http_request *q, struct drop_vendor *x, struct err *e)
{
	return need_link(
		drop_vendor_open(web_desk(q), http_param(q, "token"), x, e), e);
}

int web_direction(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct drop_vendor x;

	if (open_link(q, &x, e))
		return -1;
	return x.answered_at ? draw_done(ctx, q, r, &x, e)
			     : draw_open(ctx, q, r, &x, NULL, e);
}

/* In the desk's arena, which is the request's: nothing is copied. */
int web_direction_file(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct drop_vendor x;
	str csv;

	(void)ctx;
	if (need_link(drop_vendor_take(
			      web_desk(q), http_param(q, "token"), &x, &csv, e),
		    e))
		return -1;
	http_download(r, "text/csv; charset=utf-8", x.file);
	r->fixed = csv;
	return 0;
}

static void read_reply(const struct http_request *q,
	struct drop_vendor_reply *out, struct problems *ps)
{
	str rows = str_trim(http_form(q, "rows"));

	*out = (struct drop_vendor_reply){ .answer = http_form(q, "answer") };
	if (str_eq(out->answer, STR("kept")))
		out->reason = http_form(q, "reason");
	if (str_eq(out->answer, STR("deleted")) && rows.n &&
		!str_int(rows, &out->rows))
		problem_add(ps, "rows", "unreadable",
			"Enter how many records you deleted, as a number");
}

int web_direction_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	str token = http_param(q, "token");
	struct drop_vendor_reply reply;
	struct problems ps = { 0 };
	struct drop_vendor x;

	if (open_link(q, &x, e))
		return -1;
	read_reply(q, &reply, &ps);
	if (!ps.n && need_link(drop_vendor_answer(
				       web_desk(q), token, &reply, &ps, e),
			     e))
		return -1;
	if (ps.n && !x.answered_at)
		return draw_open(ctx, q, r, &x, &ps, e);
	http_redirect(r, path_of(q));
	return 0;
}
