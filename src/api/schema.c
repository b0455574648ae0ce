/*
 * The shapes of src/api/tbl/schemas.h as JSON Schema.  Words come from the tables
 * that the program itself reads by, so a new kind or reason is described at once.
 */
#include <string.h>

#include "api/describe.h"
#include "base/base.h"
#include "desk/agent_file.h"
#include "ident/ident.h"
#include "law/kind.h"
#include "law/minor.h"
#include "law/parent.h"
#include "law/proof.h"
#include "law/reason.h"
#include "law/screen.h"
#include "words/lang.h"

static void put_kinds(struct json *j)
{
	for (int k = 0; k < IDENT_KINDS; k++)
		json_str(j, str_of(ident_kind_name((enum ident_kind)k)));
}

static void put_reasons(struct json *j)
{
	for (size_t i = 0; i < reason_count(); i++)
		json_str(j, str_of(reason_at(i)->code));
}

static void put_forbidden(struct json *j)
{
#define FORBID(BIT, code, text) json_str(j, STR(code));
#include "api/tbl/forbids.h"
}

static void put_states(struct json *j)
{
	json_str(j, STR("suppressed"));
	json_str(j, STR("clear"));
	json_str(j, STR("unreadable"));
}

static void put_screens(struct json *j)
{
	for (int i = 0; i < SCREENS; i++)
		json_str(j, str_of(screen_code((enum screen)i)));
	json_str(j, STR("unreadable"));
}

static void put_requests(struct json *j)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		json_str(j, str_of(kind_code((enum kind)k)));
}

static void put_ages(struct json *j)
{
	for (int m = 0; m < MINOR_END; m++)
		json_str(j, str_of(minor_row((enum minor)m)->code));
}

static void put_proofs(struct json *j)
{
	for (int p = PROOF_NONE + 1; p < PROOF_END; p++)
		json_str(j, str_of(proof_row((enum proof)p)->code));
}

static void put_parent_checks(struct json *j)
{
	for (int c = 0; c < PARENT_CHECK_END; c++)
		json_str(j,
			str_of(parent_check_row((enum parent_check)c)->code));
}

static void put_languages(struct json *j)
{
	for (int l = 0; l < LANGS; l++)
		json_str(j, str_of(lang_code((enum lang)l)));
}

static void put_row_states(struct json *j)
{
	for (int s = 0; s <= AGENT_ROW_BAD; s++)
		json_str(j, str_of(agent_row_word((enum agent_row_state)s)));
}

enum what { AN_OBJECT, A_LIST, WORDS_OF, A_TEXT };
enum member_type { STRING, COUNT, FLAG, DAY, NO_DAY, ONE, MANY };

struct schema {
	enum what what;
	const char *name;
	const char *text;
	bool takes_lines;
	const char *of; /* of a list; the pattern of a text */
	void (*words)(struct json *j);
};

static const struct schema schemas[] = {
#define OBJECT(name, lines, text) { AN_OBJECT, #name, text, lines, NULL, NULL },
#define LIST(name, of, text)      { A_LIST, #name, text, false, #of, NULL },
#define WORDS(name, list, text) \
	{ WORDS_OF, #name, text, false, NULL, put_##list },
#define TEXT(name, pattern, text) { A_TEXT, #name, text, false, pattern, NULL },
#define MEMBER(object, name, type, of, is_required, text)
#include "api/tbl/schemas.h"
};

static const struct member {
	const char *object;
	const char *name;
	enum member_type type;
	const char *of;
	bool is_required;
	const char *text;
} members[] = {
#define OBJECT(name, lines, text)
#define LIST(name, of, text)
#define WORDS(name, list, text)
#define TEXT(name, pattern, text)
#define MEMBER(object, name, type, of, is_required, text) \
	{ #object, name, type, #of, is_required, text },
#include "api/tbl/schemas.h"
};

static const struct schema *schema_of(const char *name)
{
	for (size_t i = 0; i < COUNTOF(schemas); i++)
		if (!strcmp(schemas[i].name, name))
			return &schemas[i];
	return NULL;
}

bool schema_takes_lines(const char *name)
{
	const struct schema *s = schema_of(name);

	return s && s->takes_lines;
}

bool schema_is_list(const char *name)
{
	const struct schema *s = schema_of(name);

	return s && s->what == A_LIST;
}

static void put_ref_member(struct json *j, const char *name)
{
	char ref[80] = "#/components/schemas/";
	size_t n = strlen(ref);

	must(schema_of(name) && strlen(name) < sizeof ref - n);
	memcpy(ref + n, name, strlen(name) + 1);
	json_put(j, "$ref", str_of(ref));
}

void schema_put_ref(struct json *j, const char *name)
{
	json_begin_object(j);
	put_ref_member(j, name);
	json_end(j);
}

static void put_type(struct json *j, const struct member *m)
{
	switch (m->type) {
	case STRING:
		json_put(j, "type", STR("string"));
		return;
	case COUNT:
		json_put(j, "type", STR("integer"));
		json_put_int(j, "minimum", 0);
		return;
	case FLAG:
		json_put(j, "type", STR("boolean"));
		return;
	case DAY:
		json_put(j, "type", STR("string"));
		json_put(j, "format", STR("date"));
		return;
	case NO_DAY:
		json_key(j, "type"), json_begin_array(j);
		json_str(j, STR("string")), json_str(j, STR("null"));
		json_end(j);
		json_put(j, "format", STR("date"));
		return;
	case ONE:
		put_ref_member(j, m->of);
		return;
	case MANY:
		json_put(j, "type", STR("array"));
		json_key(j, "items"), schema_put_ref(j, m->of);
		return;
	}
}

static void put_members(struct json *j, const char *object)
{
	json_put(j, "type", STR("object"));
	json_put_bool(j, "additionalProperties", false);
	json_key(j, "required"), json_begin_array(j);
	for (size_t i = 0; i < COUNTOF(members); i++)
		if (!strcmp(members[i].object, object) &&
			members[i].is_required)
			json_str(j, str_of(members[i].name));
	json_end(j);
	json_key(j, "properties"), json_begin_object(j);
	for (size_t i = 0; i < COUNTOF(members); i++) {
		if (strcmp(members[i].object, object) != 0)
			continue;
		json_key(j, members[i].name), json_begin_object(j);
		put_type(j, &members[i]);
		json_put(j, "description", str_of(members[i].text));
		json_end(j);
	}
	json_end(j);
}

static void put_schema(struct json *j, const struct schema *s)
{
	json_put(j, "description", str_of(s->text));
	switch (s->what) {
	case AN_OBJECT:
		put_members(j, s->name);
		return;
	case A_LIST:
		json_put(j, "type", STR("array"));
		json_key(j, "items"), schema_put_ref(j, s->of);
		return;
	case WORDS_OF:
		json_put(j, "type", STR("string"));
		json_key(j, "enum"), json_begin_array(j);
		s->words(j);
		json_end(j);
		return;
	case A_TEXT:
		json_put(j, "type", STR("string"));
		json_put(j, "pattern", str_of(s->of));
		return;
	}
}

void schemas_put(struct json *j)
{
	for (size_t i = 0; i < COUNTOF(schemas); i++) {
		json_key(j, schemas[i].name), json_begin_object(j);
		put_schema(j, &schemas[i]);
		json_end(j);
	}
}
