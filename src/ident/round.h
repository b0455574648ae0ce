#ifndef IDENT_ROUND_H
#define IDENT_ROUND_H

#include "ident/cell.h"

/*
 * Values of one kind on the way to their digests, many at once: that is a third
 * of what they cost one by one.  What is usual is read the fast way
 * (ident/cell.h) and waits for one hash of all; what is unusual, or hashed
 * already, goes through the rules.  By toyon/1.
 *
 *	ident_round_start(&r, cpu, kind);
 *	for (...)
 *		ident_round_add(&r, value);
 *	ident_round_finish(&r);
 *	... r.digest, r.fault
 */
enum { IDENT_ROUND = 128 };

struct ident_round {
	enum cpu_path cpu; /* resolved */
	enum ident_kind kind;
	size_t n;
	cell_fn *way;
	size_t blocks;
	uint8_t of[IDENT_ROUND];    /* whose block it is */
	uint8_t fault[IDENT_ROUND]; /* enum ident_fault of each value */
	/* One after the other; zeros for a value with a fault. */
	uint8_t digest[IDENT_ROUND * SHA256_SIZE];
	_Alignas(64) uint8_t block[IDENT_ROUND * SHA256_BLOCK];
};

/* Nothing of r need be set. */
void ident_round_start(
	struct ident_round *r, enum cpu_path cpu, enum ident_kind kind);
/* IDENT_ROUND values at most.  The text is not kept. */
void ident_round_add(struct ident_round *r, str value);
/* Then r->digest and r->fault have n values. */
void ident_round_finish(struct ident_round *r);

/* A round of one value: its fault, and without one its digest. */
enum ident_fault ident_round_of_one(enum cpu_path cpu, enum ident_kind kind,
	str value, uint8_t digest[SHA256_SIZE]);

#endif
