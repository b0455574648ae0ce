/*
 * The lists by category: what was collected, and, apart from each other, what was
 * sold or shared and what was given for a business purpose (11 CCR 7024(j) to
 * (l); Civ. Code 1798.110(c), 1798.115, 1798.130(a)(4)).  They are about this
 * person: a category stands there only when something of it was found, and a
 * company that gets data in lists only when the person was in one.
 */
#include "base/base.h"
#include "connect/map_words.h"
#include "know/build.h"
#include "law/category.h"

static struct know_line *line_of(
	struct know *k, struct know_lines *lines, char letter)
{
	enum category c = category_of((str){ &letter, 1 });
	struct know_line *l = lines->at;

	for (; l < lines->at + lines->n; l++)
		if (l->letter == letter)
			return l;
	must(lines->n < CATEGORY_END && c != CATEGORY_NONE);
	*l = (struct know_line){
		.letter = letter,
		.title = know_law_title(k->words, category_row(c)),
	};
	lines->n++;
	return l;
}

static void add_about(
	struct know *k, struct know_line *l, const struct map_about *about)
{
	know_add(k->arena, &l->sources, about->source, "; ");
	know_add(k->arena, &l->purposes, about->purpose, "; ");
	know_add(k->arena, &l->retention, about->retention, "; ");
}

static void collect(
	struct know *k, const struct map_system *s, const struct found_table *f)
{
	for (size_t i = 0; i < map_columns_held(f->table); i++) {
		const struct map_column *c = &f->table->columns[i];
		char letter = map_category_of(f->table, c);
		struct map_about about;

		if (!letter || !found_has_value(f, i))
			continue;
		about = know_about(k, s, f->table, c);
		add_about(k, line_of(k, &k->collected, letter), &about);
	}
}

static str party_of(const struct know *k, const struct map_vendor *v)
{
	enum lang l = (enum lang)k->words->language;

	return arena_fmt(k->arena, "%.*s (%.*s)",
		STR_ARG(map_say_party(k->in->map, l, v)),
		STR_ARG(know_own(k, v->title)));
}

static struct know_given *list_of(struct know *k, enum disclosed_as as)
{
	return as == DISCLOSED_BUSINESS_PURPOSE ? &k->gave : &k->sold;
}

static void disclose(struct know *k, const struct map_vendor *v, unsigned held)
{
	struct know_given *g = list_of(k, v->disclosed_as);

	if (v->by_list && !know_was_given(k->in, v))
		return;
	for (char letter = 'A'; letter <= 'L'; letter++) {
		struct know_line *l;

		if (!(held & v->categories & MAP_CATEGORY_BIT(letter)))
			continue;
		l = line_of(k, &g->kinds, letter);
		know_add(k->arena, &l->parties, party_of(k, v), "; ");
		know_add(k->arena, &l->purposes, know_own(k, v->purpose), "; ");
	}
}

/* A company that the map does not have any more: by the role it had.  Who gets a
 * list gets at least what finds the person in it. */
static void disclose_gone(
	struct know *k, const struct know_batch *b, struct know_given *g)
{
	struct know_line *l = line_of(k, &g->kinds, 'A');

	know_add(k->arena, &l->parties, know_own(k, b->title), "; ");
	know_add(k->arena, &l->purposes, know_own(k, b->purpose), "; ");
}

static void add_batch(struct know *k, const struct know_batch *b)
{
	const struct map_vendor *v = map_vendor_named(k->in->map, b->vendor);
	bool is_sold =
		str_eq(b->role, str_of(vendor_role_name(ROLE_THIRD_PARTY)));
	struct know_given *g = v         ? list_of(k, v->disclosed_as)
			       : is_sold ? &k->sold
					 : &k->gave;

	if (!v)
		disclose_gone(k, b, g);
	g->batches.at[g->batches.n++] = b;
}

static void make_room(struct know *k)
{
	struct know_lines *lines[] = { &k->collected, &k->sold.kinds,
		&k->gave.kinds };

	for (size_t i = 0; i < COUNTOF(lines); i++)
		lines[i]->at =
			arena_many(k->arena, struct know_line, CATEGORY_END);
	k->sold.batches.at = arena_many(
		k->arena, const struct know_batch *, k->in->batches_n);
	k->gave.batches.at = arena_many(
		k->arena, const struct know_batch *, k->in->batches_n);
}

static void sort(struct know_lines *lines)
{
	for (size_t i = 1; i < lines->n; i++) {
		struct know_line l = lines->at[i];
		size_t at = i;

		for (; at > 0 && lines->at[at - 1].letter > l.letter; at--)
			lines->at[at] = lines->at[at - 1];
		lines->at[at] = l;
	}
}

void know_report(struct know *k, unsigned held_categories)
{
	make_room(k);
	for (size_t i = 0; i < k->in->findings_n; i++) {
		const struct finding *f = &k->in->findings[i];

		for (size_t t = 0; t < f->system->tables_n; t++)
			collect(k, f->system, &f->tables[t]);
	}
	for (size_t i = 0; i < k->in->map->vendors_n; i++)
		disclose(k, &k->in->map->vendors[i], held_categories);
	for (size_t i = 0; i < k->in->batches_n; i++)
		add_batch(k, &k->in->batches[i]);
	sort(&k->collected);
	sort(&k->sold.kinds);
	sort(&k->gave.kinds);
}
