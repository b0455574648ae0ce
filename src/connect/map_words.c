/*
 * The data map's own words in other languages: which texts there are, what one says in a
 * language, and which are not there yet.  map_words_read.c reads them.
 */
#include "connect/map_words.h"

#include <stdlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/map_build.h"
#include "words/words.h"

enum { LINE_EXTRA = 64, KEY_MAX = 1000 };

/* --- the texts ---------------------------------------------------------------------- */

/* Counts where it has no room yet. */
struct gather {
	struct map_text *at;
	size_t n;
	struct map_text now; /* what of it is the same for several texts */
};

static void take(struct gather *g, const char *key, str text)
{
	if (!text.n)
		return;
	if (g->at) {
		g->at[g->n] = g->now;
		g->at[g->n].key = key;
		g->at[g->n].text = text;
		g->at[g->n].at = g->n;
	}
	g->n++;
}

static void take_about(struct gather *g, const struct map_about *about)
{
	take(g, "purpose", about->purpose);
	take(g, "source", about->source);
	take(g, "retention", about->retention);
}

static void take_table(
	struct gather *g, const struct map_system *s, const struct map_table *t)
{
	g->now.of[1] = t->name;
	g->now.line = t->line;
	take(g, "holds", t->holds);
	take_about(g, &t->about);
	for (size_t i = 0; i < map_columns_held(t); i++) {
		const struct map_column *c = &t->columns[i];

		/* What is in the map by itself has words of ours. */
		if (map_column_is_own(s, c))
			continue;
		g->now.of[2] = c->name;
		g->now.line = c->line;
		take(g, "name", c->name);
		take_about(g, &c->about);
	}
	g->now.of[2] = STR("");
}

static void take_system(struct gather *g, const struct map_system *s)
{
	g->now = (struct map_text){
		.of = { s->name }, .file = s->file, .line = s->line
	};
	take(g, "title", s->title);
	take_about(g, &s->about);
	for (size_t i = 0; i < s->tables_n; i++)
		take_table(g, s, &s->tables[i]);
}

static void take_vendor(struct gather *g, const struct map_vendor *v)
{
	str role = str_of(vendor_role_title(v->role));

	g->now = (struct map_text){ .of = { v->name },
		.is_company = true,
		.file = v->file,
		.line = v->line };
	take(g, "title", v->title);
	g->now.is_company = false;
	if (!str_eq(v->party, role))
		take(g, "party", v->party);
	take(g, "purpose", v->purpose);
}

static void take_automated(struct gather *g, const struct map_automated *use)
{
	g->now = (struct map_text){
		.of = { use->name }, .file = use->file, .line = use->line
	};
	take(g, "title", use->title);
	take(g, "purpose", use->purpose);
	take(g, "inputs", use->inputs);
	take(g, "output", use->output);
	take(g, "effect", use->effect);
	take(g, "instead", use->instead);
}

static void gather_all(struct gather *g, const struct map *m)
{
	g->n = 0;
	for (size_t i = 0; i < m->systems_n; i++)
		take_system(g, &m->systems[i]);
	for (size_t i = 0; i < m->vendors_n; i++)
		take_vendor(g, &m->vendors[i]);
	for (size_t i = 0; i < m->automated_n; i++)
		take_automated(g, &m->automated[i]);
}

static int by_text(const void *a, const void *b)
{
	const struct map_text *x = a, *y = b;
	int cmp = str_cmp(x->text, y->text);

	return cmp ? cmp
	       : x->is_company != y->is_company
		       ? x->is_company - y->is_company
		       : (x->at > y->at) - (x->at < y->at);
}

static int by_place(const void *a, const void *b)
{
	const struct map_text *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* A company's name that is another text too is that. */
void map_texts_sorted(
	struct arena *a, const struct map *m, struct map_texts *out)
{
	struct gather g = { 0 };
	size_t n = 0;

	gather_all(&g, m);
	g.at = arena_many(a, struct map_text, g.n);
	gather_all(&g, m);
	if (g.n)
		qsort(g.at, g.n, sizeof *g.at, by_text);
	for (size_t i = 0; i < g.n; i++)
		if (!n || !str_eq(g.at[n - 1].text, g.at[i].text))
			g.at[n++] = g.at[i];
	*out = (struct map_texts){ g.at, n };
}

static void texts_place(struct map_texts *t)
{
	if (t->n)
		qsort(t->at, t->n, sizeof *t->at, by_place);
}

void map_texts(struct arena *a, const struct map *m, struct map_texts *out)
{
	map_texts_sorted(a, m, out);
	texts_place(out);
}

/* --- one of them in a language ------------------------------------------------------ */

static const struct map_word *word_of(
	const struct map *m, enum lang l, str text)
{
	const struct map_words *w = &m->words[l];
	size_t low = 0, high = w->n; /* none in English */

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = str_cmp(w->at[mid].text, text);

		if (!cmp)
			return &w->at[mid];
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

str map_say(const struct map *m, enum lang l, str text)
{
	const struct map_word *w = word_of(m, l, text);

	return w && w->said.n ? w->said : text;
}

str map_say_column(const struct map *m, enum lang l, str name)
{
	const struct map_word *w = word_of(m, l, name);

	return w ? w->said : STR("");
}

str map_say_party(const struct map *m, enum lang l, const struct map_vendor *v)
{
	const char *role = vendor_role_title(v->role);

	return str_eq(v->party, str_of(role)) ? say(l, role)
					      : map_say(m, l, v->party);
}

struct map_about map_say_about(
	const struct map *m, enum lang l, const struct map_about *about)
{
	return (struct map_about){
		.purpose = map_say(m, l, about->purpose),
		.source = map_say(m, l, about->source),
		.retention = map_say(m, l, about->retention),
	};
}

str map_place(struct arena *a, str holds, str system)
{
	return arena_fmt(a, "%.*s (%.*s)", STR_ARG(holds), STR_ARG(system));
}

/* "Contacts (CRM)" is the place of this table. */
static bool is_place(str place, str holds, str system)
{
	return place.n == holds.n + system.n + 3 && str_starts(place, holds) &&
	       str_starts(str_from(place, holds.n), STR(" (")) &&
	       str_starts(str_from(place, holds.n + 2), system) &&
	       str_ends(place, STR(")"));
}

str map_say_place(struct arena *a, const struct map *m, enum lang l, str place)
{
	for (size_t i = 0; l != LANG_EN && i < m->systems_n; i++) {
		const struct map_system *s = &m->systems[i];

		for (size_t t = 0; t < s->tables_n; t++)
			if (is_place(place, s->tables[t].holds, s->title))
				return map_place(a,
					map_say(m, l, s->tables[t].holds),
					map_say(m, l, s->title));
	}
	return place;
}

/* --- what is missing ---------------------------------------------------------------- */

void map_texts_missing(struct arena *a, const struct map *m, enum lang l,
	struct map_texts *out)
{
	struct map_texts all;
	size_t n = 0;

	map_texts_sorted(a, m, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct map_word *w = word_of(m, l, all.at[i].text);

		if (!all.at[i].is_company && !(w && w->said.n))
			all.at[n++] = all.at[i];
	}
	*out = (struct map_texts){ all.at, n };
	texts_place(out);
}

str map_text_place(struct arena *a, const struct map_text *t)
{
	str out = t->of[0];

	for (size_t i = 1; i < COUNTOF(t->of); i++)
		if (t->of[i].n)
			out = arena_fmt(a, "%.*s.%.*s", STR_ARG(out),
				STR_ARG(t->of[i]));
	return arena_fmt(a, "%.*s, %s", STR_ARG(out), t->key);
}

static void put_quoted(struct buf *b, str text)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"' || text.p[i] == '\\')
			buf_putc(b, '\\');
		buf_putc(b, text.p[i]);
	}
	buf_putc(b, '"');
}

/* A key of YAML is no longer than 1,024 characters unless it is marked as one. */
static void put_text(struct buf *b, str place, str text)
{
	size_t at;

	buf_fmt(b, "    # %.*s\n    ", STR_ARG(place));
	at = b->n;
	put_quoted(b, text);
	if (b->n - at <= KEY_MAX) {
		buf_puts(b, ": \"\"\n");
		return;
	}
	b->n = at;
	buf_puts(b, "? ");
	put_quoted(b, text);
	buf_puts(b, "\n    : \"\"\n");
}

str map_texts_lines(struct arena *a, const struct map *m, enum lang l,
	const struct map_texts *missing)
{
	str *places = arena_many(a, str, missing->n);
	size_t size = LINE_EXTRA;
	struct buf b;

	for (size_t i = 0; i < missing->n; i++) {
		places[i] = map_text_place(a, &missing->at[i]);
		size += places[i].n + 4 * missing->at[i].text.n + LINE_EXTRA;
	}
	b = buf_in(a, size);
	if (missing->n && !m->words[l].n)
		buf_fmt(&b, "words:\n  %s:\n", lang_code(l));
	for (size_t i = 0; i < missing->n; i++)
		put_text(&b, places[i], missing->at[i].text);
	must(buf_ok(&b));
	return buf_str(&b);
}
