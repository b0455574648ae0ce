#ifndef DESK_DOCUMENT_H
#define DESK_DOCUMENT_H

#include "desk/desk.h"

struct record;

/*
 * Documents that came with a request, each for one use (desk/tbl/documents.h): sealed
 * under the request's key, shown to staff with an entry each time, used for nothing
 * else, and destroyed when the case closes.  What is left is that one came, how long
 * it was, and when it went.
 */
enum document_use {
#define DOCUMENT(use, code, seen, destroyed, citation) DOCUMENT_##use,
#include "desk/tbl/documents.h"
	DOCUMENT_END
};

/* "application/pdf", "image/png" or "image/jpeg", by how it begins; NULL for a file
 * that is none of those taken. */
const char *document_type(str file);
/* "pdf", "png" or "jpg"; of a type that document_type() gave. */
str document_ending(const char *type);
/* A problem of the field when the file is none of those, or longer than
 * LIMIT_DOCUMENT_BYTES. */
void document_check(str file, const char *field, struct problems *ps);

/*
 * Destroys one that proves nothing, with an entry: whoever has a reference may send
 * one, and a few that are no proof must not keep out the one that is.  PERM_DECIDE,
 * while the case is open.  ERR_NOT_FOUND: none of that use, or destroyed.
 */
int document_discard(struct desk *d, enum document_use use, str reference,
	int64_t id, struct err *e);

/* --- inside of desk/ only, in the caller's transaction --- */

struct document {
	int64_t id;
	int64_t bytes; /* of the file; 0: something typed in place of one */
	int64_t given_at;
	int64_t destroyed_at;
};
struct documents {
	struct document *at; /* oldest first */
	size_t n;
};

/* How many of them are not destroyed. */
size_t documents_here(const struct documents *all);

/* content: what is sealed, the file and what its use has beside it.  Of a case that is
 * closed already nothing is kept but that it came. */
struct document_new {
	enum document_use use;
	str content;
	int64_t bytes;
};
int document_keep(struct desk *d, const struct record *r,
	const struct document_new *in, struct err *e);

int documents_of(struct desk *d, int64_t request_id, enum document_use use,
	struct documents *out, struct err *e);

/* The content, with its entry.  id 0: the only one of that use.  ERR_NOT_FOUND: none,
 * or destroyed. */
int document_open(struct desk *d, const struct record *r, enum document_use use,
	int64_t id, str *content, struct err *e);

/* All of them, with an entry for each use of which there were any. */
int documents_destroy(struct desk *d, const struct record *r, struct err *e);

#endif
