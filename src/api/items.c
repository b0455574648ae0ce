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

/* A name and what it means: most lists are of one kind, looked up once. */
struct kind {
	str name;
	enum ident_kind kind;
	bool is_known;
};

struct kinds {
	struct kind asked; /* ?kind= */
	struct kind last;  /* that an item had */
};

static struct kind kind_of(str name)
{
	struct kind k = { .name = name };

	k.is_known = ident_kind_read(name, &k.kind);
	return k;
}

static struct kinds kinds_of(const struct call *c)
{
	return (struct kinds){ .asked = kind_of(http_query(c->q, "kind")) };
}

static void say_kind(
	struct call *c, const struct items *s, size_t i, const struct kind *k)
{
	call_problem(c, item_pointer(c, s, i, "/kind"),
		k->name.n ? "unknown" : "missing", kind_text);
}

/* name: the item's own, or nothing. */
static void take_kind(struct call *c, struct items *s, size_t i, str name,
	struct kinds *kinds)
{
	const struct kind *k = name.n ? &kinds->last : &kinds->asked;

	if (name.n && !str_eq(name, k->name))
		kinds->last = kind_of(name);
	s->at[i].kind = k->kind;
	if (!k->is_known)
		say_kind(c, s, i, k);
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
	return str_count(text, '\n') + (text.n && !str_ends(text, STR("\n")));
}

/* --- lines --- */

static void read_object(struct call *c, struct items *s, size_t i, str text,
	struct kinds *kinds)
{
	struct line line;
	enum line_fault f = line_read(c->q->arena, text, &line);

	if (f) {
		call_problem(c, item_pointer(c, s, i, ""), line_fault_code(f),
			line_fault_text(f));
		return;
	}
	take_kind(c, s, i, line.kind, kinds);
	if (!line.has_value)
		call_problem(c, item_pointer(c, s, i, "/value"), "missing",
			"There is no value");
	s->at[i].value = line.value;
}

static int read_objects(struct call *c, struct items *s, struct err *e)
{
	struct kinds kinds = kinds_of(c);
	str rest = c->q->body;
	str text;

	if (check_count(c, s, count_lines(rest), e))
		return -1;
	for (size_t i = 0; i < s->n && c->problems.n < PROBLEMS_MAX; i++) {
		str_next(&rest, '\n', &text);
		read_object(c, s, i, text, &kinds);
	}
	return c->problems.n ? -1 : 0;
}

/* The next line of those between *p and end, which is not there yet. */
static str next_line(const char **p, const char *end)
{
	const char *at = memchr(*p, '\n', (size_t)(end - *p));
	str line = { *p, (size_t)((at ? at : end) - *p) };

	*p = at ? at + 1 : end;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static int read_values(struct call *c, struct items *s, struct err *e)
{
	const struct kinds kinds = kinds_of(c);
	const char *p = c->q->body.p, *end = p + c->q->body.n;

	if (check_count(c, s, count_lines(c->q->body), e))
		return -1;
	for (size_t i = 0; i < s->n && c->problems.n < PROBLEMS_MAX; i++) {
		s->at[i].kind = kinds.asked.kind;
		s->at[i].value = next_line(&p, end);
		if (!kinds.asked.is_known)
			say_kind(c, s, i, &kinds.asked);
	}
	return c->problems.n ? -1 : 0;
}

/* --- JSON --- */

static void read_member(struct call *c, struct items *s, size_t i,
	const json_t *item, struct kinds *kinds)
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
	take_kind(c, s, i, body_text(c, item, path, "kind"), kinds);
	s->at[i].value = body_text(c, item, path, "value");
	if (!json_object_get(item, "value"))
		call_problem(c, item_pointer(c, s, i, "/value"), "missing",
			"There is no value");
}

static int read_json(struct call *c, struct items *s, struct err *e)
{
	struct kinds kinds = kinds_of(c);
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
		read_member(c, s, i, json_array_get(list, i), &kinds);
	return c->problems.n ? -1 : 0;
}

int items_read(struct call *c, struct items *out, struct err *e)
{
	*out = (struct items){ .form = body_form(c) };
	switch (out->form) {
	case BODY_JSON:
		return read_json(c, out, e);
	case BODY_NDJSON:
		return read_objects(c, out, e);
	case BODY_TEXT:
		return read_values(c, out, e);
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
