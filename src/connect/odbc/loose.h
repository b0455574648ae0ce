#ifndef CONNECT_ODBC_LOOSE_H
#define CONNECT_ODBC_LOOSE_H

#include "connect/connector.h"

/*
 * Numbers that any database takes for the same, however they are written: 7.00 is 7.  For
 * look-ups that are loose, where a database can't be asked in its own words.  As doubles: of
 * more than 15 digits two may be taken for one, and whoever asked loosely looks at them.
 */
struct odbc_numbers {
	double *at; /* in order */
	size_t n;
};

struct odbc_numbers odbc_numbers_of(
	struct arena *a, const struct cell *values, size_t n);
bool odbc_numbers_have(const struct odbc_numbers *all, const struct cell *c);
/* The values, with those that are whole numbers written plainly: 7 for 7.00 and 07. */
const struct cell *odbc_plain(
	struct arena *a, const struct cell *values, size_t n);

#endif
