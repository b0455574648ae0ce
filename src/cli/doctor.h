#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "base/err.h"
#include "cli/command.h"

/*
 * What the files of doctor*.c share: each looks at one part of an installation, changes
 * nothing, and says what it found.  A check that cannot be made because an earlier
 * one failed is left out.  Inside of them only.
 */
enum { DOCTOR_MAX = 200 };

enum level { GOOD, NOTE, PROBLEM };

struct diagnosis {
	const char *check;
	enum level level;
	str text;
	str hint;
};

struct doctor {
	struct cli *cli;
	struct diagnosis at[DOCTOR_MAX];
	size_t n;
	int problems;
	bool has_map; /* it could be read */
};

/* Copies text and hint; a hint says what to do, "" when there is nothing. */
void doctor_say(struct doctor *d, const char *check, enum level level, str text,
	const char *hint);
void doctor_say_err(struct doctor *d, const char *check, const struct err *e);

/* Before the database is open. */
void doctor_place(struct doctor *d); /* folder, configuration and keys */
void doctor_map(
	struct doctor *d); /* the data map, and whether systems answer */

/* Afterwards. */
void doctor_record(
	struct doctor *d); /* database, jobs, index, time and trail */
void doctor_business(
	struct doctor *d); /* its duties: people, ways, notices, vendors */
void doctor_drop(struct doctor *d); /* the State's lists */

#endif
