/* The page behind the link of a person who looks, or deletes, where no program
 * can: whom and what to look for, copies, the answer, the hand-over. */
#include "desk/keeper.h"
#include "desk/limit.h"
#include "web/html.h"
#include "web/keeper.h"
#include "web/web.h"

enum { KB = 1024 };

static const struct problems no_problems;

static const struct {
	const char *title;
	const char *done;
} acts[] = {
	[KEEPER_LOOK] = { "Look for this person’s data", "" },
	[KEEPER_DELETE] = { "Delete what you found", "It is deleted" },
	[KEEPER_CORRECT] = { "Correct what you found", "It is corrected" },
};

static str path_of(struct http_request *q, const char *more)
{
	return arena_fmt(
		q->arena, "/t/%.*s%s", STR_ARG(http_param(q, "token")), more);
}

static str field_name(struct arena *a, size_t i)
{
	return arena_fmt(a, "found-%zu", i);
}

static int open_link(
	struct http_request *q, struct keeper_page *k, struct err *e)
{
	int rc = keeper_open(web_desk(q), http_param(q, "token"), k, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "this link is not valid");
	return err_hint(e, "use the link of our newest letter to you; it may "
			   "have been handed to a colleague");
}

/* --- drawn --- */

static str size_words(struct arena *a, int64_t bytes)
{
	return arena_fmt(a, "%lld KB", (long long)((bytes + KB - 1) / KB));
}

static void fill_files(struct http_request *q, const struct keeper_page *k,
	size_t place, struct keeper_field *f)
{
	f->files.at =
		arena_many(q->arena, struct keeper_shown_file, k->files.n);
	for (size_t i = 0; i < k->files.n; i++) {
		const struct keeper_file *file = &k->files.at[i];

		if (file->place != place)
			continue;
		f->files.at[f->files.n++] = (struct keeper_shown_file){
			.id = arena_fmt(q->arena, "%lld", (long long)file->id),
			.name = file->name,
			.size = size_words(q->arena, file->bytes),
			.action = path_of(q, "/file/remove"),
		};
	}
}

static void fill_fields(struct http_request *q, struct keeper_view *v)
{
	const struct keeper_page *k = v->k;

	v->fields.n = k->places.n;
	v->fields.at = arena_many(q->arena, struct keeper_field, k->places.n);
	for (size_t i = 0; i < k->places.n; i++) {
		struct keeper_field *f = &v->fields.at[i];

		f->place = &k->places.at[i];
		f->name = field_name(q->arena, i);
		f->heading = k->places.at[i].holds;
		f->text = http_form(q, arena_cstr(q->arena, f->name));
		fill_files(q, k, i, f);
	}
	v->colleagues.n = k->colleagues.n;
	v->colleagues.at =
		arena_many(q->arena, struct keeper_choice, k->colleagues.n);
	for (size_t i = 0; i < k->colleagues.n; i++)
		v->colleagues.at[i] =
			(struct keeper_choice){ k->colleagues.at[i],
				k->colleagues.at[i] };
}

static int draw_done(const struct web *w, struct http_request *q,
	struct http_response *r, const struct keeper_page *k, struct err *e)
{
	struct keeper_done_view v = { .title = k->title,
		.reference = k->reference,
		.answer = k->answer };

	if (web_page(w, q, r, STR("Your answer is recorded"), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	html_keeper_done(&r->body, &v);
	return 0;
}

static int draw_open(const struct web *w, struct http_request *q,
	struct http_response *r, const struct keeper_page *k,
	const struct problems *ps, struct err *e)
{
	struct keeper_view v = {
		.k = k,
		.action = path_of(q, ""),
		.asked = date_words(q->arena, k->asked_on),
		.due = date_words(q->arena, k->due_on),
		.today = date_iso(q->arena, k->today),
		.is_deletion = k->act == KEEPER_DELETE,
		.is_correction = k->act == KEEPER_CORRECT,
		.done = acts[k->act].done,
		.is_nothing = str_eq(http_form(q, "nothing"), STR("yes")),
		.done_on = http_form(q, "done_on"),
		.by = http_form(q, "by"),
		.note = http_form(q, "note"),
		.problems = ps ? *ps : no_problems,
	};

	if (web_page(w, q, r, str_of(acts[k->act].title), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	v.page.has_problem = v.problems.n > 0;
	if (v.problems.n)
		r->status = 422;
	if (!v.done_on.n)
		v.done_on = v.today;
	fill_fields(q, &v);
	html_keeper(&r->body, &v);
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, const struct problems *ps, struct err *e)
{
	struct keeper_page k;

	if (open_link(q, &k, e))
		return -1;
	return k.is_waiting ? draw_open(w, q, r, &k, ps, e)
			    : draw_done(w, q, r, &k, e);
}

int web_keeper(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return draw(ctx, q, r, NULL, e);
}

/* --- posted --- */

/* What was done, or what was wrong with it; a task that nobody waits for any more
 * says on its page what became of it. */
static int end_post(const struct web *w, struct http_request *q,
	struct http_response *r, const struct problems *ps, struct err *e)
{
	if (ps->n)
		return draw(w, q, r, ps, e);
	http_redirect(r, path_of(q, ""));
	return 0;
}

int web_keeper_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct keeper_reply reply = {
		.seen = http_form(q, "seen"),
		.is_nothing = str_eq(http_form(q, "nothing"), STR("yes")),
		.done_on = http_form(q, "done_on"),
		.by = http_form(q, "by"),
		.note = http_form(q, "note"),
	};
	struct problems ps = { 0 };
	struct keeper_page k;
	str *lines;

	if (open_link(q, &k, e))
		return -1;
	if (!k.is_waiting)
		return draw_done(ctx, q, r, &k, e);
	lines = arena_many(q->arena, str, k.places.n);
	for (size_t i = 0; i < k.places.n; i++)
		lines[i] = http_form(
			q, arena_cstr(q->arena, field_name(q->arena, i)));
	reply.lines = lines;
	reply.lines_n = k.places.n;
	if (keeper_reply(web_desk(q), http_param(q, "token"), &reply, &ps, e))
		return -1;
	return end_post(ctx, q, r, &ps, e);
}

static size_t place_of(struct http_request *q, const struct keeper_page *k)
{
	str chosen = http_form(q, "place");
	size_t i = 0;

	while (chosen.n && i < k->places.n &&
		!str_eq(chosen, field_name(q->arena, i)))
		i++;
	return i;
}

int web_keeper_file(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct http_file none = { .field = STR("file") };
	const struct http_file *f = q->files.n ? &q->files.at[0] : &none;
	struct problems ps = { 0 };
	struct keeper_page k;

	if (open_link(q, &k, e))
		return -1;
	if (keeper_file_add(web_desk(q), http_param(q, "token"),
		    place_of(q, &k), f->name, f->bytes, &ps, e))
		return -1;
	return end_post(ctx, q, r, &ps, e);
}

int web_keeper_file_remove(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct keeper_page k;
	int64_t id;

	(void)ctx;
	if (open_link(q, &k, e))
		return -1;
	if (str_int(http_form(q, "id"), &id) &&
		keeper_file_drop(web_desk(q), http_param(q, "token"), id, e))
		return -1;
	http_redirect(r, path_of(q, ""));
	return 0;
}

/* The link of this page opens nothing any more, so it can't be gone back to. */
int web_keeper_hand_over(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct keeper_done_view v = { .answer = STR(
					      "It is your colleague’s now") };
	struct problems ps = { 0 };
	struct keeper_page k;

	if (open_link(q, &k, e) ||
		keeper_hand_over(web_desk(q), http_param(q, "token"),
			http_form(q, "colleague"), &ps, e))
		return -1;
	if (ps.n)
		return draw(ctx, q, r, &ps, e);
	v.title = k.title;
	v.reference = k.reference;
	if (web_page(ctx, q, r, STR("Handed over"), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	html_keeper_done(&r->body, &v);
	return 0;
}

/* --- for staff --- */

int web_keeper_copy(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct keeper_copy copy;
	int64_t id;

	(void)ctx;
	if (!str_int(http_param(q, "id"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such copy");
	if (keeper_copy(web_desk(q), http_param(q, "ref"), id, &copy, e))
		return -1;
	http_download(r, "application/octet-stream", copy.name.v);
	r->fixed = copy.bytes;
	return 0;
}
