#ifndef LAW_LETTER_H
#define LAW_LETTER_H

#include <stddef.h>

#include "law/kind.h"

/*
 * What each letter to a consumer has to say.  The texts of letters are
 * templates of the desk; this is the list they are checked against: a letter
 * that lacks a required statement is not sent.
 */
enum letter {
	LETTER_NONE,
#define LETTER(name, ...) LETTER_##name,
#include "law/tbl/letters.h"
	LETTER_END,
};

struct letter_row {
	enum letter letter;
	const char *code;
	const char *title;
	const char *citation;
	struct valid valid;
};

/* When a statement is required. */
enum when {
	WHEN_ALWAYS,
	WHEN_SELLS,       /* the business sells or shares, no opt-out yet */
	WHEN_KEPT,        /* something was kept under an exception */
	WHEN_BACKUP,      /* copies wait in backups */
	WHEN_NOT_TOLD,    /* telling a third party was impossible */
	WHEN_VERIFIES,    /* the kind is one that is verified */
	WHEN_HEALTH,      /* a refused correction of health data */
	WHEN_FRAUD,       /* refused as fraudulent */
	WHEN_AGENT,       /* an agent showed no permission */
	WHEN_SEARCH_SKIP, /* stores were not searched, 11 CCR 7024(c) */
};

struct statement {
	const char *id; /* "answer-record-kept": templates mark it by this */
	enum letter letter;
	unsigned kinds; /* KIND_BIT()s */
	enum when when;
	const char *text; /* what has to be said, as a sentence to staff */
	const char *citation;
	struct valid valid;
};

const struct letter_row *letter_row(enum letter letter);
enum letter letter_of(str code);

size_t statement_count(void);
const struct statement *statement_at(size_t i);

/* Is `s` required in `letter` for `kind`, given a mask of 1u << WHEN_*? */
bool statement_is_required(const struct statement *s, enum letter letter,
	enum kind kind, unsigned when);

#endif
