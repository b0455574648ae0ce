#ifndef CONNECT_SECRET_H
#define CONNECT_SECRET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* A plain file name of at most 60 letters, digits, "_", "-" and ".". */
bool secret_is_name(str name);
#define SECRET_NAME_HINT                                                        \
	"put the secret itself into a file of the credentials folder, or into " \
	"a variable TOYON_SECRET_..., and its name here"

/*
 * A secret by its name: the file NAME in the credentials folder, else the
 * environment variable TOYON_SECRET_NAME (upper case, "-" and "." as "_").
 * White space at its end is left off.  dir may be NULL.  ERR_INVALID when it is
 * in neither place, or the name is no plain file name; errors never carry it.
 */
int secret_read(
	struct arena *a, const char *dir, str name, str *out, struct err *e);

#endif
