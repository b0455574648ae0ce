#ifndef CONNECT_FILES_ROWS_H
#define CONNECT_FILES_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "connect/connector.h"
#include "connect/keys.h"
#include "scrub/feed.h"
#include "scrub/scan.h"

/*
 * The rows of one file, from front to back in constant memory: chunks of whole
 * rows, and in a chunk row by row, as views of the bytes that the file has.  So
 * what is not changed can be written as it came.
 *
 * CSV	A header, then rows of as many cells; comma, semicolon or tab, as the
 *	header shows; quotes, line ends inside quotes, LF or CRLF, a BOM.  An
 *	empty cell is null, "" in quotes is the empty text.
 * JSON-Lines
 *	One object a line.  A column is a member by its path ("contact.email");
 *	a member that is missing is null.  Lists and objects are their JSON.
 *
 * A blank line is no row, and a file of no bytes has none and no columns: it is
 * no mistake that a column is not in it.  What can't be read (a stray quote, a row with too
 * many cells, a NUL byte, half an object) is ERR_CORRUPT with file and line, a
 * row over FILE_ROW_MAX is ERR_LIMIT; nothing of a row is ever in a message.
 * Bytes need not be UTF-8.
 */
enum {
	FILE_CHUNK = 1 << 20,
	FILE_ROW_MAX = FEED_ROW_CHUNKS * FILE_CHUNK,
	FILE_CELLS_MAX = 4096,
};

struct file_row {
	str raw;              /* with its line end */
	str text;             /* without */
	const uint32_t *ends; /* CSV: where its cells end, in the chunk */
	size_t start;         /* in the chunk */
};

/* A column that is asked for.  The caller fills name and is_optional. */
struct file_column {
	str name;
	bool is_optional; /* may be missing in a whole file */
	bool is_there;    /* in this file; JSON-Lines: a row has had it */
	size_t at;        /* CSV: of the header */
};

/* What the rows of one file need at a time, for one file after the other: to be
 * got anew for each it is too large. */
struct file_room {
	struct arena *arena;
	struct arena *row_arena;
	char *tail;
	char *chunk;
	uint32_t *ends; /* NULL until a CSV file needs it */
};

struct file_room *file_room_new(struct arena *a);

struct file_rows {
	const struct file_format *format;
	struct arena *arena;
	struct file_room *room;
	struct arena *row_arena; /* what a row needs; emptied with the next */
	str name;                /* of the file, for errors */
	enum cpu_path cpu;
	struct source *source;
	struct feed feed;
	struct chunk chunk;
	uint64_t line; /* where the chunk starts, from 1 */
	size_t at;     /* of the next row in the chunk */
	/* CSV */
	bool is_empty; /* no byte; so no header either */
	str header;    /* as it stands, with BOM and line end */
	str *names;
	size_t names_n;
	char sep;
	bool is_crlf;
	bool is_header_out;
	uint32_t *ends;
	struct scan scan;
	size_t next_end;
};

/* How to add a row: the columns that are given, and where to put it. */
struct file_put {
	const str *columns;
	const struct cell *cells;
	size_t n;
};

struct file_format {
	const char *name;
	bool is_lines;
	int (*begin)(struct file_rows *r, struct err *e);
	int (*take)(struct file_rows *r, struct err *e); /* a new chunk */
	int (*next)(struct file_rows *r, struct file_row *row, struct err *e);
	int (*bind)(struct file_rows *r, struct file_column *c, struct err *e);
	/* The bytes of a cell; p is NULL when the row has none of it. */
	int (*span)(struct file_rows *r, const struct file_row *row,
		const struct file_column *c, str *out, struct err *e);
	int (*read)(struct file_rows *r, const struct file_row *row, str span,
		struct cell *out, struct err *e);
	/* A cell as this file writes it. */
	int (*cell)(const struct file_rows *r, struct buf *b,
		const struct cell *c, struct err *e);
	int (*put)(const struct file_rows *r, struct buf *b,
		const struct file_put *p, struct err *e);
};

extern const struct file_format file_format_csv;
extern const struct file_format file_format_jsonl;

/* What is read. */
struct file_bytes {
	const struct file_format *format;
	int fd;
	str name; /* for errors */
};

/* Reads from fd, which stays the caller's; all of it ends with the arena, or when
 * another file is opened in the room. */
int file_rows_open(struct arena *a, struct file_room *room,
	const struct file_bytes *from, struct file_rows **out, struct err *e);
/* ERR_INVALID when the file has no such column and it is not optional. */
int file_rows_bind(
	struct file_rows *r, struct file_column *c, size_t n, struct err *e);

/* The next chunk, r->chunk: 1, 0 at the end, -1. */
int file_rows_take(struct file_rows *r, struct err *e);
/* The next row of the chunk: 1, 0 when it has no more, -1.  Cells that were read
 * from the row before are gone. */
int file_rows_next(struct file_rows *r, struct file_row *row, struct err *e);

/* The type of a CSV cell is that of what it looks like. */
int file_rows_cell(struct file_rows *r, const struct file_row *row,
	struct file_column *c, struct cell *out, struct err *e);

/*
 * What tells rows apart in a table without a key: the digest of the file's name
 * and the row's bytes (its line end aside), behind a quick mark of them.  Equal
 * rows of a file have one key.
 */
struct cell file_row_key(const struct file_rows *r, const struct file_row *row);
/* Digests are made only of rows with the mark of one that is looked for. */
struct row_key_filter;
struct row_key_filter *row_key_filter_of(
	struct arena *a, const struct key_set *keys);
bool row_key_may_be(const struct row_key_filter *f, const struct file_row *row);

/* A message with the file and the line of byte `at` of the chunk. */
int file_rows_wrong(const struct file_rows *r, size_t at, struct err *e,
	enum err_code code, const char *what);

#endif
