#ifndef INDEX_LIST_SECRET_H
#define INDEX_LIST_SECRET_H

#include "ident/key.h"

/*
 * The secret of index files that are made from a list without an installation:
 * everybody knows it, so such a file is as good as a list of hashes, and no
 * better.  It can't change: files made before would become foreign.
 */
#define INDEX_LIST_SECRET "toyon: a list without a secret."

_Static_assert(sizeof INDEX_LIST_SECRET == IDENT_SECRET_SIZE,
	"with its NUL, a secret");

#endif
