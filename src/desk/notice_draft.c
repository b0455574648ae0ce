/*
 * A notice as it would be published: its facts, its text in each language that the
 * business offers, what lacks.  A text that lacks something is drawn all the same, for
 * who looks at it.
 */
#include "desk/notice.h"

#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "desk/config.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/notice_facts.h"
#include "desk/notice_text.h"
#include "desk/notice_view.h"
#include "desk/offer.h"
#include "desk/post.h"
#include "desk/text.h"
#include "law/listed.h"
#include "law/parent.h"
#include "words/words.h"

/* --- places --- */

const struct notice_place *notice_place(enum notice n)
{
	static const struct notice_place places[] = {
#define NOTICE_PLACE(name, path, is_written) \
	[NOTICE_##name] = { path, is_written },
#include "desk/tbl/notice_places.h"
	};

	must(n < NOTICE_END);
	return &places[n];
}

struct date notice_first_day(const struct desk *d, enum notice n)
{
	struct date first = notice_row(n)->valid.from;

	return date_cmp(first, desk_today(d)) > 0 ? first : desk_today(d);
}

int notice_named(str code, enum notice *out, struct err *e)
{
	*out = notice_of(code);
	if (*out != NOTICE_END && notice_place(*out)->is_written)
		return 0;
	err_set(e, ERR_NOT_FOUND, "\"%.*s\" is no notice that is written here",
		STR_ARG(str_head(code, 40)));
	return err_hint(e, "`toyon notice list` has them");
}

/* --- what lacks --- */

struct need {
	const char *item;
	str lacks;
	const char *hint;
};

static const struct notice_item *item_of(const char *id)
{
	for (size_t i = 0; i < notice_item_count(); i++)
		if (!strcmp(notice_item_at(i)->id, id))
			return notice_item_at(i);
	must(false);
	return NULL;
}

static void add_gap(
	struct notice_draft *d, const char *id, str lacks, const char *hint)
{
	must(d->gaps < NOTICE_GAPS_MAX);
	d->gap[d->gaps++] = (struct notice_gap){ item_of(id), lacks, hint };
}

/* Of the items of this notice; how minors opt in stands in the policy. */
static bool is_of(const struct notice_item *item, enum notice n)
{
	return item->notice == n ||
	       (item->notice == NOTICE_MINORS && n == NOTICE_POLICY);
}

static void look_needs(const struct notice_facts *f, struct notice_draft *d)
{
	const struct need needs[] = {
#define NOTICE_NEED(item, lacks, hint) { item, lacks, hint },
#include "desk/tbl/notice_needs.h"
	};

	for (size_t i = 0; i < COUNTOF(needs); i++)
		if (needs[i].lacks.n &&
			is_of(item_of(needs[i].item), d->notice))
			add_gap(d, needs[i].item, needs[i].lacks,
				needs[i].hint);
}

static bool has_gap(
	const struct notice_draft *d, const struct notice_item *item)
{
	for (size_t i = 0; i < d->gaps; i++)
		if (d->gap[i].item == item)
			return true;
	return false;
}

/* Whatever the facts are: each thing that the law asks for is a section of the text. */
static void look_text(
	struct arena *a, unsigned needed, str text, struct notice_draft *d)
{
	struct notice_blocks blocks;

	notice_blocks_of(a, text, &blocks);
	for (size_t i = 0; i < notice_item_count(); i++) {
		const struct notice_item *item = notice_item_at(i);

		if (!is_of(item, d->notice) || has_gap(d, item) ||
			(item->notice != d->notice &&
				!(needed & 1u << item->notice)))
			continue;
		if (!notice_says(&blocks, item->id))
			add_gap(d, item->id, STR("its section is empty"),
				"look at the notice: toyon notice show");
	}
}

/* --- the text --- */

static void put_links(struct desk *d, struct notice_view *v)
{
	const struct {
		const char *path;
		str *link;
	} rows[] = {
		{ "/", &v->start_link },
		{ "/opt-out", &v->opt_out_link },
		{ "/limit", &v->limit_link },
		{ "/agent", &v->agent_link },
		{ "/child/opt-in", &v->child_link },
		{ "/teen", &v->teen_link },
		{ "/numbers", &v->numbers_link },
		{ notice_place(NOTICE_POLICY)->path, &v->policy_link },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		*rows[i].link = post_link(d, v->f->lang, rows[i].path, STR(""));
	if (v->f->s.policy_url.n)
		v->policy_link = v->f->s.policy_url;
}

/* A page that is not offered on the day is not there. */
static int put_offered(
	struct desk *d, struct date day, struct notice_view *v, struct err *e)
{
	const struct {
		enum kind kind;
		const char *path;
		str *link;
	} rows[] = {
		{ KIND_OPT_OUT_ADMT, "/opt-out-admt", &v->admt_link },
		{ KIND_ACCESS_ADMT, "/r/access-admt", &v->access_link },
		{ KIND_APPEAL_ADMT, "/r/appeal-admt", &v->appeal_link },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		int rc = offer_is_made_on(d, rows[i].kind, day, e);

		if (rc < 0)
			return -1;
		if (rc)
			*rows[i].link =
				post_link(d, v->f->lang, rows[i].path, STR(""));
	}
	return 0;
}

static void put_flags(struct notice_view *v)
{
	const struct notice_facts *f = v->f;

	v->sells = config_flag(f->s.sells);
	v->limits = config_flag(f->s.uses_sensitive);
	v->sells_minors = config_flag(f->s.sells_minors);
	v->publishes = config_flag(f->s.publishes);
	v->choices_link = config_flag(f->s.choices_link);
	v->has_sold = f->has_sold;
	v->has_no_method = f->s.no_method_on.n > 0;
	for (size_t i = 0; i < f->categories.n; i++) {
		const struct notice_category *c = &f->categories.at[i];

		v->has_disclosed = v->has_disclosed || c->disclosed_to.n ||
				   c->was_disclosed;
	}
}

static void put_checks(struct arena *a, struct notice_view *v)
{
	str rest = v->f->s.parent_checks;
	str word;

	v->checks.at = arena_many(a, struct notice_point, PARENT_CHECK_END);
	while (str_next(&rest, ' ', &word)) {
		enum parent_check c = parent_check_of(word);

		if (c != PARENT_CHECK_END && v->checks.n < PARENT_CHECK_END)
			v->checks.at[v->checks.n++].text =
				say(v->f->lang, parent_check_row(c)->title);
	}
}

/* Cents, in the figures of valuation_words(). */
static str sum_words(struct arena *a, int64_t cents)
{
	return valuation_words(a, cents * (VALUE_UNIT / 100));
}

static void put_value(struct arena *a, struct notice_view *v)
{
	const struct valuation *val = v->f->value;
	const struct value_method *m;
	enum lang l = v->f->lang;

	if (!val)
		return;
	m = val->in.method;
	v->value = valuation_words(a, val->value);
	v->value_method = say(l, listed_of(LIST_VALUE, str_of(m->code))->title);
	v->value_counts = say(l, m->counts);
	v->value_sum = sum_words(a, val->in.counts);
	if (m->taken_off)
		v->value_taken = arena_fmt(a, "%.*s: %.*s",
			STR_ARG(say(l, m->taken_off)),
			STR_ARG(sum_words(a, val->in.taken_off)));
	v->value_among = say(l, m->among);
	v->value_people = val->in.among;
	v->value_how = setting_said(l, val->how, val->how_es);
	v->is_country = val->is_country;
}

static void put_own(struct arena *a, struct notice_view *v)
{
	const struct settings *s = &v->f->s;
	const struct {
		str english, spanish;
		str *to;
	} rows[] = {
		{ s->phone_hours, s->phone_hours_es, &v->phone_hours },
		{ s->incentive_terms, s->incentive_terms_es, &v->terms },
		{ s->incentive_join, s->incentive_join_es, &v->join },
		{ s->incentive_leave, s->incentive_leave_es, &v->leave },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		*rows[i].to =
			note_line(a, setting_said(v->f->lang, rows[i].english,
					     rows[i].spanish));
	v->legal_name = note_line(a, settings_legal_name(s));
	v->address = note_line(a, s->address);
}

static int put_view(struct desk *d, const struct notice_facts *f,
	struct date day, struct notice_view *v, struct err *e)
{
	*v = (struct notice_view){ .f = f };
	v->admt = config_flag(f->s.uses_admt) &&
		  valid_on(kind_row(KIND_OPT_OUT_ADMT)->valid, day);
	put_own(d->arena, v);
	put_links(d, v);
	put_flags(v);
	put_checks(d->arena, v);
	put_value(d->arena, v);
	return put_offered(d, day, v, e);
}

typedef void draw_fn(struct buf *b, const struct notice_view *v);

static draw_fn *const drawn[NOTICE_END][LANGS] = {
#define DRAWN(NAME, name)                            \
	[NOTICE_##NAME] = {                          \
		[LANG_EN] = text_notice_##name,      \
		[LANG_ES] = text_notice_##name##_es, \
	}
	DRAWN(POLICY, policy),
	DRAWN(COLLECTION, collection),
	DRAWN(INCENTIVE, incentive),
	DRAWN(PRE_USE, pre_use),
#undef DRAWN
};

static str digest_of(struct arena *a, str text)
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)text.p, text.n);
	return hex_of(a, digest, sizeof digest);
}

/* What was looked at is all of it: another word in any language is another draft. */
static str digest_of_all(struct arena *a, const struct notice_draft *draft)
{
	str all = { 0 };

	for (int l = 0; l < LANGS; l++)
		all = arena_fmt(a, "%.*s%.*s ", STR_ARG(all),
			STR_ARG(draft->in[l].sha256));
	return digest_of(a, all);
}

/* From facts in its language: they stay, for who has to say what lacks. */
static int write_words(struct desk *d, struct date day, struct notice_facts *f,
	struct notice_draft *out, struct err *e)
{
	struct notice_view *v = arena_one(d->arena, struct notice_view);
	struct buf b = buf_in(d->arena, LIMIT_NOTICE_BYTES);
	struct notice_words *words = &out->in[f->lang];

	if (put_view(d, f, day, v, e))
		return -1;
	v->updated = words_date(d->arena, f->lang, out->from);
	drawn[out->notice][f->lang](&b, v);
	if (!buf_ok(&b))
		return err_set(e, ERR_LIMIT,
			"the notice is longer than %d bytes",
			LIMIT_NOTICE_BYTES);
	words->text = buf_str(&b);
	words->sha256 = digest_of(d->arena, words->text);
	return 0;
}

static int write_others(struct desk *d, struct date day, unsigned languages,
	struct notice_draft *out, struct err *e)
{
	for (int l = LANG_EN + 1; l < LANGS; l++) {
		struct notice_facts *f =
			arena_one(d->arena, struct notice_facts);

		if (languages & (1U << l) &&
			(notice_facts_load(d, day, (enum lang)l, f, e) ||
				write_words(d, day, f, out, e)))
			return -1;
	}
	return 0;
}

/* out: the notice, and the day from which it says that it is in force. */
static int write_draft(struct desk *d, struct date day,
	struct notice_draft *out, struct err *e)
{
	struct notice_facts *f = arena_one(d->arena, struct notice_facts);
	struct business_facts business;

	must(notice_place(out->notice)->is_written);
	if (desk_need(d, PERM_SEE_MAP, e) ||
		notice_facts_load(d, day, LANG_EN, f, e) ||
		write_words(d, day, f, out, e) ||
		write_others(d, day, settings_languages(&f->s), out, e))
		return -1;
	out->sha256 = digest_of_all(d->arena, out);
	out->kinds = f->kinds;
	notice_business(d, &f->s, &business);
	look_needs(f, out);
	for (int l = 0; l < LANGS; l++)
		if (out->in[l].text.n)
			look_text(d->arena, notices_needed(&business, day),
				out->in[l].text, out);
	return 0;
}

int notice_draft(struct desk *d, enum notice n, struct date from,
	struct notice_draft *out, struct err *e)
{
	*out = (struct notice_draft){ .notice = n, .from = from };
	return write_draft(d, from, out, e);
}

int notice_draft_again(struct desk *d, enum notice n, struct date from,
	struct notice_draft *out, struct err *e)
{
	*out = (struct notice_draft){ .notice = n, .from = from };
	return write_draft(d, notice_first_day(d, n), out, e);
}
