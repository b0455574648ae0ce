/*
 * The facts of notices.  Each category gathers what the data map says of its columns:
 * every source, purpose and time once, in the order of the map.  What the law's tables
 * say is in the language of the notice, and what the map says where it has words in it.
 */
#include "desk/notice_facts.h"

#include "base/base.h"
#include "connect/map_words.h"
#include "desk/config.h"
#include "desk/drop.h"
#include "desk/form.h"
#include "desk/note.h"
#include "desk/offer.h"
#include "desk/post.h"
#include "desk/stop.h"
#include "know/words.h"
#include "law/category.h"
#include "law/deny.h"
#include "law/listed.h"
#include "law/minor.h"
#include "store/sql.h"
#include "words/words.h"

enum {
	LETTERS = CATEGORY_END - CATEGORY_A,
	PLACES_SHOWN = 3,
	JOINED_MAX = 16 << 20,
	YEAR_MONTHS = 12
};

/* --- words, each once --- */

struct word {
	str text;
	struct word *next;
};

struct words {
	struct word *first;
	size_t n;
};

static void words_add(struct arena *a, struct words *w, str text)
{
	struct word **at = &w->first;

	if (!text.n)
		return;
	for (; *at; at = &(*at)->next)
		if (str_eq((*at)->text, text))
			return;
	*at = arena_one(a, struct word);
	(*at)->text = note_line(a, text);
	w->n++;
}

static str words_join(
	struct arena *a, const struct words *w, const char *between)
{
	struct buf b = buf_in(a, JOINED_MAX);

	for (const struct word *at = w->first; at; at = at->next)
		buf_fmt(&b, "%s%.*s", b.n ? between : "", STR_ARG(at->text));
	must(buf_ok(&b));
	return buf_str(&b);
}

static struct notice_points words_points(struct arena *a, const struct words *w)
{
	struct notice_points out = { arena_many(a, struct notice_point, w->n),
		0 };

	for (const struct word *at = w->first; at; at = at->next)
		out.at[out.n++].text = at->text;
	return out;
}

/* "crm.note.body, crm.deal.title, crm.deal.stage and 4 more" */
static str places_of(struct arena *a, const struct words *w, const char *says)
{
	struct words few = { NULL, 0 };
	const struct word *at = w->first;

	if (!w->n)
		return STR("");
	for (; at && few.n < PLACES_SHOWN; at = at->next)
		words_add(a, &few, at->text);
	return arena_fmt(a, at ? "%s: %.*s and %zu more" : "%s: %.*s", says,
		STR_ARG(words_join(a, &few, ", ")), w->n - few.n);
}

/* --- the data map --- */

struct told {
	struct words holds, sources, purposes, retention;
	struct words sold_to, shared_with, disclosed_to;
	struct words was_sold_to, was_shared_with;
};

struct reading {
	struct arena *a;
	struct notice_facts *out;
	const struct map *map;
	struct told of[LETTERS];
	struct words sources, purposes;
	struct words no_source, no_purpose, no_retention, no_reason, no_working;
	struct words no_category, sensitive;
};

static str own(const struct reading *r, str text)
{
	return map_say(r->map, r->out->lang, text);
}

/* In the words of the data map; what no answer may say has words of its own. */
static str held_as(const struct reading *r, const struct map_table *t,
	const struct map_column *c)
{
	const struct category_row *never = never_disclose_of(c->never_disclose);

	return never ? say(r->out->lang, never->title) : own(r, t->holds);
}

static void read_column(struct reading *r, const struct map_system *s,
	const struct map_table *t, const struct map_column *c)
{
	struct map_about about = map_about_of(s, t, c), said;
	str place = arena_fmt(r->a, "%.*s.%.*s.%.*s", STR_ARG(s->name),
		STR_ARG(t->name), STR_ARG(c->name));
	char letter = map_category_of(t, c);
	struct told *told;

	if (!letter && c->is_identifier)
		letter = 'A';
	if (!letter) {
		/* What proves who somebody is, and what no answer may say, is
		 * personal information of some category. */
		if (c->verifies || c->never_disclose.n)
			words_add(r->a, &r->no_category, place);
		return;
	}
	told = &r->of[letter - 'A'];
	r->out->kinds.collected |= MAP_CATEGORY_BIT(letter);
	said = map_say_about(r->map, r->out->lang, &about);
	words_add(r->a, &told->holds, held_as(r, t, c));
	words_add(r->a, &told->sources, said.source);
	words_add(r->a, &told->purposes, said.purpose);
	words_add(r->a, &told->retention, said.retention);
	words_add(r->a, &r->sources, said.source);
	words_add(r->a, &r->purposes, said.purpose);
	if (!about.source.n)
		words_add(r->a, &r->no_source, place);
	if (!about.purpose.n)
		words_add(r->a, &r->no_purpose, place);
	if (!about.retention.n)
		words_add(r->a, &r->no_retention, place);
}

static void read_systems(struct reading *r, const struct map *m)
{
	for (size_t i = 0; i < m->systems_n; i++) {
		const struct map_system *s = &m->systems[i];

		for (size_t k = 0; k < s->tables_n; k++)
			for (size_t c = 0; c < map_columns_held(&s->tables[k]);
				c++)
				read_column(r, s, &s->tables[k],
					&s->tables[k].columns[c]);
	}
}

static struct words *told_of(struct told *t, enum disclosed_as as)
{
	return as == DISCLOSED_SOLD     ? &t->sold_to
	       : as == DISCLOSED_SHARED ? &t->shared_with
					: &t->disclosed_to;
}

static unsigned *kinds_of(struct notice_kinds *k, enum disclosed_as as)
{
	return as == DISCLOSED_SOLD     ? &k->sold
	       : as == DISCLOSED_SHARED ? &k->shared
					: &k->disclosed;
}

static void add_name(struct arena *a, str *names, str name)
{
	*names = arena_fmt(a, "%.*s%s%.*s", STR_ARG(*names),
		names->n ? ", " : "", STR_ARG(name));
}

/* A business that stopped selling says whom it sold to for 12 months more, so they stay
 * in its data map: who gets lists only was sold to when the ledger has one. */
static bool is_past_buyer(
	const struct notice_facts *f, const struct map_vendor *v)
{
	return v->by_list && v->disclosed_as != DISCLOSED_BUSINESS_PURPOSE &&
	       !config_flag(f->s.sells);
}

/* "Advertising networks: to show offers" */
static str recipient(
	const struct reading *r, const struct map_vendor *v, str purpose)
{
	return arena_fmt(r->a, "%.*s: %.*s",
		STR_ARG(map_say_party(r->map, r->out->lang, v)),
		STR_ARG(own(r, purpose)));
}

static void read_vendor(struct reading *r, const struct map_vendor *v)
{
	str words = recipient(r, v, v->purpose);

	if (!v->purpose.n)
		words_add(r->a, &r->no_reason, v->name);
	if (is_past_buyer(r->out, v)) {
		add_name(r->a, &r->out->lists_third, v->name);
		return;
	}
	if (v->categories & MAP_CATEGORY_BIT('L') &&
		v->sensitive_use == SENSITIVE_OTHER)
		words_add(r->a, &r->sensitive, v->name);
	*kinds_of(&r->out->kinds, v->disclosed_as) |= v->categories;
	for (int i = 0; i < LETTERS; i++)
		if (v->categories & 1u << i)
			words_add(r->a, told_of(&r->of[i], v->disclosed_as),
				words);
}

static void add_past_sale(
	struct reading *r, const struct map_vendor *v, str purpose)
{
	str words = recipient(r, v, purpose);

	for (int i = 0; i < LETTERS; i++)
		if (v->categories & 1u << i)
			words_add(r->a,
				v->disclosed_as == DISCLOSED_SHARED
					? &r->of[i].was_shared_with
					: &r->of[i].was_sold_to,
				words);
}

static void read_list(struct reading *r, const struct map *m,
	const struct sql_notice_recipients_row *row)
{
	const struct map_vendor *v = map_vendor_named(m, row->recipient);
	bool was_third =
		str_eq(row->role, str_of(vendor_role_name(ROLE_THIRD_PARTY)));
	struct notice_facts *f = r->out;

	if (!v) {
		add_name(r->a, was_third ? &f->unmapped_third : &f->unmapped,
			row->recipient);
		return;
	}
	if (is_past_buyer(f, v)) {
		add_past_sale(r, v, v->purpose);
		return;
	}
	if (was_third && !config_flag(f->s.sells))
		add_name(r->a, &f->lists_third, v->name);
	if (was_third && v->role != ROLE_THIRD_PARTY)
		add_past_sale(r, v, row->purpose);
}

/* What went out is a fact, whatever the data map has become since. */
static int read_ledger(
	struct desk *d, struct reading *r, const struct map *m, struct err *e)
{
	struct date since = date_add_months(desk_today(d), -YEAR_MONTHS);
	struct sql_notice_recipients_in in = { pacific_midnight_ms(since) };
	struct sql_notice_recipients_rows rows;

	if (sql_notice_recipients(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		read_list(r, m, &rows.at[i]);
	return 0;
}

/* What a notice says of a use. */
static struct map_automated *use_told(
	struct reading *r, const struct map_automated *use)
{
	struct map_automated *out = arena_one(r->a, struct map_automated);
	str *const texts[] = { &out->title, &out->purpose, &out->inputs,
		&out->output, &out->effect, &out->instead };

	*out = *use;
	for (size_t i = 0; i < COUNTOF(texts); i++)
		*texts[i] = own(r, *texts[i]);
	return out;
}

static void read_uses(struct reading *r, const struct map *m)
{
	struct notice_facts *f = r->out;

	f->uses.at = arena_many(r->a, struct notice_use, m->automated_n);
	for (size_t i = 0; i < m->automated_n; i++) {
		const struct map_automated *use = &m->automated[i];
		const struct ground *g = ground_of(use->exception);

		if (use->is_human)
			continue;
		if (!use->inputs.n || !use->output.n || !use->effect.n ||
			!use->instead.n)
			words_add(r->a, &r->no_working, use->name);
		f->uses.at[f->uses.n++] = (struct notice_use){
			.of = use_told(r, use),
			.decision = say(f->lang,
				listed_of(LIST_DECISION, use->decision)->title),
			.kept = say(f->lang, g ? g->told : NULL),
			.citation = g ? g->citation : NULL,
		};
	}
}

static void put_lacks(struct reading *r)
{
	struct notice_facts *f = r->out;

	f->no_category = places_of(
		r->a, &r->no_category, "the data map gives no category to");
	f->no_source =
		places_of(r->a, &r->no_source, "the data map has no source of");
	f->no_purpose = places_of(
		r->a, &r->no_purpose, "the data map has no purpose of");
	f->no_retention = places_of(r->a, &r->no_retention,
		"the data map does not say how long it is kept");
	f->no_reason = places_of(r->a, &r->no_reason,
		"the data map does not say what for it is given to");
	f->no_working = places_of(
		r->a, &r->no_working, "the data map does not say how it works");
	f->sensitive = words_join(r->a, &r->sensitive, ", ");
}

static int read_map(struct desk *d, struct reading *r, struct err *e)
{
	struct map *m = arena_one(r->a, struct map);

	if (map_read(d->arena, d->data_map, m, e))
		return -1;
	r->map = m;
	read_systems(r, m);
	for (size_t i = 0; i < m->vendors_n; i++)
		read_vendor(r, &m->vendors[i]);
	if (read_ledger(d, r, m, e))
		return -1;
	read_uses(r, m);
	r->out->sources = words_points(r->a, &r->sources);
	r->out->purposes = words_points(r->a, &r->purposes);
	put_lacks(r);
	return 0;
}

/* --- the law's words --- */

static str title_of(enum lang l, int letter)
{
	return know_law_title(know_words((enum know_language)l),
		category_row((enum category)(CATEGORY_A + letter)));
}

/* --- the 12 months before --- */

/* What a version that was in force within the last 12 months said, and the data map says
 * no more, is still to be said (Civ. Code 1798.130(a)(5)). */
static void look_back(const struct notice_version *v, unsigned bit,
	const struct notice_kinds *now, struct notice_category *c)
{
	if (v->kinds.collected & ~now->collected & bit && !c->was_collected)
		c->was_collected = v->version;
	if (v->kinds.sold & ~now->sold & bit && !c->was_sold)
		c->was_sold = v->version;
	if (v->kinds.shared & ~now->shared & bit && !c->was_shared)
		c->was_shared = v->version;
	if (v->kinds.disclosed & ~now->disclosed & bit && !c->was_disclosed)
		c->was_disclosed = v->version;
}

/* Newest first: it is in force until the one before it in the list is. */
static void look_back_all(const struct notice_versions *all, struct date today,
	const struct notice_kinds *now, struct notice_category *c)
{
	struct date since = date_add_months(today, -YEAR_MONTHS);
	struct date until = { 9999, 1, 1 };

	for (size_t i = 0; i < all->n; i++) {
		const struct notice_version *v = &all->at[i];

		if (v->notice != NOTICE_POLICY ||
			date_cmp(v->from, today) > 0 ||
			date_cmp(v->from, until) >=
				0) /* replaced before its day */
			continue;
		if (date_cmp(until, since) >= 0)
			look_back(v, MAP_CATEGORY_BIT(c->letter), now, c);
		until = v->from;
	}
}

/* Or shared; within 12 months. */
static bool is_sold(const struct notice_category *c)
{
	return c->sold_to.n || c->shared_with.n || c->was_sold_to.n ||
	       c->was_shared_with.n || c->was_sold || c->was_shared;
}

static int put_categories(
	struct desk *d, struct date day, struct reading *r, struct err *e)
{
	struct notice_facts *f = r->out;
	struct notice_versions all;

	if (notice_versions(d, &all, e))
		return -1;
	f->has_policy =
		f->s.policy_url.n || notice_in_force(&all, NOTICE_POLICY, day);
	f->categories.at = arena_many(r->a, struct notice_category, LETTERS);
	for (int i = 0; i < LETTERS; i++) {
		struct told *t = &r->of[i];
		struct notice_category c = {
			.letter = (char)('A' + i),
			.title = title_of(f->lang, i),
			.holds = words_join(r->a, &t->holds, ", "),
			.is_held = f->kinds.collected & 1u << i,
			.sources = words_join(r->a, &t->sources, "; "),
			.purposes = words_join(r->a, &t->purposes, "; "),
			.retention = words_join(r->a, &t->retention, "; "),
			.sold_to = words_join(r->a, &t->sold_to, "; "),
			.shared_with = words_join(r->a, &t->shared_with, "; "),
			.disclosed_to =
				words_join(r->a, &t->disclosed_to, "; "),
			.was_sold_to = words_join(r->a, &t->was_sold_to, "; "),
			.was_shared_with =
				words_join(r->a, &t->was_shared_with, "; "),
		};

		look_back_all(&all, desk_today(d), &f->kinds, &c);
		f->has_sold = f->has_sold || is_sold(&c);
		if (c.is_held || is_sold(&c) || c.disclosed_to.n ||
			c.was_collected || c.was_disclosed)
			f->categories.at[f->categories.n++] = c;
	}
	return 0;
}

/* --- what is offered --- */

static str phrase_of(struct arena *a, str phrase)
{
	char *text = arena_cstr(a, phrase);

	if (*text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A');
	return str_of(text);
}

static int put_requests(
	struct desk *d, struct date day, struct notice_facts *f, struct err *e)
{
	f->requests.at = arena_many(d->arena, struct notice_point, KIND_END);
	for (int k = KIND_NONE + 1; k < KIND_END; k++) {
		const struct kind_row *row = kind_row((enum kind)k);
		int rc;

		if (!form_of(row->kind) && !stop_row(row->kind))
			continue;
		rc = offer_is_made_on(d, row->kind, day, e);
		if (rc < 0)
			return -1;
		if (!rc)
			continue;
		f->requests.at[f->requests.n++] = (struct notice_point){
			phrase_of(d->arena, say(f->lang, row->phrase)),
			post_link(d, f->lang, form_of(row->kind) ? "/r/" : "/",
				str_of(row->path)),
		};
	}
	return 0;
}

/* Letters of the setting, "A D" or "A, D". */
static void put_costs(struct arena *a, struct notice_facts *f)
{
	str rest = f->s.incentive_categories;

	f->costs.at = arena_many(a, struct notice_point, LETTERS);
	for (int i = 0; i < LETTERS; i++)
		if (str_has(rest, (char)('A' + i)))
			f->costs.at[f->costs.n++].text = title_of(f->lang, i);
}

static int put_value(struct desk *d, struct notice_facts *f, struct err *e)
{
	struct valuations all;

	if (valuation_list(d, &all, e))
		return -1;
	f->value = all.n ? &all.at[0] : NULL;
	return 0;
}

int notice_facts_load(struct desk *d, struct date day, enum lang l,
	struct notice_facts *out, struct err *e)
{
	struct reading *r = arena_one(d->arena, struct reading);

	*out = (struct notice_facts){ .lang = l };
	r->a = d->arena;
	r->out = out;
	if (settings_load(d, &out->s, e) || read_map(d, r, e) ||
		put_categories(d, day, r, e) || put_requests(d, day, out, e))
		return -1;
	out->takes_email = d->config->inbox.n && out->s.contact_email.n;
	put_costs(d->arena, out);
	return put_value(d, out, e);
}

void notice_business(const struct desk *d, const struct settings *s,
	struct business_facts *out)
{
	*out = (struct business_facts){
		.is_seller = config_flag(s->sells),
		.uses_sensitive = config_flag(s->uses_sensitive),
		.has_choices_link = config_flag(s->choices_link),
		.has_incentive = config_flag(s->incentive),
		.sells_minors = config_flag(s->sells_minors),
		.uses_admt = config_flag(s->uses_admt),
		.is_large = config_flag(s->publishes),
		.is_broker = drop_is_set_up(d),
	};
}
