/*
 * From findings to tables that can be written: what is shown, what is only said
 * to be held, what is left out and why.
 */
#include "know/know.h"

#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/map_words.h"
#include "connect/person/item.h"
#include "know/build.h"
#include "know/value.h"
#include "law/category.h"
#include "words/words.h"

enum { LIST_MAX = 1 << 16 };

/* Does `item` stand in the list, between its separators? */
static bool stands_in(str list, str item, str between)
{
	ptrdiff_t at;

	while ((at = str_find(list, item)) >= 0) {
		size_t end = (size_t)at + item.n;
		str before = str_head(list, (size_t)at);
		bool begins = !at || str_ends(before, between);
		bool ends = end == list.n ||
			    str_starts(str_from(list, end), between);

		if (begins && ends)
			return true;
		list = str_from(list, (size_t)at + 1);
	}
	return false;
}

void know_add(struct arena *a, str *list, str item, const char *between)
{
	if (!item.n || list->n + item.n > LIST_MAX ||
		stands_in(*list, item, str_of(between)))
		return;
	*list = list->n ? arena_fmt(a, "%.*s%s%.*s", STR_ARG(*list), between,
				  STR_ARG(item))
			: item;
}

static enum lang lang_of(const struct know *k)
{
	return (enum lang)k->words->language;
}

str know_own(const struct know *k, str text)
{
	return map_say(k->in->map, lang_of(k), text);
}

struct map_about know_about(const struct know *k, const struct map_system *s,
	const struct map_table *t, const struct map_column *c)
{
	struct map_about about = map_about_of(s, t, c);

	return map_say_about(k->in->map, lang_of(k), &about);
}

static str label_of(struct arena *a, str name)
{
	char *out = arena_alloc(a, name.n + 1);

	for (size_t i = 0; i < name.n; i++)
		out[i] = name.p[i] == '_' ? ' ' : name.p[i];
	if (name.n && out[0] >= 'a' && out[0] <= 'z')
		out[0] = (char)(out[0] - 'a' + 'A');
	return (str){ out, name.n };
}

static str own_label(enum lang l, str name)
{
	static const struct {
		const char *name, *label;
	} rows[] = {
#define OWN_COLUMN(name, label) { name, label },
#include "know/tbl/own_columns.h"
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(name, str_of(rows[i].name)))
			return say(l, rows[i].label);
	return STR("");
}

str know_label(const struct know *k, const struct map_system *s,
	const struct map_column *c)
{
	str said = map_column_is_own(s, c)
			   ? own_label(lang_of(k), c->name)
			   : map_say_column(k->in->map, lang_of(k), c->name);

	return said.n ? said
		      : label_of(k->arena, value_text(k->arena, c->name));
}

bool know_was_given(const struct know_in *in, const struct map_vendor *v)
{
	for (size_t i = 0; i < in->batches_n; i++)
		if (str_eq(in->batches[i].vendor, v->name))
			return true;
	return false;
}

/* --- columns --- */

static str recipients_of(const struct know *k, char category)
{
	const struct map *m = k->in->map;
	str out = { 0 };

	for (size_t i = 0; category && i < m->vendors_n; i++) {
		const struct map_vendor *v = &m->vendors[i];

		if (v->categories & MAP_CATEGORY_BIT(category) &&
			(!v->by_list || know_was_given(k->in, v)))
			know_add(k->arena, &out, know_own(k, v->title), ", ");
	}
	return out;
}

static str category_title(const struct know *k, char letter)
{
	enum category c = category_of((str){ &letter, letter ? 1 : 0 });

	return c == CATEGORY_NONE ? STR("")
				  : know_law_title(k->words, category_row(c));
}

static void fill_columns(struct know *k, struct know_table *t)
{
	t->columns.at =
		arena_many(k->arena, struct know_column, t->map->columns_n);
	for (size_t i = 0; i < map_columns_held(t->map); i++) {
		const struct map_column *c = &t->map->columns[i];
		char letter = map_category_of(t->map, c);

		if (str_eq(c->name, STR(MAP_ROW_KEY))) /* ours, not theirs */
			continue;
		t->columns.at[t->columns.n++] = (struct know_column){
			.map = c,
			.of = arena_fmt(k->arena, "%.*s.%.*s.%.*s",
				STR_ARG(t->system->name), STR_ARG(t->map->name),
				STR_ARG(c->name)),
			.label = know_label(k, t->system, c),
			.category = category_title(k, letter),
			.letter = letter,
			.about = know_about(k, t->system, t->map, c),
			.recipients = recipients_of(k, letter),
		};
	}
}

/* --- what staff decided --- */

static bool is_of(const struct know_mark *m, const struct know_table *t)
{
	return str_eq(m->system, t->system->name) &&
	       str_eq(m->table, t->map->name);
}

/* column: empty asks for the whole row. */
static bool is_left_out(
	const struct know *k, const struct know_table *t, str column, str key)
{
	for (size_t i = 0; i < k->in->marks_n; i++) {
		const struct know_mark *m = &k->in->marks[i];

		if (is_of(m, t) && !m->is_shown && str_eq(m->column, column) &&
			(!m->key.n || str_eq(m->key, key)))
			return true;
	}
	return false;
}

static bool is_taken_in(
	const struct know *k, const struct know_table *t, str key)
{
	for (size_t i = 0; i < k->in->marks_n; i++) {
		const struct know_mark *m = &k->in->marks[i];

		if (is_of(m, t) && m->is_shown && str_eq(m->key, key))
			return true;
	}
	return false;
}

/* --- values --- */

static struct know_value words_for(enum know_kind kind, const char *words)
{
	return (struct know_value){ .kind = kind, .text = str_of(words) };
}

static struct know_value shown(struct know *k, const struct cell *c)
{
	struct know_value v = { .kind = KNOW_TEXT, .is_cut = c->is_cut };
	int64_t number;

	k->cut += c->is_cut;
	k->bytes += c->v.v.n;
	if (c->type == CELL_BLOB) {
		v.kind = KNOW_BYTES;
		v.bytes = c->v.v;
		v.text = know_fill_number(
			k->arena, k->words->bytes, (int64_t)c->v.v.n);
		return v;
	}
	if (c->type == CELL_INT && str_int(c->v.v, &number))
		v.kind = KNOW_NUMBER;
	v.text = value_text(k->arena, c->v.v);
	if (v.text.p != c->v.v.p)
		v.bytes = c->v.v;
	return v;
}

/* What a person copied by hand is a file of the package. */
static struct know_value as_file(
	struct know *k, const struct found_row *r, const struct cell *c)
{
	struct know_value v = shown(k, c);
	str name = item_file_name(
		k->arena, item_file_of(r), r->cells[ITEM_FILE].v.v);

	v.text = v.file = arena_fmt(k->arena, "files/%.*s", STR_ARG(name));
	k->files++;
	return v;
}

static struct know_value value_of(struct know *k, struct know_table *t,
	const struct map_column *column, const struct found_row *r)
{
	const struct cell *c = &r->cells[column - t->map->columns];
	bool is_file = c->type == CELL_BLOB && map_asks_person(t->system) &&
		       item_file_of(r);

	if (c->type == CELL_NULL)
		return words_for(KNOW_EMPTY, k->words->empty);
	if (column->never_disclose.n)
		return words_for(KNOW_HELD, k->words->held);
	if (is_left_out(k, t, column->name, r->key.v.v)) {
		t->is_redacted = true;
		return words_for(KNOW_LEFT_OUT, k->words->left_out);
	}
	return is_file ? as_file(k, r, c) : shown(k, c);
}

/* A row that is someone else's too stays out unless a person took it in: this
 * answer must not tell about others (Civ. Code 1798.145). */
static bool takes_row(
	struct know *k, struct know_table *t, const struct found_row *r)
{
	if (r->is_shared && !is_taken_in(k, t, r->key.v.v)) {
		t->shared_out++;
		return false;
	}
	if (!is_left_out(k, t, STR(""), r->key.v.v))
		return true;
	t->is_redacted = true;
	return false;
}

bool know_row_take(struct know *k, struct know_table *t,
	const struct found_row *r, struct know_row *out)
{
	if (!takes_row(k, t, r))
		return false;
	*out = (struct know_row){ .key = r->key.v.v,
		.is_shared = r->is_shared };
	out->values = arena_many(k->arena, struct know_value, t->columns.n);
	for (size_t c = 0; c < t->columns.n; c++)
		out->values[c] = value_of(k, t, t->columns.at[c].map, r);
	return true;
}

static void fill_rows(
	struct know *k, const struct found_table *f, struct know_table *t)
{
	t->rows.at = arena_many(k->arena, struct know_row, f->n);
	for (size_t i = 0; i < f->n; i++)
		t->rows.n += know_row_take(
			k, t, &f->rows[i], &t->rows.at[t->rows.n]);
	t->given = t->rows.n + f->rest.n;
	k->rows += t->given;
}

/* The letter has its first rows, and files of its own all. */
static void set_apart(struct know *k, struct know_table *t)
{
	t->is_apart = true;
	k->bytes -= t->bytes;
	k->cut -= t->cut;
	if (t->rows.n > KNOW_EXCERPT)
		t->rows.n = KNOW_EXCERPT;
}

/* found: f with the rows of all days.  A look-up that is made again brings these too,
 * and is held against all that it brought then (find_rest.h). */
static void add_table(struct know *k, const struct map_system *s,
	const struct found_table *f, const struct found_table *found)
{
	struct know_table *t = &k->tables.at[k->tables.n];

	size_t bytes = k->bytes, cut = k->cut;

	*t = (struct know_table){ .system = s, .map = f->table };
	t->from = f->rest.n ? found : f;
	t->title = know_own(k, f->table->holds);
	t->place = know_own(k, s->title);
	t->file = know_file_name(k, s, f->table->name);
	k->tables.n++;
	fill_columns(k, t);
	fill_rows(k, f, t);
	t->bytes = k->bytes - bytes;
	t->cut = k->cut - cut;
	if (f->rest.n || f->is_apart)
		set_apart(k, t);
	k->is_whole &= !t->shared_out && !t->is_redacted;
}

/* The one with most; what a person copied by hand can't be read again. */
static struct know_table *largest(const struct know *k)
{
	struct know_table *out = NULL;

	for (size_t i = 0; i < k->tables.n; i++) {
		struct know_table *t = &k->tables.at[i];

		if (!t->is_apart && !map_asks_person(t->system) &&
			(!out || t->bytes > out->bytes))
			out = t;
	}
	return out;
}

static int make_room(struct know *k, struct err *e)
{
	while (k->bytes > KNOW_VALUES_MAX) {
		struct know_table *t = largest(k);

		if (!t || !t->bytes) {
			err_set(e, ERR_LIMIT,
				"the package would hold more than %d MiB of "
				"copies made by hand",
				KNOW_VALUES_MAX >> 20);
			return err_hint(e, "leave some of them out, and send "
					   "these in another way");
		}
		set_apart(k, t);
	}
	return 0;
}

/* --- what is held, and of which kind --- */

static void add_held(struct know *k, const struct map_system *s, str code)
{
	str sentence = know_law_held(k->words, never_disclose_of(code));
	struct know_held *h = k->held.at;

	while (h < k->held.at + k->held.n && !str_eq(h->sentence, sentence))
		h++;
	if (h == k->held.at + k->held.n)
		*h = (struct know_held){ .sentence = sentence }, k->held.n++;
	know_add(k->arena, &h->where, know_own(k, s->title), ", ");
}

/* What is held counts whether it may be shown or not, and in rows that are not kept,
 * whose days nobody has read yet, too: too much is told of rather than too little. */
static void note_columns(struct know *k, const struct map_system *s,
	const struct found_table *f, unsigned *categories)
{
	for (size_t c = 0; c < map_columns_held(f->table); c++) {
		const struct map_column *column = &f->table->columns[c];
		char letter = map_category_of(f->table, column);

		if (!found_has_value(f, c))
			continue;
		if (column->never_disclose.n)
			add_held(k, s, column->never_disclose);
		*categories |= letter ? MAP_CATEGORY_BIT(letter) : 0;
	}
}

static size_t tables_of(const struct know_in *in)
{
	size_t n = 0;

	for (size_t i = 0; i < in->findings_n; i++)
		n += in->findings[i].system->tables_n;
	return n;
}

/* in: as it was found.  The rows that are kept may all be of other days, and those
 * that are not kept of the days that were asked for. */
static void take_findings(
	struct know *k, const struct know_in *in, unsigned *categories)
{
	for (size_t i = 0; i < k->in->findings_n; i++) {
		const struct finding *f = &k->in->findings[i];

		for (size_t t = 0; t < f->system->tables_n; t++) {
			if (!f->tables[t].n && !f->tables[t].rest.n)
				continue;
			note_columns(k, f->system, &f->tables[t], categories);
			if (k->of->is_specific)
				add_table(k, f->system, &f->tables[t],
					&in->findings[i].tables[t]);
		}
	}
}

int know_make(struct arena *a, const struct know_in *in,
	const struct know_case *of, struct know *out, struct err *e)
{
	unsigned categories = 0;

	*out = (struct know){
		.arena = a,
		.in = in,
		.of = of,
		.words = know_words(of->language),
		.is_whole = !of->is_downgraded && !in->unsearched_n,
	};
	know_range_take(out);
	out->tables.at = arena_many(a, struct know_table, tables_of(in));
	out->held.at = arena_many(a, struct know_held, never_disclose_count());
	take_findings(out, in, &categories);
	know_report(out, categories);
	return make_room(out, e);
}
