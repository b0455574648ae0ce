/*
 * How long the rows of a table are kept, as the map's file has it: what a program can
 * carry out, beside the words of "retention" that people read.
 */
#include "base/base.h"
#include "connect/expires.h"
#include "connect/map_build.h"

/* The column that a row's time is counted from. */
static void read_from(struct yaml_reader *r, const struct yaml_field *f,
	const struct map_table *t, struct map_expires *out)
{
	str name = t->collected;
	str *names = arena_many(r->arena, str, t->columns_n);

	yaml_text(r, f, MAP_NAME_MAX, &name);
	out->column = map_column_index(t, name);
	if (out->column < t->columns_n)
		return;
	for (size_t i = 0; i < t->columns_n; i++)
		names[i] = t->columns[i].name;
	if (f->value)
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "there is no column \"%.*s\"",
				STR_ARG(name)),
			yaml_suggest(r->arena, name, names, t->columns_n));
	else if (!name.n) /* else "collected" has been told of */
		yaml_problem(r, out->line,
			STR("\"expires\" needs \"from\", or \"collected\" of "
			    "the table"),
			STR("the column that says from which day on a row's "
			    "time is counted"));
	out->column = t->key;
}

static void read_after(struct yaml_reader *r, const struct yaml_field *f,
	struct map_expires *out)
{
	str text = { 0 };

	yaml_text(r, f, MAP_NAME_MAX, &text);
	if (text.n && !expires_read(text, out))
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"after\" is no time: \"%.*s\"",
				STR_ARG(text)),
			STR("a number and its unit: \"90 days\", \"24 "
			    "months\", \"7 years\""));
}

void map_read_expires(
	struct yaml_reader *r, const struct yaml_field *f, struct map_table *t)
{
	enum { AFTER, FROM, NUMBERS };
	static const str numbers[] = {
#define EXPIRY_NUMBER(NAME, name, ms) STR_INIT(#name),
#include "connect/tbl/expiry_numbers.h"
	};
	struct yaml_field in[] = {
		[AFTER] = { "after", true, NULL },
		[FROM] = { "from", false, NULL },
		[NUMBERS] = { "numbers", false, NULL },
	};
	struct map_expires *out;

	if (!f->value)
		return;
	out = arena_one(r->arena, struct map_expires);
	out->line = yaml_line(f->value);
	if (!yaml_mapping(r, f->value, in, COUNTOF(in), "\"expires\""))
		return;
	read_after(r, &in[AFTER], out);
	read_from(r, &in[FROM], t, out);
	out->numbers = (enum expiry_numbers)(
		1 + yaml_word(r, &in[NUMBERS], numbers, COUNTOF(numbers)));
	t->expires = out;
	/* What is carried out is what the consumer is told. */
	if (!t->about.retention.n && out->n)
		t->about.retention = expires_words(r->arena, out);
}

/* Of each column that is erased it must show that it was; of a code, or of a made-up value,
 * nobody can tell, and a column that was always empty says nothing of the others. */
static bool is_emptied(const struct map_table *t)
{
	bool is_any = false;

	for (size_t i = 0; i < t->columns_n; i++) {
		if (t->columns[i].way && t->columns[i].way != WAY_EMPTY)
			return false;
		is_any |= t->columns[i].way == WAY_EMPTY;
	}
	return is_any;
}

void map_check_expires(struct yaml_reader *r, const struct map_table *t)
{
	const struct map_expires *x = t->expires;

	if (!x)
		return;
	if (t->columns[x->column].way)
		yaml_problem(r, x->line,
			arena_fmt(r->arena,
				"\"expires\" counts from the column \"%.*s\", "
				"which is erased",
				STR_ARG(t->columns[x->column].name)),
			STR("without its day a row would never be too old"));
	if (t->erase == ERASE_DEIDENTIFY && !is_emptied(t))
		yaml_problem(r, x->line,
			STR("\"expires\" with \"deidentify\" needs \"erase: "
			    "null\" in each column that is erased"),
			STR("that all are empty says that a row was "
			    "deidentified already"));
}
