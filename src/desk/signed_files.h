#ifndef DESK_SIGNED_FILES_H
#define DESK_SIGNED_FILES_H

#include "desk/keys.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * Files that are handed over as evidence, with what proves that nobody changed them
 * since:
 *
 *	SHA256SUMS      of all others, as sha256sum writes and checks it
 *	SIGNATURE.json  {"toyon_NAME":1,"public_key":"64 hex","signature":"128 hex"}
 *
 * Signed (Ed25519, the installation's audit key) is the head of the kind, a line, and
 * the bytes of SHA256SUMS behind it.
 */
struct signed_kind {
	const char *member; /* of SIGNATURE.json: "toyon_drop_evidence" */
	const char *head;   /* "toyon drop evidence 1\n" */
	int version;
};

/* A line of SHA256SUMS. */
str signed_sum_line(
	struct arena *a, const unsigned char sha256[KEY_SIZE], str name);
/* The content of SIGNATURE.json. */
str signed_files_sign(struct arena *a, const struct signed_kind *kind,
	const struct keys *k, str sums);

enum signed_fault {
#define SIGNED_FAULT(NAME, code, sentence) SIGNED_##NAME,
#include "desk/tbl/signed_faults.h"
	SIGNED_FAULTS,
};
const char *signed_fault_code(enum signed_fault f);

enum { SIGNED_FILES_MAX = 64 };

struct signed_report {
	size_t files; /* that fit */
	struct {
		struct signed_fault_at {
			enum signed_fault fault;
			str file;
		} at[SIGNED_FILES_MAX];
		size_t n; /* 0: all fits */
	} faults;
	str public_key;
	bool is_key_given;
};
void signed_fault_put(
	struct signed_report *r, enum signed_fault fault, str file);
str signed_fault_text(struct arena *a, const struct signed_fault_at *f);

/* Where they lie: a folder, a ZIP. */
struct signed_source {
	/* 1; 0 when it is not there, or longer than that. */
	int (*read)(void *ctx, struct arena *a, str name, size_t max, str *out,
		struct err *e);
	/* 1; 0 when it is not there. */
	int (*sum)(void *ctx, struct arena *a, str name,
		unsigned char sha256[KEY_SIZE], struct err *e);
	/* Every file there is, by its name. */
	int (*each)(void *ctx, void (*fn)(void *, str), void *fn_ctx,
		struct err *e);
	void *ctx;
};

/*
 * Checks them by themselves, without an installation.  public_key (64 hex digits) is
 * the business's as the reader got it from elsewhere, or empty: then the one that lies
 * with them is used, which proves only that nobody without that key's other half wrote
 * them.  0 when they were read, whatever the report says.
 */
int signed_files_check(struct arena *a, const struct signed_kind *kind,
	const struct signed_source *s, str public_key,
	struct signed_report *out, struct err *e);

#endif
