/*
 * Names of files inside a package: what a table is called may be anything ("a/b",
 * "con", an emoji); what a person's computer unpacks may not.
 */
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "know/build.h"
#include "know/files.h"

/* Letters, digits; everything else is one hyphen. */
static void put_plain(struct buf *b, str s)
{
	bool is_open = false;

	for (size_t i = 0; i < s.n && b->n < KNOW_NAME_MAX; i++) {
		char c = s.p[i];
		bool is_upper = c >= 'A' && c <= 'Z';
		bool is_plain = is_upper || (c >= 'a' && c <= 'z') ||
				(c >= '0' && c <= '9') || c == '_';

		if (is_plain) {
			buf_putc(b, is_upper ? (char)(c - 'A' + 'a') : c);
			is_open = true;
		} else if (is_open) {
			buf_putc(b, '-');
			is_open = false;
		}
	}
}

static bool is_taken(const struct know *k, str name)
{
	for (size_t i = 0; i < k->tables.n; i++)
		if (str_eq(k->tables.at[i].file, name))
			return true;
	return false;
}

str know_file_name(const struct know *k, const struct map_system *s, str table)
{
	struct buf b = buf_in(k->arena, KNOW_NAME_MAX + 1);
	str stem, name;

	put_plain(&b, s->name);
	buf_putc(&b, '-');
	put_plain(&b, table);
	stem = buf_str(&b);
	while (str_ends(stem, STR("-")))
		stem = str_head(stem, stem.n - 1);
	name = stem;
	for (int i = 2; is_taken(k, name); i++)
		name = arena_fmt(k->arena, "%.*s-%d", STR_ARG(stem), i);
	return name;
}

str know_csv_name(struct arena *a, const struct know_table *t)
{
	return arena_fmt(a, "tables/%.*s.csv", STR_ARG(t->file));
}

str know_lines_name(struct arena *a, const struct know_table *t)
{
	return arena_fmt(a, "tables/%.*s.jsonl", STR_ARG(t->file));
}
