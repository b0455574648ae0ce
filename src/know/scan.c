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
#include "know/files.h"
#include "know/package.h"

enum csv_state { CSV_BEGIN, CSV_PLAIN, CSV_QUOTED, CSV_QUOTE };

struct csv_scan {
	enum csv_state state;
	bool is_named; /* the line of the columns' titles is over */
	size_t column;
	struct buf cell;
};

struct scan;

/* What a file of the package is, and how it is gone through. */
struct scan_way {
	int (*put)(struct scan *s, str bytes, struct err *e);
	int (*end)(struct scan *s, struct err *e);
};

struct scan {
	struct arena *arena; /* of this file */
	const struct know *k;
	str file;
	struct know_hits *hits;
	struct arena *lasting;
	const struct scan_way *way;
	const struct know_table *table; /* whose rows the file has; or NULL */
	struct csv_scan csv;
	struct buf whole; /* of a file, or of a line */
	size_t files_n;
};

enum { FILE_ARENA = 768 << 20, LINE_ARENA = 512 << 20 };

static int too_long(struct err *e)
{
	return err_set(e, ERR_LIMIT,
		"a file or a row of the package is larger than %d bytes",
		KNOW_FILE_MAX);
}

static void add_hit(struct scan *s, str of, enum lookalike what)
{
	struct know_hits *h = s->hits;

	for (size_t i = 0; i < h->n; i++)
		if (h->at[i].what == what && str_eq(h->at[i].of, of))
			return;
	if (h->n < KNOW_HITS_MAX)
		h->at[h->n++] = (struct know_hit){ of,
			arena_dup(s->lasting, s->file), what };
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
		.arena = k->arena,
		.k = k,
		.file = STR(""),
		.hits = hits,
		.lasting = k->arena,
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

/* A letter at a time: a row may be as long as it likes. */
static void csv_cell_ends(struct scan *s)
{
	struct csv_scan *c = &s->csv;

	look(s,
		c->is_named && c->column < s->table->columns.n
			? &s->table->columns.at[c->column]
			: NULL,
		buf_str(&c->cell));
	buf_clear(&c->cell);
	c->state = CSV_BEGIN;
}

static void csv_letter(struct scan *s, char letter)
{
	struct csv_scan *c = &s->csv;
	bool is_end = str_has(STR(",\r\n"), letter);

	if (c->state == CSV_QUOTED && letter == '"') {
		c->state = CSV_QUOTE;
	} else if (c->state == CSV_QUOTED || (!is_end && letter != '"')) {
		buf_putc(&c->cell, letter);
		if (c->state == CSV_BEGIN)
			c->state = CSV_PLAIN;
	} else if (letter == '"' && c->state == CSV_BEGIN) {
		c->state = CSV_QUOTED;
	} else if (letter == '"') {
		buf_putc(&c->cell, letter);
		c->state = c->state == CSV_QUOTE ? CSV_QUOTED : c->state;
	} else {
		csv_cell_ends(s);
		c->column = letter == ',' ? c->column + 1 : 0;
		c->is_named |= letter == '\n';
	}
}

static int put_csv(struct scan *s, str bytes, struct err *e)
{
	for (size_t i = 0; i < bytes.n; i++)
		csv_letter(s, bytes.p[i]);
	return buf_ok(&s->csv.cell) ? 0 : too_long(e);
}

static int end_csv(struct scan *s, struct err *e)
{
	csv_cell_ends(s);
	return buf_ok(&s->csv.cell) ? 0 : too_long(e);
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

static void scan_json_row(
	struct scan *s, const struct know_table *t, const json_t *row)
{
	for (size_t c = 0; c < json_array_size(row); c++)
		scan_json_value(s, c < t->columns.n ? &t->columns.at[c] : NULL,
			json_array_get(row, c));
}

static void scan_json_table(
	struct scan *s, const struct know_table *t, const json_t *v)
{
	const json_t *rows = json_object_get(v, "rows");

	for (size_t r = 0; r < json_array_size(rows); r++)
		scan_json_row(s, t, json_array_get(rows, r));
}

static int end_json(struct scan *s, struct err *e)
{
	str text = buf_str(&s->whole);
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

/* The rows of a table that is set apart, one a line. */
static int end_line(struct scan *s, struct err *e)
{
	struct scan line = *s;
	json_t *row;
	int rc;

	if (!buf_ok(&s->whole))
		return too_long(e);
	line.arena = arena_new(LINE_ARENA);
	rc = json_read(line.arena, buf_str(&s->whole), KNOW_FILE_MAX, &row, e);
	if (!rc)
		scan_json_row(&line, s->table, row);
	arena_free(line.arena);
	buf_clear(&s->whole);
	return rc;
}

static int put_lines(struct scan *s, str bytes, struct err *e)
{
	str line;

	while (str_cut(bytes, '\n', &line, &bytes)) {
		buf_put(&s->whole, line);
		if (end_line(s, e))
			return -1;
	}
	buf_put(&s->whole, line);
	return buf_ok(&s->whole) ? 0 : too_long(e);
}

static int end_lines(struct scan *s, struct err *e)
{
	return s->whole.n ? err_set(e, ERR_CORRUPT,
				    "the package has a row without an end")
			  : 0;
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

static int end_html(struct scan *s, struct err *e)
{
	(void)e;
	scan_html(s, buf_str(&s->whole));
	return 0;
}

/* --- copies --- */

/* A copy is that of a value, byte for byte. */
static bool is_copy(const struct know *k, str name, str bytes)
{
	for (size_t t = 0; t < k->tables.n; t++)
		for (size_t r = 0; r < k->tables.at[t].rows.n; r++)
			for (size_t c = 0; c < k->tables.at[t].columns.n; c++) {
				const struct know_value *v =
					&k->tables.at[t].rows.at[r].values[c];

				if (v->file.n && str_eq(v->file, name))
					return str_eq(v->bytes, bytes);
			}
	return false;
}

static int end_copy(struct scan *s, struct err *e)
{
	if (is_copy(s->k, s->file, buf_str(&s->whole)))
		return 0;
	return err_set(
		e, ERR_CORRUPT, "the package has a file that was not put in");
}

/* --- all of it --- */

static int put_whole(struct scan *s, str bytes, struct err *e)
{
	buf_put(&s->whole, bytes);
	return buf_ok(&s->whole) ? 0 : too_long(e);
}

static const struct know_table *table_of(const struct scan *s, str name,
	str (*name_of)(struct arena *, const struct know_table *))
{
	for (size_t i = 0; i < s->k->tables.n; i++)
		if (str_eq(name, name_of(s->arena, &s->k->tables.at[i])))
			return &s->k->tables.at[i];
	return NULL;
}

static const struct scan_way *way_of(struct scan *s, str name)
{
	static const struct scan_way csv = { put_csv, end_csv },
				     lines = { put_lines, end_lines },
				     json = { put_whole, end_json },
				     html = { put_whole, end_html },
				     copy = { put_whole, end_copy };

	s->table = table_of(s, name, know_csv_name);
	if (s->table)
		return &csv;
	s->table = table_of(s, name, know_lines_name);
	if (s->table)
		return &lines;
	if (str_eq(name, STR("data.json")))
		return &json;
	return str_eq(name, STR("index.html")) ? &html : &copy;
}

static int file_begins(void *ctx, str name, struct err *e)
{
	struct scan *s = ctx;

	(void)e;
	s->arena = arena_new(FILE_ARENA);
	s->file = arena_dup(s->arena, name);
	s->way = way_of(s, s->file);
	s->whole = buf_in(s->arena, KNOW_FILE_MAX);
	s->csv = (struct csv_scan){ .cell = buf_in(s->arena, KNOW_FILE_MAX) };
	return 0;
}

static int file_goes_on(void *ctx, str bytes, struct err *e)
{
	struct scan *s = ctx;

	return s->way->put(s, bytes, e);
}

static int file_ends(void *ctx, struct err *e)
{
	struct scan *s = ctx;
	int rc = s->way->end(s, e);

	arena_free(s->arena);
	s->arena = NULL;
	s->files_n++;
	return rc;
}

static int take_back(void *ctx, str bytes, struct err *e)
{
	return zip_in_put(ctx, bytes, e);
}

static size_t files_of(const struct know *k)
{
	size_t n = 2 + k->tables.n + k->files;

	for (size_t i = 0; i < k->tables.n; i++)
		n += k->tables.at[i].is_apart;
	return n;
}

int know_scan(struct arena *a, const struct know *k,
	const struct know_store *store, struct know_hits *hits, struct err *e)
{
	struct scan s = { .k = k, .hits = hits, .lasting = a };
	struct zip_told told = { file_begins, file_goes_on, file_ends, &s };
	struct zip_in *zip = zip_in_new(a, &told);
	struct zip_sink to = { take_back, zip };
	int rc;

	hits->n = 0;
	rc = store->back(store->ctx, &to, e);
	if (s.arena)
		arena_free(s.arena);
	if (rc || zip_in_end(zip, e))
		return -1;
	if (s.files_n == files_of(k))
		return 0;
	return err_set(
		e, ERR_CORRUPT, "the package has other files than were put in");
}
