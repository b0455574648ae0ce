#ifndef CONNECT_FILES_FILES_H
#define CONNECT_FILES_FILES_H

#include "connect/connector.h"
#include "connect/files/rows.h"

/*
 * Systems that are folders of files: CSV and JSON-Lines, plain or packed.  A
 * table is a file, or all the files whose paths match a pattern (walk.h).
 * Internal to this folder.
 */
enum {
	FILES_CALL_ARENA_MAX = 1 << 30, /* keys, and the names of files */
	FILES_FILE_ARENA_MAX = 256 << 20,
	FILES_SAMPLE = 2 * FILE_ROW_MAX, /* bytes, for who looks at some rows */
};

struct file_place;

struct files_conn {
	struct conn head;
	const struct file_place *place;
	const struct file_format *format;
	enum conn_mode mode;
	int folder;
	str only; /* the one file that `database` names; or empty */
};

static inline struct files_conn *files_own(struct conn *c)
{
	return (struct files_conn *)c;
}

/* Puts the table's name before the error. */
int files_in_table(str table, struct err *e);
/* ERR_DENIED unless the connection may write. */
int files_may_write(const struct files_conn *c, struct err *e);
/* A row that ends where only a part of the file was got is no damage: 0. */
int files_end_of_part(struct err *e);
/* It is the bytes that are wrong, not the way to them. */
bool files_is_unreadable(const struct err *e);
/* Puts a hint to a file that can't be read, unless it has one: -1. */
int files_what_to_do(struct err *e);
/* With what the data map says of it; a column that it does not list must be
 * there. */
struct file_column files_column(
	const struct files_conn *c, str table, str name);

/* The calls of struct connector. */
int files_rows(struct conn *c, const struct row_query *q, row_fn *fn, void *ctx,
	struct err *e);
int files_erase(struct conn *c, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
int files_insert(struct conn *c, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e);
/*
 * A statement is a file: its path in the first line, its content in those behind
 * it.  What is there under that name is replaced.
 */
int files_script(struct conn *c, str statements, struct err *e);

/* The files below the folder that end as this format's do; those whose names
 * differ in digits only are one table. */
int files_describe(struct conn *c, column_fn *fn, void *ctx, struct err *e);
int files_plan(struct conn *c, struct arena *a, const struct row_query *q,
	str *out, struct err *e);

#endif
