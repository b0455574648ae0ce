/*
 * Catalogs as translators write them.  One that does not fit its templates ends the
 * build: what was forgotten is told of all at once, so that it is mended in one go.
 */
#include "tplc_catalog.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAIRS_MAX = 4000 };

static struct catalog_pair *find(struct catalog *c, str english)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->at[i].english, english))
			return &c->at[i];
	return NULL;
}

static void add(struct catalog *c, const struct catalog_pair *pair)
{
	const struct catalog_pair *other = find(c, pair->english);

	if (other)
		source_fail(pair->source, pair->line, "is also in %s:%d",
			other->source->path, other->line);
	if (c->n == PAIRS_MAX)
		source_fail(pair->source, pair->line, "more than %d pairs",
			(int)PAIRS_MAX);
	c->at[c->n++] = *pair;
}

void catalog_read(struct arena *a, const char *path, struct catalog *c)
{
	struct source *src = arena_one(a, struct source);
	struct catalog_pair pair = { .source = src };
	str rest, line;
	int n = 0;

	*src = source_read(a, path);
	if (!c->at)
		c->at = arena_many(a, struct catalog_pair, PAIRS_MAX);
	rest = src->text;
	while (str_next(&rest, '\n', &line)) {
		n++;
		line = str_trim(line);
		if (str_starts(line, STR("# ")))
			continue;
		if (pair.english.n && !line.n)
			source_fail(src, pair.line, "has no translation");
		if (!line.n)
			continue;
		pair.line = pair.english.n ? pair.line : n;
		pair.words = pair.english.n ? line : STR("");
		if (!pair.english.n) {
			pair.english = line;
			continue;
		}
		add(c, &pair);
		pair = (struct catalog_pair){ .source = src };
	}
	if (pair.english.n)
		source_fail(src, pair.line, "has no translation");
}

struct catalog_pair *catalog_find(
	struct catalog *c, str english, const struct source *s, int line)
{
	struct catalog_pair *pair = find(c, english);

	if (pair) {
		pair->is_used = true;
		return pair;
	}
	fprintf(stderr, "%s:%d: not in the words of \"%.*s\": %.*s\n", s->path,
		line, STR_ARG(c->code), STR_ARG(english));
	c->missing++;
	return NULL;
}

void catalog_must_fit(const struct catalog *c)
{
	int idle = 0;

	for (size_t i = 0; i < c->n && !c->missing; i++) {
		if (c->at[i].is_used)
			continue;
		fprintf(stderr, "%s:%d: no template says this: %.*s\n",
			c->at[i].source->path, c->at[i].line,
			STR_ARG(c->at[i].english));
		idle++;
	}
	if (c->missing || idle)
		exit(1);
}
