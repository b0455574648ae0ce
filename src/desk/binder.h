#ifndef DESK_BINDER_H
#define DESK_BINDER_H

#include "desk/desk.h"
#include "desk/signed_files.h"

/*
 * The evidence file of a case, a ZIP (in code: a binder): what a business shows of one
 * request when there is a complaint (11 CCR 7300 to 7303).  Good faith counts (7301), and
 * this is what it is seen from.
 *
 *	index.html      to read and print; loads nothing from anywhere
 *	evidence.json   the same for programs
 *	trail.jsonl     the case's entries of the audit trail: see binder_trail.h
 *	receipt.json    of a closed case, byte for byte as it was signed
 *	export.jsonl    an audit export of all from the first of these entries to the last
 *	                seal, when a command was told to put it in
 *	SHA256SUMS, SIGNATURE.json   desk/signed_files.h
 *
 * What must stay true: it goes to others, the Agency, a court, counsel.  So it holds what
 * the case keeps of what was done and said, and nothing that was collected to verify, no
 * value of a row, nothing about another person, no secret of a letter, and no word of a
 * hold by law enforcement (tbl/binder_left_out.h, tbl/binder_fields.h).
 *
 * The worker makes it, as it is signed; it is kept under the request's key, and gone with
 * that.
 */
enum binder_state {
	BINDER_NONE,
	BINDER_WANTED,  /* the worker makes it */
	BINDER_STOPPED, /* it was not made; problem says why */
	BINDER_MADE,
};

struct binder_row {
	enum binder_state state;
	str problem;
	int64_t bytes;
	int64_t made_at;
	str sha256;    /* of the ZIP */
	bool is_old;   /* the case changed since */
	bool is_over;  /* the record is a skeleton: there is none any more */
	bool can;      /* who looks may have it made, and take it */
	str reference; /* "K7QF-2M9X" */
};
/* 1, or 0 when there is no such request.  PERM_SEE_QUEUE. */
int binder_look(
	struct desk *d, str reference, struct binder_row *out, struct err *e);

/* Has the worker make it, unless there is one that shows the case as it is.
 * PERM_EVIDENCE; ERR_CONFLICT when the record is a skeleton. */
int binder_want(struct desk *d, str reference, struct err *e);

/* The ZIP as it was made; each time an entry.  PERM_EVIDENCE; ERR_NOT_FOUND when there is
 * none. */
struct binder_zip {
	str reference; /* "K7QF-2M9X" */
	str bytes;
};
int binder_download(
	struct desk *d, str reference, struct binder_zip *out, struct err *e);

/* For the worker: makes the one that is wanted.  Nothing to do is no error. */
int binder_make(struct desk *d, int64_t request_id, str program, struct err *e);
/* ERR_LIMIT and the like: tried again it would fail the same way.  why: for staff. */
int binder_stopped(struct desk *d, int64_t request_id, str why, struct err *e);
/* For a command, which holds the key: the ZIP as of now, which is not kept.  With the
 * export it tells of other cases, by their references, and of holds: for who audits. */
struct binder_way {
	str program; /* version */
	bool has_export;
};
int binder_write(struct desk *d, str reference, const struct binder_way *way,
	struct binder_zip *out, struct err *e);

extern const struct signed_kind binder_kind;

/*
 * Checks one by itself, without an installation: files, signature, and each entry of the
 * audit trail with its seals.  0 when it was read, whatever the report says; ERR_FOUND
 * for what is no ZIP of ours.
 */
struct binder_report {
	struct signed_report files;
	int64_t entries; /* that fit their hash */
	int64_t seals;   /* with a good signature */
	int64_t held;    /* entries that their seal holds without a gap */
	int64_t from,
		to; /* what an export must have for the others; 0: all are held */
	bool has_export; /* and each entry stands in it */
};
/* exported: an audit export that was found intact, or empty: then the one in the file
 * counts, if there is one. */
int binder_check(struct arena *a, str zip, str public_key, str exported,
	struct binder_report *out, struct err *e);

#endif
