#ifndef CLI_IMPORT_PLAN_H
#define CLI_IMPORT_PLAN_H

#include "base/csv.h"
#include "cli/command.h"
#include "connect/connector.h"
#include "connect/map.h"

/*
 * Which cell of a file's row goes where.  Tables are in an order in which a row
 * comes after those it points to.
 */
struct import_column {
	const struct map_table *table; /* NULL: left out */
	size_t column;                 /* of the map's table */
	bool is_identifier;
	enum ident_kind kind;
};

enum import_from {
	FROM_NOTHING, /* the system's own default */
	FROM_FILE,
	FROM_OPTION,  /* --set */
	FROM_COUNTER, /* the next free key */
	FROM_LINK,    /* the key of the row it belongs to */
};

struct import_source {
	enum import_from from;
	size_t at;     /* column of the file; index of the table linked to */
	str value;     /* FROM_OPTION */
	size_t column; /* of the map's table */
};

struct import_table {
	const struct map_table *table;
	struct import_source *sources; /* one for each column that is filled */
	size_t n;
	struct cell *cells;
	bool is_counted; /* its key is ours to number */
	int64_t next_key;
	str key; /* of the row at hand, as text */
	char key_text[24];
};

struct import_plan {
	const struct map_system *system;
	char separator;
	struct import_column *columns; /* one for each of the file */
	size_t columns_n;
	struct import_table *tables;
	size_t tables_n;
	struct insert_table *inserts; /* the same, for conn_insert() */
};

/* From the header; --table, --skip and --set of the command are looked at. */
int import_plan_make(struct cli *c, struct import_plan *p,
	const struct csv_record *header, struct err *e);
/* Asks the system for its highest keys, where they are to be counted on. */
int import_plan_keys(struct import_plan *p, struct conn *c, struct err *e);

/* Gives the next record its keys; once, before its cells. */
void import_plan_number(struct import_plan *p, const str *field);
/* The cells of one table; NULL when the record has nothing for it. */
const struct cell *import_plan_cells(
	struct import_plan *p, size_t table, const str *field);

#endif
