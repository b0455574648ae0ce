#ifndef CONNECT_REDIS_PATTERN_H
#define CONNECT_REDIS_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * Which keys are the rows of a table: "customer:{id}".  A part in braces is a
 * column, and stands for one byte or more, none of them ":"; "{{" and "}}" are
 * braces.  A pattern with one part says which key belongs to a value, and the
 * other way round.
 */
enum { REDIS_PARTS_MAX = 8 };

struct redis_pattern {
	str parts[REDIS_PARTS_MAX]; /* their names */
	size_t n;
	str between[REDIS_PARTS_MAX + 1]; /* before each part, and at the end */
};

/* What is wrong with it; NULL when nothing is. */
const char *redis_pattern_fault(str text);
/* text is one without a fault. */
struct redis_pattern redis_pattern_of(struct arena *a, str text);
/* The number of parts when there is none of that name. */
size_t redis_pattern_part(const struct redis_pattern *p, str name);

/* The values of the parts; false when the key is none of the table's. */
bool redis_pattern_match(
	const struct redis_pattern *p, str key, str values[REDIS_PARTS_MAX]);
/* False when a value is none that a part can have. */
bool redis_pattern_key(struct arena *a, const struct redis_pattern *p,
	const str values[REDIS_PARTS_MAX], str *out);
/* For SCAN: every key of the table, and maybe others. */
str redis_pattern_glob(struct arena *a, const struct redis_pattern *p);

#endif
