/*
 * Reading what the data map says in other languages, and holding it against the texts
 * that the map has.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "connect/map_build.h"
#include "connect/map_words.h"

enum { NEAR_MAX = 99 }; /* as far as str_edits() compares */

static void read_word(struct yaml_reader *r, const yaml_node_pair_t *pair,
	struct map_words *w)
{
	yaml_node_t *key = yaml_document_get_node(r->doc, pair->key);
	yaml_node_t *value = yaml_document_get_node(r->doc, pair->value);
	struct yaml_field from = { "words", true, key };
	struct yaml_field to = { "words", true, value };
	struct map_word word = { .file = r->problems->file,
		.line = yaml_line(key) };

	yaml_text(r, &from, MAP_TEXT_MAX, &word.text);
	/* As `toyon map words` prints it: not there yet. */
	if (!yaml_is_empty(&to))
		yaml_text(r, &to, 2 * MAP_TEXT_MAX, &word.said);
	if (word.text.n)
		w->at[w->n++] = word;
}

static void read_words(
	struct yaml_reader *r, const struct yaml_field *f, struct map_words *w)
{
	struct map_word *before = w->at;
	size_t more;

	if (!f->value)
		return;
	if (f->value->type != YAML_MAPPING_NODE) {
		yaml_problem(r, yaml_line(f->value),
			STR("\"words\" of a language are texts of the map, each "
			    "with what it says in it"),
			STR("as \"Email addresses\": Correos electrónicos"));
		return;
	}
	more = (size_t)(f->value->data.mapping.pairs.top -
			f->value->data.mapping.pairs.start);
	w->at = arena_many(r->arena, struct map_word, w->n + more);
	if (w->n)
		memcpy(w->at, before, w->n * sizeof *before);
	for (size_t i = 0; i < more; i++)
		read_word(r, &f->value->data.mapping.pairs.start[i], w);
}

void map_read_words(
	struct yaml_reader *r, const struct yaml_field *words, struct map *m)
{
	struct yaml_field f[LANGS - 1];

	if (!words->value)
		return;
	for (int l = LANG_EN + 1; l < LANGS; l++)
		f[l - 1] = (struct yaml_field){ lang_code((enum lang)l), false,
			NULL };
	if (!yaml_mapping(r, words->value, f, COUNTOF(f), "\"words\""))
		return;
	for (int l = LANG_EN + 1; l < LANGS; l++)
		read_words(r, &f[l - 1], &m->words[l]);
}

/* --- what only the whole shows --- */

static int by_word(const void *a, const void *b)
{
	const struct map_word *x = a, *y = b;
	int cmp = str_cmp(x->text, y->text);

	if (cmp)
		return cmp;
	if (x->file != y->file)
		return x->file > y->file ? 1 : -1;
	return (x->line > y->line) - (x->line < y->line);
}

/* A long text is compared by its beginning. */
static str beginning(str text)
{
	size_t n = NEAR_MAX;

	if (text.n <= n)
		return text;
	while (n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	return str_head(text, n);
}

static void dangles(struct yaml_reader *r, const struct map_texts *all,
	const struct map_word *w)
{
	str *names = arena_many(r->arena, str, all->n);
	const str *near;

	for (size_t i = 0; i < all->n; i++)
		names[i] = beginning(all->at[i].text);
	near = yaml_near(beginning(w->text), names, all->n);
	yaml_problem(r, w->line,
		arena_fmt(r->arena,
			"\"%.*s\" is no text of the map that is shown to "
			"consumers",
			STR_ARG(beginning(w->text))),
		near ? arena_fmt(r->arena, "did you mean \"%.*s\"?",
			       STR_ARG(all->at[near - names].text))
		     : STR("a translation stands under the very text that "
			   "the map has"));
}

static bool has_text(const struct map_texts *all, str text)
{
	struct map_text wanted = { .text = text };
	size_t low = 0, high = all->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = str_cmp(all->at[mid].text, wanted.text);

		if (!cmp)
			return true;
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static void check_word(struct yaml_reader *r, const struct map_texts *all,
	const struct map_words *w, size_t i)
{
	const struct map_word *word = &w->at[i];

	/* More are not kept, and to look for what was meant takes its time. */
	if (r->problems->n == MAP_PROBLEMS_MAX)
		return;
	r->problems->file = word->file;
	if (i && str_eq(word[-1].text, word->text))
		yaml_problem(r, word->line,
			arena_fmt(r->arena,
				"\"%.*s\" is translated twice, first in line "
				"%d",
				STR_ARG(beginning(word->text)), word[-1].line),
			STR("one text says the same wherever it stands"));
	else if (!has_text(all, word->text))
		dangles(r, all, word);
}

void map_check_words(struct yaml_reader *r, struct map *m)
{
	struct map_texts all = { NULL, 0 };

	for (int l = LANG_EN + 1; l < LANGS; l++) {
		struct map_words *w = &m->words[l];

		if (!w->n)
			continue;
		if (!all.at)
			map_texts_sorted(r->arena, m, &all);
		qsort(w->at, w->n, sizeof *w->at, by_word);
		for (size_t i = 0; i < w->n; i++)
			check_word(r, &all, w, i);
	}
}
