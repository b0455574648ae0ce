#ifndef DESK_SUPPRESS_H
#define DESK_SUPPRESS_H

#include "desk/desk.h"
#include "ident/key.h"
#include "index/suppress_set.h"

/*
 * Who may not be passed on.  The log in the database is the truth; this is the
 * index file plus what the log says since, followed before each answer, so that
 * what was acknowledged is what is answered.  Shared by the threads of a
 * process.
 */
struct suppress;

/* A missing index file is fine: all comes from the log then. */
int suppress_open(struct suppress **out, const char *index_path,
	const struct keys *keys, struct err *e);
void suppress_close(struct suppress *s);

/* Reads what the log says since the last time.  Never in a transaction. */
int suppress_follow(
	struct suppress *s, struct db *db, struct arena *a, struct err *e);
struct suppress_set suppress_now(struct suppress *s);
const struct ident_keyring *suppress_keyring(const struct suppress *s);
/* What the list says of n keys, one behind the other, as it was last followed. */
void suppress_find(
	struct suppress *s, const uint8_t *key, size_t n, uint32_t *reasons);

/* One identifier to check. */
struct suppress_query {
	enum ident_kind kind;
	str value;
	enum ident_fault fault; /* answer: why it could not be read, or NONE */
	uint32_t reasons;       /* answer: 0 when clear */
	bool lacks_consent; /* answer of desk/consent.h, when it was asked */
};

/* Follows, then answers all.  Never in a transaction. */
int suppress_check(
	struct desk *d, struct suppress_query *q, size_t n, struct err *e);

/*
 * What the list said at an instant that has passed, from the log alone: the last
 * entry up to then, by the clock of the node that wrote it.  What was imported
 * later, and what the log never held, was not on the list.
 */
int suppress_check_at(struct desk *d, struct suppress_query *q, size_t n,
	int64_t at, struct err *e);

/*
 * What holds now and, for each reason, since when, until when, who said it and in
 * which case.  Reads the whole log: for a person who looks, not for lists.
 */
struct suppress_reason {
	int64_t since_at;
	int64_t until_at; /* 0: no end */
	/* "staff:2", "api:1:gpc", "request"; of what an identifier became by another of the
	 * same visit "api:1:visit:2026-11-21T18:00:00.000Z", with when that was said. */
	str source;
	int64_t request_id;
	/* Said once more, last (desk/own_act.h); 0: not. */
	int64_t again_at;
	str again_source;
	str reference; /* of the case; empty for none */
};
struct suppress_why {
	uint32_t reasons;
	struct suppress_reason of[32]; /* by bit; of those that hold */
};
int suppress_why(struct desk *d, struct suppress_query *q, size_t n,
	struct suppress_why *why, struct err *e);

/*
 * Adds to or takes from what is known of an identifier, in the caller's
 * transaction.  Says nothing anew that holds already.
 */
int suppress_add(struct desk *d, enum ident_kind kind,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reasons, str source,
	int64_t request_id, struct err *e);

/*
 * Of the reasons in `mask`, exactly `reasons` hold from now on; the others stay
 * as they are.  In the caller's transaction; says nothing anew that holds.
 */
struct suppress_change {
	const enum ident_kind *kind;
	const uint8_t *key; /* n of IDENT_KEY_SIZE, one behind the other */
	size_t n;
	uint32_t mask;
	uint32_t reasons;
	str source;
	int64_t request_id; /* 0: none */
	bool is_act;    /* the person says it at this moment (desk/own_act.h) */
	size_t changed; /* out: how many made an entry that changes something */
};
int suppress_replace(
	struct desk *d, struct suppress_change *change, struct err *e);

/*
 * For staff and scripts, audited: `toyon suppress` and `toyon release`.
 * Values that cannot be read are reported in q[i].fault and nothing is written.
 *
 * Nobody releases who is there for more than REASON_MANUAL without saying why, and an API
 * key can't at all: opting in takes two separate acts of the person (11 CCR 7028(a)),
 * and a call is one.  Nor who is held for law enforcement, whom nobody releases while
 * the hold is on (desk/hold.h).  ERR_DENIED for all of the list then.
 */
int suppress_put(struct desk *d, struct suppress_query *q, size_t n,
	uint32_t reasons, struct err *e);
/* The same until an instant (0: no end), for REASONS_WITH_END only.  It ends
 * with the worker's next round after it, never before. */
int suppress_put_until(struct desk *d, struct suppress_query *q, size_t n,
	uint32_t reasons, int64_t until_at, struct err *e);
/* Ends what is due, a few at a time, audited; *n says how many. */
int suppress_lapse(struct desk *d, int64_t *n, struct err *e);
int suppress_release(
	struct desk *d, struct suppress_query *q, size_t n, struct err *e);

/* Why staff release who is there by their own word or by law: the rows of
 * tbl/release_whys.h.  RELEASE_WHY_NONE: not said. */
enum release_why {
	RELEASE_WHY_NONE,
#define RELEASE_WHY(NAME, ...) RELEASE_WHY_##NAME,
#include "desk/tbl/release_whys.h"
#undef RELEASE_WHY
	RELEASE_WHYS
};
struct release_why_row {
	const char *code, *title, *citation;
};
/* NULL for RELEASE_WHY_NONE. */
const struct release_why_row *release_why_row(enum release_why why);
/* RELEASE_WHY_NONE when there is no such code. */
enum release_why release_why_of(str code);
/* As suppress_release(), by staff who say why; the trail keeps it. */
int suppress_release_for(struct desk *d, enum release_why why,
	struct suppress_query *q, size_t n, struct err *e);

/* Builds the index file from the log; entries says how many keys it holds. */
int suppress_build(struct desk *d, const char *index_path, int64_t *entries,
	struct err *e);

/*
 * Builds it when the log has `most` entries more than the file of this desk's
 * suppress, which must just have been opened, or fewer, or another one at the
 * file's end: then the file is of a record that was put back.  1 built, 0 good as it is, -1.
 */
int suppress_refresh(struct desk *d, const char *index_path, int64_t most,
	int64_t *entries, struct err *e);

/* "opt-out,deleted"; empty for 0. */
str suppress_reasons(struct arena *a, uint32_t reasons);

#endif
