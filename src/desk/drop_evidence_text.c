/*
 * An evidence pack as JSON, CSV and a page: three ways to write the same tables.
 */
#include "desk/drop_evidence_page.h"

#include <stdio.h>

#include "base/json.h"
#include "desk/html.h"

enum {
	TEXT_MAX = 1 << 28,
	PAGE_ROWS =
		200, /* of a table on the page; all of them are in its CSV */
};

static int finish(const struct buf *b, str *out, struct err *e)
{
	if (!buf_ok(b))
		return err_set(e, ERR_LIMIT,
			"the pack has a table of more than %d bytes: take a "
			"shorter period",
			TEXT_MAX);
	*out = buf_str(b);
	return 0;
}

static str cell_of(const struct evidence_table *t, size_t row, size_t column)
{
	return t->cells[row * t->columns.n + column];
}

/* --- JSON --- */

static void put_value(struct json *j, str key, str value, bool is_number)
{
	char name[64];
	int64_t n = 0;

	snprintf(name, sizeof name, "%.*s", STR_ARG(key));
	if (!is_number) {
		json_put(j, name, value);
		return;
	}
	must(str_int(value, &n));
	json_put_int(j, name, n);
}

static void put_table(struct json *j, const struct evidence_table *t)
{
	json_begin_object(j);
	json_put(j, "name", t->file);
	json_put(j, "title", t->title);
	json_key(j, "rows");
	json_begin_array(j);
	for (size_t r = 0; r < t->rows; r++) {
		json_begin_object(j);
		for (size_t c = 0; c < t->columns.n; c++)
			put_value(j, t->columns.at[c].name, cell_of(t, r, c),
				t->columns.at[c].is_number);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void put_section(
	struct json *j, const struct evidence *x, enum evidence_section_id id)
{
	const struct evidence_section *s = &x->section[id];

	json_begin_object(j);
	json_put_int(j, "number", id + 1);
	json_put(j, "code", str_of(s->code));
	json_put(j, "title", str_of(s->title));
	json_key(j, "facts");
	json_begin_object(j);
	for (size_t i = 0; i < s->facts.n; i++)
		put_value(j, str_of(s->facts.at[i].code), s->facts.at[i].value,
			s->facts.at[i].is_number);
	json_end(j);
	json_key(j, "tables");
	json_begin_array(j);
	for (int t = 0; t < EVIDENCE_TABLES; t++)
		if (x->table[t].section == id)
			put_table(j, &x->table[t]);
	json_end(j);
	json_end(j);
}

int evidence_put_json(const struct evidence *x, str *out, struct err *e)
{
	struct buf b = buf_in(x->arena, TEXT_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "toyon_drop_evidence", EVIDENCE_VERSION);
	json_put(&j, "business", x->business);
	json_put(&j, "broker", x->broker);
	json_put(&j, "program", x->program);
	json_put(&j, "profile", x->profile);
	json_put(&j, "at", instant_rfc3339(x->arena, x->at));
	json_put(&j, "from", date_iso(x->arena, x->from));
	json_put(&j, "to", date_iso(x->arena, x->to));
	json_put(&j, "public_key", x->public_key);
	json_key(&j, "sections");
	json_begin_array(&j);
	for (int i = 0; i < EVIDENCE_SECTIONS; i++)
		put_section(&j, x, (enum evidence_section_id)i);
	json_end(&j);
	json_end(&j);
	buf_putc(&b, '\n');
	return finish(&b, out, e);
}

/* --- CSV (RFC 4180) --- */

static void put_csv_cell(struct buf *b, str s, bool is_first)
{
	bool is_plain = true;

	for (size_t i = 0; i < s.n && is_plain; i++)
		is_plain = s.p[i] != '"' && s.p[i] != ',' && s.p[i] != '\n' &&
			   s.p[i] != '\r';
	if (!is_first)
		buf_putc(b, ',');
	if (is_plain) {
		buf_put(b, s);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s.p[i]);
	}
	buf_putc(b, '"');
}

int evidence_put_csv(const struct evidence *x, enum evidence_table_id id,
	str *out, struct err *e)
{
	const struct evidence_table *t = &x->table[id];
	struct buf b = buf_in(x->arena, TEXT_MAX);

	for (size_t c = 0; c < t->columns.n; c++)
		put_csv_cell(&b, t->columns.at[c].name, !c);
	buf_puts(&b, "\r\n");
	for (size_t r = 0; r < t->rows; r++) {
		for (size_t c = 0; c < t->columns.n; c++)
			put_csv_cell(&b, cell_of(t, r, c), !c);
		buf_puts(&b, "\r\n");
	}
	return finish(&b, out, e);
}

/* --- the page --- */

/* "to_its_end": "To its end" */
static str title_of(struct arena *a, str name)
{
	char *out = arena_cstr(a, name);

	for (size_t i = 0; i < name.n; i++)
		if (out[i] == '_')
			out[i] = ' ';
	if (out[0] >= 'a' && out[0] <= 'z')
		out[0] = (char)(out[0] - 'a' + 'A');
	return (str){ out, name.n };
}

static void fill_row(const struct evidence_table *t, size_t row,
	struct evidence_page_row *out)
{
	*out = (struct evidence_page_row){ .n = 0 };
	for (size_t c = 0; c < t->columns.n; c++)
		if (!t->columns.at[c].is_hidden)
			out->at[out->n++] =
				(struct evidence_page_cell){ cell_of(t, row, c),
					t->columns.at[c].is_number };
}

static void fill_table(struct arena *a, const struct evidence_table *t,
	struct evidence_page_table *out)
{
	*out = (struct evidence_page_table){
		.title = t->title,
		.file = t->file,
	};
	for (size_t c = 0; c < t->columns.n; c++)
		if (!t->columns.at[c].is_hidden)
			out->columns.at[out->columns.n++] =
				(struct evidence_page_cell){
					title_of(a, t->columns.at[c].name),
					t->columns.at[c].is_number
				};
	out->rows.n = t->rows < PAGE_ROWS ? t->rows : PAGE_ROWS;
	out->left_out = t->rows - out->rows.n;
	out->rows.at = arena_many(a, struct evidence_page_row, out->rows.n);
	for (size_t r = 0; r < out->rows.n; r++)
		fill_row(t, r, &out->rows.at[r]);
}

static void fill_section(const struct evidence *x, enum evidence_section_id id,
	struct evidence_page_section *out)
{
	*out = (struct evidence_page_section){
		.number = (int)id + 1,
		.section = &x->section[id],
		.tables.at = arena_many(
			x->arena, struct evidence_page_table, EVIDENCE_TABLES),
	};
	for (int t = 0; t < EVIDENCE_TABLES; t++)
		if (x->table[t].section == id)
			fill_table(x->arena, &x->table[t],
				&out->tables.at[out->tables.n++]);
}

int evidence_put_page(const struct evidence *x, str *out, struct err *e)
{
	struct buf b = buf_in(x->arena, TEXT_MAX);
	struct evidence_page *v = arena_one(x->arena, struct evidence_page);

	v->x = x;
	v->made = instant_words_year(x->arena, x->at);
	v->from = date_words(x->arena, x->from);
	v->to = date_words(x->arena, x->to);
	v->sessions = x->sessions.n;
	v->sections.n = EVIDENCE_SECTIONS;
	for (int i = 0; i < EVIDENCE_SECTIONS; i++)
		fill_section(
			x, (enum evidence_section_id)i, &v->sections.at[i]);
	html_evidence_page(&b, v);
	return finish(&b, out, e);
}
