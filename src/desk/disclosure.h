#ifndef DESK_DISCLOSURE_H
#define DESK_DISCLOSURE_H

#include "desk/desk.h"
#include "desk/receipt.h"
#include "ident/ident.h"
#include "law/standing.h"

/*
 * The disclosure ledger: which list went to whom, when, what for, and who was in
 * it.  The record has a row a batch; who was in it stands in a file of keyed
 * tags beside it (disclosure_members.h).  It answers "who got my data", and whom
 * to notify of an opt-out that came while a list was on its way (11 CCR
 * 7026(f)(2)).
 *
 * What must stay true: a list is entered before it appears under its name, so a
 * batch may stand in the ledger that never left, and never the other way round.
 * A batch whose file can't be read is said to be unknown, not passed over.
 */

/* A company of the data map, and what it gets the list for. */
struct disclosure_to {
	str name;
	str title;
	str role; /* "third_party" */
	str purpose;
	enum law_standing standing; /* what it is under the law */
};

/* ERR_NOT_FOUND with a near name; ERR_INVALID for a purpose that is empty, not
 * one line of text, or longer than LIMIT_PURPOSE_BYTES; ERR_CONFLICT when the notices in
 * force say nothing of it (notice_use.h). */
int disclosure_to(struct desk *d, str vendor, str purpose,
	struct disclosure_to *out, struct err *e);

/*
 * Reads a list that scrub_run() wrote, with its options, and makes the file of
 * members of it.  The bytes read must be those the report speaks of: else
 * ERR_CONFLICT.
 */
struct members_made;
int disclosure_members(const struct scrub_opts *opts,
	const struct scrub_report *report, const char *folder,
	struct members_made *out, struct err *e);

/* Enters a batch, and the scrub, in one transaction. */
struct disclosure_in {
	const struct disclosure_to *to;
	const struct receipt *receipt;
	str receipt_text; /* signed */
	const struct members_made *members;
};
int disclosure_record(struct desk *d, const struct disclosure_in *in,
	int64_t *batch, struct err *e);

/* The signed receipt of a batch, as it was written.  ERR_NOT_FOUND. */
int disclosure_receipt(struct desk *d, int64_t batch, str *text, struct err *e);

struct disclosure {
	int64_t id;
	int64_t at;
	str recipient;
	str title;
	str role;
	str purpose;
	int64_t rows; /* that left */
	str out_sha256;
	str mark;
};

struct disclosure_hit {
	const struct disclosure *batch;
	const struct disclosure_hit *next; /* the next older one */
};

struct disclosure_query {
	enum ident_kind kind;
	str value;
	enum ident_fault fault;            /* answer */
	const struct disclosure_hit *hits; /* answer: newest first */
};

struct disclosure_search {
	const char *folder;
	int64_t from; /* at >= from */
	int64_t to;   /* at < to; 0: up to now */
	struct disclosure_query *q;
	size_t n;
	/* Answer: batches whose members could not be read, and why the first. */
	size_t unknown;
	struct err why;
};

/* Who got the data of these people; audited. */
int disclosure_find(struct desk *d, struct disclosure_search *s, struct err *e);

/*
 * The companies that got this person's data in a span of time, each once, with
 * their first batch: those to be notified of an opt-out received at `from` that
 * was in force at `to`.  ERR_CORRUPT when a batch of the span can't be read:
 * nobody is left out.  key as from ident_key_of().
 */
struct disclosure_span {
	const char *folder;
	int64_t from;
	int64_t to;
};
struct disclosure_recipients {
	const struct disclosure **at;
	size_t n;
};
int disclosure_between(struct desk *d, const struct disclosure_span *span,
	const uint8_t *key, struct disclosure_recipients *out, struct err *e);

#endif
