#ifndef KNOW_KNOW_H
#define KNOW_KNOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/find.h"
#include "connect/lookalike.h"
#include "connect/map.h"
#include "know/limit.h"
#include "know/words.h"

/*
 * The answer to a request to know: from the rows that were found to what the
 * person reads.  Facts in, files out; it knows no store, no clock, no request.
 *
 * What must stay true: a value of a column that the map marks `never_disclose`
 * is in no output, in any form (11 CCR 7024(d)); what was left out is said to
 * be left out; and whatever bytes a value has, each file stays well-formed.
 */

/* The days whose collected information was asked for; none: everything. */
struct know_range {
	struct date from;
	struct date to; /* the last of them */
};

/* Who asked, and what for; dates and words for the letter. */
struct know_case {
	str business;
	personal name; /* empty: no greeting by name */
	str reference; /* "K7QF-2M9X" */
	struct date received_on;
	struct date made_on;
	str site; /* "https://privacy.example.com" */
	enum know_language language;
	struct know_range range;
	bool is_specific; /* the pieces themselves; else their categories */
	/* Asked for the pieces, and not verified highly enough: the answer is
	 * one by category (11 CCR 7024(a)). */
	bool is_downgraded;
	bool sells; /* the letter offers to opt out */
};

/* What a member of staff decided about a row, a column or one value. */
struct know_mark {
	str system;
	str table;
	str column;    /* empty: the whole row */
	str key;       /* the text of the row's key; empty: every row */
	bool is_shown; /* a row that is someone else's too, taken in after all;
			  false: left out */
};

/* A list that the person was in: one row of the disclosure ledger. */
struct know_batch {
	str vendor; /* its name in the map */
	str title;
	str role; /* "third_party" */
	str purpose;
	struct date on;
};

struct know_in {
	const struct map *map;
	const struct finding *findings;
	size_t findings_n;
	const struct know_mark *marks;
	size_t marks_n;
	const struct know_batch *batches;
	size_t batches_n;
	const str *unsearched;     /* titles of systems nobody could look in */
	const str *unsearched_why; /* of each; empty: a law forbids to tell */
	size_t unsearched_n;
};

enum know_kind {
	KNOW_EMPTY,
	KNOW_TEXT,
	KNOW_NUMBER,
	KNOW_BYTES,    /* no text at all */
	KNOW_HELD,     /* never disclosed */
	KNOW_LEFT_OUT, /* by staff */
};

struct know_value {
	enum know_kind kind;
	str text;  /* valid UTF-8 without control characters but tab and line
		      ends; for what is not shown, the words for it */
	str bytes; /* as it was, when text is not the same */
	str file;  /* of the package, that holds the bytes: "files/12-a.pdf" */
	bool is_cut; /* only its beginning is known */
};

struct know_column {
	const struct map_column *map;
	str of;       /* "leads.person.email" */
	str label;    /* "Email" */
	str category; /* "Identifiers"; empty: none */
	char letter;  /* of the category; 0: none */
	struct map_about about;
	str recipients; /* "MailHarbor, AdNet"; empty: nobody */
};

struct know_row {
	struct know_value *values; /* one for each column of the table */
	str key;
	bool is_shared;
};

struct know_table {
	const struct map_system *system;
	const struct map_table *map;
	str title; /* "People": as the map has it in the language */
	str place; /* "Lead exchange" */
	str file;  /* "leads-person": safe and unique among the tables */
	struct {
		struct know_column *at;
		size_t n;
	} columns;
	struct {
		struct know_row *at;
		size_t n;
	} rows;
	size_t shared_out; /* rows that are not here: someone else's too */
	bool is_redacted;  /* staff left something out */
	size_t given;      /* rows that the person gets */
	/* Too much to be held: `rows` are some, for the letter, and the files of
	 * the table have all (package.h). */
	bool is_apart;
	const struct found_table *from; /* what it is read by when set apart */
	size_t bytes;                   /* of the values that are held */
	size_t cut;                     /* of them known in part only */
};

/* A table of an answer for certain dates: its rows of other days, which were not asked
 * for, and those whose day is not known, which are all in the answer. */
struct know_ranged {
	const struct map_system *system;
	const struct map_table *map;
	size_t outside;
	size_t undated;
};

struct know_held {
	str sentence; /* "We hold your Social Security number." */
	str where;    /* "Lead exchange, CRM" */
};

/* One category with what is said of it. */
struct know_line {
	char letter;
	str title;
	str sources;
	str purposes;
	str retention;
	str parties; /* of the two lists: "Email service (MailHarbor)" */
};

struct know_lines {
	struct know_line *at;
	size_t n;
};

struct know_given {
	struct know_lines kinds;
	struct {
		const struct know_batch **at; /* newest first, as they came */
		size_t n;
	} batches;
};

struct know {
	struct arena *arena;
	const struct know_in *in;
	const struct know_case *of;
	const struct know_words *words;
	struct {
		struct know_table *at; /* none when only categories are told */
		size_t n;
	} tables;
	struct {
		struct know_held *at;
		size_t n;
	} held;
	struct {
		struct know_ranged *at;
		size_t n;
	} ranged;
	struct know_lines collected;
	struct know_given sold; /* or shared */
	struct know_given gave; /* for a business purpose */
	size_t rows;            /* given */
	size_t files;           /* values that are files of their own */
	size_t cut;             /* values that are only known in part */
	size_t bytes;           /* of all values that are held */
	bool is_whole; /* nothing left out but what is never disclosed */
};

/*
 * Everything lives in the arena or in what `in` points to.  Where the values are more
 * than KNOW_VALUES_MAX, the tables with most of them are set apart; what a person
 * copied by hand can't be, and more of that is ERR_LIMIT.
 */
int know_make(struct arena *a, const struct know_in *in,
	const struct know_case *of, struct know *out, struct err *e);

#endif
