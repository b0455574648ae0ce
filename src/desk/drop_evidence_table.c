/* Tables and facts of an evidence pack while they are filled. */
#include "desk/drop_evidence_data.h"

#include <string.h>

enum { ROWS_FIRST = 64 };

static const struct {
	enum evidence_section_id section;
	const char *file;
	const char *title;
	const char *columns;
} tables[] = {
#define EVIDENCE_TABLE(NAME, SECTION, file, title, columns) \
	{ EVIDENCE_SECTION_##SECTION, file, title, columns },
#include "desk/tbl/evidence_tables.h"
};

static const struct {
	const char *code;
	const char *title;
	const char *about;
} sections[] = {
#define EVIDENCE_SECTION(NAME, code, title, about) { code, title, about },
#include "desk/tbl/evidence_sections.h"
};

static void read_columns(struct evidence_table *t, const char *columns)
{
	str rest = str_of(columns);
	str name;

	while (str_next(&rest, ',', &name)) {
		struct evidence_column *c = &t->columns.at[t->columns.n++];
		char last = name.p[name.n - 1];

		must(t->columns.n <= EVIDENCE_COLUMNS_MAX);
		c->is_number = last == '#';
		c->is_hidden = last == '~';
		c->name =
			str_head(name, name.n - (c->is_number || c->is_hidden));
	}
}

void evidence_begin(struct evidence *x)
{
	for (int i = 0; i < EVIDENCE_SECTIONS; i++)
		x->section[i] = (struct evidence_section){
			.code = sections[i].code,
			.title = sections[i].title,
			.about = sections[i].about,
		};
	for (int i = 0; i < EVIDENCE_TABLES; i++) {
		x->table[i] = (struct evidence_table){
			.section = tables[i].section,
			.file = str_of(tables[i].file),
			.title = str_of(tables[i].title),
		};
		read_columns(&x->table[i], tables[i].columns);
	}
}

static void grow(struct evidence *x, struct evidence_table *t)
{
	size_t max = t->rows_max ? t->rows_max * 2 : ROWS_FIRST;
	str *cells = arena_many(x->arena, str, max * t->columns.n);

	if (t->rows)
		memcpy(cells, t->cells, t->rows * t->columns.n * sizeof *cells);
	t->cells = cells;
	t->rows_max = max;
}

static void put_cell(
	struct evidence *x, enum evidence_table_id id, str s, bool is_number)
{
	struct evidence_table *t = &x->table[id];

	must(t->columns.at[t->at].is_number == is_number);
	if (!t->at && t->rows == t->rows_max)
		grow(x, t);
	t->cells[t->rows * t->columns.n + t->at] = s;
	if (++t->at < t->columns.n)
		return;
	t->at = 0;
	t->rows++;
}

void evidence_text(struct evidence *x, enum evidence_table_id t, str s)
{
	put_cell(x, t, s, false);
}

void evidence_int(struct evidence *x, enum evidence_table_id t, int64_t n)
{
	put_cell(x, t, arena_fmt(x->arena, "%lld", (long long)n), true);
}

void evidence_at(struct evidence *x, enum evidence_table_id t, int64_t at_ms)
{
	put_cell(x, t, at_ms ? instant_rfc3339(x->arena, at_ms) : STR(""),
		false);
}

void evidence_day(struct evidence *x, enum evidence_table_id t, struct date d)
{
	put_cell(
		x, t, date_is_none(d) ? STR("") : date_iso(x->arena, d), false);
}

void evidence_bool(struct evidence *x, enum evidence_table_id t, bool b)
{
	put_cell(x, t, b ? STR("yes") : STR("no"), false);
}

static void put_fact(struct evidence *x, enum evidence_section_id s,
	const struct evidence_fact *f)
{
	struct evidence_section *to = &x->section[s];

	must(to->facts.n < EVIDENCE_FACTS_MAX);
	to->facts.at[to->facts.n++] = *f;
}

void evidence_fact_text(struct evidence *x, enum evidence_section_id s,
	const char *code, const char *title, str value)
{
	struct evidence_fact f = { code, title, value, false };

	put_fact(x, s, &f);
}

void evidence_fact_int(struct evidence *x, enum evidence_section_id s,
	const char *code, const char *title, int64_t value)
{
	struct evidence_fact f = { code, title,
		arena_fmt(x->arena, "%lld", (long long)value), true };

	put_fact(x, s, &f);
}
