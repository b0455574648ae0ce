/*
 * The plain part of YAML, with line numbers.
 *
 * The file is read twice: once as events, to refuse what the composed document
 * no longer shows (aliases are already followed there), then as a document.
 */
#include "connect/yaml.h"

#include <string.h>

#include "base/base.h"
#include "base/buf.h"

#define EMPTY_HINT "begin with \"version: 1\""

enum { SUGGEST_ALL_MAX = 14, SUGGEST_SIZE_MAX = 400, SUGGEST_ROOM = 60 };

int yaml_line(const yaml_node_t *node)
{
	return (int)node->start_mark.line + 1;
}

void yaml_problem(struct yaml_reader *r, int line, str text, str hint)
{
	struct map_problems *ps = r->problems;

	must(hint.n);
	r->said++;
	if (ps->n == COUNTOF(ps->at))
		return;
	ps->at[ps->n++] = (struct map_problem){ ps->file, line, text, hint };
}

static bool is_behind(const struct map_problem *a, const struct map_problem *b)
{
	return a->file != b->file ? a->file > b->file : a->line > b->line;
}

void yaml_sort_problems(struct map_problems *ps)
{
	for (size_t i = 1; i < ps->n; i++) {
		struct map_problem p = ps->at[i];
		size_t at = i;

		for (; at > 0 && is_behind(&ps->at[at - 1], &p); at--)
			ps->at[at] = ps->at[at - 1];
		ps->at[at] = p;
	}
}

const str *yaml_near(str word, const str *names, size_t n)
{
	const str *best = NULL;
	int best_edits = (int)(word.n / 3) + 2;

	for (size_t i = 0; i < n; i++) {
		int edits = str_edits(word, names[i]);

		if (edits >= best_edits || (size_t)edits >= names[i].n)
			continue;
		best = &names[i];
		best_edits = edits;
	}
	return best;
}

str yaml_suggest(struct arena *a, str word, const str *names, size_t n)
{
	const str *best = yaml_near(word, names, n);
	size_t said = 0;
	struct buf b;

	if (best)
		return arena_fmt(a, "did you mean \"%.*s\"?", STR_ARG(*best));
	if (!n)
		return STR("none is listed there");
	b = buf_in(a, SUGGEST_SIZE_MAX);
	buf_puts(&b, "one of:");
	for (; said < n && said < SUGGEST_ALL_MAX; said++) {
		if (b.n + names[said].n + SUGGEST_ROOM > SUGGEST_SIZE_MAX)
			break;
		buf_fmt(&b, "%s %.*s", said ? "," : "", STR_ARG(names[said]));
	}
	if (said < n)
		buf_fmt(&b, " and %zu more", n - said);
	return buf_str(&b);
}

str yaml_how(struct arena *a, const char *key)
{
	static const struct {
		const char *key, *example;
	} rows[] = {
#define NEEDED(key, example) { key, example },
#include "connect/tbl/needed.h"
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(str_of(key), str_of(rows[i].key)))
			return arena_fmt(a, "add it, as in \"%s: %s\"", key,
				rows[i].example);
	return arena_fmt(a, "add a line \"%s: ...\"", key);
}

static bool has_mark(const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		return ev->data.scalar.anchor || ev->data.scalar.tag;
	case YAML_SEQUENCE_START_EVENT:
		return ev->data.sequence_start.anchor ||
		       ev->data.sequence_start.tag;
	case YAML_MAPPING_START_EVENT:
		return ev->data.mapping_start.anchor ||
		       ev->data.mapping_start.tag;
	default:
		return ev->type == YAML_ALIAS_EVENT;
	}
}

static int nesting(yaml_event_type_t type)
{
	if (type == YAML_SEQUENCE_START_EVENT ||
		type == YAML_MAPPING_START_EVENT)
		return 1;
	return type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT
		       ? -1
		       : 0;
}

struct scan {
	int depth;
	int documents;
};

static bool event_is_plain(
	struct yaml_reader *r, const yaml_event_t *ev, struct scan *s)
{
	int line = (int)ev->start_mark.line + 1;

	s->depth += nesting(ev->type);
	s->documents += ev->type == YAML_DOCUMENT_START_EVENT;
	if (has_mark(ev))
		yaml_problem(r, line,
			STR("anchors, aliases and tags are not allowed"),
			STR("write the value out where it is needed"));
	else if (s->depth > MAP_DEPTH_MAX)
		yaml_problem(r, line, STR("nested too deep"),
			STR("look for a bracket that is not closed"));
	else if (s->documents > 1)
		yaml_problem(r, line, STR("a second document in one file"),
			STR("leave out the line \"---\""));
	else
		return true;
	return false;
}

/* By what libyaml says of it. */
static str syntax_hint(const char *problem)
{
	static const struct {
		const char *part, *hint;
	} rows[] = {
		{ "tab", "indent with blanks" },
		{ "any token", "indent with blanks, not tabs, and put a value "
			       "that begins with @, ` or % in quotes" },
		{ "indicator", "indent the keys of one thing alike" },
		{ "node content", "look for a bracket that is not closed" },
		{ "end of stream", "look for a quote that is not closed" },
		{ "UTF-8", "save the file as UTF-8" },
		{ "control characters", "take the control character out" },
		{ "quoted scalar", "look for a quote that is not closed" },
		{ "mapping values", "put a value that has \": \" in it in "
				    "quotes, and indent keys alike" },
		{ "expected ',' or", "look for a bracket that is not closed" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (strstr(problem, rows[i].part))
			return str_of(rows[i].hint);
	return STR("look at quotes, brackets and indentation, here and in the "
		   "line before");
}

static void syntax_problem(struct yaml_reader *r, const yaml_parser_t *p)
{
	yaml_problem(r, (int)p->problem_mark.line + 1,
		arena_fmt(r->arena, "not YAML: %s",
			p->problem ? p->problem : "can't be read"),
		syntax_hint(p->problem ? p->problem : ""));
}

static void parser_start(yaml_parser_t *p, str text)
{
	must(yaml_parser_initialize(p));
	yaml_parser_set_input_string(p, (const unsigned char *)text.p, text.n);
	yaml_parser_set_encoding(p, YAML_UTF8_ENCODING);
}

static bool is_plain(struct yaml_reader *r, str text)
{
	struct scan s = { 0 };
	yaml_parser_t p;
	bool ok = true, at_end = false;

	parser_start(&p, text);
	while (ok && !at_end) {
		yaml_event_t ev;

		if (!yaml_parser_parse(&p, &ev)) {
			syntax_problem(r, &p);
			ok = false;
			break;
		}
		ok = event_is_plain(r, &ev, &s);
		at_end = ev.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&p);
	return ok;
}

static void document_end(void *doc)
{
	yaml_document_delete(doc);
}

yaml_node_t *yaml_load(struct yaml_reader *r, struct arena *a, str text,
	struct map_problems *ps)
{
	yaml_node_t *root;
	yaml_parser_t p;
	bool ok;

	*r = (struct yaml_reader){
		.arena = a, .doc = arena_one(a, yaml_document_t), .problems = ps
	};
	if (!text.n) {
		yaml_problem(r, 1, STR("the file is empty"), STR(EMPTY_HINT));
		return NULL;
	}
	if (!is_plain(r, text))
		return NULL;
	parser_start(&p, text);
	ok = yaml_parser_load(&p, r->doc);
	if (!ok)
		syntax_problem(r, &p);
	yaml_parser_delete(&p);
	if (!ok)
		return NULL;
	arena_defer(a, document_end, r->doc);
	root = yaml_document_get_root_node(r->doc);
	if (!root)
		yaml_problem(r, 1, STR("the file is empty"), STR(EMPTY_HINT));
	return root;
}

static str scalar(const yaml_node_t *node)
{
	return (str){ (const char *)node->data.scalar.value,
		node->data.scalar.length };
}

static struct yaml_field *field_named(
	struct yaml_field *fields, size_t n, str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_of(fields[i].key), key))
			return &fields[i];
	return NULL;
}

static str suggest_key(
	struct arena *a, str key, const struct yaml_field *fields, size_t n)
{
	str *names = arena_many(a, str, n);

	for (size_t i = 0; i < n; i++)
		names[i] = str_of(fields[i].key);
	return yaml_suggest(a, key, names, n);
}

/* A key as the file has it, fit to stand in a message. */
static str shown(str word)
{
	return str_is_text(word) && !str_has(word, '\n') && word.n <= 60
		       ? word
		       : STR("...");
}

static bool read_pair(struct yaml_reader *r, const yaml_node_pair_t *pair,
	struct yaml_field *fields, size_t n, const char *what)
{
	yaml_node_t *key = yaml_document_get_node(r->doc, pair->key);
	struct yaml_field *f;
	str name;

	if (key->type != YAML_SCALAR_NODE) {
		yaml_problem(r, yaml_line(key), STR("a key must be a word"),
			STR("write it as \"key: value\""));
		return false;
	}
	name = scalar(key);
	f = field_named(fields, n, name);
	if (f && !f->value) {
		f->value = yaml_document_get_node(r->doc, pair->value);
		return true;
	}
	if (f)
		yaml_problem(r, yaml_line(key),
			arena_fmt(r->arena, "key \"%s\" stands twice in %s",
				f->key, what),
			STR("take one of them out"));
	else
		yaml_problem(r, yaml_line(key),
			arena_fmt(r->arena, "unknown key \"%.*s\" in %s",
				STR_ARG(shown(name)), what),
			suggest_key(r->arena, name, fields, n));
	return false;
}

/* Not by the number of problems: past a limit they are no longer kept. */
bool yaml_mapping(struct yaml_reader *r, yaml_node_t *node,
	struct yaml_field *fields, size_t n, const char *what)
{
	bool ok = true;

	if (node->type != YAML_MAPPING_NODE) {
		r->is_lost = true;
		yaml_problem(r, yaml_line(node),
			arena_fmt(r->arena, "%s must be keys and values", what),
			suggest_key(r->arena, (str){ 0 }, fields, n));
		return false;
	}
	for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
		pair < node->data.mapping.pairs.top; pair++)
		ok &= read_pair(r, pair, fields, n, what);
	for (size_t i = 0; i < n; i++) {
		if (!fields[i].is_required || fields[i].value)
			continue;
		ok = false;
		yaml_problem(r, yaml_line(node),
			arena_fmt(r->arena, "%s needs the key \"%s\"", what,
				fields[i].key),
			yaml_how(r->arena, fields[i].key));
	}
	return ok;
}

size_t yaml_items(struct yaml_reader *r, yaml_node_t *node, size_t n_max,
	const char *what)
{
	size_t n;

	if (node->type != YAML_SEQUENCE_NODE) {
		r->is_lost = true;
		yaml_problem(r, yaml_line(node),
			arena_fmt(r->arena, "\"%s\" must be a list", what),
			STR("start each item with \"- \""));
		return 0;
	}
	n = (size_t)(node->data.sequence.items.top -
		     node->data.sequence.items.start);
	if (n > n_max) {
		r->is_lost = true;
		yaml_problem(r, yaml_line(node),
			arena_fmt(r->arena, "\"%s\" has more than %zu items",
				what, n_max),
			STR("leave some out"));
		return 0;
	}
	return n;
}

yaml_node_t *yaml_item(struct yaml_reader *r, yaml_node_t *list, size_t i)
{
	return yaml_document_get_node(
		r->doc, list->data.sequence.items.start[i]);
}

/* The empty str, with a problem, unless the field is one word or sentence. */
static str field_text(
	struct yaml_reader *r, const struct yaml_field *f, size_t max)
{
	const char *wrong;
	str s = { 0 }, hint;

	if (f->value->type != YAML_SCALAR_NODE) {
		wrong = "must be a single value";
		hint = STR("write one word or sentence, without [ ] and { }");
	} else if (!(s = scalar(f->value)).n) {
		wrong = "is empty";
		hint = STR("write a value, or leave the key out");
	} else if (!str_is_text(s) || str_has(s, '\n') || str_has(s, '\t')) {
		wrong = "must be one line of text";
		hint = STR("take line ends, tabs and control characters out");
	} else if (s.n > max) {
		wrong = "is too long";
		hint = arena_fmt(r->arena, "%zu bytes at most", max);
	} else {
		return s;
	}
	yaml_problem(r, yaml_line(f->value),
		arena_fmt(r->arena, "\"%s\" %s", f->key, wrong), hint);
	return (str){ 0 };
}

void yaml_text(
	struct yaml_reader *r, const struct yaml_field *f, size_t max, str *out)
{
	str s = f->value ? field_text(r, f, max) : (str){ 0 };

	if (s.n)
		*out = s;
}

bool yaml_is_empty(const struct yaml_field *f)
{
	return f->value && f->value->type == YAML_SCALAR_NODE &&
	       !scalar(f->value).n;
}

void yaml_bool(struct yaml_reader *r, const struct yaml_field *f, bool *out)
{
	static const str names[] = { STR_INIT("true"), STR_INIT("false") };
	int word = yaml_word(r, f, names, COUNTOF(names));

	if (word >= 0)
		*out = word == 0;
}

void yaml_int(
	struct yaml_reader *r, const struct yaml_field *f, int max, int *out)
{
	str s = f->value ? field_text(r, f, MAP_NAME_MAX) : (str){ 0 };
	bool is_number;
	int64_t v;

	if (!s.n)
		return;
	is_number = str_int(s, &v);
	if (is_number && v >= 1 && v <= max)
		*out = (int)v;
	else
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena,
				"\"%s\" must be a whole number from 1 to %d",
				f->key, max),
			!is_number ? STR("write it in digits alone")
			: v < 1    ? STR("1 is the least")
				: arena_fmt(r->arena, "%d is the most", max));
}

int yaml_word(struct yaml_reader *r, const struct yaml_field *f,
	const str *names, size_t n)
{
	str s = f->value ? field_text(r, f, MAP_NAME_MAX) : (str){ 0 };

	if (!s.n)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], s))
			return (int)i;
	yaml_problem(r, yaml_line(f->value),
		arena_fmt(r->arena, "\"%s\" has no value \"%.*s\"", f->key,
			STR_ARG(shown(s))),
		yaml_suggest(r->arena, s, names, n));
	return -1;
}
