#ifndef DESK_RECEIPT_H
#define DESK_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/desk.h"
#include "desk/keys.h"
#include "scrub/scrub.h"

/*
 * The receipt of a scrub: what went in, what came out, against which state of
 * the suppression list, signed with the installation's audit key.  Whoever has
 * the receipt, the list and the public key checks it without an installation.
 * Nothing personal stands in it: of files the base names, no row, no cell.
 *
 * The file is one line:
 *
 *	{"receipt":BODY,"signature":"128 hex"}
 *
 * BODY is an object: "toyon_scrub_receipt":1, then the members of
 * tbl/receipt_fields.h in that order, without blanks, text escaped as
 * json_escape() does it.  Signed (Ed25519) is
 *
 *	"toyon scrub receipt 1\n" BODY
 *
 * A reader makes BODY anew from the values it has read, so that a receipt that
 * was only laid out anew still fits.
 */
enum {
	RECEIPT_VERSION = 1,
	RECEIPT_SIZE_MAX = 65536,
	RECEIPT_ITEMS_MAX = 64,
};

struct receipt_list {
	size_t n;
	struct receipt_item {
		str word;
		int64_t number;
	} at[RECEIPT_ITEMS_MAX];
};

#define RECEIPT_TYPE_TEXT  str
#define RECEIPT_TYPE_HASH  str
#define RECEIPT_TYPE_COUNT int64_t
#define RECEIPT_TYPE_LIST  struct receipt_list

struct receipt {
#define RECEIPT(KIND, name, word, number, what) RECEIPT_TYPE_##KIND name;
#include "desk/tbl/receipt_fields.h"
};

/* What scrub_run() was asked and said. */
struct receipt_of {
	const struct scrub_opts *opts;
	const struct scrub_report *report;
	const char *in_path;  /* only the base name is used; "-": none */
	const char *out_path; /* the name under which it is published */
	const char *program;  /* version */
	str recipient;
	str purpose;
};

/* Fills all of it but for the signature.  Values live in d->arena. */
int receipt_make(struct desk *d, const struct receipt_of *in,
	struct receipt *out, struct err *e);

/* The file's text; keys were loaded with KEYS_AUDIT. */
int receipt_sign(struct arena *a, const struct keys *keys,
	const struct receipt *r, str *out, struct err *e);

enum receipt_fault {
#define RECEIPT_FAULT(NAME, name, sentence) RECEIPT_##NAME,
#include "desk/tbl/receipt_faults.h"
	RECEIPT_FAULTS,
};

struct receipt_report {
	struct receipt receipt; /* when is_read */
	bool is_read;
	unsigned faults; /* 1 << enum receipt_fault; 0: all fits */
	str member;      /* what is wrong about the form */
	bool is_key_given;
};

/*
 * Checks text, as large as RECEIPT_SIZE_MAX, by itself.  public_key is the
 * business's key (64 hex digits) as the reader got it from elsewhere, or empty:
 * then the one in the receipt is used, which proves only that nobody without
 * that key's other half wrote it.
 */
void receipt_check(
	struct arena *a, str text, str public_key, struct receipt_report *out);

/* Adds RECEIPT_IN or RECEIPT_OUT when the file is another one.  Only after
 * receipt_check() has read it. */
int receipt_check_file(struct arena *a, const char *path,
	enum receipt_fault what, struct receipt_report *r, struct err *e);

const char *receipt_fault_name(enum receipt_fault f); /* "signature" */
str receipt_fault_text(
	struct arena *a, enum receipt_fault f, const struct receipt_report *r);

#endif
