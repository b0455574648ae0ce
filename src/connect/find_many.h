#ifndef CONNECT_FIND_MANY_H
#define CONNECT_FIND_MANY_H

#include "connect/find.h"

/*
 * Many people of one system searched for together: a look-up for all of them where
 * one of them would have made one, so that files are read once for all and not once
 * for each.
 *
 * What must stay true: each finding is what find_person() alone gives.  It is
 * find_person() that searches here, too; only its look-ups are answered from what was
 * read for all.
 */
struct find_one {
	const struct ident *ids;
	size_t ids_n;
	const struct find_start *starts;
	size_t starts_n;
	bool is_found;  /* it was told of */
	struct err why; /* not found: what is wrong with this one; or nothing:
			 * to be searched for alone */
};

enum { FIND_MANY_SIZE = 64 << 20 }; /* bytes that are known for all */

/*
 * Told of each as it is found, before the next is searched for: i is its place in
 * `of`, f is empty when nothing is there.  f lives in `a`, which has the size of a
 * search's and ends with the call, so that what many people have is never held
 * at once.
 */
struct find_told {
	void (*fn)(
		void *ctx, size_t i, struct arena *a, const struct finding *f);
	void *ctx;
};

/*
 * -1: the system did not answer; who was told of until then is found.  After 0 each is
 * found, or its `why` is set, or neither: a system whose equality is wider than that
 * of texts, and more than FIND_MANY_SIZE, are left to find_person().
 */
int find_many(struct conn *c, struct find_one *of, size_t n,
	const struct find_told *told, struct err *e);

#endif
