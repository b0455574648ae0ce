#ifndef CONNECT_PERSON_ITEM_H
#define CONNECT_PERSON_ITEM_H

#include "connect/find.h"

/*
 * What a person found, as rows: a row for each line that they wrote, and one for
 * each file that they sent.  A file's bytes are kept elsewhere; its row holds
 * them only after item_fill().
 */
enum item_column {
	ITEM_KEY,
	ITEM_WHAT,     /* in the person's words */
	ITEM_FILE,     /* its name */
	ITEM_TEXT,     /* a file that is plain text */
	ITEM_DOCUMENT, /* any other */
	ITEM_COLUMNS,
};

struct item_file {
	int64_t id;
	size_t table; /* of the system */
	str name;
	bool is_text;
};

struct item_answer {
	const str *lines; /* for each table of the system what was found, a line
			   * each; empty: nothing there */
	const struct item_file *files;
	size_t files_n;
};

/* ERR_LIMIT: more than PERSON_ITEMS_MAX. */
int item_finding(struct arena *a, const struct map_system *s,
	const struct item_answer *said, struct finding *out, struct err *e);

/* The id of the file that a row of such a system stands for; 0: it is a line. */
int64_t item_file_of(const struct found_row *row);
void item_fill(struct found_row *row, str bytes);

/* Of letters that no computer takes amiss, each once: "12-lease-2019.pdf". */
str item_file_name(struct arena *a, int64_t id, str name);

#endif
