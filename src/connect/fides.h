#ifndef CONNECT_FIDES_H
#define CONNECT_FIDES_H

#include "base/err.h"
#include "connect/draft.h"

/*
 * Datasets as Fides describes them, as drafts of our data map:
 *
 *	dataset, collections, fields	systems, tables, columns
 *	primary_key			key
 *	identity			identifies
 *	data_categories			category, verifies, never_disclose
 *	references, with direction	links
 *
 * A reference is a link from where the foreign key stands.  Where Fides goes
 * from the foreign key to what it names (a customer to an address), the row there may be
 * several people's: the link is shared.  What can't be carried over is a line in
 * draft.lost; nothing is passed over in silence.
 */
struct fides {
	struct arena *arena;
	enum connector_kind connector; /* Fides says it elsewhere */
	struct draft *at;
	size_t n;
	struct fides_reference *references;
	size_t references_n;
};

enum { FIDES_DATASETS_MAX = MAP_SYSTEMS_MAX };

struct fides fides_new(struct arena *a, enum connector_kind connector);
/* One more file; -1 with ERR_INVALID `name:line: ...`. */
int fides_read(struct fides *f, const char *name, str yaml, struct err *e);
/* After the last: references become links, which may lead from file to file. */
void fides_finish(struct fides *f);

#endif
