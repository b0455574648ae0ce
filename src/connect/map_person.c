/*
 * What the map says of a system that only a person can look in: an archive of
 * paper, a shared mailbox, a tool without an API.  Its tables are the things to
 * look through; their columns are always the same (person/item.h).
 */
#include "base/base.h"
#include "connect/map_build.h"
#include "connect/person/item.h"

bool map_is_email(str s)
{
	struct ident id;

	return ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, s) ==
	       IDENT_FAULT_NONE;
}

const char *look_for_fault(str text)
{
	return str_is_text(text) ? NULL : "is no text";
}

static void read_colleagues(
	struct yaml_reader *r, const struct yaml_field *f, struct map_system *s)
{
	size_t n = f->value ? yaml_items(r, f->value, PERSON_COLLEAGUES_MAX,
				      "hand_over")
			    : 0;

	s->hand_over = arena_many(r->arena, str, n);
	for (size_t i = 0; i < n; i++) {
		struct yaml_field one = { "hand_over", true,
			yaml_item(r, f->value, i) };
		str *at = &s->hand_over[s->hand_over_n];

		yaml_text(r, &one, 320, at);
		if (!at->n)
			continue;
		if (!map_is_email(*at))
			yaml_problem(r, yaml_line(one.value),
				STR("\"hand_over\" lists email addresses"),
				STR("write each as name@company.example"));
		s->hand_over_n++;
	}
}

void map_person_system(struct yaml_reader *r, const struct yaml_field *days,
	const struct yaml_field *hand_over, struct map_system *s)
{
	s->days = PERSON_DAYS;
	yaml_int(r, days, PERSON_DAYS_MAX, &s->days);
	read_colleagues(r, hand_over, s);
	if (s->database.n && !map_is_email(s->database))
		yaml_problem(r, s->line,
			STR("\"database\" is no email address"),
			STR("for a person it is where their tasks are sent"));
}

void map_person_table(struct yaml_reader *r, const struct yaml_field *erase,
	struct map_table *t)
{
	static const char *const names[ITEM_COLUMNS] = {
		[ITEM_KEY] = MAP_ROW_KEY,
		[ITEM_WHAT] = "what",
		[ITEM_FILE] = "file",
		[ITEM_TEXT] = "text",
		[ITEM_DOCUMENT] = "document",
	};

	if (t->erase != ERASE_DELETE && t->erase != ERASE_KEEP)
		yaml_problem(r, yaml_line(erase->value),
			STR("what a person deletes is gone, or kept"),
			STR("\"erase\" can be delete, or keep with an "
			    "exception"));
	t->is_asked = true;
	t->columns = arena_many(r->arena, struct map_column, ITEM_COLUMNS);
	t->columns_n = ITEM_COLUMNS;
	t->key = ITEM_KEY;
	for (size_t i = 0; i < ITEM_COLUMNS; i++)
		t->columns[i] = (struct map_column){ .name = str_of(names[i]),
			.line = t->line,
			.is_optional = true };
	/* No program can read a scan: who approves the package looks at it. */
	t->columns[ITEM_DOCUMENT].cleared = ~0u;
}
