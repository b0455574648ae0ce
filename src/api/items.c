/*
 * Lists in.  Lines are read where they lie, so that a long list costs no tree;
 * the JSON form is for people who try things out.
 */
#include "api/items.h"

#include <string.h>

#include "api/line.h"
#include "desk/limit.h"

static const char kind_text[] =
	"This is one of the kinds of identifier, as email or phone";

str item_pointer(
	struct call *c, const struct items *s, size_t i, const char *member)
{
	const char *in = s->form == BODY_JSON ? "items/" : "";

	return arena_fmt(c->q->arena, "%s%zu%s", in, i, member);
}

str items_option(struct call *c, const struct items *s, const char *name)
{
	if (s->form != BODY_JSON)
		return http_query(c->q, name);
	return body_text(c, s->root, STR(""), name);
}

/* The name of the kind behind one is looked up once: lists are of one kind. */
struct kinds {
	str name;
	enum ident_kind kind;
	bool is_known;
};

static void take_kind(
	struct call *c, struct items *s, size_t i, str name, struct kinds *last)
{
	if (!name.n)
		name = http_query(c->q, "kind");
	if (!last->name.p || !str_eq(name, last->name)) {
		last->name = name;
		last->is_known = ident_kind_read(name, &last->kind);
	}
	s->at[i].kind = last->kind;
	if (!last->is_known)
		call_problem(c, item_pointer(c, s, i, "/kind"),
			name.n ? "unknown" : "missing", kind_text);
}

static int check_count(struct call *c, struct items *s, size_t n, struct err *e)
{
	if (n > LIMIT_API_BATCH)
		return err_set(e, ERR_LIMIT, "more than %d identifiers",
			LIMIT_API_BATCH);
	if (!n)
		call_problem(c, s->form == BODY_JSON ? STR("items") : STR(""),
			"missing", "There are no identifiers");
	s->n = n;
	s->at = arena_many(c->q->arena, struct suppress_query, n);
	return n ? 0 : -1;
}

static size_t count_lines(str text)
{
	size_t n = 0;
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		const char *at = memchr(p, '\n', (size_t)(end - p));

		n++;
		p = at ? at + 1 : end;
	}
	return n;
}

/* --- lines --- */

static void read_object(
	struct call *c, struct items *s, size_t i, str text, struct kinds *last)
{
	struct line line;
	enum line_fault f = line_read(c->q->arena, text, &line);

	if (f) {
		call_problem(c, item_pointer(c, s, i, ""), line_fault_code(f),
			line_fault_text(f));
		return;
	}
	take_kind(c, s, i, line.kind, last);
	if (!line.has_value)
		call_problem(c, item_pointer(c, s, i, "/value"), "missing",
			"There is no value");
	s->at[i].value = line.value;
}

static void read_value(
	struct call *c, struct items *s, size_t i, str text, struct kinds *last)
{
	if (text.n && text.p[text.n - 1] == '\r')
		text.n--;
	take_kind(c, s, i, (str){ 0 }, last);
	s->at[i].value = text;
}

static int read_lines(struct call *c, struct items *s, struct err *e)
{
	struct kinds last = { 0 };
	str rest = c->q->body;
	str text;

	if (check_count(c, s, count_lines(rest), e))
		return -1;
	for (size_t i = 0; i < s->n && c->problems.n < PROBLEMS_MAX; i++) {
		str_next(&rest, '\n', &text);
		if (s->form == BODY_NDJSON)
			read_object(c, s, i, text, &last);
		else
			read_value(c, s, i, text, &last);
	}
	return c->problems.n ? -1 : 0;
}

/* --- JSON --- */

static void read_member(struct call *c, struct items *s, size_t i,
	const json_t *item, struct kinds *last)
{
	static const char *const known[] = { "kind", "value" };
	str path;

	if (!json_is_object(item)) {
		call_problem(c, item_pointer(c, s, i, ""), "type",
			"An item is an object with kind and value");
		return;
	}
	path = item_pointer(c, s, i, "/");
	body_only(c, item, path, known, COUNTOF(known));
	take_kind(c, s, i, body_text(c, item, path, "kind"), last);
	s->at[i].value = body_text(c, item, path, "value");
	if (!json_object_get(item, "value"))
		call_problem(c, item_pointer(c, s, i, "/value"), "missing",
			"There is no value");
}

static int read_json(struct call *c, struct items *s, struct err *e)
{
	struct kinds last = { 0 };
	const json_t *list;

	if (body_read(c, &s->root, e))
		return -1;
	list = json_object_get(s->root, "items");
	if (list && !json_is_array(list)) {
		call_problem(c, STR("items"), "type", "This is a list");
		return -1;
	}
	if (check_count(c, s, json_array_size(list), e))
		return -1;
	for (size_t i = 0; i < s->n && c->problems.n < PROBLEMS_MAX; i++)
		read_member(c, s, i, json_array_get(list, i), &last);
	return c->problems.n ? -1 : 0;
}

int items_read(struct call *c, struct items *out, struct err *e)
{
	*out = (struct items){ .form = body_form(c) };
	switch (out->form) {
	case BODY_JSON:
		return read_json(c, out, e);
	case BODY_NDJSON:
	case BODY_TEXT:
		return read_lines(c, out, e);
	case BODY_OTHER:
		break;
	}
	return call_refuse(c, 415,
		"this call takes application/json, application/x-ndjson or "
		"text/plain",
		e);
}

void items_report(struct call *c, const struct items *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].fault)
			call_problem(c,
				item_pointer(c, s, i,
					s->form == BODY_TEXT ? "" : "/value"),
				ident_fault_name(s->at[i].fault),
				ident_fault_text(s->at[i].fault));
}
