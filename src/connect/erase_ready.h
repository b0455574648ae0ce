#ifndef CONNECT_ERASE_READY_H
#define CONNECT_ERASE_READY_H

#include "connect/find.h"

/*
 * What a finding still needs before a plan is made that is carried out: the rows that
 * were only counted are told again (find_rest_name()), the system says what the columns
 * take that get other values and which links of a circle may be emptied, and values that the finding had no room for are read anew, one
 * row at a time, to make others of.  A row that is not there any more is nobody's trouble:
 * the proof counts it as gone.
 */
int erase_ready(
	struct conn *c, struct arena *a, struct finding *f, struct err *e);

/* Has rows that were only counted, values to be read anew, or rows that go though they are
 * somebody else's too: to be erased by itself. */
bool erase_needs_reading(const struct finding *f);

#endif
