/* `toyon map lint`: every mistake of a data map and its recipes, with its line. */
#include "connect/map.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"
#include "connect/http/recipe.h"
#include "connect/map_words.h"
#include "connect/point.h"
#include "desk/notice.h"
#include "desk/setting.h"

enum { JSON_MAX = 1 << 20 };

/* The map, and the recipes that it names. */
struct lint {
	struct cli *cli;
	struct buf out;
	struct json json;
	const struct map_problems *problems; /* of the map: the files' names */
	size_t n;
};

struct vendor_note {
	str text;
	str hint;
};

static void put_json(struct json *j, const char *path,
	const struct map_problem *p, bool is_mistake)
{
	json_begin_object(j);
	json_put_bool(j, "is_mistake", is_mistake);
	json_put(j, "file", str_of(path));
	json_put_int(j, "line", p->line);
	json_put(j, "problem", p->text);
	json_put(j, "hint", p->hint);
	json_end(j);
}

static void print(const char *path, const struct map_problem *p)
{
	printf("%s:%d: %.*s%s%.*s%s\n", path, p->line, STR_ARG(p->text),
		p->hint.n ? " (" : "", STR_ARG(p->hint), p->hint.n ? ")" : "");
}

static void report(
	struct lint *l, const char *path, const struct map_problems *ps)
{
	l->n += ps->n;
	for (size_t i = 0; i < ps->n; i++) {
		const char *file = map_problem_file(ps, &ps->at[i]);

		if (l->cli->is_json)
			put_json(
				&l->json, file ? file : path, &ps->at[i], true);
		else
			print(file ? file : path, &ps->at[i]);
	}
}

/* A recipe that can't be read is a mistake of the map, which names it. */
static void lint_recipe(struct lint *l, const char *map_path,
	const struct map *m, const struct map_system *s)
{
	struct arena *a = l->cli->arena;
	struct map_problems *ps = arena_one(a, struct map_problems);
	const char *path =
		path_join(a, arena_cstr(a, m->dir), arena_cstr(a, s->database));
	struct err e = { 0 };
	struct recipe r;
	str text;

	if (file_read(a, path, RECIPE_SIZE_MAX, &text, &e)) {
		*ps = *l->problems;
		ps->at[ps->n++] = (struct map_problem){ .file = s->file,
			.line = s->line,
			.text = arena_fmt(a, "system \"%.*s\": %s",
				STR_ARG(s->name), e.message),
			.hint = STR("\"database\" is the file of its "
				    "recipe, relative to the data map") };
		report(l, map_path, ps);
		return;
	}
	if (!recipe_parse(a, text, &r, ps))
		recipe_check(a, &r, &(struct recipe_of){ m, s }, ps);
	report(l, path, ps);
}

/* No mistake of the map. */
static void put_note(
	struct lint *l, const char *path, const struct map_problem *p)
{
	const char *file = map_problem_file(l->problems, p);

	if (l->cli->is_json)
		put_json(&l->json, file ? file : path, p, false);
	else if (!l->cli->is_quiet)
		print(file ? file : path, p);
}

static void note(struct lint *l, const char *path, const struct map_vendor *v,
	const struct vendor_note *n)
{
	struct map_problem note = { .file = v->file,
		.line = v->line,
		.hint = n->hint,
		.text = arena_fmt(
			l->cli->arena, "note: %.*s", STR_ARG(n->text)) };

	put_note(l, path, &note);
}

/* What the law wants in a contract, and the map does not say that it has (11 CCR
 * 7051(a), 7053(a)); what the company is by that; and for what it uses the data (7050(a)). */
static void note_vendor(
	struct lint *l, const char *path, const struct map_vendor *v)
{
	struct arena *a = l->cli->arena;
	enum law_standing s = map_vendor_standing(v);
	const struct standing_row *row = standing_row(s);
	str lacks = map_contract_lacks(a, v);

	if (lacks.n)
		note(l, path, v,
			&(struct vendor_note){
				arena_fmt(a,
					"the contract with \"%.*s\" lacks %.*s",
					STR_ARG(v->name), STR_ARG(lacks)),
				STR("what each is: toyon law list") });
	if (standing_is_in_doubt(s))
		note(l, path, v,
			&(struct vendor_note){
				arena_fmt(a, "\"%.*s\" %s", STR_ARG(v->name),
					row->told),
				str_of(row->citation) });
	if (!v->flows_n && v->role != ROLE_THIRD_PARTY)
		note(l, path, v,
			&(struct vendor_note){
				arena_fmt(a,
					"nobody says what \"%.*s\" uses it for",
					STR_ARG(v->name)),
				STR("its flows, 11 CCR 7050(a)") });
}

/* Columns that don't say whose addresses they hold. */
static void note_own(struct lint *l, const char *path, const struct map *m)
{
	struct map_problems all = { 0 };

	for (size_t i = 0; i < m->systems_n; i++)
		map_own_notes(l->cli->arena, &m->systems[i], &all);
	for (size_t i = 0; i < all.n; i++) {
		all.at[i].text = arena_fmt(
			l->cli->arena, "note: %.*s", STR_ARG(all.at[i].text));
		put_note(l, path, &all.at[i]);
	}
}

/* 11 CCR 7062(b) to (d) */
static void note_points(struct lint *l, const char *path, const struct map *m)
{
	struct map_problem note = { .line = 1,
		.text = STR(
			"note: no column is called reliable, so nothing but "
			"the code says who is asking"),
		.hint = STR("say reliable: true where you rely on it, 11 CCR "
			    "7062") };

	if (map_lacks_points(m))
		put_note(l, path, &note);
}

/* What a consumer would read in English between words of their own language (11 CCR
 * 7003(b)(2)): of the languages that the map has words in, and of those that the
 * installation serves in. */
static void note_words(struct lint *l, const char *path, const struct map *m,
	unsigned languages)
{
	struct arena *a = l->cli->arena;

	for (int i = LANG_EN + 1; i < LANGS; i++) {
		const char *code = lang_code((enum lang)i);
		struct map_texts missing;
		struct map_problem note;

		map_texts_missing(a, m, (enum lang)i, &missing);
		if (!missing.n || !(m->words[i].n || languages & 1U << i))
			continue;
		note = (struct map_problem){ .file = missing.at[0].file,
			.line = missing.at[0].line,
			.text = arena_fmt(a,
				"note: texts that are not said in \"%s\": "
				"%zu, the first is this one's %s",
				code, missing.n, missing.at[0].key),
			.hint = arena_fmt(a,
				"toyon map words %s prints them, 11 CCR "
				"7003(b)(2)",
				code) };
		put_note(l, path, &note);
	}
}

/* No mistake of the map alone, either: what the settings or the policy in force say
 * otherwise (11 CCR 7011).  Of the installation's own map only. */
static int note_doubts(
	struct lint *l, const char *path, const struct map *m, struct err *e)
{
	struct notice_doubts all;
	struct settings s;

	if (cli_open(l->cli, KEYS_MASTER, e) ||
		settings_load(&l->cli->desk, &s, e) ||
		notice_doubts(
			&l->cli->desk, desk_today(&l->cli->desk), &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		struct map_problem note = { .line = 1,
			.text = arena_fmt(l->cli->arena, "note: %.*s",
				STR_ARG(all.at[i].text)),
			.hint = str_of(all.at[i].hint) };

		if (l->cli->is_json)
			put_json(&l->json, path, &note, false);
		else if (!l->cli->is_quiet)
			print(path, &note);
	}
	note_words(l, path, m, settings_languages(&s));
	return 0;
}

static int lint_map(
	struct lint *l, const char *path, struct map *m, struct err *e)
{
	struct arena *a = l->cli->arena;
	struct map_problems *ps = arena_one(a, struct map_problems);

	if (map_load(a, path, m, ps, e))
		return -1;
	report(l, path, ps);
	l->problems = ps;
	if (ps->n)
		return 0;
	note_points(l, path, m);
	for (size_t i = 0; i < m->vendors_n; i++)
		note_vendor(l, path, &m->vendors[i]);
	note_own(l, path, m);
	for (size_t i = 0; i < m->systems_n; i++)
		if (m->systems[i].connector == CONNECTOR_HTTP)
			lint_recipe(l, path, m, &m->systems[i]);
	return 0;
}

static int file_of(struct cli *c, const char **path, struct err *e)
{
	struct install *in = &c->install;

	if (c->operands) {
		*path = c->operand[0];
		return 0;
	}
	if (install_open(in, c->arena, c->dir, 0, e))
		return -1;
	*path = install_path(in, in->config.data_map);
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct lint l = { .cli = c, .out = buf_in(c->arena, JSON_MAX) };
	const char *path;
	struct map map;

	l.json = json_to(&l.out);
	json_begin_array(&l.json);
	if (file_of(c, &path, e) || lint_map(&l, path, &map, e))
		return -1;
	if (!l.n && c->operands)
		note_words(&l, path, &map, 0);
	else if (!l.n && note_doubts(&l, path, &map, e))
		return -1;
	json_end(&l.json);
	if (c->is_json && cli_put_json(&l.out, e))
		return -1;
	if (l.n)
		return err_exit_status(ERR_FOUND);
	cli_say(c, "systems: %zu, vendors: %zu, mistakes: none", map.systems_n,
		map.vendors_n);
	return 0;
}

const struct command command_map_lint = {
	.name = "map lint",
	.operands = "[FILE]",
	.operands_max = 1,
	.title = "the mistakes of a data map",
	.about =
		"Reads a data map, and the recipes of HTTP APIs that it "
		"names, and says every mistake with its line; and as a note "
		"which clauses the contract with a vendor lacks, and "
		"whether it is a service provider by that, whether it calls any "
		"column reliable, and how many of its "
		"texts have no translation. Without FILE, "
		"the installation's, with what the settings and the privacy "
		"policy in force say otherwise.",
	.result = "Exit status 4 when there is a mistake.",
	.has_json = true,
	.examples = { "toyon map lint", "toyon map lint datamap.yaml" },
	.run = run,
};
