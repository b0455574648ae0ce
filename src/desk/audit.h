#ifndef DESK_AUDIT_H
#define DESK_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "desk/keys.h"

struct db;

/*
 * What happened, in one hash chain that an auditor checks with sha256sum alone:
 *
 *	line = {"seq":7,"at":"2026-11-21T21:04:05.123Z","actor":"staff:2",
 *	        "event":"request.approved","reference":"K7QF2M9X",
 *	        "detail":{"systems":2}}            (on one line, keys in this order)
 *	hash = hex(SHA-256(hash of the entry before, "\n", line))
 *
 * The first entry has the empty text as the hash before it.  Nothing personal
 * stands in an entry: actor is "consumer", "system", "cli", "api:N", "staff:N"
 * or "vendor:NAME", detail has numbers and names of our own.  Now and then the
 * worker signs the head (Ed25519).
 *
 * An export is text, a line each, ended by \n:
 *	{"toyon_audit":1,"business":"...","public_key":"64 hex","at":"...",
 *	 "from":1,"to":9,"before":"hash before the first, or empty"}
 *	{"entry":LINE,"hash":"64 hex"}
 *	{"seal":{"seq":9,"at":"...","hash":"64 hex","signature":"128 hex"}}
 *	{"end":{"count":9,"hash":"64 hex","signature":"128 hex"}}
 * LINE stands there byte for byte; members come in this order, without blanks.
 * A seal signs "toyon audit seal 1\n" SEQ "\n" AT "\n" HASH; the end signs
 * "toyon audit export 1\n" D "\n" HASH, D being the hex SHA-256 of all bytes
 * before the end's line.
 */
enum audit_event {
#define EVENT(NAME, code, sentence, tone) AUDIT_##NAME,
#include "tbl/events.h"
	AUDIT_EVENTS
};

const char *audit_event_code(enum audit_event ev); /* "request.approved" */
bool audit_event_of(str code, enum audit_event *out);
const char *audit_event_tone(enum audit_event ev); /* "good", "bad", "" */

/*
 * The sentence for the timeline: {key} in the table's text is replaced by that member
 * of the entry's detail (a JSON object), by "?" when it is not there; {key|row|rows} by
 * that number and what it is a number of.
 */
str audit_sentence(struct arena *a, enum audit_event ev, str detail);

/* "2026-11-21T21:04:05.123Z", as lines and seals have it. */
str audit_instant(struct arena *a, int64_t at);

/* A member of detail: AD("system", name), AD("rows", n).  A `personal` does not
 * compile. */
#define AD(key, v) LF(key, v)

struct audit_entry {
	int64_t at;
	str actor;
	enum audit_event event;
	str reference; /* empty: about no request */
	const struct log_field *detail;
	size_t detail_n;
};

/*
 * Appends within the caller's transaction, which must be open and writing: the
 * head row is locked, so that writers queue and the chain has no gaps.  ERR_LIMIT
 * when the entry is longer than AUDIT_LINE_MAX.
 */
enum { AUDIT_LINE_MAX = 16 << 10 };
int audit_add(struct db *db, struct arena *a, const struct audit_entry *entry,
	struct err *e);

/* Signs the head when it has none; 1 sealed, 0 nothing to do.  Within the
 * caller's transaction. */
int audit_seal_head(struct db *db, struct arena *a, const struct keys *k,
	int64_t at, struct err *e);

/*
 * Goes through the entries behind `from`, up to and with `to`, and computes each hash
 * anew: do they lead from this hash of the first to that one of the last?  Within the
 * caller's transaction.
 */
struct audit_stretch {
	int64_t from;
	str from_hash;
	int64_t to;
	str to_hash;
};
int audit_leads(
	struct db *db, const struct audit_stretch *s, bool *out, struct err *e);

/*
 * Writes the entries from..to.  Sees one state of the database: within the
 * caller's transaction when there is one.
 */
struct audit_export {
	int fd;
	const struct keys *keys; /* with KEYS_AUDIT */
	str business;
	int64_t at;
	int64_t from; /* first entry; 0: from the start */
	int64_t to;   /* last entry; 0: to the head as it is now */
};
int audit_export(struct db *db, const struct audit_export *x, int64_t *count,
	struct err *e);

/*
 * What is wrong with an export, and where.  The kinds are rows, their sentences
 * name the entry: audit_report_text().
 */
enum audit_damage {
#define DAMAGE(NAME, name, sentence) DAMAGE_##NAME,
#include "desk/tbl/damage.h"
};

struct audit_report {
	enum audit_damage damage; /* DAMAGE_INTACT when nothing is wrong */
	int64_t seq;              /* the entry at which the chain breaks */
	int64_t line;             /* of the file, from 1 */
	int64_t from;
	int64_t to;    /* last entry that was read and fits */
	int64_t count; /* of entries that fit */
	int64_t seals; /* good ones */
	char hash[65]; /* of the last entry that fits */
	char public_key[65];
	bool is_key_given; /* false: the key is the one in the export itself */
};

const char *audit_damage_name(enum audit_damage d); /* "changed" */
str audit_report_text(struct arena *a, const struct audit_report *r);

/*
 * Reads an export as a stream, in memory that does not grow with it.  public_key
 * is the business's key (64 hex digits) as the auditor got it from elsewhere, or
 * empty.  0 when it was read, whatever the report says; -1 when it could not be
 * read.  name is used in errors.
 */
int audit_verify(int fd, const char *name, str public_key,
	struct audit_report *out, struct err *e);

/* The same, fed by the caller: any cut of the bytes gives the same report. */
struct audit_check;
struct audit_check *audit_check_new(struct arena *a);
/* 64 hex digits, or empty.  ERR_INVALID for anything else. */
int audit_check_key(struct audit_check *c, str public_key, struct err *e);
void audit_check_bytes(struct audit_check *c, str bytes);
void audit_check_end(struct audit_check *c, struct audit_report *out);

#endif
