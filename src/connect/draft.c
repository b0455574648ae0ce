/* Writing a proposed data map.  Texts go in double quotes unless they are plain
 * words, so that a table may be called "yes", "a: b" or "#1". */
#include "connect/draft.h"

#include <string.h>

#include "base/base.h"
#include "connect/map_build.h"
#include "ident/ident.h"

static bool is_left_out(const struct draft *d, size_t table)
{
	return d->tables[table].left_out.n > 0;
}

/* The draft as a system of the map, without what is left out. */
static struct map_system system_of(struct arena *a, const struct draft *d)
{
	struct map_system s = { .tables_n = d->n };

	s.tables = arena_many(a, struct map_table, d->n);
	for (size_t t = 0; t < d->n; t++) {
		const struct map_table *from = &d->tables[t].table;
		struct map_table *to = &s.tables[t];

		if (is_left_out(d, t))
			continue;
		*to = *from;
		to->links = arena_many(a, struct map_link, from->links_n);
		to->links_n = 0;
		for (size_t i = 0; i < from->links_n; i++)
			if (!is_left_out(d, from->links[i].to))
				to->links[to->links_n++] = from->links[i];
	}
	return s;
}

void draft_reach(struct arena *a, struct draft *d)
{
	struct map_system s = system_of(a, d);
	bool is_reached[MAP_TABLES_MAX] = { false };

	must(d->n <= MAP_TABLES_MAX);
	map_reach(&s, is_reached);
	for (size_t t = 0; t < d->n; t++)
		if (!is_reached[t] && !is_left_out(d, t))
			d->tables[t].left_out =
				STR("no identifier leads to it");
}

/* --- YAML --- */

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/';
}

/* A word that YAML takes for nothing but a text. */
static bool is_plain(str s)
{
	static const char *const others[] = { "true", "false", "yes", "no",
		"on", "off", "null", "y", "n" };

	if (!s.n || !((s.p[0] | 32) >= 'a' && (s.p[0] | 32) <= 'z'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_word_char(s.p[i]))
			return false;
	for (size_t i = 0; i < COUNTOF(others); i++)
		if (str_eq_nocase(s, str_of(others[i])))
			return false;
	return true;
}

static void put_text(struct buf *b, str s)
{
	if (is_plain(s)) {
		buf_put(b, s);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '"' || c == '\\')
			buf_putc(b, '\\');
		if (c < 0x20 || c == 0x7f)
			buf_fmt(b, "\\x%02X", c);
		else
			buf_putc(b, (char)c);
	}
	buf_putc(b, '"');
}

/* What a comment says ends with its line, whatever is in a name. */
static void put_comment(struct buf *b, const char *before, str text)
{
	if (!text.n)
		return;
	buf_puts(b, before);
	for (size_t i = 0; i < text.n; i++)
		buf_putc(b, (unsigned char)text.p[i] < 0x20 ? ' ' : text.p[i]);
}

static void put_word(struct buf *b, const char *key, const char *word)
{
	buf_fmt(b, ", %s: %s", key, word);
}

static void put_column(struct buf *b, const struct map_column *c, str why)
{
	buf_puts(b, "          - { name: ");
	put_text(b, c->name);
	if (c->is_identifier)
		put_word(b, "identifies", ident_kind_name(c->kind));
	if (c->verifies)
		put_word(b, "verifies", verifies_name(c->verifies));
	if (c->never_disclose.n)
		buf_fmt(b, ", never_disclose: %.*s",
			STR_ARG(c->never_disclose));
	if (c->category)
		buf_fmt(b, ", category: %c", c->category);
	if (c->is_optional)
		buf_puts(b, ", optional: true");
	buf_puts(b, " }");
	put_comment(b, " # ", why);
	buf_putc(b, '\n');
}

/* A name, or a list of several. */
static void put_names(struct buf *b, const struct map_names *names)
{
	if (names->n > 1)
		buf_putc(b, '[');
	for (size_t i = 0; i < names->n; i++) {
		buf_puts(b, i ? ", " : "");
		put_text(b, names->at[i]);
	}
	if (names->n > 1)
		buf_putc(b, ']');
}

static void put_link(struct buf *b, const struct draft *d,
	const struct map_table *t, const struct map_link *l, str why)
{
	const struct map_table *to = &d->tables[l->to].table;
	struct map_names from = map_names_of(t, &t->columns[l->column]);
	struct map_names ends = map_names_of(to, &to->columns[l->to_column]);

	for (size_t i = 0; i < ends.n; i++)
		ends.at[i] = arena_fmt(b->arena, "%.*s.%.*s", STR_ARG(to->name),
			STR_ARG(ends.at[i]));
	buf_puts(b, "          - { column: ");
	put_names(b, &from);
	buf_puts(b, ", to: ");
	put_names(b, &ends);
	if (l->is_shared)
		buf_puts(b, ", shared: true");
	buf_puts(b, " }");
	put_comment(b, " # ", why);
	buf_putc(b, '\n');
}

static void put_links(
	struct buf *b, const struct draft *d, const struct draft_table *dt)
{
	const struct map_table *t = &dt->table;
	bool has_any = false;

	for (size_t i = 0; i < t->links_n; i++) {
		if (is_left_out(d, t->links[i].to))
			continue;
		if (!has_any)
			buf_puts(b, "        links:\n");
		has_any = true;
		put_link(b, d, t, &t->links[i], dt->link_why[i]);
	}
}

/* What makes the rows of a table in a system that has none. */
static void put_words(struct buf *b, const struct map_table *t)
{
	static const char *const names[] = {
#define TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault, like) #word,
#include "connect/tbl/table_words.h"
	};

	for (size_t i = 0; i < TABLE_WORDS; i++) {
		if (!t->words[i].n)
			continue;
		buf_fmt(b, "\n        %s: ", names[i]);
		put_text(b, t->words[i]);
	}
}

static void put_table(
	struct buf *b, const struct draft *d, const struct draft_table *dt)
{
	const struct map_table *t = &dt->table;
	str own = map_own_key(d->connector);
	struct map_names key = map_names_of(t, &t->columns[t->key]);

	put_comment(b, "      # ", dt->about);
	buf_puts(b, dt->about.n ? "\n      - name: " : "      - name: ");
	put_text(b, t->name);
	if (t->holds.n) {
		buf_puts(b, "\n        holds: ");
		put_text(b, t->holds);
	}
	put_words(b, t);
	if (!str_eq(t->columns[t->key].name, own)) {
		buf_puts(b, "\n        key: ");
		put_names(b, &key);
	}
	buf_puts(b, "\n        columns:\n");
	for (size_t i = 0; i < map_columns_held(t); i++)
		if (!str_eq(t->columns[i].name, own))
			put_column(b, &t->columns[i], dt->why[i]);
	put_links(b, d, dt);
	buf_puts(b, "        erase: delete # or keep, with exception and "
		    "purpose\n");
}

static void put_left_out(struct buf *b, const struct draft *d)
{
	for (size_t t = 0; t < d->n; t++) {
		if (!is_left_out(d, t))
			continue;
		put_comment(b, "      # left out: ", d->tables[t].table.name);
		put_comment(b, ": ", d->tables[t].left_out);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < d->lost_n; i++) {
		put_comment(b, "      # not carried over: ", d->lost[i]);
		buf_putc(b, '\n');
	}
}

void draft_begin(struct buf *b, str about)
{
	str line;

	while (str_next(&about, '\n', &line)) {
		put_comment(b, "# ", line);
		buf_putc(b, '\n');
	}
	buf_puts(b, "version: 1\n\nsystems:\n");
}

void draft_put(struct buf *b, const struct draft *d)
{
	size_t n = 0;

	for (size_t t = 0; t < d->n; t++)
		n += !is_left_out(d, t);
	buf_puts(b, "  - name: ");
	put_text(b, d->name);
	if (d->title.n) {
		buf_puts(b, "\n    title: ");
		put_text(b, d->title);
	}
	buf_fmt(b, "\n    connector: %s\n    database: ",
		connector_kind_name(d->connector));
	put_text(b, d->database);
	buf_puts(b, n ? "\n    tables:\n" : "\n    tables: []\n");
	for (size_t t = 0; t < d->n; t++)
		if (!is_left_out(d, t))
			put_table(b, d, &d->tables[t]);
	put_left_out(b, d);
}
