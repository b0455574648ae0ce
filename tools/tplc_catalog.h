#ifndef TOOLS_TPLC_CATALOG_H
#define TOOLS_TPLC_CATALOG_H

#include "source.h"

/*
 * The words of one language, as translators write them: the English in a line, the
 * translation in the next, an empty line; lines that begin with "# " say why.  Both may
 * hold what the language of templates has: {v.days}, <a href="/s">, {if ...}.
 */
struct catalog_pair {
	str english;
	str words;
	const struct source *source;
	int line;
	bool is_used;
};

struct catalog {
	str code; /* "es" */
	struct catalog_pair *at;
	size_t n;
	int missing; /* asked for and not there */
};

/* Adds a file; one that can't be read ends the process, as does English that is there
 * already. */
void catalog_read(struct arena *a, const char *path, struct catalog *c);

/* NULL, and it was said on stderr, when there is none. */
struct catalog_pair *catalog_find(
	struct catalog *c, str english, const struct source *s, int line);

/* Ends the process when something was missing, or is there for nothing. */
void catalog_must_fit(const struct catalog *c);

#endif
