#ifndef DESK_PERMISSION_H
#define DESK_PERMISSION_H

#include "desk/desk.h"
#include "law/proof.h"

struct record;

/*
 * What an authorized agent shows (11 CCR 7026(j), 7063(a)): a document, or the
 * consumer's signature as it was typed, with its day.  A document of the case
 * (desk/document.h), used to see that the agent may ask, and destroyed when the case
 * closes (7060(d)); what is in force at once needs none kept.
 */
struct permission {
	enum proof proof;
	personal signed_by; /* the consumer */
	str signed_on;      /* "2026-11-21" */
	str file;           /* PDF, PNG or JPEG, at most
			     * LIMIT_DOCUMENT_BYTES; empty: none */
};

/*
 * What was typed comes back trimmed, what won't do in ps (fields signed_by, signed_on,
 * file).  has_seen: the paper was in the hands of staff, so a power of attorney need
 * not be sent as a file.
 */
void permission_check(struct desk *d, struct permission *p, bool has_seen,
	struct problems *ps);

/* Who asks for the person of a new request. */
struct by_agent {
	int64_t agent_id; /* of the registry; 0: nobody there */
	personal name;
	personal email;
	str language; /* code; empty: that of the desk */
	struct permission permission;
	str row_key; /* of a file's row, keyed; empty: from no file */
};

/* In the caller's transaction; inside of desk/ only. */
int permission_store(struct desk *d, const struct record *r,
	const struct by_agent *by, struct err *e);

struct permission_row {
	int64_t agent_id; /* 0: not in the registry */
	str agent;        /* its name there */
	bool is_suspended;
	enum proof proof;
	int64_t bytes;       /* of the document; 0: none */
	int64_t accepted_at; /* the power of attorney */
	int64_t destroyed_at;
};
/* 1, 0 for a request that no agent made, or -1. */
int permission_load(struct desk *d, int64_t request_id,
	struct permission_row *out, struct err *e);

/* PERM_REVEAL, and an entry each time.  ERR_NOT_FOUND: none, or destroyed. */
int permission_show(
	struct desk *d, str reference, struct permission *out, struct err *e);

/*
 * What was missing came later: PERM_INTAKE.  Of a signed permission the consumer is
 * asked now.  ERR_CONFLICT: nothing is missing.  Problems as of permission_check(), and
 * proof.
 */
int permission_bring(struct desk *d, str reference, const struct permission *in,
	struct problems *ps, struct err *e);
bool permission_is_missing(const struct record *r);

/*
 * Staff looked at the power of attorney: the search begins, and nothing is asked of the
 * consumer (Prob. Code 4121 to 4130).  PERM_DECIDE.
 */
int permission_accept(struct desk *d, str reference, struct err *e);

/*
 * A case that goes on in another one (desk/resume.h): the agent was permitted, and nobody
 * has said that they are not any more.  The document went with the first case (7060(d)); of
 * a power of attorney that was accepted there the search begins.  In the caller's
 * transaction: 1 when it has, 0, -1.
 */
int permission_carry(struct desk *d, const struct record *from,
	struct record *to, struct err *e);

#endif
