#ifndef TOYON_H
#define TOYON_H

#include <stddef.h>
#include <stdint.h>

/*
 * libtoyon: may this person be passed on?  Asks a suppression index in the
 * program's own memory: no server, no network.
 *
 *	struct toyon *t;
 *	char why[TOYON_WHY_SIZE];
 *
 *	if (toyon_open(&t, "/var/lib/toyon/index.tyx",
 *		    "/var/lib/toyon/keys/index.key", why))
 *		return fprintf(stderr, "%s\n", why);
 *	if (toyon_may_sell(t, "email", "Bob@Example.com", 15) == 1)
 *		sell();
 *	toyon_close(t);
 *
 * What it knows.  An installation's record is the suppression log in its
 * database; the index file is a cache of it, up to one entry of the log
 * (struct toyon_info, seq).  This library reads the file ONLY: who opted out
 * after the file was built is clear here until a newer one is published and
 * taken up.  `toyon index build` publishes one, as does the service's own work
 * when the log has grown; toyon_refresh() takes it up.  Call both as often as
 * your notice periods want, and look at built_at.  A program that must know
 * within a millisecond asks the installation's API or `toyon check`.
 *
 * Files are published by rename.  Never write into one that is in use, and
 * never copy over it: whoever has it mapped would be killed by SIGBUS.
 *
 * Threads.  All calls on one struct toyon may run at the same time, in any
 * number of threads, except toyon_close().  toyon_refresh() waits for checks
 * that are being answered, and they for it only while it swaps two pointers.
 * No call keeps a pointer it was given.  Nothing here is to be used in a signal
 * handler.  A machine out of memory when opening ends the process.
 */
#ifdef __cplusplus
extern "C" {
#endif

struct toyon;

enum {
	TOYON_WHY_SIZE = 256,
	TOYON_SECRET_SIZE = 32,
	TOYON_DIGEST_SIZE = 32,
	TOYON_TEXT_SIZE = 320,
};

/* What a check can answer besides reasons, which are greater than 0. */
enum {
	TOYON_CLEAR = 0,
	TOYON_UNREADABLE = -1, /* the value is no identifier of the kind */
	TOYON_UNKNOWN_KIND = -2,
	TOYON_WRONG_PARTS = -3, /* of toyon_drop_hash() only */
};

/* Why somebody is suppressed; bits, which never change their meaning.  Later
 * versions may add some. */
enum {
	TOYON_OPT_OUT = 1 << 0,      /* opted out of sale and sharing */
	TOYON_LIMIT = 1 << 1,        /* limited the use of sensitive data */
	TOYON_DELETED = 1 << 2,      /* deleted at the consumer's request */
	TOYON_MINOR = 1 << 3,        /* under 16 without an opt-in */
	TOYON_DROP = 1 << 4,         /* deleted through the State's platform */
	TOYON_DROP_OPT_OUT = 1 << 5, /* opted out through it */
	TOYON_ADMT = 1 << 6,         /* opted out of automated decisions */
	TOYON_MANUAL = 1 << 7,       /* by decision of the business */
	TOYON_NO_NOTICE = 1 << 8,    /* collected while no notice was posted */
	TOYON_HOLD = 1 << 9,         /* held for law enforcement */
};

/*
 * Maps and checks an index file.  key_path is a file of 32 bytes or 64 hex
 * digits: an installation's keys/index.key; NULL for a file that was made from a
 * list (`toyon index build --kind`), which has its key beside it, FILE.tyx.key.
 * Whoever can read the key can try phone numbers against the index: give it to
 * the program's user alone.
 *
 * 0, and *out is the caller's until toyon_close(); or -1, *out is NULL, and why
 * says in one line what is wrong: a file is not there, damaged, cut short, of
 * another installation or of a newer version.
 */
int toyon_open(struct toyon **out, const char *index_path, const char *key_path,
	char why[TOYON_WHY_SIZE]);
/* The same with the secret itself; the caller wipes its own copy. */
int toyon_open_secret(struct toyon **out, const char *index_path,
	const unsigned char secret[TOYON_SECRET_SIZE],
	char why[TOYON_WHY_SIZE]);
void toyon_close(struct toyon *t); /* NULL is fine */

/*
 * Says that t will be asked one by one, a great many times: toyon_check() and
 * toyon_may_sell() then take half as long for who is clear, among more people
 * than a processor's cache holds.  It takes 0.7 bytes an identifier of the
 * program's own memory, and 15 ms for ten million, here and at each newer file.
 * Before other threads use t.  Needless for toyon_check_many().
 */
void toyon_expect_single(struct toyon *t);

/* 1 when a newer file stands under the name than the one in use, else 0.  One
 * stat(); compares files, not times. */
int toyon_is_stale(const struct toyon *t);
/* Takes up a newer file: 1 when there was one, 0 when not, -1 with why: the old
 * one stays in use. */
int toyon_refresh(struct toyon *t, char why[TOYON_WHY_SIZE]);

/*
 * Reasons as bits, TOYON_CLEAR, or less than 0.  kind is "email", "phone",
 * "maid", ... (`toyon help kinds`); a composite comes with its parts separated
 * by "|".  The value may be raw, in any spelling, or hashed (SHA-256 in hex or
 * Base64); it is size bytes and need not end in NUL.
 */
int64_t toyon_check(const struct toyon *t, const char *kind, const char *value,
	size_t size);

/*
 * Many values of one kind: answer[i] as above.  Several times as fast as one by
 * one where the index is larger than the processor's cache.  TOYON_UNKNOWN_KIND,
 * and nothing is answered; else 0.
 */
int toyon_check_many(const struct toyon *t, const char *kind,
	const char *const *value, const size_t *size, size_t n,
	int64_t *answer);

/* The same for SHA-256 digests that are at hand: 32 bytes each, one after the
 * other, of standardized values (toyon_standardize()). */
int toyon_check_digests(const struct toyon *t, const char *kind,
	const unsigned char *digest, size_t n, int64_t *answer);

/* May data of this person be sold or shared: 1 yes, 0 no; less than 0 as
 * toyon_check(), and then nothing is known, which is not a yes. */
int toyon_may_sell(const struct toyon *t, const char *kind, const char *value,
	size_t size);
/* The same for the answer of a check: 1 when it is TOYON_CLEAR or has only
 * reasons that leave sale alone (limit, opt-out-admt); a bit that this version
 * does not know forbids it.  0 for an answer less than 0. */
int toyon_allows_sale(int64_t answer);

/*
 * May it be used for this: "sale", "share", "sensitive", "admt", "keeping", any
 * other purpose, or the one that a lock is for, "lock-1" to "lock-8" (`toyon check
 * --why` says which is whose).  1 or 0; 0 for an answer less than 0, and for a bit
 * that this version does not know.
 */
int toyon_allows(int64_t answer, const char *use);

/* "opt-out,deleted"; "" for none.  Returns its length; at most size - 1 bytes
 * are written, and a NUL. */
size_t toyon_reasons(int64_t answer, char *out, size_t size);
/* One line about an answer less than 0; "" for any other. */
const char *toyon_problem(int64_t answer);

/*
 * The standardized text of a value, as it is hashed, without a NUL; its length,
 * or less than 0.  Needs no index.
 */
int toyon_standardize(const char *kind, const char *value, size_t size,
	char out[TOYON_TEXT_SIZE]);

/*
 * What the State's rules for its deletion lists (drop/1.2.0; 11 CCR 7600 ff.)
 * make of a value: its SHA-256, as the lists hold it.  kind is "email", "phone",
 * "maid", "vin", "ctvid", "first", "last", "dob" or "zip", of one part; "ndz" of
 * four (first, last, dob, zip); "namevin" of three (first, last, vin).  Parts
 * are raw: one that is hashed already would be hashed again.  The same value
 * gives the same digest in every version.  Needs no index.
 *
 * 0 and the digest; TOYON_UNREADABLE: the value gives no key; TOYON_UNKNOWN_KIND;
 * TOYON_WRONG_PARTS: n is not the kind's.
 */
int toyon_drop_hash(const char *kind, const char *const *part,
	const size_t *size, size_t n, unsigned char out[TOYON_DIGEST_SIZE]);

struct toyon_info {
	uint64_t seq; /* the last entry of the suppression log contained */
	uint64_t generation; /* grows with each file of an installation */
	int64_t built_at;    /* ms since 1970-01-01T00:00Z */
	uint64_t keys;       /* how many identifiers */
};
void toyon_info(const struct toyon *t, struct toyon_info *out);
uint64_t toyon_generation(const struct toyon *t);

/* "0.1.0" */
const char *toyon_version(void);

#ifdef __cplusplus
}
#endif

#endif
