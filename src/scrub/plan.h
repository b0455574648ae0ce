#ifndef SCRUB_PLAN_H
#define SCRUB_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "scrub/scrub.h"

/*
 * What the header says of all rows: the separator, how many cells a row has,
 * and which of them name a person.
 */
enum { PLAN_COLUMNS_MAX = 4096, PLAN_NAME_MAX = 256 };

struct plan_ident {
	enum ident_kind kind;
	size_t parts;                     /* 1, or those of a composite */
	uint16_t column[IDENT_PARTS_MAX]; /* from 0 */
	str path[IDENT_PARTS_MAX]; /* NDJSON: of names, "contact.email" */
};

struct plan {
	char sep;
	size_t columns;
	bool is_usual; /* no map was given */
	size_t idents;
	struct plan_ident ident[SCRUB_COLUMNS_MAX];
};

/*
 * header: the first row, without its line end and without a BOM.  map as in
 * struct scrub_opts.  -1: not a header, a column that is not there, nothing
 * that names a person.
 */
int plan_read(struct plan *p, str header, str map, struct err *e);

/*
 * The same for NDJSON, which has no header: a map's paths, or one identifier for
 * each kind that has usual names.  The map must outlive the plan.
 */
int plan_read_members(struct plan *p, str map, struct err *e);

/* A map of this kind as one writes it, for hints: "email=COLUMN", or for each
 * part of a composite "ndz.first=COLUMN,ndz.last=COLUMN,...". */
enum { PLAN_EXAMPLE_MAX = 160 };
str plan_map_example(enum ident_kind kind, char out[PLAN_EXAMPLE_MAX]);

/* The kind that a column or member of this name usually holds. */
bool plan_usual_kind(str name, enum ident_kind *out);

/* What is between the cells of this header: the comma, semicolon or tab that
 * makes most of them. */
char plan_separator(str header);

/*
 * The names in a header: unquoted, trimmed; in the arena and in `header`.
 * ERR_LIMIT past PLAN_COLUMNS_MAX.
 */
struct plan_names {
	str *at;
	size_t n;
};
int plan_names_read(struct arena *a, str header, char sep,
	struct plan_names *out, struct err *e);

/* A column (from 0) by its name, upper and lower case alike, or by its number
 * from 1.  ERR_INVALID when there is none, or several have the name. */
int plan_column_named(
	const struct plan_names *names, str name, uint16_t *out, struct err *e);

/* A column's name as the tables of usual names have it: lower case, letters and
 * digits only. */
str plan_bare_name(str name, char out[PLAN_NAME_MAX]);

/*
 * The cells of one row as they stand, quotes and all; at most max are stored,
 * the number there are is returned.  For headers and for rows that are looked at
 * singly: the fast way is scan.h.
 */
size_t plan_cells(str row, char sep, str *cell, size_t max);

/* A cell without its quotes; copied to out (as long as cell) only when a quote
 * is doubled inside. */
str plan_unquote(str cell, char *out);

#endif
