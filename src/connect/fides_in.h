#ifndef CONNECT_FIDES_IN_H
#define CONNECT_FIDES_IN_H

#include "connect/fides.h"

/* Internal to fides.c and fides_links.c. */

/* One end of a reference, and where it leads, by names. */
struct fides_reference {
	size_t dataset;
	size_t table;
	size_t column;
	str to_dataset;
	str to_field; /* "collection.field" */
	str direction;
};

/* One more line of what can't be carried over. */
void fides_lose(struct arena *a, struct draft *d, str where, const char *what);

/* The name of a dataset as our map may have it: of a-z, 0-9, "_" and "-". */
str fides_plain_key(struct arena *a, str key);

#endif
