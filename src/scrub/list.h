#ifndef SCRUB_LIST_H
#define SCRUB_LIST_H

#include "index/index.h"
#include "scrub/scrub.h"

/*
 * A list of identifiers as people exchange them, one a line, raw or hashed (hex
 * or Base64, recognized line by line), made into an index file that a scrub can
 * use without an installation: `toyon index build`.  Packed lists are unpacked
 * as in a scrub; a BOM, CRLF, quotes around a line and blank lines are fine.
 *
 * A first line that is no identifier is taken for a heading.
 */
struct list_input {
	struct scrub_end in;
	enum ident_kind kind;
};

struct list_opts {
	const struct list_input *input; /* one index of them all */
	size_t inputs;
	const char *out; /* path of the index */
	const struct ident_keyring *keyring;
	uint32_t reasons; /* all entries get these; not 0 */
	int64_t built_at; /* the caller's clock */
	int jobs;         /* threads; 0 is one a processor */
	enum cpu_path cpu;
};

struct list_report {
	uint64_t lines;            /* without blank ones and headings */
	uint64_t keys;             /* different ones in the index */
	uint64_t unreadable;       /* lines that gave no key */
	uint64_t first_unreadable; /* its line, from 1; 0: none */
	size_t unreadable_input;   /* in which input, from 0 */
	enum ident_fault fault;    /* of that line */
	bool has_heading;          /* one of the inputs has */
};

/* Nothing readable in an input is an error: it is the wrong file or kind. */
int list_build(const struct list_opts *opts, struct list_report *report,
	struct err *e);

#endif
