#ifndef CONNECT_ADDRESS_H
#define CONNECT_ADDRESS_H

#include "base/arena.h"
#include "base/err.h"
#include "connect/map.h"

/*
 * Where a system is: what the map does not say itself, and what decides all the same whose
 * rows an erasure comes to.  The address that stands behind the name of a secret, the path
 * of a file, the text of a recipe with the secret that it names.  It carries passwords.
 */
int conn_address(struct arena *a, const struct map *m,
	const struct map_system *s, const char *credentials_dir, str *out,
	struct err *e);

#endif
