#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include "source.h"

/*
 * What the SQL compiler knows between reading and writing.  Everything is in
 * the arena or a view of a source; the maxima are generous and refused by name
 * when they are reached.
 */
enum {
	STMTS_MAX = 1000,
	FIELDS_MAX = 48,
	MIGRATIONS_MAX = 200,
	MIGRATION_STATEMENTS_MAX = 200,
};

enum kind {
	KIND_ONE,
	KIND_MANY,
	KIND_EXEC,
};

enum type {
	TYPE_INT,
	TYPE_TEXT,
	TYPE_BLOB,
};

enum engine {
	ENGINE_SQLITE,
	ENGINE_POSTGRES,
	ENGINE_COUNT,
};

struct fields {
	int n;
	struct {
		str name;
		enum type type;
		bool is_used;
	} at[FIELDS_MAX];
};

struct stmt {
	struct source source;
	int line;
	str name;
	enum kind kind;
	str doc; /* each line begins with "\n * " */
	struct fields in;
	struct fields out;
	str body[ENGINE_COUNT];
};

struct migration {
	struct source source;
	int number;
	str name;
	int n[ENGINE_COUNT];
	str body[ENGINE_COUNT][MIGRATION_STATEMENTS_MAX];
};

struct program {
	struct stmt stmts[STMTS_MAX];
	int stmts_n;
	struct migration migrations[MIGRATIONS_MAX];
	int migrations_n;
};

/* Both end the process with file:line when the source is wrong. */
void statements_parse(
	struct arena *a, const struct source *src, struct program *p);
void migration_parse(
	struct arena *a, const struct source *src, struct program *p);

/* What only the whole shows: names once, migrations numbered 1, 2, 3. */
void program_check(const struct program *p);

#endif
