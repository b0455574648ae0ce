/* What a sample of rows says of the columns; no value is kept. */
#include "connect/propose_seen.h"

#include <string.h>

#include "base/base.h"
#include "connect/name_words.h"

/* What attributes of a directory mean whose names say it to a directory alone (RFC
 * 4519). */
static str meaning_of(const struct proposal *p, str column)
{
	static const struct {
		str attribute, means;
	} known[] = {
		{ STR_INIT("cn"), STR_INIT("full name") },
		{ STR_INIT("sn"), STR_INIT("surname") },
		{ STR_INIT("l"), STR_INIT("city") },
		{ STR_INIT("st"), STR_INIT("state") },
		{ STR_INIT("uid"), STR_INIT("username") },
	};

	for (size_t i = 0; i < COUNTOF(known) &&
			   p->conn->system->connector == CONNECTOR_LDAP;
		i++)
		if (str_eq_nocase(column, known[i].attribute))
			return known[i].means;
	return column;
}

/* What makes rows of a system without tables is in the map: for the samples it is
 * what is proposed. */
static struct map_system *system_of(const struct proposal *p)
{
	struct map_system *s = arena_one(p->arena, struct map_system);

	*s = *p->conn->system;
	s->tables = arena_many(p->arena, struct map_table, p->n);
	s->tables_n = p->n;
	for (size_t i = 0; i < p->n; i++) {
		struct map_table *t = &s->tables[i];

		t->name = p->tables[i]->name;
		t->columns = p->tables[i]->columns;
		t->columns_n = p->tables[i]->n;
		memcpy(t->words, p->tables[i]->words, sizeof t->words);
	}
	return s;
}

struct sampling {
	struct proposal *p;
	struct seen_table *table;
};

static int take_sample(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct sampling *s = ctx;

	(void)e;
	if (s->table->rows_n == s->p->rows_max)
		return 0;
	s->table->rows_n++;
	for (size_t i = 0; i < n; i++)
		if (cells[i].type == CELL_TEXT || cells[i].type == CELL_INT)
			detect_value(&s->table->counts[i],
				meaning_of(s->p, s->table->columns[i].name),
				cells[i].v.v);
	return 0;
}

/* What stands in quotes is a name. */
static bool has_personal(str message)
{
	str part;

	while (str_cut(message, '"', &part, &message))
		if (detect_is_personal(part))
			return true;
	return detect_is_personal(part);
}

static bool is_lost(const struct proposal *p, str what)
{
	for (size_t i = 0; i < p->out->lost_n; i++)
		if (str_ends(what, p->out->lost[i]))
			return true;
	return false;
}

/* One table, or one file, that can't be read does not end the scan of all: it is
 * said.  A system that is away, or damaged, does. */
static int go_on_without(struct proposal *p, struct err *e)
{
	str what;

	if (e->code == ERR_UNAVAILABLE ||
		(e->code == ERR_CORRUPT && !p->conn->via->is_files))
		return -1;
	what = arena_fmt(p->arena, "%s%s%s", e->message, e->hint[0] ? "; " : "",
		e->hint);
	*e = (struct err){ 0 };
	if (has_personal(what))
		what = STR("rows that can't be read, where a name is "
			   "somebody's own");
	if (!is_lost(p, what))
		proposal_lose(p, what);
	return 0;
}

/* A number, or what a foreign key has, is nobody's name, however it is called. */
static void take_no_name(struct seen_table *t, size_t column)
{
	struct map_column *c = &t->columns[column];
	bool is_number = str_find(t->types[column], STR("int")) >= 0 ||
			 str_find(t->types[column], STR("INT")) >= 0;

	if (!is_number && !t->refers_table[column].n)
		return;
	if (c->verifies != VERIFIES_NAME &&
		c->verifies != VERIFIES_FIRST_NAME &&
		c->verifies != VERIFIES_LAST_NAME)
		return;
	*c = (struct map_column){ .name = c->name,
		.is_optional = c->is_optional };
	t->why[column] = (str){ 0 };
}

static int sample(struct proposal *p, struct seen_table *t, struct err *e)
{
	str columns[COLUMNS_ROOM];
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = t->n,
		.is_all = true,
		.rows_max = p->rows_max,
		.cell_max = FIND_CELL_MAX,
	};

	for (size_t i = 0; i < t->n; i++)
		columns[i] = t->columns[i].name;
	if (t->n && !t->is_unseen &&
		conn_rows(p->conn, &q, take_sample, &(struct sampling){ p, t },
			e) < 0 &&
		go_on_without(p, e) < 0)
		return -1;
	for (size_t i = 0; i < t->n; i++) {
		struct map_column *c = &t->columns[i];

		t->why[i] = detect_column(
			p->arena, &t->counts[i], meaning_of(p, c->name), c);
		take_no_name(t, i);
		t->is_personal |=
			c->is_identifier || c->verifies || c->never_disclose.n;
	}
	return 0;
}

static bool is_others_name(str name)
{
	static const char *const phrases[] = {
#define OTHERS_NAME(phrase) phrase,
#include "connect/tbl/others_names.h"
	};

	for (size_t i = 0; i < COUNTOF(phrases); i++)
		if (name_has_phrase(name, phrases[i]))
			return true;
	return false;
}

/* Whoever writes such a row names somebody else: it identifies nobody to whom the
 * row belongs. */
static void leave_others(struct proposal *p, struct seen_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct map_column *c = &t->columns[i];

		if (!c->is_identifier || !is_others_name(c->name) ||
			is_others_name(t->name))
			continue;
		c->is_identifier = false;
		t->why[i] = arena_fmt(p->arena,
			"%.*s; of somebody else, by its name: it does not "
			"identify whose the row is",
			STR_ARG(t->why[i]));
	}
}

int proposal_sample(struct proposal *p, struct err *e)
{
	const struct map_system *known = p->conn->system;
	int rc = 0;

	p->conn->system = system_of(p);
	for (size_t i = 0; !rc && i < p->n; i++) {
		rc = sample(p, p->tables[i], e);
		leave_others(p, p->tables[i]);
	}
	p->conn->system = known;
	return rc;
}
