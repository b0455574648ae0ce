#ifndef DESK_DROP_EVIDENCE_H
#define DESK_DROP_EVIDENCE_H

#include "desk/drop.h"

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

enum evidence_fault {
#define EVIDENCE_FAULT(NAME, code, sentence) EVIDENCE_##NAME,
#include "desk/tbl/evidence_faults.h"
	EVIDENCE_FAULTS,
};
const char *evidence_fault_code(enum evidence_fault f);

enum { EVIDENCE_FILES_MAX = 64 };

struct drop_evidence_report {
	size_t files; /* that fit */
	struct {
		struct evidence_fault_at {
			enum evidence_fault fault;
			str file;
		} at[EVIDENCE_FILES_MAX];
		size_t n; /* 0: all fits */
	} faults;
	str public_key;
	bool is_key_given;
};

/*
 * Checks a pack by itself, without an installation.  public_key (64 hex digits)
 * is the business's as the reader got it from elsewhere, or empty: then the one
 * in the pack is used, which proves only that nobody without that key's other
 * half wrote it.  0 when it was read, whatever the report says.
 */
int drop_evidence_check(struct arena *a, const char *folder, str public_key,
	struct drop_evidence_report *out, struct err *e);
str evidence_fault_text(struct arena *a, const struct evidence_fault_at *f);

#endif
