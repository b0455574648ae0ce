#ifndef DROP_PEOPLE_H
#define DROP_PEOPLE_H

#include "drop/keys.h"

/*
 * The parts of many people whose rows come in no order, until each is whole.
 * Memory is bounded: when it is used up a call says so, and the caller reads
 * again for a smaller range of people.  Only hashes of parts are held, a value
 * that many have once.  Nothing is written to a disk.
 *
 * A person is known by a 128-bit keyed hash of what names the row (SipHash,
 * with a key of this run), so that two are never taken for one.
 */
struct who {
	uint64_t h[2];
};

#define PEOPLE_FULL   UINT32_MAX
#define PEOPLE_NOBODY UINT32_MAX

struct people;
struct people *people_new(size_t size_max);
void people_free(struct people *p);
void people_clear(struct people *p);

/* table tells apart rows of several tables with the same key. */
struct who people_who(const struct people *p, size_t table, str key);
/* 0 to 2^64 - 1, evenly: what ranges of people are made of. */
uint64_t people_place(struct who w);

/* Adds a person, or finds it; PEOPLE_FULL.  key is told with a match. */
uint32_t people_add(struct people *p, struct who w, size_t table, str key);
uint32_t people_find(const struct people *p, struct who w); /* or _NOBODY */
size_t people_n(const struct people *p);
size_t people_table(const struct people *p, uint32_t person);
str people_key(const struct people *p, uint32_t person);

/* False: full. */
bool people_part(
	struct people *p, uint32_t person, enum role role, const char *hash);
bool people_bad_part(
	struct people *p, uint32_t person, enum role role, enum ident_fault f);

/* The person's parts become a held record of k; false when there are none. */
bool people_keys(const struct people *p, uint32_t person, struct keys *k);

#endif
