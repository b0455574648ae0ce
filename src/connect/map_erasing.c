/*
 * How the map says that a table's rows are erased, and whether what stays after
 * it can be what the map says.
 */
#include "base/base.h"
#include "connect/map_build.h"
#include "law/deny.h"

static const str erase_names[] = { STR_INIT("delete"), STR_INIT("keep"),
	STR_INIT("deidentify"), STR_INIT("aggregate") };

enum { GROUNDS_MAX = 64 };

/* What data may be kept for against a deletion: the exceptions of Civ. Code
 * 1798.105(d) and the exemptions of 1798.145 and 1798.146. */
static size_t keep_grounds(str names[GROUNDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < ground_count(); i++) {
		str id = str_of(ground_at(i)->id);

		if (!str_starts(id, STR("DX")) && !str_starts(id, STR("EX_")))
			continue;
		must(n < GROUNDS_MAX);
		names[n++] = id;
	}
	return n;
}

void map_read_erase(struct yaml_reader *r, const struct map_erase_fields *f,
	struct map_table *t)
{
	int word = yaml_word(r, f->erase, erase_names, COUNTOF(erase_names));
	str names[GROUNDS_MAX];
	int dx = yaml_word(r, f->exception, names, keep_grounds(names));
	bool is_keep = word == ERASE_KEEP;

	t->erase = word < 0 ? ERASE_DELETE : (enum map_erase)word;
	t->exception = dx < 0 ? (str){ 0 } : names[dx];
	if (is_keep && (!f->exception->value || !f->purpose->value))
		yaml_problem(r, yaml_line(f->erase->value),
			STR("\"keep\" needs \"exception\" and \"purpose\""),
			STR("the answer to the consumer names both"));
	if (word == ERASE_AGGREGATE && !f->summary->value)
		yaml_problem(r, yaml_line(f->erase->value),
			STR("\"aggregate\" needs \"summary\""),
			STR("it says which totals the rows go into"));
	if (word >= 0 && word != ERASE_AGGREGATE)
		map_refuse(r, "is for \"aggregate\"",
			"leave it out, or write \"erase: aggregate\"",
			f->summary);
	if (!is_keep && word >= 0 && f->exception->value)
		yaml_problem(r, yaml_line(f->erase->value),
			STR("\"exception\" is for \"keep\""),
			STR("leave it out, or write \"erase: keep\""));
}

const char *map_telltale(const struct map_table *t, size_t column)
{
	const struct map_column *c = &t->columns[column];

	if (c->is_identifier)
		return "identifies a person";
	if (c->verifies)
		return "can prove who a person is";
	if (c->never_disclose.n)
		return "is never to be disclosed";
	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].column == column)
			return "leads to other rows of the person";
	for (size_t i = 0; i < t->crosses_n; i++)
		if (t->crosses[i].column == column)
			return "leads to rows of the person elsewhere";
	return NULL;
}

/* A link of several columns leads nowhere any more when one of them is erased. */
static bool is_cut_off(const struct map_table *t, size_t column)
{
	const struct map_column *c = &t->columns[column];

	for (size_t i = 0; i < c->parts_n; i++)
		if (t->columns[c->parts[i]].way)
			return true;
	return c->way;
}

/* Information that can't be linked to a person (Civ. Code 1798.140(m)). */
static void check_deidentified(
	struct yaml_reader *r, const struct map_table *t, int line)
{
	for (size_t i = 0; i < t->columns_n; i++) {
		const char *why = map_telltale(t, i);

		if (!why || is_cut_off(t, i) || i == t->key)
			continue;
		yaml_problem(r, t->columns[i].line ? t->columns[i].line : line,
			arena_fmt(r->arena,
				"\"deidentify\" leaves the column \"%.*s\", "
				"which %s",
				STR_ARG(t->columns[i].name), why),
			map_column_has(t, t->key, i)
				? STR("it is part of the key, and stays: "
				      "\"erase\" of the table can be delete")
				: STR("give the column an \"erase\": null, "
				      "hash, mask or renew"));
	}
}

static bool has_ways(const struct map_table *t)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			return true;
	return false;
}

/* Columns are erased where rows stay, and are found again by their key. */
void map_check_ways(struct yaml_reader *r, const struct map_table *t, int line)
{
	if (t->erase == ERASE_DEIDENTIFY)
		check_deidentified(r, t, line);
	if (map_erase_deletes(t->erase) && has_ways(t))
		yaml_problem(r, line,
			STR("a column has an \"erase\", but the row is deleted"),
			STR("\"erase\" of the table can be deidentify, or keep "
			    "with an exception"));
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way && map_column_has(t, t->key, i))
			yaml_problem(r, t->columns[i].line,
				STR("the key can't be erased in a row that "
				    "stays"),
				STR("leave \"erase\" out of the column, or "
				    "delete the row"));
	if (has_ways(t) && str_eq(t->columns[t->key].name, STR(MAP_ROW_KEY)))
		yaml_problem(r, line, STR("rows that stay need a \"key\""),
			STR("without one they are told apart by their bytes, "
			    "which change"));
}
