#ifndef DESK_DROP_EVIDENCE_H
#define DESK_DROP_EVIDENCE_H

#include "desk/drop.h"
#include "desk/signed_files.h"

/*
 * The evidence pack: one folder for who audits a data broker (Civ. Code
 * 1798.99.86(e)), ordered by the nine things that auditors verify.
 *
 *	index.html      to read and print; loads nothing from anywhere
 *	evidence.json   the same for programs
 *	NAME.csv        a file for each table of tbl/evidence_tables.h
 *	SHA256SUMS      of all these, as sha256sum writes and checks it
 *	SIGNATURE.json  {"toyon_drop_evidence":1,"public_key":"64 hex",
 *	                 "signature":"128 hex"}
 *
 * Signed (Ed25519, the installation's audit key) is "toyon drop evidence 1\n"
 * followed by the bytes of SHA256SUMS.
 *
 * What must stay true: every number is from the record, except where a column
 * says that it was looked at when the pack was made; nothing personal, no hash
 * and no ID of a consumer stands in it.
 */
enum { EVIDENCE_VERSION = 1 };

struct drop_evidence_of {
	const struct drop_place *place;
	struct date from; /* sessions asked for from this day; {0}: the first */
	struct date to;   /* up to and with this day; {0}: today */
	const char *out;  /* the folder, which must not be there */
	const char *program; /* version */
};

struct drop_evidence_made {
	size_t sessions;
	size_t files;
	size_t archived; /* kept files that are as they were */
	size_t damaged;  /* and that are not: said in the pack */
};

/*
 * Needs PERM_SEE_DROP and keys loaded with KEYS_AUDIT and KEYS_MASTER.  Whole or
 * not at all: written beside `out`, then renamed.  ERR_CONFLICT when `out` is
 * there.
 */
int drop_evidence_write(struct desk *d, const struct drop_evidence_of *in,
	struct drop_evidence_made *out, struct err *e);

extern const struct signed_kind drop_evidence_kind;

/* Checks a pack by itself, without an installation: desk/signed_files.h. */
int drop_evidence_check(struct arena *a, const char *folder, str public_key,
	struct signed_report *out, struct err *e);

#endif
