/*
 * Holds the tree to its own rules, in `make check`:
 *
 *     layers tree tools/layers.txt FILE...     sources
 *     layers symbols tools/mutable.txt FILE    `objdump -t` of the objects
 *
 * For sources: who includes whom (layers.txt), no SQL and no tags in C
 * literals, no string function of libc that counts no bytes, no function over
 * 100 lines, a purpose comment on top of each .c file, no folder for leftovers.
 * For objects: no variable at file scope that can change.
 *
 * Each finding is one line, file:line: what; the last line counts.
 */
#include "layers.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ARENA_MAX = 256 << 20,
	RULES_MAX = 200,
	FUNCTION_LINES_MAX = 100,
};

enum rule_kind {
	RULE_MAY,
	RULE_NEVER,
	RULE_ONLY,
	RULE_SQL,
	RULE_MARKUP,
};

struct rule {
	enum rule_kind kind;
	str subject;
	str list; /* words */
};

struct rules {
	struct rule at[RULES_MAX];
	size_t n;
};

struct check {
	const struct rules *rules;
	const struct source *source;
	str folder; /* "base" for src/base/...; empty outside of src/ */
	int failed;
};

static void found(struct check *c, int line, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

static void found(struct check *c, int line, const char *fmt, ...)
{
	va_list ap;

	printf("%s:%d: ", c->source->path, line);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	c->failed++;
}

static bool has_word(str list, str word)
{
	str piece;

	while (str_next(&list, ' ', &piece))
		if (piece.n && str_eq(piece, word))
			return true;
	return false;
}

static struct rule rule_read(const struct source *src, int line, str text)
{
	static const char *const kinds[] = { "may", "never", "only", "sql",
		"markup" };
	struct rule rule = { 0 };
	str word, rest;

	str_cut(text, ' ', &word, &rest);
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		if (!str_eq(word, str_of(kinds[i])))
			continue;
		rule.kind = (enum rule_kind)i;
		rule.list = rest;
		if (rule.kind < RULE_SQL &&
			!str_cut(rest, ':', &rule.subject, &rule.list))
			source_fail(src, line, "no \":\" in this rule");
		return rule;
	}
	source_fail(src, line, "\"%.*s\" is no rule", STR_ARG(word));
}

static void rules_read(const struct source *src, struct rules *rules)
{
	str rest = src->text, text;
	int line = 0;

	while (str_next(&rest, '\n', &text)) {
		line++;
		text = str_trim(text);
		if (!text.n || text.p[0] == '#')
			continue;
		if (rules->n == RULES_MAX)
			source_fail(src, line, "too many rules");
		rules->at[rules->n++] = rule_read(src, line, text);
	}
}

static const struct rule *rule_of(
	const struct rules *rules, enum rule_kind kind, str subject)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->at[i].kind == kind &&
			str_eq(rules->at[i].subject, subject))
			return &rules->at[i];
	return NULL;
}

/* "web" for "src/web/x/y.c" and "web/x.h", "main" for "src/main.c". */
static str folder_of(str path)
{
	str head, tail;

	if (str_starts(path, STR("src/")))
		path = str_from(path, 4);
	return str_cut(path, '/', &head, &tail) ? head : STR("main");
}

static void check_own_include(struct check *c, const struct token *t)
{
	const struct rule *may = rule_of(c->rules, RULE_MAY, c->folder);
	const struct rule *never = rule_of(c->rules, RULE_NEVER, c->folder);
	str folder = folder_of(t->text);

	if (!str_has(t->text, '/') || str_starts(t->text, STR("../"))) {
		if (!str_eq(t->text, STR("toyon.h")))
			found(c, t->line,
				"\"%.*s\" is included by its folder and name",
				STR_ARG(t->text));
		return;
	}
	if (never && has_word(never->list, t->text))
		found(c, t->line, "%.*s/ never includes %.*s",
			STR_ARG(c->folder), STR_ARG(t->text));
	if (str_eq(folder, c->folder) || str_eq(folder, STR("tbl")))
		return;
	if (may && !has_word(may->list, folder))
		found(c, t->line, "%.*s/ may not include %.*s/",
			STR_ARG(c->folder), STR_ARG(folder));
}

static void check_include(struct check *c, const struct token *t)
{
	const struct rule *only = rule_of(c->rules, RULE_ONLY, t->text);

	if (!c->folder.n)
		return;
	if (!t->is_system)
		check_own_include(c, t);
	else if (only && !has_word(only->list, c->folder))
		found(c, t->line, "<%.*s> is for %.*s", STR_ARG(t->text),
			STR_ARG(str_trim(only->list)));
}

static bool starts_nocase(str s, str prefix)
{
	return str_eq_nocase(str_head(s, prefix.n), prefix);
}

static bool has_nocase(str s, str what)
{
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (starts_nocase(str_from(s, i), what))
			return true;
	return false;
}

/*
 * A statement at the start of a literal, in any case; or a keyword in capitals
 * anywhere.  The second word keeps English ("select a system") out.
 */
static bool is_sql(str s)
{
	static const struct {
		str starts, has;
	} shapes[] = {
		{ STR_INIT("select "), STR_INIT(" from ") },
		{ STR_INIT("insert into "), STR_INIT("") },
		{ STR_INIT("update "), STR_INIT(" set ") },
		{ STR_INIT("delete from "), STR_INIT("") },
		{ STR_INIT("create table "), STR_INIT("") },
		{ STR_INIT("create index "), STR_INIT("") },
		{ STR_INIT("drop table "), STR_INIT("") },
		{ STR_INIT("alter table "), STR_INIT("") },
	};
	static const str capitals[] = { STR_INIT("SELECT "),
		STR_INIT("INSERT INTO "), STR_INIT("DELETE FROM "),
		STR_INIT("UPDATE ") };

	for (size_t i = 0; i < COUNTOF(shapes); i++)
		if (starts_nocase(str_trim(s), shapes[i].starts) &&
			has_nocase(s, shapes[i].has))
			return true;
	for (size_t i = 0; i < COUNTOF(capitals); i++)
		if (str_find(s, capitals[i]) >= 0)
			return true;
	return false;
}

static bool is_lower(char ch)
{
	return ch >= 'a' && ch <= 'z';
}

static bool has_tag(str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		bool is_close = s.p[i + 1] == '/';

		if (s.p[i] == '<' &&
			(s.p[i + 1] == '!' || is_lower(s.p[i + 1]) ||
				(is_close && i + 2 < s.n &&
					is_lower(s.p[i + 2]))))
			return true;
	}
	return false;
}

static bool is_excepted(const struct check *c, enum rule_kind kind)
{
	for (size_t i = 0; i < c->rules->n; i++)
		if (c->rules->at[i].kind == kind &&
			has_word(c->rules->at[i].list, c->folder))
			return true;
	return false;
}

static void check_literal(struct check *c, const struct token *t)
{
	if (!c->folder.n)
		return;
	if (!is_excepted(c, RULE_SQL) && is_sql(t->text))
		found(c, t->line, "SQL in a C literal; it belongs in sql/");
	if (!is_excepted(c, RULE_MARKUP) && has_tag(t->text))
		found(c, t->line,
			"a tag in a C literal; it belongs in a "
			"template");
}

static void check_name(struct check *c, const struct token *t)
{
	static const char *const banned[] = { "strcpy", "strcat", "sprintf",
		"vsprintf", "gets", "strtok", "strncpy", "strncat", "atoi",
		"atol", "atof", "alloca" };

	for (size_t i = 0; i < COUNTOF(banned); i++)
		if (str_eq(t->text, str_of(banned[i])))
			found(c, t->line, "%s is banned", banned[i]);
}

/* A function's body is the "{" after a ")" outside of any other bracket. */
struct body {
	int depth;
	int start;
	char last;
};

static void check_length(struct check *c, struct body *b, const struct token *t)
{
	char ch = t->kind == TOKEN_OTHER && t->text.n ? t->text.p[0] : 'x';

	if (t->in_directive)
		return;
	if (ch == '{' && b->depth++ == 0)
		b->start = b->last == ')' ? t->line : 0;
	if (ch == '}' && --b->depth == 0 && b->start &&
		t->line - b->start + 1 > FUNCTION_LINES_MAX)
		found(c, b->start, "a function of %d lines, more than %d",
			t->line - b->start + 1, (int)FUNCTION_LINES_MAX);
	b->last = ch;
}

/*
 * A comment on top; where it is all said in the file's own header, that header.
 */
static bool has_purpose(str text, str name)
{
	str line, rest, end;

	if (str_starts(text, STR("/*")) ||
		str_starts(text, STR("#define _GNU_SOURCE")))
		return true;
	str_cut(text, '\n', &line, &rest);
	if (!str_starts(line, STR("#include \"")) || !str_has(line, '/'))
		return false;
	while (str_cut(line, '/', &rest, &end))
		line = end;
	return str_starts(line, name) &&
	       str_eq(str_from(line, name.n), STR(".h\""));
}

static void check_path(struct check *c)
{
	static const str leftovers[] = { STR_INIT("util"), STR_INIT("utils"),
		STR_INIT("misc"), STR_INIT("common"), STR_INIT("helper"),
		STR_INIT("helpers") };
	const char *slash = strrchr(c->source->path, '/');
	str name, end;

	str_cut(str_of(slash ? slash + 1 : c->source->path), '.', &name, &end);
	for (size_t i = 0; i < COUNTOF(leftovers); i++)
		if (str_eq(name, leftovers[i]))
			found(c, 0,
				"a function belongs to a noun, not to "
				"\"%.*s\"",
				STR_ARG(name));
	if (str_eq(end, STR("c")) && !has_purpose(c->source->text, name))
		found(c, 1, "a file opens with what it is for");
	if (c->folder.n && !rule_of(c->rules, RULE_MAY, c->folder))
		found(c, 0, "%.*s/ is not in layers.txt", STR_ARG(c->folder));
}

static int check_file(const struct rules *rules, const struct source *src)
{
	str path = str_of(src->path);
	struct check c = { .rules = rules, .source = src };
	struct lexer l = lexer_of(src->text);
	struct body body = { 0 };
	struct token t;

	if (str_starts(path, STR("src/")))
		c.folder = folder_of(path);
	check_path(&c);
	while ((t = lexer_next(&l)).kind != TOKEN_END) {
		if (t.kind == TOKEN_INCLUDE)
			check_include(&c, &t);
		else if (t.kind == TOKEN_STRING)
			check_literal(&c, &t);
		else if (t.kind == TOKEN_NAME)
			check_name(&c, &t);
		check_length(&c, &body, &t);
	}
	return c.failed;
}

static int count(const char *name, int passed, int failed)
{
	printf("%s: %d passed, %d failed\n", name, passed, failed);
	return failed || !passed;
}

static int check_tree(struct arena *a, const char *rules_path, char **files)
{
	struct source rules_source = source_read(a, rules_path);
	struct rules *rules = arena_one(a, struct rules);
	int passed = 0, failed = 0;

	rules_read(&rules_source, rules);
	for (; *files; files++) {
		struct source src = source_read(a, *files);
		int n = check_file(rules, &src);

		failed += n;
		passed += !n;
	}
	return count("layers", passed, failed);
}

static bool is_listed(str list, str symbol)
{
	str line, word, rest;

	while (str_next(&list, '\n', &line)) {
		str_cut(line, ' ', &word, &rest);
		if (str_eq(word, symbol))
			return true;
	}
	return false;
}

static bool is_mutable_section(str section)
{
	/* Relocated once by the loader and read-only from then on. */
	if (str_starts(section, STR(".data.rel.ro")))
		return false;
	return str_starts(section, STR(".data")) ||
	       str_starts(section, STR(".bss")) ||
	       str_starts(section, STR(".tbss")) ||
	       str_starts(section, STR(".tdata")) ||
	       str_eq(section, STR("*COM*"));
}

/* A line of objdump -t: value, flags (O: an object), section, TAB, size, name. */
static bool symbol_read(str line, str *section, str *name)
{
	enum { FLAGS_AT = 17, SECTION_AT = 25 };
	str rest;

	if (line.n < SECTION_AT || line.p[FLAGS_AT - 1] != ' ' ||
		!str_has(str_head(str_from(line, FLAGS_AT), 7), 'O'))
		return false;
	if (!str_cut(str_from(line, SECTION_AT), '\t', section, &rest))
		return false;
	*name = (str){ 0 };
	str_cut(rest, ' ', &rest, name);
	*name = str_trim(*name);
	if (str_starts(*name, STR(".hidden ")))
		*name = str_from(*name, sizeof ".hidden " - 1);
	return true;
}

static int check_symbols(struct arena *a, const char *list_path, char **files)
{
	struct source list = source_read(a, list_path);
	struct source src = source_read(a, files[0]);
	str rest = src.text, line, section, name, object = { 0 };
	int passed = 0, failed = 0;

	while (str_next(&rest, '\n', &line)) {
		if (str_find(line, STR(":     file format")) >= 0)
			str_cut(line, ':', &object, &section);
		if (!symbol_read(line, &section, &name))
			continue;
		if (!is_mutable_section(section) ||
			is_listed(list.text, name)) {
			passed++;
			continue;
		}
		printf("%.*s: %.*s can change (%.*s)\n", STR_ARG(object),
			STR_ARG(name), STR_ARG(section));
		failed++;
	}
	return count("mutable", passed, failed);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	int rc;

	if (argc > 3 && !strcmp(argv[1], "tree"))
		rc = check_tree(a, argv[2], argv + 3);
	else if (argc == 4 && !strcmp(argv[1], "symbols"))
		rc = check_symbols(a, argv[2], argv + 3);
	else {
		fputs("usage: layers tree|symbols RULES FILE...\n", stderr);
		return 2;
	}
	arena_free(a);
	return rc;
}
