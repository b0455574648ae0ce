#ifndef LAW_KIND_H
#define LAW_KIND_H

#include <stddef.h>

#include "base/str.h"
#include "law/valid.h"

/*
 * The kinds of request the law knows, in the law's words.  Everything that
 * follows from the kind alone stands in law/tbl/kinds.h and cannot be
 * configured: above all that nobody proves who they are to opt out or to limit.
 */
enum kind {
	KIND_NONE,
#define KIND(name, ...) KIND_##name,
#include "law/tbl/kinds.h"
	KIND_END,
};

#define KIND_BIT(name) (1u << KIND_##name)

/* How sure the business must be that the requester is the consumer. */
enum verification {
#define VERIFICATION(name, ...) VERIFY_##name,
#include "law/tbl/verifications.h"
};

/* The state machine a kind runs on (law/tbl/moves.h). */
enum flow {
	FLOW_STOP,  /* in force at once: opt-out, limit */
	FLOW_ERASE, /* delete */
	FLOW_TELL,  /* know: an answer and nothing changed */
	FLOW_EXPLAIN, /* the same, written by a person: access and appeal of ADMT */
	FLOW_CORRECT,      /* correct */
	FLOW_OPT_IN,       /* two separate acts */
	FLOW_OPT_IN_MINOR, /* the same, under 13 after a check of the parent */
	FLOW_BATCH,        /* DROP: rows of a list, see law/tbl/drop_codes.h */
	FLOW_END,
};

#define FLOW_BIT(name) (1u << FLOW_##name)

struct kind_row {
	enum kind kind;
	const char *code; /* SQL, JSON, command line: "opt-out" */
	const char *path; /* the word in a URL: both kinds of know are "know" */
	const char *title;  /* in a list: "Opt-out" */
	const char *phrase; /* in a sentence: "opt out of sale and sharing" */
	enum flow flow;
	enum verification verification;
	bool is_receipt_confirmed; /* a letter of its own, 11 CCR 7021(a) */
	int fields_max;            /* most that a form may require */
	const char *citation;
	struct valid valid;
};

/* `kind` is one of the enum, not KIND_NONE: a broken promise otherwise. */
const struct kind_row *kind_row(enum kind kind);

enum kind kind_of(str code); /* KIND_NONE when no kind has that code */
/*
 * For what people type: also "know" (specific pieces: the stricter check),
 * "optout", "opt_out", "dns", capitals.
 */
enum kind kind_of_word(str word);

const char *kind_code(enum kind kind);
const char *kind_title(enum kind kind);
const char *kind_citation(enum kind kind);
enum verification kind_verification(enum kind kind);
bool kind_is_verified(enum kind kind);  /* may identity be asked about at all */
bool kind_is_at_once(enum kind kind);   /* takes effect when it is recorded */
bool kind_only_answers(enum kind kind); /* changes nothing, anywhere */

struct verification_row {
	enum verification verification;
	const char *code;
	const char *title;
	int points;             /* data points matched, 0 when not fixed */
	bool needs_declaration; /* signed under penalty of perjury */
	const char *citation;
	struct valid valid;
};

const struct verification_row *verification_row(enum verification v);

#endif
