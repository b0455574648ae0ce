/*
 * The second check.  It reads the package as a program of the consumer's would,
 * by a way of its own (no writer's code), so that a mistake in a writer is found
 * here as well: cells of CSV, members of JSON, texts of HTML.
 */
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/json.h"
#include "know/package.h"
#include "know/zip.h"

struct scan {
	struct arena *arena;
	const struct know *k;
	str file;
	struct know_hits *hits;
};

static void add_hit(struct scan *s, str of, enum lookalike what)
{
	struct know_hits *h = s->hits;

	for (size_t i = 0; i < h->n; i++)
		if (h->at[i].what == what && str_eq(h->at[i].of, of))
			return;
	if (h->n < KNOW_HITS_MAX)
		h->at[h->n++] = (struct know_hit){ of, s->file, what };
}

/* The words that stand for a value are none. */
static bool is_words(const struct know *k, str text)
{
	return str_eq(text, str_of(k->words->held)) ||
	       str_eq(text, str_of(k->words->left_out)) ||
	       str_eq(text, str_of(k->words->empty));
}

/* column NULL: no value of the person's, as the words of the letter. */
static void look(struct scan *s, const struct know_column *column, str text)
{
	unsigned found;

	if (is_words(s->k, text))
		return;
	found = lookalikes_in(text, column ? column->map->name : STR(""));
	if (column)
		found &= ~column->map->cleared;
	for (int i = 0; found && i < LOOKALIKES; i++)
		if (found & LOOKALIKE_BIT(i))
			add_hit(s, column ? column->of : STR("letter"),
				(enum lookalike)i);
}

void know_look(const struct know *k, struct know_hits *hits)
{
	struct scan s = {
		.arena = k->arena, .k = k, .file = STR(""), .hits = hits
	};

	hits->n = 0;
	for (size_t i = 0; i < k->tables.n; i++) {
		const struct know_table *t = &k->tables.at[i];

		for (size_t r = 0; r < t->rows.n; r++)
			for (size_t c = 0; c < t->columns.n; c++) {
				const struct know_value *v =
					&t->rows.at[r].values[c];

				look(&s, &t->columns.at[c],
					v->bytes.p ? v->bytes : v->text);
			}
	}
}

/* --- CSV --- */

struct csv_text {
	const char *p;
	const char *end;
};

/* The next cell; false at the end of its row. */
static bool csv_cell(struct scan *s, struct csv_text *t, str *out)
{
	struct buf b = buf_in(s->arena, (size_t)(t->end - t->p) + 1);
	bool is_quoted = t->p < t->end && *t->p == '"';

	t->p += is_quoted;
	for (; t->p < t->end; t->p++) {
		if (is_quoted && *t->p == '"') {
			t->p++;
			if (t->p == t->end || *t->p != '"')
				break;
		} else if (!is_quoted && str_has(STR(",\r\n"), *t->p)) {
			break;
		}
		buf_putc(&b, *t->p);
	}
	*out = buf_str(&b);
	if (t->p < t->end && *t->p == ',') {
		t->p++;
		return true;
	}
	while (t->p < t->end && (*t->p == '\r' || *t->p == '\n'))
		t->p++;
	return false;
}

static void scan_csv(struct scan *s, const struct know_table *t, str text)
{
	struct csv_text at = { text.p, text.p + text.n };

	while (at.p < at.end) {
		bool has_more = true;

		for (size_t c = 0; has_more; c++) {
			str cell;

			has_more = csv_cell(s, &at, &cell);
			look(s, c < t->columns.n ? &t->columns.at[c] : NULL,
				cell);
		}
	}
}

/* --- JSON --- */

/* What it stands for, not its letters. */
static void scan_bytes(
	struct scan *s, const struct know_column *column, const json_t *v)
{
	str text = { json_string_value(v), json_string_length(v) };
	size_t pads = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("="));
	size_t n = text.n / 4 * 3 - pads;
	char *bytes = arena_alloc(s->arena, n);

	if (base64_read(text, bytes, n))
		look(s, column, (str){ bytes, n });
}

static void scan_json_value(
	struct scan *s, const struct know_column *column, json_t *v)
{
	const char *key;
	json_t *member;

	if (json_is_string(v))
		look(s, column,
			(str){ json_string_value(v), json_string_length(v) });
	if (json_is_integer(v))
		look(s, column,
			arena_fmt(s->arena, "%lld",
				(long long)json_integer_value(v)));
	for (size_t i = 0; json_is_array(v) && i < json_array_size(v); i++)
		scan_json_value(s, column, json_array_get(v, i));
	if (!json_is_object(v))
		return;
	json_object_foreach(v, key, member)
	{
		if (!strcmp(key, "base64"))
			scan_bytes(s, column, member);
		else if (strcmp(key, "tables"))
			scan_json_value(s, column, member);
	}
}

static void scan_json_table(
	struct scan *s, const struct know_table *t, const json_t *v)
{
	const json_t *rows = json_object_get(v, "rows");

	for (size_t r = 0; r < json_array_size(rows); r++) {
		const json_t *row = json_array_get(rows, r);

		for (size_t c = 0; c < json_array_size(row); c++)
			scan_json_value(s,
				c < t->columns.n ? &t->columns.at[c] : NULL,
				json_array_get(row, c));
	}
}

static int scan_json(struct scan *s, str text, struct err *e)
{
	const json_t *tables;
	json_t *root;

	if (json_read(s->arena, text, KNOW_FILE_MAX, &root, e))
		return -1;
	tables = json_object_get(root, "tables");
	scan_json_value(s, NULL, root);
	if (json_array_size(tables) != s->k->tables.n)
		return err_set(e, ERR_CORRUPT,
			"the package has other tables than were put in");
	for (size_t i = 0; i < s->k->tables.n; i++)
		scan_json_table(
			s, &s->k->tables.at[i], json_array_get(tables, i));
	return 0;
}

/* --- HTML --- */

static const struct {
	const char *name;
	char c;
} entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
	{ "&quot;", '"' }, { "&#34;", '"' }, { "&#39;", '\'' } };

static str unescape(struct arena *a, str s)
{
	struct buf b = buf_in(a, s.n + 1);

	while (s.n) {
		size_t n = 0;

		for (size_t i = 0; s.p[0] == '&' && i < COUNTOF(entities); i++)
			if (str_starts(s, str_of(entities[i].name))) {
				buf_putc(&b, entities[i].c);
				n = strlen(entities[i].name);
				break;
			}
		if (!n)
			buf_putc(&b, s.p[0]);
		s = str_from(s, n ? n : 1);
	}
	return buf_str(&b);
}

/* "12.3" behind data-of=: the table and the column of what follows. */
static const struct know_column *column_of(const struct know *k, str tag)
{
	static const str mark = STR_INIT("data-of=\"");
	ptrdiff_t at = str_find(tag, mark);
	str value, table, column;
	int64_t t, c;

	if (at < 0 ||
		!str_cut(str_from(tag, (size_t)at + mark.n), '"', &value,
			&tag) ||
		!str_cut(value, '.', &table, &column) || !str_int(table, &t) ||
		!str_int(column, &c) || t < 0 || c < 0 ||
		(size_t)t >= k->tables.n ||
		(size_t)c >= k->tables.at[t].columns.n)
		return NULL;
	return &k->tables.at[t].columns.at[c];
}

/* Texts between tags; a value's text ends with the tag that closes its item. */
static void scan_html(struct scan *s, str rest)
{
	const struct know_column *column = NULL;
	str text, tag;

	while (str_cut(rest, '<', &text, &rest)) {
		look(s, column, unescape(s->arena, text));
		if (!str_cut(rest, '>', &tag, &rest))
			return;
		if (str_starts(tag, STR("dd ")))
			column = column_of(s->k, tag);
		else if (str_eq(tag, STR("/dd")))
			column = NULL;
	}
	look(s, NULL, unescape(s->arena, rest));
}

/* --- all of it --- */

static const struct know_table *table_of(const struct scan *s, str name)
{
	for (size_t i = 0; i < s->k->tables.n; i++) {
		const struct know_table *t = &s->k->tables.at[i];

		if (str_eq(name, arena_fmt(s->arena, "tables/%.*s.csv",
					 STR_ARG(t->file))))
			return t;
	}
	return NULL;
}

/* A copy is that of a value, byte for byte. */
static bool is_copy(const struct know *k, const struct zip_file *f)
{
	for (size_t t = 0; t < k->tables.n; t++)
		for (size_t r = 0; r < k->tables.at[t].rows.n; r++)
			for (size_t c = 0; c < k->tables.at[t].columns.n; c++) {
				const struct know_value *v =
					&k->tables.at[t].rows.at[r].values[c];

				if (v->file.n && str_eq(v->file, f->name))
					return str_eq(v->bytes, f->bytes);
			}
	return false;
}

static int scan_file(struct scan *s, const struct zip_file *f, struct err *e)
{
	const struct know_table *t = table_of(s, f->name);

	s->file = f->name;
	if (t)
		scan_csv(s, t, f->bytes);
	else if (str_eq(f->name, STR("data.json")))
		return scan_json(s, f->bytes, e);
	else if (str_eq(f->name, STR("index.html")))
		scan_html(s, f->bytes);
	else if (!is_copy(s->k, f))
		return err_set(e, ERR_CORRUPT,
			"the package has a file that was not put in");
	return 0;
}

int know_scan(struct arena *a, const struct know *k, str zip,
	struct know_hits *hits, struct err *e)
{
	struct scan s = { .arena = a, .k = k, .hits = hits };
	size_t most = 2 + k->tables.n + k->files, n;
	struct zip_file *files = arena_many(a, struct zip_file, most);

	hits->n = 0;
	if (know_zip_get(a, zip, files, most, &n, e))
		return -1;
	if (n != most)
		return err_set(e, ERR_CORRUPT,
			"the package lacks a file that was put in");
	for (size_t i = 0; i < n; i++)
		if (scan_file(&s, &files[i], e))
			return -1;
	return 0;
}
