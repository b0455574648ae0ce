/*
 * Published notices: versions, which is in force, publishing one.  A version is one in all
 * of its languages: English stands with it, the others beside it (notice_words).
 */
#include "desk/notice.h"

#include "base/base.h"
#include "desk/post.h"
#include "desk/setting.h"
#include "store/sql.h"

static bool fill(const struct sql_notice_list_row *r, struct notice_version *v)
{
	*v = (struct notice_version){
		.notice = notice_of(r->kind),
		.version = r->version,
		.in = { [LANG_EN] = { .sha256 = r->sha256 } },
		.kinds = { (unsigned)r->collected, (unsigned)r->sold,
			(unsigned)r->shared, (unsigned)r->disclosed },
		.at = r->at,
		.by = r->published_by,
	};
	/* A newer program's notice is left alone. */
	return v->notice != NOTICE_END && date_parse(r->from_on, &v->from);
}

static struct notice_version *version_of(
	const struct notice_versions *all, enum notice n, int64_t version)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].notice == n && all->at[i].version == version)
			return &all->at[i];
	return NULL;
}

static int fill_languages(
	struct desk *d, struct notice_versions *all, struct err *e)
{
	struct sql_notice_words_list_rows rows;

	if (sql_notice_words_list(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct notice_version *v = version_of(
			all, notice_of(rows.at[i].kind), rows.at[i].version);
		enum lang l;

		if (v && lang_read(rows.at[i].lang, &l))
			v->in[l].sha256 = rows.at[i].sha256;
	}
	return 0;
}

int notice_versions(struct desk *d, struct notice_versions *out, struct err *e)
{
	struct sql_notice_list_rows rows;

	if (sql_notice_list(d->db, d->arena, &rows, e))
		return -1;
	out->n = 0;
	out->at = arena_many(d->arena, struct notice_version, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->n += fill(&rows.at[i], &out->at[out->n]);
	return fill_languages(d, out, e);
}

const struct notice_version *notice_in_force(
	const struct notice_versions *all, enum notice n, struct date day)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].notice == n &&
			date_cmp(all->at[i].from, day) <= 0)
			return &all->at[i];
	return NULL;
}

static int load_texts(struct desk *d, struct notice_version *v, struct err *e)
{
	str kind = str_of(notice_row(v->notice)->code);
	struct sql_notice_text_in in = { kind, v->version };
	struct sql_notice_words_of_in of = { kind, v->version };
	struct sql_notice_words_of_rows rows;
	struct sql_notice_text_row row;
	int rc = sql_notice_text(d->db, d->arena, &in, &row, e);

	if (rc <= 0)
		return rc;
	v->in[LANG_EN].text = row.text;
	if (sql_notice_words_of(d->db, d->arena, &of, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		enum lang l;

		if (lang_read(rows.at[i].lang, &l))
			v->in[l].text = rows.at[i].text;
	}
	return 1;
}

int notice_version(struct desk *d, enum notice n, int64_t version,
	struct notice_version *out, struct err *e)
{
	const struct notice_version *v;
	struct notice_versions all;

	if (notice_versions(d, &all, e))
		return -1;
	v = version ? version_of(&all, n, version)
		    : notice_in_force(&all, n, desk_today(d));
	/* What is published for a later day may still be replaced. */
	if (!v || (date_cmp(v->from, desk_today(d)) > 0 &&
			  !desk_may(d, PERM_SEE_MAP)))
		return 0;
	*out = *v;
	return load_texts(d, out, e);
}

str notice_text_in(const struct notice_version *v, enum lang l, bool *is_in)
{
	*is_in = v->in[l].text.n > 0;
	return v->in[*is_in ? l : LANG_EN].text;
}

bool notice_differs(
	const struct notice_version *v, const struct notice_draft *draft)
{
	for (int l = 0; l < LANGS; l++)
		if (!str_eq(v->in[l].text, draft->in[l].text))
			return true;
	return false;
}

int notice_links(struct desk *d, struct notice_links *out, struct err *e)
{
	struct sql_notice_now_in in = { date_iso(d->arena, desk_today(d)) };
	struct sql_notice_now_rows rows;

	if (sql_notice_now(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = 0;
	out->at = arena_many(d->arena, struct notice_link, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum notice n = notice_of(rows.at[i].kind);

		if (n != NOTICE_END)
			out->at[out->n++] = (struct notice_link){ n,
				str_of(notice_place(n)->path),
				notice_row(n)->title };
	}
	return 0;
}

static bool has_link(const struct notice_links *all, enum notice n)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].notice == n)
			return true;
	return false;
}

int policy_links(struct desk *d, const struct settings *s, enum lang l,
	struct policy_links *out, struct err *e)
{
	const char *path = notice_place(NOTICE_POLICY)->path;
	struct notice_links all;
	bool is_here;

	if (notice_links(d, &all, e))
		return -1;
	is_here = has_link(&all, NOTICE_POLICY);
	out->policy = s->policy_url.n ? s->policy_url
		      : is_here       ? post_link(d, l, path, STR(""))
				      : (str){ 0 };
	out->rights = s->rights_url.n ? s->rights_url
		      : is_here ? post_link(d, l, path, STR("#policy-rights"))
		      : s->policy_url.n ? s->policy_url
					: post_link(d, l, "/", STR(""));
	return 0;
}

/* --- publishing --- */

struct publishing {
	const struct notice_draft *draft;
	struct notice_version *out;
};

static int store_languages(
	struct desk *d, const struct notice_version *v, struct err *e)
{
	for (int l = 0; l < LANGS; l++) {
		struct sql_notice_words_add_in in = {
			.kind = str_of(notice_row(v->notice)->code),
			.version = v->version,
			.lang = str_of(lang_code((enum lang)l)),
			.sha256 = v->in[l].sha256,
			.text = v->in[l].text,
		};

		if (l != LANG_EN && in.text.n &&
			sql_notice_words_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

/* Of English alone, then of each of the others behind its code: "0a1b..., es 2c3d...". */
static str hashes_of(struct arena *a, const struct notice_version *v)
{
	str out = v->in[LANG_EN].sha256;

	for (int l = LANG_EN + 1; l < LANGS; l++)
		if (v->in[l].sha256.n)
			out = arena_fmt(a, "%.*s, %s %.*s", STR_ARG(out),
				lang_code((enum lang)l),
				STR_ARG(v->in[l].sha256));
	return out;
}

static int store(struct desk *d, void *ctx, struct err *e)
{
	const struct publishing *p = ctx;
	struct notice_versions all;
	struct notice_version *v = p->out;
	struct sql_notice_add_in in = {
		.kind = str_of(notice_row(v->notice)->code),
		.version = 1,
		.from_on = date_iso(d->arena, v->from),
		.sha256 = v->in[LANG_EN].sha256,
		.text = v->in[LANG_EN].text,
		.collected = v->kinds.collected,
		.sold = v->kinds.sold,
		.shared = v->kinds.shared,
		.disclosed = v->kinds.disclosed,
		.at = v->at,
		.published_by = v->by,
	};

	if (notice_versions(d, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].notice == v->notice &&
			all.at[i].version >= in.version)
			in.version = all.at[i].version + 1;
	v->version = in.version;
	if (sql_notice_add(d->db, &in, e) < 0 || store_languages(d, v, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_NOTICE_PUBLISHED, STR(""), e,
		AD("notice", notice_row(v->notice)->code),
		AD("version", v->version), AD("from", in.from_on),
		AD("sha256", hashes_of(d->arena, v)));
}

static int refuse_gap(const struct notice_draft *d, struct err *e)
{
	const struct notice_gap *g = &d->gap[0];

	err_set(e, ERR_INVALID, "\"%s\" lacks \"%s\" (%s): %.*s",
		notice_row(d->notice)->code, g->item->text, g->item->citation,
		STR_ARG(g->lacks));
	return err_hint(e, "%s", g->hint);
}

/* Half of it from the data map, half from the settings: as published it would say both
 * (11 CCR 7011). */
static int refuse_contradiction(
	struct desk *d, enum notice n, struct date from, struct err *e)
{
	struct notice_doubts all;
	const struct notice_doubt *x;

	if (notice_doubts(d, from, &all, e))
		return -1;
	x = notice_stopped_by(&all, n);
	if (!x)
		return 0;
	err_set(e, ERR_INVALID, "\"%s\" would contradict itself: %.*s",
		notice_row(n)->code, STR_ARG(x->text));
	return err_hint(e, "%s", x->hint);
}

static int refuse_unseen(const struct notice_publish_in *in,
	const struct notice_draft *draft, struct err *e)
{
	if (!in->seen || str_eq(*in->seen, draft->sha256))
		return 0;
	err_set(e, ERR_CONFLICT,
		"for that day \"%s\" is not what was looked at",
		notice_row(in->notice)->code);
	return err_hint(e, "look at it as it is now, then publish it");
}

static int refuse_early(struct desk *d, enum notice n, struct err *e)
{
	str first = date_iso(d->arena, notice_first_day(d, n));

	err_set(e, ERR_INVALID,
		"\"%s\" can be in force from %.*s on, or a later day",
		notice_row(n)->code, STR_ARG(first));
	return err_hint(e, "toyon notice publish %s --from %.*s",
		notice_row(n)->code, STR_ARG(first));
}

static int draft_to_publish(struct desk *d, const struct notice_publish_in *in,
	struct notice_draft *draft, struct err *e)
{
	if (date_cmp(in->from, notice_first_day(d, in->notice)) < 0)
		return refuse_early(d, in->notice, e);
	if (notice_draft(d, in->notice, in->from, draft, e))
		return -1;
	if (draft->gaps)
		return refuse_gap(draft, e);
	if (refuse_contradiction(d, in->notice, in->from, e))
		return -1;
	return refuse_unseen(in, draft, e);
}

int notice_publish(struct desk *d, const struct notice_publish_in *in,
	struct notice_version *out, struct err *e)
{
	struct notice_draft draft;
	struct publishing p = { &draft, out };

	if (desk_need(d, PERM_PUBLISH, e) || draft_to_publish(d, in, &draft, e))
		return -1;
	*out = (struct notice_version){ .notice = in->notice,
		.from = in->from,
		.kinds = draft.kinds,
		.at = desk_now(d),
		.by = desk_actor(d) };
	for (int l = 0; l < LANGS; l++)
		out->in[l] = draft.in[l];
	return desk_write(d, store, &p, e);
}
