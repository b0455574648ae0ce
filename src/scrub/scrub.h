#ifndef SCRUB_SCRUB_H
#define SCRUB_SCRUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "ident/ident.h"
#include "index/suppress_set.h"
#include "law/screen.h"

/*
 * A list against the suppression set: rows of suppressed people are taken out,
 * the others leave byte for byte as they came, in their order.
 *
 * In: CSV as people send it: comma, semicolon or tab (found in the header),
 * quotes with line ends inside, LF or CRLF, a BOM, any number of columns; plain,
 * gzip or zstd (found by the first bytes); a path or a descriptor.  The first
 * row is the header and is always kept.  Out: the same, compressed when the
 * name ends in .gz or .zst.
 *
 * Or NDJSON: one object a line, identifiers in members that a map names by their
 * path ("email=contact.email"), or that have a usual name, however deep.
 *
 * Nothing is passed in silence.  A row whose identifier cells are all empty is
 * kept and counted; one with a cell that holds something which is no identifier
 * is kept or rejected (`reject_unreadable`), counted, and named by its line and
 * rule in the report.  A row with more or fewer cells than the header, a quote
 * that never closes, a NUL byte or a damaged stream ends the run with the line
 * number.
 *
 * A run that fails leaves nothing under the output names: the outputs are
 * written beside them and renamed at the end.  (A descriptor or a device gets
 * what was written until then.)
 */
struct scrub_end {
	const char *path; /* "-" is standard input or output; NULL: use fd */
	int fd;           /* borrowed, not closed */
};

enum scrub_format {
	SCRUB_CSV, /* also semicolons and tabs */
	SCRUB_NDJSON,
};

struct scrub_progress {
	uint64_t bytes_in;    /* read so far, as stored (compressed) */
	uint64_t bytes_total; /* 0: not known */
	uint64_t rows;
};

enum {
	SCRUB_REASONS = 32,
	SCRUB_COLUMNS_MAX = 32,
	SCRUB_NOTES_MAX = 1000,
	SCRUB_REMARKS_MAX = 4
};

/*
 * What somebody has to say of a row, in a cell (member) of this name: JSON, or
 * nothing.  With flag it stands behind "reason", and rows that must not be kept are not
 * asked about; else the rows that stay leave with it, and are as they came otherwise.
 */
struct scrub_remark {
	const char *name;
	/* CSV: once, before any row.  The header is good until it returns. */
	int (*header)(void *ctx, str header, struct err *e);
	/* Of several threads at once, each with an arena of its own that is
	 * cleared before each row; without its line end. */
	str (*row)(void *ctx, struct arena *a, str row);
	void *ctx;
	const struct scrub_remark *next; /* in a cell behind it; or NULL */
};

struct scrub_opts {
	struct scrub_end in;
	struct scrub_end out;
	struct scrub_end rejects; /* path NULL and fd 0: none is written */
	enum scrub_format format;
	/*
	 * "email=COLUMN,phone=COLUMN": kind and header name; a kind may come
	 * several times, a composite's part is "ndz.dob=COLUMN".  Empty: by
	 * the usual header names (scrub/tbl/headers.h).
	 */
	str map;
	const struct ident_keyring *keyring;
	struct suppress_set set;
	/*
	 * What the list can hold, as bits of enum ident_kind; 0: anything.  A
	 * file of which no column is of these kinds is refused; columns of
	 * other kinds are looked at only when the map names them.
	 */
	uint32_t kinds;
	uint32_t reasons;       /* only these suppress; 0 is all */
	bool reject_unreadable; /* else kept and counted */
	/*
	 * No row is taken out: each gets a last cell (member) "reason" that
	 * says why it would have been, empty where it would not.  Counts are
	 * the same; there are no rejects then.
	 */
	bool flag;
	/* With flag: a cell (member) "screen" before it, what may be done with
	 * the row before it is stored (law/screen.h), or "unreadable". */
	bool screen;
	const struct scrub_remark *remark; /* the first of them; or NULL */
	bool with_sha256;  /* of both streams, for the receipt */
	bool is_durable;   /* outputs flushed to the disk before they appear */
	int jobs;          /* threads; 0 is one a processor */
	size_t chunk_size; /* for tests: bytes taken at a time; 0 is 256 KiB */
	enum cpu_path cpu;
	/* Called after each chunk, by one thread at a time. */
	void (*on_progress)(void *ctx, const struct scrub_progress *p);
	void *ctx;
};

/* A row that was not read as it should; never its content. */
struct scrub_note {
	uint64_t line;   /* where the row starts, from 1 */
	uint16_t column; /* from 1; 0 in NDJSON */
	uint8_t kind;
	uint8_t fault;
};

struct scrub_report {
	uint64_t rows; /* without the header */
	uint64_t kept;
	uint64_t suppressed;
	uint64_t unreadable; /* rows with a cell that is no identifier */
	uint64_t unreadable_rejected; /* of these, taken out for that reason */
	uint64_t without_identifier;  /* all identifier cells empty; kept */
	uint64_t slow;                /* cells that needed the careful path */
	uint64_t bytes_in;            /* uncompressed */
	uint64_t bytes_out;
	uint64_t by_reason[SCRUB_REASONS]; /* by bit; a row may have several */
	uint64_t by_screen[SCREENS]; /* with opts.screen; without unreadable */
	/* Rows of which each of opts.remark said something, in their order. */
	uint64_t remarked[SCRUB_REMARKS_MAX];
	uint64_t by_fault[IDENT_FAULTS]; /* cells */
	uint8_t sha256_in[32];           /* of the bytes as stored */
	uint8_t sha256_out[32];
	size_t columns; /* identifier columns used */
	struct {
		uint8_t kind;
		uint16_t column; /* from 1; 0 in NDJSON */
	} column[SCRUB_COLUMNS_MAX];
	size_t notes; /* the first SCRUB_NOTES_MAX unreadable cells, by line */
	struct scrub_note note[SCRUB_NOTES_MAX];
};

/* The report is large: keep it in an arena.  On -1 the counts are what they
 * were when it failed. */
int scrub_run(const struct scrub_opts *opts, struct scrub_report *report,
	struct err *e);

#endif
