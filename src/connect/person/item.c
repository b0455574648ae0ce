#include "connect/person/item.h"

#include "base/base.h"
#include "base/buf.h"

enum { FILE_NAME_MAX = 80 };

static const str file_key = STR_INIT("file:");
static const str said_path = STR_INIT("said by who looked");

struct items {
	struct arena *arena;
	struct finding *out;
	int64_t lines; /* so far: each has a key of its own in the system */
};

static struct found_row *add_row(struct items *x, size_t table)
{
	struct found_table *t = &x->out->tables[table];
	struct found_row *row = &t->rows[t->n++];

	x->out->rows_n++;
	*row = (struct found_row){
		.cells = arena_many(x->arena, struct cell, ITEM_COLUMNS),
		.path = said_path,
		.is_entry = true,
	};
	return row;
}

static void add_line(struct items *x, size_t table, str line)
{
	struct found_row *row = add_row(x, table);

	row->key = row->cells[ITEM_KEY] = cell_int(x->arena, ++x->lines);
	row->cells[ITEM_WHAT] = cell_text(line);
}

static void add_file(struct items *x, const struct item_file *f)
{
	struct found_row *row = add_row(x, f->table);
	struct cell *content =
		&row->cells[f->is_text ? ITEM_TEXT : ITEM_DOCUMENT];

	row->key = row->cells[ITEM_KEY] = cell_text(arena_fmt(
		x->arena, "%.*s%lld", STR_ARG(file_key), (long long)f->id));
	row->cells[ITEM_FILE] = cell_text(f->name);
	content->type = f->is_text ? CELL_TEXT : CELL_BLOB;
	content->is_cut = true;
}

static size_t count_lines(str text)
{
	size_t n = 0;
	str line;

	while (str_next(&text, '\n', &line))
		n += str_trim(line).n > 0;
	return n;
}

static size_t count_rows(const struct item_answer *said, size_t table)
{
	size_t n = count_lines(said->lines[table]);

	for (size_t i = 0; i < said->files_n; i++)
		n += said->files[i].table == table;
	return n;
}

static void fill_table(
	struct items *x, const struct item_answer *said, size_t table)
{
	str rest = said->lines[table];
	str line;

	while (str_next(&rest, '\n', &line))
		if (str_trim(line).n)
			add_line(x, table, str_trim(line));
	for (size_t i = 0; i < said->files_n; i++)
		if (said->files[i].table == table)
			add_file(x, &said->files[i]);
}

int item_finding(struct arena *a, const struct map_system *s,
	const struct item_answer *said, struct finding *out, struct err *e)
{
	struct items x = { .arena = a, .out = out };

	*out = (struct finding){ .system = s };
	out->tables = arena_many(a, struct found_table, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++) {
		size_t n = count_rows(said, i);

		if (n > PERSON_ITEMS_MAX)
			return err_set(e, ERR_LIMIT,
				"more than %d lines for one place",
				PERSON_ITEMS_MAX);
		out->tables[i] = (struct found_table){ .table = &s->tables[i],
			.rows = arena_many(a, struct found_row, n) };
		fill_table(&x, said, i);
	}
	return 0;
}

int64_t item_file_of(const struct found_row *row)
{
	str key = row->key.v.v;
	int64_t id;

	if (row->key.type != CELL_TEXT || !str_starts(key, file_key) ||
		!str_int(str_from(key, file_key.n), &id))
		return 0;
	return id;
}

void item_fill(struct found_row *row, str bytes)
{
	bool is_text = row->cells[ITEM_TEXT].type != CELL_NULL;
	struct cell *content = &row->cells[is_text ? ITEM_TEXT : ITEM_DOCUMENT];

	content->v.v = bytes;
	content->is_cut = false;
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* The end says what it is, so a long name loses its beginning. */
str item_file_name(struct arena *a, int64_t id, str name)
{
	struct buf b = buf_in(a, FILE_NAME_MAX + 32);
	char last = '-';

	if (name.n > FILE_NAME_MAX)
		name = str_from(name, name.n - FILE_NAME_MAX);
	buf_fmt(&b, "%lld-", (long long)id);
	for (size_t i = 0; i < name.n; i++) {
		char c = is_plain(name.p[i]) || name.p[i] == '.' ? name.p[i]
								 : '-';

		/* No "..", and no run of hyphens. */
		if (!is_plain(c) && !is_plain(last))
			continue;
		buf_putc(&b, c);
		last = c;
	}
	must(buf_ok(&b));
	return buf_str(&b);
}
