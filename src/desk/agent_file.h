#ifndef DESK_AGENT_FILE_H
#define DESK_AGENT_FILE_H

#include "desk/agent_ask.h"

/*
 * Many requests of one authorized agent, as CSV: a row each, with a permission that the
 * consumer signed (11 CCR 7026(j), 7063(a)).  The first line names the columns: those of
 * tbl/agent_columns.h and, as a kind needs them, of tbl/asked.h ("email", "pieces", ...).
 * The whole file is read before a row is filed, so what is no CSV files nothing; then each
 * row is a transaction of its own, and one that won't do stops no other.
 *
 * The agent is answered in the language of the desk where one was named (is_spoken), else
 * in that of the registry, and in English when nobody said which; the consumer of a row
 * without one as well.
 *
 * A row that was filed before, with this file or another one, is known again by what it
 * says and not filed twice: after a crash the file is simply filed again.
 */
enum agent_row_state {
	AGENT_ROW_FILED, /* or would be */
	AGENT_ROW_KNOWN, /* filed before */
	AGENT_ROW_BAD,
};

struct agent_row {
	int64_t line;
	enum agent_row_state state;
	str reference; /* as shown; empty in a preview, and of one that is bad */
	const char *field;  /* of one that is bad: */
	const char *reason; /* how to mend it; never a value */
};

struct agent_rows {
	struct agent_row *at;
	size_t n;
	size_t bad;
};

const char *agent_row_word(enum agent_row_state s); /* "filed" */

/*
 * Needs PERM_INTAKE.  ERR_DENIED: the agent is suspended.  ERR_INVALID: it is no CSV, or a
 * column is missing or unknown; ERR_LIMIT: too many rows or bytes.  name is used in errors.
 */
struct agent_file {
	int64_t agent_id;
	str bytes;
	const char *name;
	bool is_preview; /* nothing is stored */
	bool is_spoken;  /* a language was named for it: the desk's */
};
/* The kinds that a row may have, "know, delete, ... or appeal-admt": those of ADMT from
 * their day on. */
str agent_file_kinds(struct arena *a);
/* The same, for a manual: a test holds them together. */
#define AGENT_FILE_KINDS                                        \
	"know, delete, correct, opt-out, limit, opt-out-admt, " \
	"access-admt or appeal-admt"

int agent_file(struct desk *d, const struct agent_file *in,
	struct agent_rows *out, struct err *e);

#endif
