/*
 * Reads statements and migrations.  A line decides what it is by its beginning
 * (header, list, engine, comment, SQL); inside SQL only as much is understood
 * as is needed never to take a quote or a comment for a parameter or an end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlc.h"

enum { BODY_MAX = 64 << 10 };

enum piece_kind {
	PIECE_COMMENT,
	PIECE_QUOTED,
	PIECE_SPACE,
	PIECE_WORD,
	PIECE_PARAM,
	PIECE_TOKEN, /* @name */
	PIECE_END,   /* ; */
	PIECE_OTHER,
};

struct piece {
	enum piece_kind kind;
	str text;
};

static size_t until(str s, str end)
{
	ptrdiff_t at = str_find(str_from(s, end.n), end);

	return at < 0 ? s.n : (size_t)at + 2 * end.n;
}

static size_t space_length(str s)
{
	size_t n = 0;

	while (n < s.n && memchr(" \t\r\n", s.p[n], 4))
		n++;
	return n;
}

static size_t comment_length(str s)
{
	ptrdiff_t nl = str_find(s, STR("\n"));

	if (str_starts(s, STR("--")))
		return nl < 0 ? s.n : (size_t)nl;
	if (!str_starts(s, STR("/*")))
		return 0;
	nl = str_find(s, STR("*/"));
	return nl < 0 ? s.n : (size_t)nl + 2;
}

static size_t quoted_length(str s)
{
	if (s.p[0] == '\'')
		return until(s, STR("'"));
	if (s.p[0] == '"')
		return until(s, STR("\""));
	return str_starts(s, STR("$$")) ? until(s, STR("$$")) : 0;
}

/* The first piece of s, which is not empty. */
static struct piece next_piece(str s)
{
	size_t n;

	if ((n = space_length(s)))
		return (struct piece){ PIECE_SPACE, str_head(s, n) };
	if ((n = comment_length(s)))
		return (struct piece){ PIECE_COMMENT, str_head(s, n) };
	if ((n = quoted_length(s)))
		return (struct piece){ PIECE_QUOTED, str_head(s, n) };
	if (str_starts(s, STR("::")))
		return (struct piece){ PIECE_OTHER, str_head(s, 2) };
	if ((n = source_ident(s).n))
		return (struct piece){ PIECE_WORD, str_head(s, n) };
	n = source_ident(str_from(s, 1)).n;
	if (s.p[0] == ':' && n)
		return (struct piece){ PIECE_PARAM, str_head(s, n + 1) };
	if (s.p[0] == '@' && n)
		return (struct piece){ PIECE_TOKEN, str_head(s, n + 1) };
	if (s.p[0] == ';')
		return (struct piece){ PIECE_END, str_head(s, 1) };
	return (struct piece){ PIECE_OTHER, str_head(s, 1) };
}

static int lines_in(str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

static bool is_closed(str quoted)
{
	str mark = str_head(quoted, quoted.p[0] == '$' ? 2 : 1);

	return quoted.n >= 2 * mark.n && str_ends(quoted, mark);
}

static int field_find(const struct fields *f, str name)
{
	for (int i = 0; i < f->n; i++)
		if (str_eq(f->at[i].name, name))
			return i;
	return -1;
}

struct reader {
	struct arena *arena;
	struct program *program;
	const struct source *source;
	int line;
	struct stmt *stmt;   /* NULL before the first header */
	struct fields *list; /* an unfinished in: or out: list */
	bool is_in_body;
	bool has_engines;
	enum engine engine;
	struct buf doc;
	struct buf body[ENGINE_COUNT];
	int body_line[ENGINE_COUNT];
};

static void read_field(struct reader *r, struct fields *f, str text)
{
	static const char *const types[] = { "int", "text", "blob" };
	str name = { 0 }, type = { 0 };

	str_cut(text, ' ', &name, &type);
	type = str_trim(type);
	if (!source_is_name(name))
		source_fail(r->source, r->line,
			"\"%.*s\" is no name that C takes", STR_ARG(name));
	if (field_find(f, name) >= 0)
		source_fail(r->source, r->line, "%.*s is there twice",
			STR_ARG(name));
	if (f->n == FIELDS_MAX)
		source_fail(r->source, r->line, "more than %d columns",
			(int)FIELDS_MAX);
	for (size_t i = 0; i < COUNTOF(types); i++) {
		if (!str_eq(type, str_of(types[i])))
			continue;
		f->at[f->n].name = name;
		f->at[f->n++].type = (enum type)i;
		return;
	}
	source_fail(r->source, r->line,
		"the type of %.*s is int, text or blob, not \"%.*s\"",
		STR_ARG(name), STR_ARG(type));
}

static void read_list(struct reader *r, struct fields *f, str text)
{
	str rest = str_trim(text), piece;

	r->list = str_ends(rest, STR(",")) ? f : NULL;
	if (r->list)
		rest = str_head(rest, rest.n - 1);
	if (!rest.n)
		source_fail(r->source, r->line, "an empty list");
	while (str_next(&rest, ',', &piece))
		read_field(r, f, str_trim(piece));
}

/* The SQL of one body in an engine's words: parameters numbered, one space. */
static str engine_sql(struct reader *r, enum engine engine, str sql)
{
	struct buf b = buf_in(r->arena, BODY_MAX);
	struct stmt *s = r->stmt;
	int line = r->body_line[engine];
	bool is_ended = false;

	while (sql.n) {
		struct piece p = next_piece(sql);
		int i;

		sql = str_from(sql, p.text.n);
		if (p.kind == PIECE_QUOTED && !is_closed(p.text))
			source_fail(r->source, line, "a quote is not closed");
		line += lines_in(p.text);
		if (p.kind == PIECE_SPACE || p.kind == PIECE_COMMENT) {
			if (b.n && b.p[b.n - 1] != ' ')
				buf_putc(&b, ' ');
			continue;
		}
		if (is_ended)
			source_fail(r->source, line,
				"%.*s has more than one statement",
				STR_ARG(s->name));
		is_ended = p.kind == PIECE_END;
		if (p.kind == PIECE_PARAM) {
			i = field_find(&s->in, str_from(p.text, 1));
			if (i < 0)
				source_fail(r->source, line,
					"%.*s is not in the in: list",
					STR_ARG(p.text));
			s->in.at[i].is_used = true;
			buf_fmt(&b, "%c%d", engine == ENGINE_SQLITE ? '?' : '$',
				i + 1);
		} else if (!is_ended) {
			buf_put(&b, p.text);
		}
	}
	return str_trim(buf_str(&b));
}

static void check_used(struct reader *r, const char *where)
{
	struct stmt *s = r->stmt;

	for (int i = 0; i < s->in.n; i++) {
		if (!s->in.at[i].is_used)
			source_fail(r->source, s->line,
				":%.*s is in the in: list but not in the %s",
				STR_ARG(s->in.at[i].name), where);
		s->in.at[i].is_used = false;
	}
}

static void check_lists(struct reader *r)
{
	const struct stmt *s = r->stmt;

	if (s->kind == KIND_EXEC && s->out.n)
		source_fail(r->source, s->line,
			"%.*s is exec and gives nothing back, so no out: list",
			STR_ARG(s->name));
	if (s->kind != KIND_EXEC && !s->out.n)
		source_fail(r->source, s->line, "%.*s needs an out: list",
			STR_ARG(s->name));
}

static void finish_stmt(struct reader *r)
{
	struct stmt *s = r->stmt;
	static const char *const where[] = { "sqlite body", "postgres body" };

	if (!s)
		return;
	if (r->list)
		source_fail(r->source, r->line, "a list ends in a comma");
	check_lists(r);
	s->doc = buf_str(&r->doc);
	for (int i = 0; i < ENGINE_COUNT; i++) {
		int from = r->has_engines ? i : 0;

		r->body_line[i] = r->body_line[from];
		s->body[i] =
			engine_sql(r, (enum engine)i, buf_str(&r->body[from]));
		if (!s->body[i].n)
			source_fail(r->source, s->line, "%.*s has no %s",
				STR_ARG(s->name),
				r->has_engines ? where[i] : "SQL");
		check_used(r, r->has_engines ? where[i] : "SQL");
	}
}

static void start_stmt(struct reader *r, str name, enum kind kind)
{
	struct program *p = r->program;

	finish_stmt(r);
	if (!source_is_name(name))
		source_fail(r->source, r->line,
			"\"%.*s\" is no name that C takes", STR_ARG(name));
	if (p->stmts_n == STMTS_MAX)
		source_fail(r->source, r->line, "more than %d statements",
			(int)STMTS_MAX);
	r->stmt = &p->stmts[p->stmts_n++];
	*r->stmt = (struct stmt){ .source = *r->source,
		.line = r->line,
		.name = name,
		.kind = kind };
	r->list = NULL;
	r->is_in_body = r->has_engines = false;
	r->engine = ENGINE_SQLITE;
	r->doc = buf_in(r->arena, BODY_MAX);
	for (int i = 0; i < ENGINE_COUNT; i++)
		r->body[i] = buf_in(r->arena, BODY_MAX);
}

/* "name: kind" alone; a single other word there is taken for a slip. */
static bool read_header(struct reader *r, str comment)
{
	static const char *const kinds[] = { "one", "many", "exec" };
	str name, kind;

	if (!str_cut(comment, ':', &name, &kind) ||
		source_ident(name).n != name.n || !name.n)
		return false;
	kind = str_trim(kind);
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		if (!str_eq(kind, str_of(kinds[i])))
			continue;
		start_stmt(r, name, (enum kind)i);
		return true;
	}
	if (kind.n && !str_has(kind, ' '))
		source_fail(r->source, r->line,
			"a statement is one, many or exec, not \"%.*s\"",
			STR_ARG(kind));
	return false;
}

static bool read_engine(struct reader *r, str comment)
{
	bool is_sqlite = str_eq(comment, STR("sqlite:"));

	if (!is_sqlite && !str_eq(comment, STR("postgres:")))
		return false;
	if (!r->has_engines && str_trim(buf_str(&r->body[0])).n)
		source_fail(
			r->source, r->line, "SQL before the first engine line");
	r->has_engines = true;
	r->engine = is_sqlite ? ENGINE_SQLITE : ENGINE_POSTGRES;
	r->is_in_body = false;
	if (r->body[r->engine].n)
		source_fail(r->source, r->line, "a second body for an engine");
	return true;
}

static void read_comment(struct reader *r, str comment)
{
	str rest;

	if (!r->stmt && (str_starts(comment, STR("in:")) ||
				str_starts(comment, STR("out:"))))
		source_fail(r->source, r->line, "a list without a statement");
	if (!r->stmt || r->is_in_body)
		return;
	if (r->list) {
		read_list(r, r->list, comment);
	} else if (str_starts(comment, STR("in:"))) {
		read_list(r, &r->stmt->in, str_from(comment, 3));
	} else if (str_starts(comment, STR("out:"))) {
		read_list(r, &r->stmt->out, str_from(comment, 4));
	} else if (comment.n) {
		/* An end of comment inside would end the one in the header. */
		while (str_find(comment, STR("*/")) >= 0) {
			ptrdiff_t at = str_find(comment, STR("*/"));

			rest = str_from(comment, (size_t)at + 2);
			buf_fmt(&r->doc, "\n * %.*s* /",
				STR_ARG(str_head(comment, (size_t)at)));
			comment = rest;
		}
		buf_fmt(&r->doc, "\n * %.*s", STR_ARG(comment));
	}
}

static void read_sql(struct reader *r, str line)
{
	if (!r->stmt && str_trim(line).n)
		source_fail(r->source, r->line,
			"SQL before the first \"-- name: kind\"");
	if (!r->stmt)
		return;
	if (r->list && str_trim(line).n)
		source_fail(r->source, r->line, "a list ends in a comma");
	if (!r->is_in_body && !str_trim(line).n)
		return;
	if (!r->is_in_body)
		r->body_line[r->engine] = r->line;
	r->is_in_body = true;
	buf_put(&r->body[r->engine], line);
	buf_putc(&r->body[r->engine], '\n');
}

void statements_parse(
	struct arena *a, const struct source *src, struct program *p)
{
	struct reader r = { .arena = a, .program = p, .source = src };
	str rest = src->text, line, comment;

	while (str_next(&rest, '\n', &line)) {
		r.line++;
		comment = str_trim(str_from(line, 2));
		if (!str_starts(line, STR("--")))
			read_sql(&r, line);
		else if (!read_header(&r, comment) &&
			 !read_engine(&r, comment)) {
			read_comment(&r, comment);
			if (r.is_in_body)
				read_sql(&r, STR(""));
		}
	}
	finish_stmt(&r);
}

/* What a token of a migration stands for in each engine. */
static const struct {
	str token;
	const char *sql[ENGINE_COUNT];
} tokens[] = {
	{ STR_INIT("@id"),
		{ "integer primary key autoincrement",
			"bigint generated always as identity primary key" } },
	{ STR_INIT("@int"), { "integer", "bigint" } },
	{ STR_INIT("@blob"), { "blob", "bytea" } },
	{ STR_INIT("@text"), { "text", "text" } },
};

static const char *token_sql(
	const struct source *src, int line, enum engine engine, str token)
{
	for (size_t i = 0; i < COUNTOF(tokens); i++)
		if (str_eq(tokens[i].token, token))
			return tokens[i].sql[engine];
	source_fail(src, line, "%.*s is not one of @id, @int, @blob, @text",
		STR_ARG(token));
}

static void add_migration_statement(
	struct migration *m, enum engine engine, int line, str sql)
{
	if (!sql.n)
		return;
	if (m->n[engine] == MIGRATION_STATEMENTS_MAX)
		source_fail(&m->source, line, "more than %d statements",
			(int)MIGRATION_STATEMENTS_MAX);
	m->body[engine][m->n[engine]++] = sql;
}

/* "-- sqlite:", "-- postgres:" and "-- both:" say whom the next lines are for. */
static bool is_for(str comment, enum engine engine, bool before)
{
	str what = str_trim(str_from(comment, 2));

	if (str_eq(what, STR("both:")))
		return true;
	if (str_eq(what, STR("sqlite:")))
		return engine == ENGINE_SQLITE;
	if (str_eq(what, STR("postgres:")))
		return engine == ENGINE_POSTGRES;
	return before;
}

/* SQLite's triggers have statements of their own in them: they end at "end;". */
static bool is_whole(enum engine engine, str sql)
{
	str low = str_head(sql, sizeof "create trigger" - 1);

	return engine != ENGINE_SQLITE ||
	       !str_eq_nocase(low, STR("create trigger")) ||
	       (sql.n > 4 &&
		       str_eq_nocase(str_from(sql, sql.n - 4), STR(" end")));
}

static int migration_split(
	struct arena *a, struct migration *m, enum engine engine, str sql)
{
	struct buf b = buf_in(a, BODY_MAX);
	bool is_ours = true;
	int line = 1;

	while (sql.n) {
		struct piece p = next_piece(sql);

		sql = str_from(sql, p.text.n);
		if (p.kind == PIECE_QUOTED && !is_closed(p.text))
			source_fail(&m->source, line, "a quote is not closed");
		if (p.kind == PIECE_COMMENT)
			is_ours = is_for(p.text, engine, is_ours);
		if (p.kind == PIECE_END && is_whole(engine, buf_str(&b))) {
			add_migration_statement(
				m, engine, line, str_trim(buf_str(&b)));
			b = buf_in(a, BODY_MAX);
		} else if (p.kind == PIECE_SPACE || p.kind == PIECE_COMMENT) {
			if (b.n && b.p[b.n - 1] != ' ')
				buf_putc(&b, ' ');
		} else if (is_ours && p.kind == PIECE_TOKEN) {
			buf_puts(&b,
				token_sql(&m->source, line, engine, p.text));
		} else if (is_ours) {
			buf_put(&b, p.text);
		}
		line += lines_in(p.text);
	}
	if (str_trim(buf_str(&b)).n)
		source_fail(
			&m->source, line, "the last statement has no \";\"");
	return m->n[engine];
}

void migration_parse(
	struct arena *a, const struct source *src, struct program *p)
{
	struct migration *m = &p->migrations[p->migrations_n];
	const char *slash = strrchr(src->path, '/');
	str file = str_of(slash ? slash + 1 : src->path), number;
	int64_t n = 0;

	if (p->migrations_n == MIGRATIONS_MAX)
		source_fail(
			src, 0, "more than %d migrations", (int)MIGRATIONS_MAX);
	m->source = *src;
	if (!str_ends(file, STR(".sql")) ||
		!str_cut(str_head(file, file.n - 4), '-', &number, &m->name) ||
		number.n != 4 || !str_int(number, &n) || !m->name.n)
		source_fail(src, 0, "a migration is named like 0001-start.sql");
	m->number = (int)n;
	n = migration_split(a, m, ENGINE_SQLITE, src->text);
	n += migration_split(a, m, ENGINE_POSTGRES, src->text);
	if (!n)
		source_fail(src, 1, "a migration without a statement");
	p->migrations_n++;
}

void program_check(const struct program *p)
{
	for (int i = 0; i < p->stmts_n; i++)
		for (int j = 0; j < i; j++)
			if (str_eq(p->stmts[i].name, p->stmts[j].name))
				source_fail(&p->stmts[i].source,
					p->stmts[i].line,
					"%.*s is also in %s:%d",
					STR_ARG(p->stmts[i].name),
					p->stmts[j].source.path,
					p->stmts[j].line);
	for (int i = 0; i < p->migrations_n; i++)
		if (p->migrations[i].number != i + 1)
			source_fail(&p->migrations[i].source, 0,
				"expected migration %04d here", i + 1);
}
