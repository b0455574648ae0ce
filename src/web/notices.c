/* Notices for staff: what is owed, drafts, publishing. */
#include "web/notice.h"

#include "web/html.h"

/* --- all of them --- */

static void fill_lines(struct arena *a, const struct notice_states *all,
	struct notices_page *v)
{
	v->lines.at = arena_many(a, struct notice_line, NOTICE_END);
	for (int n = 0; n < NOTICE_END; n++) {
		const struct notice_state *s = &all->at[n];
		struct notice_line *l = &v->lines.at[v->lines.n++];

		*l = (struct notice_line){ .of = s };
		if (s->in_force)
			l->since = date_words(a, s->in_force->from);
		if (s->next)
			l->next = date_words(a, s->next->from);
	}
}

int web_notices(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct notices_page v = { .lines = { NULL, 0 } };
	struct notice_states all;

	if (notice_states(d, &all, e) ||
		notice_doubts(d, desk_today(d), &v.doubts, e) ||
		desk_page_fill(ctx, q, r, STR("Notices"), &v.page, e))
		return -1;
	v.page.place = DESK_NOTICES;
	fill_lines(q->arena, &all, &v);
	html_notices(&r->body, &v);
	return 0;
}

/* --- one --- */

static void fill_gaps(struct arena *a, const struct notice_draft *draft,
	struct notice_draft_page *v)
{
	v->gaps.at = arena_many(a, struct notice_gap_line, draft->gaps);
	for (size_t i = 0; i < draft->gaps; i++)
		v->gaps.at[v->gaps.n++].of = &draft->gap[i];
}

static void fill_words(struct arena *a, const struct notice_draft *draft,
	struct notice_draft_page *v)
{
	v->words.at = arena_many(a, struct notice_draft_words, LANGS);
	for (int l = 0; l < LANGS; l++)
		if (draft->in[l].text.n)
			v->words.at[v->words.n++] = (struct notice_draft_words){
				lang_code((enum lang)l),
				lang_title((enum lang)l),
				notice_inside(a, draft->in[l].text),
			};
}

static void add_changes(struct arena *a, enum lang l,
	const struct notice_changes *all, struct notice_draft_page *v)
{
	struct notice_change_line *at =
		arena_many(a, struct notice_change_line, v->changes.n + all->n);

	for (size_t i = 0; i < v->changes.n; i++)
		at[i] = v->changes.at[i];
	v->changes.at = at;
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].kind != NOTICE_SAME)
			at[v->changes.n++] =
				(struct notice_change_line){ lang_code(l),
					lang_title(l), &all->at[i] };
}

static void fill_changes(struct arena *a, const struct notice_version *now,
	const struct notice_draft *draft, struct notice_draft_page *v)
{
	for (int l = 0; l < LANGS; l++) {
		struct notice_changes all;

		notice_compare(a, now->in[l].text, draft->in[l].text, &all);
		add_changes(a, (enum lang)l, &all, v);
	}
}

static struct notice_version_line line_of(
	struct arena *a, const struct notice_version *of)
{
	struct notice_version_line line = { .of = of,
		.from = date_words(a, of->from) };

	line.hashes.at = arena_many(a, struct notice_hash, LANGS);
	for (int l = 0; l < LANGS; l++)
		if (of->in[l].sha256.n)
			line.hashes.at[line.hashes.n++] =
				(struct notice_hash){ lang_title((enum lang)l),
					of->in[l].sha256 };
	return line;
}

static int fill_versions(struct desk *d, enum notice n,
	struct notice_draft_page *v, struct err *e)
{
	struct notice_versions *all =
		arena_one(d->arena, struct notice_versions);

	if (notice_versions(d, all, e))
		return -1;
	v->versions.at =
		arena_many(d->arena, struct notice_version_line, all->n);
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].notice == n)
			v->versions.at[v->versions.n++] =
				line_of(d->arena, &all->at[i]);
	return 0;
}

/* Against the version in force. */
static int fill_difference(struct desk *d, enum notice n,
	struct notice_draft_page *v, struct err *e)
{
	struct notice_version now;
	struct notice_draft same_day;
	int rc = notice_version(d, n, 0, &now, e);

	if (rc <= 0)
		return rc;
	v->version = now.version;
	v->in_force = date_words(d->arena, now.from);
	if (notice_draft_again(d, n, now.from, &same_day, e))
		return -1;
	fill_changes(d->arena, &now, &same_day, v);
	return 0;
}

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	struct notice_draft_page *v, struct err *e)
{
	struct desk *d = web_desk(q);
	struct notice_draft *draft = arena_one(q->arena, struct notice_draft);
	enum notice n = v->row->notice;

	if (date_is_none(v->day))
		v->day = notice_first_day(d, n);
	if (notice_draft(d, n, v->day, draft, e) ||
		fill_difference(d, n, v, e) || fill_versions(d, n, v, e) ||
		notice_doubts(d, v->day, &v->doubts, e) ||
		desk_page_fill(w, q, r, str_of(v->row->title), &v->page, e))
		return -1;
	fill_gaps(q->arena, draft, v);
	v->page.place = DESK_NOTICES;
	v->page.has_problem = v->problems.n > 0;
	v->path = notice_place(n)->path;
	v->sha256 = draft->sha256;
	fill_words(q->arena, draft, v);
	v->is_stopped = notice_stopped_by(&v->doubts, n) != NULL;
	v->can_publish =
		desk_may(d, PERM_PUBLISH) && !draft->gaps && !v->is_stopped;
	v->first = date_iso(q->arena, notice_first_day(d, n));
	if (!v->typed.n)
		v->typed = v->first;
	if (v->problems.n)
		r->status = 422;
	html_notice_draft(&r->body, v);
	return 0;
}

static int named(
	struct http_request *q, struct notice_draft_page *v, struct err *e)
{
	enum notice n;

	if (notice_named(http_param(q, "kind"), &n, e))
		return -1;
	v->row = notice_row(n);
	return 0;
}

int web_notice_draft(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct notice_draft_page v = { .version = 0 };

	return named(q, &v, e) ? -1 : draw(ctx, q, r, &v, e);
}

/* Another day, or other facts than those that were looked at: they are looked at now. */
static void say_unseen(struct notice_draft_page *v, struct date from)
{
	v->day = from;
	problem_add(&v->problems, "from", "unseen",
		"For that day it is not what you looked at. It stands below as "
		"it would be published: look at it, then publish it");
}

static void say_early(
	struct arena *a, struct notice_draft_page *v, struct date first)
{
	problem_add(&v->problems, "from", "early",
		arena_cstr(a, arena_fmt(a, "Enter %.*s or a later day",
				      STR_ARG(date_words(a, first)))));
}

int web_notice_publish(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct notice_draft_page v = { .typed = http_form(q, "from") };
	str seen = http_form(q, "seen");
	struct notice_publish_in in = { .seen = &seen };
	struct desk *d = web_desk(q);
	struct notice_version out;
	struct date first;

	if (named(q, &v, e) || desk_need(d, PERM_PUBLISH, e))
		return -1;
	in.notice = v.row->notice;
	first = notice_first_day(d, in.notice);
	if (!date_parse(str_trim(v.typed), &in.from) ||
		date_cmp(in.from, first) < 0) {
		say_early(q->arena, &v, first);
		return draw(ctx, q, r, &v, e);
	}
	if (notice_publish(d, &in, &out, e)) {
		if (e->code != ERR_CONFLICT)
			return -1;
		say_unseen(&v, in.from);
		return draw(ctx, q, r, &v, e);
	}
	http_flash(r, "published");
	http_redirect(r, arena_fmt(q->arena, "/desk/notices/%s", v.row->code));
	return 0;
}
