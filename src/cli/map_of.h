#ifndef CLI_MAP_OF_H
#define CLI_MAP_OF_H

#include "cli/command.h"
#include "connect/connector.h"
#include "connect/map.h"

/* The installation's data map, and how its systems are reached. */
struct map_of {
	struct map map;
	struct conn_options read; /* read-only */
};

int map_of(struct cli *c, struct map_of *out, struct err *e);
/* The system that was named, with a suggestion when there is none. */
int map_of_system(struct cli *c, const struct map *m, str name,
	const struct map_system **out, struct err *e);

#endif
