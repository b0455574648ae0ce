#ifndef DROP_MATCH_CSV_H
#define DROP_MATCH_CSV_H

#include <pthread.h>

#include "drop/keys.h"
#include "drop/match_frame.h"
#include "drop/match_plan.h"
#include "drop/match_several.h"
#include "drop/people.h"
#include "scrub/source.h"

/* What match_csv.c, which has the readings of a file, shares with what reads its
 * rows and what tells the hits. */

#define COMPOSITES ((1u << DROP_NDZ) | (1u << DROP_NAME_VIN))

enum reading {
	READ_ALL,    /* no person column, or no composite: once is enough */
	READ_FIRST,  /* identifiers, and who has several rows */
	READ_PEOPLE, /* composites */
};

struct csv {
	const struct drop_match_opts *opts;
	struct drop_match_report *report;
	const char *path;
	str map;
	struct match_plan plan;
	unsigned lists;
	enum cpu_path cpu;
	enum reading reading;
	struct several several;
	size_t size_max;
	struct people *people;
	uint64_t low, high; /* the range of READ_PEOPLE, both in it */
	/* One reading's. */
	struct source *source;
	struct feed feed;
	pthread_mutex_t lock; /* of what follows, and of telling */
	pthread_cond_t turn;
	uint64_t next;
	uint64_t lines;
	int64_t records;
	bool is_over;
	bool is_full; /* memory for people: over with a smaller range */
	struct err err;
};

/* A part of a person with several rows, until the chunk's turn. */
struct held {
	struct who who;
	uint32_t row;
	uint8_t role;
	uint8_t fault;
	char hash[IDENT_HASH_CHARS];
};

struct csv_worker {
	struct csv *csv;
	struct match_frame *frame;
	struct keys keys;
	struct held *held;
	size_t held_n;
	size_t held_size;
	pthread_t thread;
	bool is_started;
};

/* match_csv_row.c.  The cell of the person column, in `text` of FRAME_TEXT +
 * MEMO_PAD bytes or in the frame; empty without such a column. */
str csv_person(const struct csv_worker *w, size_t row, char *text);

/* Asks for the row's keys, or holds its parts for the person, as the reading
 * goes. */
void csv_read_row(struct csv_worker *w, size_t row);

/* match_csv_tell.c.  One hit to the caller. */
int csv_tell(struct csv *c, size_t item, str key, struct err *e);

/* A chunk's results, in its turn: the lock is held. */
int csv_publish(struct csv *c, struct csv_worker *w, struct err *e);

#endif
