#ifndef CONNECT_PROGRAM_TASK_H
#define CONNECT_PROGRAM_TASK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "connect/connector.h"

/*
 * What a program is told and what it answers: one JSON object a line, as
 * docs/program.md describes for people and docs/program-task.schema.json and
 * docs/program-answer.schema.json for machines.  A task is one line; that of
 * adding rows is followed by lines of rows, and a last one that says so.
 */
enum { TASK_SIZE_MAX = 128 << 20, TASK_VERSION = 1 };

struct task_head {
	str system;
	enum conn_mode mode;
	int timeout_ms;
};

/* Each is a whole line, in the arena; empty when it would be over
 * TASK_SIZE_MAX. */
str task_open(struct arena *a, const struct task_head *h);
str task_describe(struct arena *a, const struct task_head *h);
str task_rows(
	struct arena *a, const struct task_head *h, const struct row_query *q);
str task_erase(struct arena *a, const struct task_head *h,
	const struct erase_step *steps, size_t n);
str task_insert(struct arena *a, const struct task_head *h,
	const struct insert_table *tables, size_t n);
/* The index of the row's table, its cells. */
str task_row(struct arena *a, size_t table, const struct cell *cells, size_t n);
str task_end(struct arena *a);

enum answer_kind {
	ANSWER_ROW,    /* {"row": [...]} */
	ANSWER_COLUMN, /* {"column": {...}} */
	ANSWER_DONE,   /* {"done": true}, perhaps with "changed": [...] */
};

/* One line of an answer; what lives in the arena.  -1 with ERR_CORRUPT. */
int answer_read(struct arena *a, str line, enum answer_kind *kind,
	const json_t **what, struct err *e);

/* What an ANSWER_COLUMN says; views of its texts.  False: it is no column. */
bool answer_column(const json_t *what, struct column_fact *out);

#endif
