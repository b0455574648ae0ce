/*
 * The uses of automated decisionmaking technology that the map names: for which
 * decision, by whom, with which person involved, and why one need not be stopped
 * (11 CCR 7001(e), (ddd), 7221(b)).
 */
#include <string.h>

#include "base/base.h"
#include "connect/map_build.h"
#include "law/listed.h"
#include "law/use.h"

enum { WORDS_MAX = 8 };

static const str exception_names[] = {
#define ADMT_EXCEPTION(name, ground, needs_evidence) STR_INIT(#name),
#include "connect/tbl/admt_exceptions.h"
};

static const struct {
	const char *ground;
	bool needs_evidence;
} exceptions[] = {
#define ADMT_EXCEPTION(name, ground, needs_evidence) { ground, needs_evidence },
#include "connect/tbl/admt_exceptions.h"
};

/* The law's words of one of its lists. */
static size_t words_of(enum law_list list, str out[WORDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < listed_count(); i++) {
		if (listed_at(i)->list != list)
			continue;
		must(n < WORDS_MAX);
		out[n++] = str_of(listed_at(i)->code);
	}
	return n;
}

static void read_decision(struct yaml_reader *r, const struct yaml_field *f,
	struct map_automated *m)
{
	str words[WORDS_MAX];
	size_t n = words_of(LIST_DECISION, words);
	int word = yaml_word(r, f, words, n);

	if (word >= 0)
		m->decision = words[word];
}

/* All three, and a person decides: then it is no such technology (7001(e)). */
static void read_human(struct yaml_reader *r, const struct yaml_field *f,
	struct map_automated *m)
{
	str words[WORDS_MAX];
	size_t n = words_of(LIST_HUMAN, words);

	m->is_human = map_read_bits(r, f, words, n) == (1u << n) - 1;
}

static void read_exception(struct yaml_reader *r, const struct yaml_field *f,
	const struct yaml_field *evidence, struct map_automated *m)
{
	int word = yaml_word(r, f, exception_names, COUNTOF(exception_names));

	yaml_text(r, evidence, 2 * MAP_NAME_MAX, &m->evidence);
	if (word < 0)
		return;
	m->exception = str_of(exceptions[word].ground);
	if (exceptions[word].needs_evidence && !m->evidence.n)
		yaml_problem(r, yaml_line(f->value),
			STR("this exception needs \"evidence\""),
			STR("where the test is kept that it does not "
			    "discriminate (11 CCR 7221(b))"));
}

static void read_vendors(
	struct yaml_reader *r, yaml_node_t *list, struct map_automated *m)
{
	size_t n = list ? yaml_items(r, list, MAP_VENDORS_MAX, "vendors") : 0;

	m->vendors = arena_many(r->arena, str, n);
	for (size_t i = 0; i < n; i++) {
		struct yaml_field f = { "vendors", true,
			yaml_item(r, list, i) };

		yaml_text(r, &f, MAP_NAME_MAX, &m->vendors[m->vendors_n]);
		m->vendors_n += m->vendors[m->vendors_n].n > 0;
	}
}

void map_read_automated(
	struct yaml_reader *r, yaml_node_t *node, struct map_automated *m)
{
	enum {
		NAME,
		TITLE,
		DECISION,
		PURPOSE,
		HUMAN,
		EXCEPTION,
		EVIDENCE,
		INPUTS,
		OUTPUT,
		EFFECT,
		INSTEAD,
		VENDORS
	};
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[TITLE] = { "title", false, NULL },
		[DECISION] = { "decision", true, NULL },
		[PURPOSE] = { "purpose", true, NULL },
		[HUMAN] = { "human", false, NULL },
		[EXCEPTION] = { "exception", false, NULL },
		[EVIDENCE] = { "evidence", false, NULL },
		[INPUTS] = { "inputs", false, NULL },
		[OUTPUT] = { "output", false, NULL },
		[EFFECT] = { "effect", false, NULL },
		[INSTEAD] = { "instead", false, NULL },
		[VENDORS] = { "vendors", false, NULL },
	};

	m->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "an automated use"))
		return;
	map_read_name(r, &f[NAME], &m->name);
	m->title = m->name;
	yaml_text(r, &f[TITLE], MAP_NAME_MAX, &m->title);
	read_decision(r, &f[DECISION], m);
	yaml_text(r, &f[PURPOSE], 2 * MAP_NAME_MAX, &m->purpose);
	read_human(r, &f[HUMAN], m);
	read_exception(r, &f[EXCEPTION], &f[EVIDENCE], m);
	yaml_text(r, &f[INPUTS], MAP_TEXT_MAX, &m->inputs);
	yaml_text(r, &f[OUTPUT], MAP_TEXT_MAX, &m->output);
	yaml_text(r, &f[EFFECT], MAP_TEXT_MAX, &m->effect);
	yaml_text(r, &f[INSTEAD], MAP_TEXT_MAX, &m->instead);
	read_vendors(r, f[VENDORS].value, m);
}

/* --- what only the whole can show --- */

/* It may be the one that is meant. */
static bool has_unread_vendor(const struct yaml_reader *r, const struct map *m)
{
	for (size_t i = 0; i < m->vendors_n; i++)
		if (!m->vendors[i].name.n)
			return true;
	return r->is_lost;
}

static void check_vendors(struct yaml_reader *r, const struct map *m,
	const struct map_automated *use)
{
	if (has_unread_vendor(r, m))
		return;
	for (size_t i = 0; i < use->vendors_n; i++)
		if (use->vendors[i].n && !map_vendor_named(m, use->vendors[i]))
			yaml_problem(r, use->line,
				arena_fmt(r->arena,
					"there is no vendor \"%.*s\"",
					STR_ARG(use->vendors[i])),
				STR("\"vendors\" are names of the map's own"));
}

void map_check_automated(struct yaml_reader *r, const struct map *m)
{
	for (size_t i = 0; i < m->automated_n; i++) {
		const struct map_automated *use = &m->automated[i];

		r->problems->file = use->file;
		if (!use->name.n)
			continue;
		if (map_automated_named(m, use->name) != use)
			yaml_problem(r, use->line,
				arena_fmt(r->arena,
					"a second automated use is called "
					"\"%.*s\"",
					STR_ARG(use->name)),
				STR("give each a name of its own"));
		if (use_of(use->name) != USE_OTHER)
			yaml_problem(r, use->line,
				arena_fmt(r->arena,
					"\"%.*s\" is a word of the law for a "
					"use",
					STR_ARG(use->name)),
				STR("who asks `toyon check --for` could not "
				    "tell them apart"));
		check_vendors(r, m, use);
	}
}

const struct map_automated *map_automated_named(const struct map *m, str name)
{
	for (size_t i = 0; i < m->automated_n; i++)
		if (str_eq(m->automated[i].name, name))
			return &m->automated[i];
	return NULL;
}

bool map_automated_stops(const struct map_automated *use)
{
	return !use->is_human && !use->exception.n;
}
