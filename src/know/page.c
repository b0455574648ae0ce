#include "know/page.h"

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "connect/map_words.h"
#include "know/build.h"
#include "know/files.h"
#include "know/html.h"
#include "law/category.h"

static str link_to(const struct know *k, const char *path)
{
	enum lang l = (enum lang)k->of->language;
	str href = arena_fmt(k->arena, "%.*s%s", STR_ARG(k->of->site), path);

	/* As in the letter that leads here: what it opens is in its language. */
	return l == LANG_EN
		       ? href
		       : url_with(k->arena, href,
				 arena_fmt(k->arena, "lang=%s", lang_code(l)));
}

/* With what it is about: nothing personal is in a URL. */
static str link_about(
	const struct know *k, const char *path, const char *name, str about)
{
	str field = arena_fmt(k->arena, "%s=%.*s", name,
		STR_ARG(url_encode(k->arena, about)));

	return about.n ? url_with(k->arena, link_to(k, path), field)
		       : link_to(k, path);
}

static str sentence(const struct know *k, const char *word, str what)
{
	return what.n ? know_fill(k->arena, word, what, STR("")) : STR("");
}

static str column_about(const struct know *k, const struct know_column *c)
{
	struct map_about near = map_say_about(
		k->in->map, (enum lang)k->words->language, &c->map->about);
	const struct {
		const char *title;
		str text;
	} own[] = {
		{ k->words->sources, near.source },
		{ k->words->purposes, near.purpose },
		{ k->words->retention, near.retention },
	};
	str out = c->category;

	if (c->category.n)
		out = arena_fmt(k->arena, "%.*s. %.*s.", STR_ARG(c->category),
			STR_ARG(c->recipients.n
					? sentence(k, k->words->given_to,
						  c->recipients)
					: str_of(k->words->given_nobody)));
	for (size_t i = 0; i < COUNTOF(own); i++)
		if (own[i].text.n)
			out = arena_fmt(k->arena, "%.*s%s%s: %.*s.",
				STR_ARG(out), out.n ? " " : "", own[i].title,
				STR_ARG(own[i].text));
	return out;
}

static struct map_about table_about(
	const struct know *k, const struct know_table *t)
{
	static const struct map_column none;

	return know_about(k, t->system, t->map, &none);
}

/* "A,D": the kinds of what the row holds, which is what can be deleted by itself. */
static str row_kinds(const struct know *k, const struct know_table *t,
	const struct know_row *row)
{
	struct buf b = buf_in(k->arena, 2 * CATEGORY_END);

	for (char letter = 'A'; letter <= 'L'; letter++) {
		bool is_held = false;

		for (size_t i = 0; i < t->columns.n; i++)
			is_held |= t->columns.at[i].letter == letter &&
				   row->values[i].kind != KNOW_EMPTY;
		if (is_held)
			buf_fmt(&b, "%s%c", b.n ? "," : "", letter);
	}
	return buf_str(&b);
}

static void fill_row(const struct know *k, const struct know_page_table *t,
	size_t i, struct know_page_row *out)
{
	str about, kinds = row_kinds(k, t->table, &t->table->rows.at[i]);

	out->row = &t->table->rows.at[i];
	out->title =
		know_fill_number(k->arena, k->words->record, (int64_t)i + 1);
	about = arena_fmt(k->arena, "%.*s, %.*s, %.*s",
		STR_ARG(t->table->place), STR_ARG(t->title),
		STR_ARG(out->title));
	out->correct = link_about(k, "/r/correct", "about", about);
	out->remove = link_about(k, "/r/delete", "kinds", kinds);
	out->remove_as = kinds.n ? k->words->remove : k->words->next_delete;
}

static str rest_words(const struct know *k, const struct know_table *t)
{
	if (!t->is_apart || t->given <= t->rows.n)
		return STR("");
	return know_fill(k->arena, k->words->apart,
		know_count(k->arena, t->rows.n),
		know_count(k->arena, t->given));
}

static void fill_table(
	const struct know *k, size_t i, struct know_page_table *out)
{
	const struct know_table *t = &k->tables.at[i];

	*out = (struct know_page_table){
		.table = t,
		.id = arena_fmt(k->arena, "t-%zu", i + 1),
		.title = t->title,
		.system = sentence(k, k->words->in_system, t->place),
		.about = table_about(k, t),
		.rest = rest_words(k, t),
		.file = know_csv_name(k->arena, t),
	};
	out->columns.n = t->columns.n;
	out->columns.at =
		arena_many(k->arena, struct know_page_column, t->columns.n);
	for (size_t c = 0; c < t->columns.n; c++)
		out->columns.at[c] =
			(struct know_page_column){ t->columns.at[c].label,
				column_about(k, &t->columns.at[c]) };
	out->rows.n = t->rows.n;
	out->rows.at = arena_many(k->arena, struct know_page_row, t->rows.n);
	for (size_t r = 0; r < t->rows.n; r++)
		fill_row(k, out, r, &out->rows.at[r]);
}

static void fill_list(const struct know *k, const struct know_given *g,
	const char *none, struct know_page_list *out)
{
	*out = (struct know_page_list){
		.words = k->words,
		.kinds = &g->kinds,
		.none = none,
	};
	out->batches.n = g->batches.n;
	out->batches.at = arena_many(k->arena, str, g->batches.n);
	for (size_t i = 0; i < g->batches.n; i++) {
		const struct know_batch *b = g->batches.at[i];
		str line = know_fill(k->arena, k->words->list_line,
			know_date(k->arena, k->words, b->on),
			know_own(k, b->title));

		out->batches.at[i] =
			b->purpose.n ? arena_fmt(k->arena, "%.*s: %.*s",
					       STR_ARG(line),
					       STR_ARG(know_own(k, b->purpose)))
				     : line;
	}
}

static str place_of(const struct know *k, const struct map_system *s,
	const struct map_table *t)
{
	return arena_fmt(k->arena, "%.*s, %.*s", STR_ARG(know_own(k, s->title)),
		STR_ARG(know_own(k, t->holds)));
}

/* What was not asked for, and what has no day to tell by (7024(h)). */
static void put_ranged(const struct know *k, struct know_page *out)
{
	const struct know_words *w = k->words;

	for (size_t i = 0; i < k->ranged.n; i++) {
		const struct know_ranged *r = &k->ranged.at[i];
		str place = place_of(k, r->system, r->map);

		if (r->outside)
			out->not_here.at[out->not_here.n++] = know_fill(
				k->arena,
				r->outside == 1 ? w->outside_one
						: w->outside_many,
				place, arena_fmt(k->arena, "%zu", r->outside));
		if (r->undated)
			out->not_here.at[out->not_here.n++] =
				sentence(k, w->undated, place);
	}
}

static str kinds_words(const struct know *k, unsigned kinds)
{
	str out = STR("");

	for (char letter = 'A'; letter <= 'L'; letter++) {
		enum category c = category_of((str){ &letter, 1 });

		if (kinds & MAP_CATEGORY_BIT(letter))
			know_add(k->arena, &out,
				know_law_title(k->words, category_row(c)),
				"; ");
	}
	return out;
}

/* What was not searched, and the categories that it may hold (11 CCR 7024(c)). */
static void put_exempt(const struct know *k, struct know_page *out)
{
	for (size_t i = 0; i < k->in->map->systems_n; i++) {
		const struct map_system *s = &k->in->map->systems[i];

		if (s->is_exempt)
			out->not_here.at[out->not_here.n++] =
				know_fill(k->arena, k->words->exempt,
					know_own(k, s->title),
					kinds_words(k, map_kinds(s)));
	}
}

/* Where nobody could look, and in detail why (11 CCR 7024(e)). */
static void put_unsearched(const struct know *k, struct know_page *out)
{
	const struct know_words *w = k->words;

	for (size_t i = 0; i < k->in->unsearched_n; i++) {
		str why = k->in->unsearched_why[i];
		str line = sentence(
			k, w->unsearched, know_own(k, k->in->unsearched[i]));

		out->not_here.at[out->not_here.n++] = arena_fmt(k->arena,
			"%.*s %.*s", STR_ARG(line),
			STR_ARG(why.n ? sentence(k, w->unsearched_why, why)
				      : str_of(w->unsearched_silent)));
	}
}

/* 11 CCR 7024(c), (e): what was not given, and why. */
static void fill_not_here(const struct know *k, struct know_page *out)
{
	const struct know_words *w = k->words;

	out->not_here.at = arena_many(k->arena, str,
		2 * k->tables.n + 2 * k->ranged.n + k->in->unsearched_n +
			k->in->map->systems_n);
	for (size_t i = 0; i < k->tables.n; i++) {
		const struct know_table *t = &k->tables.at[i];
		str place = place_of(k, t->system, t->map);
		str n = arena_fmt(k->arena, "%zu", t->shared_out);

		if (t->shared_out)
			out->not_here.at[out->not_here.n++] =
				know_fill(k->arena,
					t->shared_out == 1 ? w->shared_one
							   : w->shared_many,
					place, n);
		if (t->is_redacted)
			out->not_here.at[out->not_here.n++] =
				sentence(k, w->redacted, place);
	}
	put_ranged(k, out);
	put_unsearched(k, out);
	put_exempt(k, out);
}

static str range_words(const struct know *k)
{
	const struct know_range *r = &k->of->range;

	if (date_is_none(r->from))
		return STR("");
	return know_fill(k->arena, k->words->range,
		know_date(k->arena, k->words, r->from),
		know_date(k->arena, k->words, r->to));
}

static str found_words(const struct know *k)
{
	const struct know_words *w = k->words;

	if (!k->of->is_specific)
		return STR("");
	if (!k->rows)
		return str_of(w->found_none);
	if (k->rows == 1)
		return str_of(w->found_one);
	return sentence(k, w->found_many, know_count(k->arena, k->rows));
}

void know_page_fill(const struct know *k, struct know_page *out)
{
	const struct know_words *w = k->words;

	*out = (struct know_page){
		.k = k,
		.w = w,
		.dear = sentence(k, w->dear, k->of->name.v),
		.asked = sentence(k, w->asked,
			know_date(k->arena, w, k->of->received_on)),
		.range = range_words(k),
		.found = found_words(k),
		.made = know_date(k->arena, w, k->of->made_on),
		.correct = link_to(k, "/r/correct"),
		.remove = link_to(k, "/r/delete"),
	};
	if (k->of->sells)
		out->opt_out = link_to(k, "/opt-out");
	fill_list(k, &k->sold, w->sold_none, &out->sold);
	fill_list(k, &k->gave, w->gave_none, &out->gave);
	out->tables.n = k->tables.n;
	out->tables.at =
		arena_many(k->arena, struct know_page_table, k->tables.n);
	for (size_t i = 0; i < k->tables.n; i++)
		fill_table(k, i, &out->tables.at[i]);
	fill_not_here(k, out);
}

void know_letter_put(struct buf *b, const struct know *k)
{
	struct know_page v;

	know_page_fill(k, &v);
	html_know_letter(b, &v);
}
