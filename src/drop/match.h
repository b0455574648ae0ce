#ifndef DROP_MATCH_H
#define DROP_MATCH_H

#include "base/arena.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "drop/drop.h"

/*
 * Work items against everything held.  A match is the equality of whole hashes;
 * there is no partial one (11 CCR 7613).  Every combination of the first names,
 * last names, birth dates, ZIPs and vehicle numbers of ONE person is tried, and
 * none across people.
 *
 * Who "one person" is: in a CSV file a row, or all rows with the same value in
 * the person column; in a system of the data map the row that identifying rows
 * belong to (map.h, links that are not shared).
 */

/* The items, by hash.  Read-only after drop_items_seal(), shared by threads. */
struct drop_items;
int drop_items_new(struct drop_items **out, size_t most, struct err *e);
int drop_items_add(struct drop_items *s, const struct drop_item *it,
	struct err *e); /* ERR_LIMIT past `most` */
void drop_items_seal(struct drop_items *s);
size_t drop_items_n(const struct drop_items *s);
const struct drop_item *drop_items_at(const struct drop_items *s, size_t i);
void drop_items_free(struct drop_items *s);

/* One person who has the identifier of one item. */
struct drop_match {
	size_t item;  /* index, drop_items_at() */
	str table;    /* of the person's row; the file's name for a file */
	personal key; /* of the person's row: its key, the person column, or the
		       * row's number ("#17") where a file has neither */
};

/* Valid during the call; one thread at a time; the same match may be told more
 * than once.  -1 with *e set ends the run. */
typedef int drop_match_fn(void *ctx, const struct drop_match *m, struct err *e);

/* Why parts of records gave no key, by list and fault. */
struct drop_match_report {
	int64_t records;
	int64_t keys[DROP_LISTS];   /* made and looked up */
	int64_t no_key[DROP_LISTS]; /* values or records that gave none */
	int64_t by_fault[DROP_LISTS][IDENT_FAULTS];
	int64_t empty[DROP_LISTS]; /* records without the values; no fault */
	int64_t matches;           /* told */
	int64_t hashed_there;      /* values that the system itself hashed */
	/* Records with more values than tbl/limits.h allows; some of their
	 * combinations were not looked up.  Also in no_key and by_fault. */
	int64_t over[DROP_LISTS];
	/* Rows of a file with more or fewer cells than its header: not looked
	 * up at all, in no list. */
	int64_t ragged;
	unsigned lists; /* that could be matched with: a bit each */
	/* A column holds first and last name in one: the State's keys need them
	 * apart, and how to part them can't be known. */
	bool has_full_name;
	/* The first few, for the report: where, and why; never the value. */
	struct {
		int64_t record; /* row of the file from 1 (header not counted) */
		uint8_t list;   /* DROP_LISTS: a ragged row */
		uint8_t fault;
	} note[100];
	size_t notes;
	/* The same of a system, for as long as its arena.  key is empty where the
	 * map says that the key tells who it is. */
	struct {
		str table;
		str key;
		uint8_t list;
		uint8_t fault;
	} row[100];
	size_t rows;
};

struct drop_match_opts {
	const struct drop_items *items; /* NULL: only say what has no key */
	drop_match_fn *fn;
	void *ctx;
	int jobs; /* threads; 0: one a processor */
	/* After each piece, by one thread at a time; total 0: not known. */
	void (*on_progress)(void *ctx, int64_t done, int64_t total);
	void *progress_ctx;
	enum cpu_path cpu;
	/* Of a system that has the Toyon function: hash there, so that values do
	 * not leave it.  Slower than here. */
	bool hash_there;
	/* For tests: bytes of a file taken at a time, and of memory to join the
	 * rows of people; 0: FEED_CHUNK, and tbl/limits.h. */
	size_t chunk_size;
	size_t join_size;
};

/*
 * A CSV file (comma, semicolon or tab, quotes, line ends inside, gzip, zstd; "-"
 * is standard input), at the speed of the disk.  With a person column and parts
 * of composites it is read twice or more, and has to be a regular file.  A quote
 * that is stray or never closes, a NUL byte or a damaged stream ends the run:
 * what was told until then is of no use.  map: "email=COLUMN,first=COLUMN,last=...,dob=...,
 * zip=...,phone=...,maid=...,vin=...,ctvid=...,person=COLUMN"; a role may come
 * several times; empty: by the usual header names (scrub/tbl/headers.h).
 */
int drop_match_csv(struct arena *a, const char *path, str map,
	const struct drop_match_opts *o, struct drop_match_report *out,
	struct err *e);

/*
 * A system of the data map: each table is read once, streaming, or once for each
 * range of people when memory does not hold all (LIMIT_DROP_JOIN_MIB); values
 * that stand in tables that belong to a person's row are joined to it.  The time
 * that the connection was opened with holds for one table.  A role whose column
 * the map does not mark (identifies:, verifies:) is said in the report, as lists
 * that this system can't be matched with.  Its notes are empty, since a row of a
 * table has no number: rows that gave no key are told by their keys.
 *
 * A database that has the Toyon function (PostgreSQL, MariaDB: bindings/) hashes
 * where the data lives, when that is asked for: the hash of a value comes instead
 * of the value, and what is told is the same.
 */
int drop_match_system(struct arena *a, struct conn *c,
	const struct drop_match_opts *o, struct drop_match_report *out,
	struct err *e);
/* Which lists the map's marks allow to match with this system: bit per list. */
unsigned drop_match_lists(const struct map_system *s);

#endif
