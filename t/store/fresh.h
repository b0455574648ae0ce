#ifndef T_STORE_FRESH_H
#define T_STORE_FRESH_H

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/base.h"

/*
 * Empty databases for a test program: a file in a new folder, or a schema of
 * its own in a PostgreSQL database.  They go with fresh_end().
 */
struct fresh {
	const char *url;
	const char *server; /* the PostgreSQL address, or NULL */
	const char *name;   /* the folder or the schema */
};

/* From the first argument ("sqlite" or an address), else TOYON_TEST_PG, else
 * NULL for SQLite. */
static inline const char *fresh_server(int argc, char **argv)
{
	const char *server = argc > 1 ? argv[1] : getenv("TOYON_TEST_PG");

	return server && strcmp(server, "sqlite") ? server : NULL;
}

static inline void fresh_run(const char *server, const char *sql)
{
	PGconn *c = PQconnectdb(server);
	PGresult *r = PQexec(c, "set client_min_messages = warning");

	PQclear(r);
	r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK &&
		PQresultStatus(r) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s\n", PQerrorMessage(c));
		exit(1);
	}
	PQclear(r);
	PQfinish(c);
}

/* which: several at a time, each by a name of its own. */
static inline struct fresh fresh_start(
	struct arena *a, const char *server, const char *which)
{
	struct fresh f = { .server = server };
	char *folder;

	if (!server) {
		const char *tmp = getenv("TMPDIR");

		folder = arena_cstr(a, arena_fmt(a, "%s/t_%s.XXXXXX",
					       tmp ? tmp : "/tmp", which));
		must(mkdtemp(folder));
		f.name = folder;
		f.url = arena_cstr(
			a, arena_fmt(a, "sqlite:%s/toyon.db", folder));
		return f;
	}
	f.name = arena_cstr(a, arena_fmt(a, "t_%s_%ld", which, (long)getpid()));
	fresh_run(server,
		arena_cstr(a, arena_fmt(a, "create schema %s", f.name)));
	f.url = arena_cstr(
		a, arena_fmt(a, "%s%coptions=-csearch_path%%3D%s", server,
			   strchr(server, '?') ? '&' : '?', f.name));
	return f;
}

static inline void fresh_end(struct arena *a, const struct fresh *f)
{
	str sql = arena_fmt(a, "drop schema %s cascade", f->name);
	str rm = arena_fmt(a, "rm -r '%s'", f->name);

	if (f->server)
		fresh_run(f->server, arena_cstr(a, sql));
	else
		must(!system(arena_cstr(a, rm)));
}

#endif
