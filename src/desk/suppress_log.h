#ifndef DESK_SUPPRESS_LOG_H
#define DESK_SUPPRESS_LOG_H

#include "desk/desk.h"
#include "ident/key.h"

/*
 * The rows of the suppression log.  Inside of desk/suppress*.c and desk/follow*.c
 * only.
 *
 * A row is a pack: entries that were added at once and say the same, each of one
 * identifier.  Their keys stand one behind the other, and seq is the last one's:
 * entry i of n, from 0, has seq - n + 1 + i.  So a signal costs the 32 bytes of
 * its key.  An index by key would cost a page of the database for each, because
 * keys are random: who wants to know what held for a key reads the log, who wants
 * to know what holds asks the list in memory.
 */
enum { PACK_ENTRIES_MAX = 4000 };

struct pack {
	uint64_t first; /* seq of the first entry */
	size_t n;
	const uint8_t *key; /* n of IDENT_KEY_SIZE */
	str kind;
	uint32_t reasons; /* that hold from now on; 0: a release */
	int64_t at;
	str act; /* act, source and request_id: of what was read */
	str source;
	int64_t request_id; /* 0: none */
};

struct packs {
	struct pack *at;
	size_t n;
	size_t entries; /* in all of them */
};

/*
 * Entries behind `after` in their order, at most `most`; some when there are any.
 * A pack of which some entries are wanted comes without the others.  In the arena,
 * which takes most + PACK_ENTRIES_MAX keys.
 */
int suppress_log_read(struct db *db, struct arena *a, uint64_t after,
	size_t most, struct packs *out, struct err *e);

/* What the rows of one entry say of a key, in their order. */
int suppress_log_read_of(struct db *db, struct arena *a,
	const uint8_t key[IDENT_KEY_SIZE], struct packs *out, struct err *e);
/* The rows of several entries that end behind `after`, whole and in their order, at
 * most `most` of them. */
int suppress_log_read_packs(struct db *db, struct arena *a, uint64_t after,
	size_t most, struct packs *out, struct err *e);

/* What is to be written of some identifiers. */
struct log_change {
	const uint8_t *key; /* n of IDENT_KEY_SIZE; one may come twice */
	const enum ident_kind *kind;
	size_t n;
	uint32_t mask;    /* what is said something of; the rest stays */
	uint32_t reasons; /* of mask: those that hold from now on */
	/* When the reasons end (REASONS_WITH_END); 0: not by themselves.  What
	 * holds without an end gets none. */
	int64_t until_at;
	str source;
	int64_t request_id; /* 0: none */
	/* A person says it at this moment: it is written down though it holds
	 * already (desk/own_act.h). */
	bool is_act;

	bool *is_new;       /* out: n, which of them made an entry */
	size_t changed;     /* out: how many did */
	size_t again;       /* out: how many others were said once more */
	struct packs packs; /* out: what was added */
};

/*
 * Adds what does not hold already, in the caller's transaction, and holds the
 * end of the log until that is over.  Of an act it adds as well that it was said.
 */
int suppress_log_change(struct desk *d, struct log_change *c, struct err *e);

/* What holds for n keys, this transaction's own entries included.  Holds the end
 * of the log, too. */
int suppress_log_now(struct desk *d, const uint8_t *key, size_t n,
	uint32_t *reasons, struct err *e);

#endif
