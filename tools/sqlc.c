/*
 * The SQL compiler: named statements and migrations in, typed C out.
 *
 *     sqlc OUT FILE.sql...
 *
 * writes OUT/store/sql_id.h, sql.h and sql.c.  A file whose folder is called
 * "migrate" is a migration, every other one holds statements:
 *
 *     -- request_by_reference: one
 *     -- A sentence that becomes the doc comment.
 *     -- in: reference text
 *     -- out: id int, reference text, sealed blob
 *     select id, reference, sealed from request where reference = :reference
 *
 * The kinds are one, many and exec, the types int, text and blob.  A list that
 * ends in a comma goes on in the next comment line.  A statement that differs
 * by engine has two bodies, after the lines "-- sqlite:" and "-- postgres:".
 *
 * The engines' own ways to name a parameter (?1 and $1) are made here, so that
 * nobody writes a statement twice only for that.  What must stay true: SQL
 * reaches an engine only as it stands in sql/, values only as parameters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlc.h"

enum {
	ARENA_MAX = 64 << 20,
	OUTPUT_MAX = 8 << 20,
};

static const char made_by[] = "/* Made by tools/sqlc from sql/. */\n";

static void write_id_header(
	struct arena *a, const char *dir, const struct program *p)
{
	struct buf b = buf_in(a, OUTPUT_MAX);

	buf_puts(&b, made_by);
	buf_puts(&b, "#ifndef STORE_SQL_ID_H\n#define STORE_SQL_ID_H\n\n");
	buf_puts(&b, "enum sql_id {\n");
	for (int i = 0; i < p->stmts_n; i++)
		buf_fmt(&b, "\tSQL_%.*s,\n", STR_ARG(p->stmts[i].name));
	buf_puts(&b, "\tSQL_COUNT\n};\n\n#endif\n");
	source_write(a, dir, "store/sql_id.h", &b);
}

static void put_fields(struct buf *b, const struct fields *f)
{
	for (int i = 0; i < f->n; i++)
		buf_fmt(b, "\t%s%.*s;\n",
			f->at[i].type == TYPE_INT ? "int64_t " : "str ",
			STR_ARG(f->at[i].name));
}

static void put_structs(struct buf *b, const struct stmt *s)
{
	if (s->in.n) {
		buf_fmt(b, "struct sql_%.*s_in {\n", STR_ARG(s->name));
		put_fields(b, &s->in);
		buf_puts(b, "};\n");
	}
	if (s->kind == KIND_EXEC)
		return;
	buf_fmt(b, "struct sql_%.*s_row {\n", STR_ARG(s->name));
	put_fields(b, &s->out);
	buf_puts(b, "};\n");
	if (s->kind == KIND_MANY)
		buf_fmt(b,
			"struct sql_%.*s_rows {\n\tstruct sql_%.*s_row *at;\n"
			"\tsize_t n;\n};\n",
			STR_ARG(s->name), STR_ARG(s->name));
}

static void put_prototype(struct buf *b, const struct stmt *s)
{
	buf_fmt(b, "%s sql_%.*s(struct db *db",
		s->kind == KIND_EXEC ? "int64_t" : "int", STR_ARG(s->name));
	if (s->kind != KIND_EXEC)
		buf_puts(b, ", struct arena *a");
	if (s->in.n)
		buf_fmt(b, ",\n\tconst struct sql_%.*s_in *in",
			STR_ARG(s->name));
	if (s->kind == KIND_ONE)
		buf_fmt(b, ",\n\tstruct sql_%.*s_row *row", STR_ARG(s->name));
	if (s->kind == KIND_MANY)
		buf_fmt(b, ",\n\tstruct sql_%.*s_rows *rows", STR_ARG(s->name));
	buf_puts(b, ",\n\tstruct err *e)");
}

static void write_header(
	struct arena *a, const char *dir, const struct program *p)
{
	struct buf b = buf_in(a, OUTPUT_MAX);

	buf_puts(&b, made_by);
	buf_puts(&b, "#ifndef STORE_SQL_H\n#define STORE_SQL_H\n\n"
		     "#include \"store/db.h\"\n");
	for (int i = 0; i < p->stmts_n; i++) {
		const struct stmt *s = &p->stmts[i];

		buf_puts(&b, "\n");
		if (s->doc.n)
			buf_fmt(&b, "/*%.*s\n */\n", STR_ARG(s->doc));
		put_structs(&b, s);
		put_prototype(&b, s);
		buf_puts(&b, ";\n");
	}
	buf_puts(&b, "\n#endif\n");
	source_write(a, dir, "store/sql.h", &b);
}

static void put_types(
	struct buf *b, str name, const char *which, const struct fields *f)
{
	static const char *const types[] = { "DB_INT", "DB_TEXT", "DB_BLOB" };

	if (!f->n)
		return;
	buf_fmt(b, "static const enum db_type %.*s_%s[] = {", STR_ARG(name),
		which);
	for (int i = 0; i < f->n; i++)
		buf_fmt(b, " %s,", types[f->at[i].type]);
	buf_puts(b, " };\n");
}

static void put_types_ref(
	struct buf *b, str name, const char *which, const struct fields *f)
{
	if (f->n)
		buf_fmt(b, ", %.*s_%s, %d", STR_ARG(name), which, f->n);
	else
		buf_puts(b, ", NULL, 0");
}

static void put_table(struct buf *b, const struct program *p)
{
	for (int i = 0; i < p->stmts_n; i++) {
		put_types(b, p->stmts[i].name, "in", &p->stmts[i].in);
		put_types(b, p->stmts[i].name, "out", &p->stmts[i].out);
	}
	buf_puts(b, "\nconst struct sql_stmt sql_stmts[] = {\n");
	for (int i = 0; i < p->stmts_n; i++) {
		const struct stmt *s = &p->stmts[i];

		buf_fmt(b, "{ \"%.*s\",\n\t", STR_ARG(s->name));
		source_literal(b, s->body[ENGINE_SQLITE]);
		buf_puts(b, ",\n\t");
		source_literal(b, s->body[ENGINE_POSTGRES]);
		put_types_ref(b, s->name, "in", &s->in);
		put_types_ref(b, s->name, "out", &s->out);
		buf_puts(b, " },\n");
	}
	buf_puts(b, "{ NULL, NULL, NULL, NULL, 0, NULL, 0 },\n};\n");
}

static void put_in_values(struct buf *b, const struct stmt *s)
{
	static const char *const shape[] = { "{ .type = DB_INT, .i = in->",
		"{ .type = DB_TEXT, .s = in->",
		"{ .type = DB_BLOB, .s = in->" };

	if (!s->in.n)
		return;
	buf_puts(b, "\tconst struct db_value v[] = {\n");
	for (int i = 0; i < s->in.n; i++)
		buf_fmt(b, "\t\t%s%.*s },\n", shape[s->in.at[i].type],
			STR_ARG(s->in.at[i].name));
	buf_puts(b, "\t};\n");
}

static void put_row_fields(
	struct buf *b, const struct stmt *s, const char *to, const char *from)
{
	for (int i = 0; i < s->out.n; i++)
		buf_fmt(b, "%s%.*s = %s[%d].%s;\n", to,
			STR_ARG(s->out.at[i].name), from, i,
			s->out.at[i].type == TYPE_INT ? "i" : "s");
}

static void put_one(struct buf *b, const struct stmt *s, const char *v)
{
	buf_fmt(b,
		"\tstruct db_value out[%d];\n"
		"\tint rc = db_one(db, a, SQL_%.*s, %s, out, e);\n\n"
		"\tif (rc != 1)\n\t\treturn rc;\n",
		s->out.n, STR_ARG(s->name), v);
	put_row_fields(b, s, "\trow->", "out");
	buf_puts(b, "\treturn 1;\n");
}

static void put_many(struct buf *b, const struct stmt *s, const char *v)
{
	buf_fmt(b,
		"\tstruct db_value *out;\n\n"
		"\trows->n = 0;\n"
		"\tif (db_many(db, a, SQL_%.*s, %s, &out, &rows->n, e))\n"
		"\t\treturn -1;\n"
		"\trows->at = arena_many(a, struct sql_%.*s_row, rows->n);\n"
		"\tfor (size_t i = 0; i < rows->n; i++, out += %d) {\n",
		STR_ARG(s->name), v, STR_ARG(s->name), s->out.n);
	put_row_fields(b, s, "\t\trows->at[i].", "out");
	buf_puts(b, "\t}\n\treturn 0;\n");
}

static void put_function(struct buf *b, const struct stmt *s)
{
	const char *v = s->in.n ? "v" : "NULL";

	buf_putc(b, '\n');
	put_prototype(b, s);
	buf_puts(b, "\n{\n");
	put_in_values(b, s);
	if (s->kind == KIND_ONE)
		put_one(b, s, v);
	else if (s->kind == KIND_MANY)
		put_many(b, s, v);
	else
		buf_fmt(b, "\treturn db_exec(db, SQL_%.*s, %s, e);\n",
			STR_ARG(s->name), v);
	buf_puts(b, "}\n");
}

static void put_migration_body(
	struct buf *b, const struct migration *m, enum engine engine)
{
	static const char *const names[] = { "sqlite", "postgres" };

	buf_fmt(b, "static const char *const migration_%d_%s[] = {\n",
		m->number, names[engine]);
	for (int i = 0; i < m->n[engine]; i++) {
		buf_putc(b, '\t');
		source_literal(b, m->body[engine][i]);
		buf_puts(b, ",\n");
	}
	buf_puts(b, "\tNULL,\n};\n");
}

static void put_migrations(struct buf *b, const struct program *p)
{
	for (int i = 0; i < p->migrations_n; i++) {
		put_migration_body(b, &p->migrations[i], ENGINE_SQLITE);
		put_migration_body(b, &p->migrations[i], ENGINE_POSTGRES);
	}
	buf_puts(b, "\nconst struct sql_migration sql_migrations[] = {\n");
	for (int i = 0; i < p->migrations_n; i++)
		buf_fmt(b,
			"{ %d, \"%.*s\", migration_%d_sqlite, "
			"migration_%d_postgres },\n",
			p->migrations[i].number, STR_ARG(p->migrations[i].name),
			p->migrations[i].number, p->migrations[i].number);
	buf_fmt(b,
		"{ 0, NULL, NULL, NULL },\n};\n"
		"const int sql_migrations_n = %d;\n",
		p->migrations_n);
}

static void write_code(
	struct arena *a, const char *dir, const struct program *p)
{
	struct buf b = buf_in(a, OUTPUT_MAX);

	buf_puts(&b, made_by);
	buf_puts(&b, "#include \"store/sql.h\"\n\n");
	put_table(&b, p);
	for (int i = 0; i < p->stmts_n; i++)
		put_function(&b, &p->stmts[i]);
	buf_putc(&b, '\n');
	put_migrations(&b, p);
	source_write(a, dir, "store/sql.c", &b);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct program *p = arena_one(a, struct program);

	if (argc < 2) {
		fputs("usage: sqlc OUT FILE.sql...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		struct source src = source_read(a, argv[i]);

		if (strstr(argv[i], "/migrate/"))
			migration_parse(a, &src, p);
		else
			statements_parse(a, &src, p);
	}
	program_check(p);
	write_id_header(a, argv[1], p);
	write_header(a, argv[1], p);
	write_code(a, argv[1], p);
	arena_free(a);
	return 0;
}
