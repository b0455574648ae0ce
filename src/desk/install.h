#ifndef DESK_INSTALL_H
#define DESK_INSTALL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "desk/config.h"
#include "desk/keys.h"

/*
 * An installation is a folder:
 *
 *	toyon.yaml    boot settings (tbl/config.h)
 *	toyon.db      the database, unless it is PostgreSQL
 *	keys/         the three keys; without them nothing can be read
 *	credentials/  secrets of systems and vendors, for the worker only
 *	datamap.yaml  which systems hold personal data
 *	index.tyx     the suppression index, a cache
 *	disclosures/  who was in the lists that were handed over
 *	outbox/       letters, while no mail server is set up
 */
struct install {
	struct arena *arena;
	const char *dir;
	struct config config;
	struct clock clock;
	struct keys *keys;
	const char *database; /* URL for db_open() */
};

/*
 * What stands behind --dir: the argument, TOYON_DIR, or /var/lib/toyon.
 */
const char *install_dir(const char *argument);

/* Reads the boot file and the keys that `which` allows. */
int install_open(struct install *in, struct arena *a, const char *dir,
	unsigned which, struct err *e);

/* Opens the database of the installation and brings its schema up to date. */
struct db;
int install_database(const struct install *in, struct db **db, struct err *e);

/* Paths in the folder, absolute or as the boot file gives them. */
const char *install_path(const struct install *in, str name);

/*
 * A new installation: the folder, keys, boot file and database.  ERR_CONFLICT
 * when there is one already: nothing of it is touched.
 */
int install_make(struct arena *a, const char *dir, const struct config *config,
	struct err *e);

#endif
