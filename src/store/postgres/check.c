/* What `toyon doctor` asks about a PostgreSQL database. */
#include <string.h>

#include "base/base.h"
#include "store/postgres/postgres.h"

/* Settings without which an answered commit can be lost or a page damaged. */
static const struct wanted {
	const char *show;
	const char *name;
	const char *not_this;
	const char *hint;
} wanted[] = {
	{ "show fsync", "fsync", "off",
		"set fsync = on: a crash can damage the database without it" },
	{ "show full_page_writes", "full_page_writes", "off",
		"set full_page_writes = on: a crash can damage the database "
		"without it" },
	{ "show synchronous_commit", "synchronous_commit", "off",
		"set synchronous_commit = on: a crash can lose requests that "
		"were confirmed without it" },
	{ "show data_checksums", "data_checksums", "off",
		"run pg_checksums --enable while it is stopped, so that "
		"damage is noticed" },
};

static int check_setting(struct postgres_db *p, const struct wanted *w,
	struct arena *a, struct db_findings *out, struct err *e)
{
	PGresult *r = PQexec(p->c, w->show);
	int rc = 0;

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		rc = postgres_fail(p, r, w->name, e);
	else if (!strcmp(PQgetvalue(r, 0, 0), w->not_this))
		db_finding_add(out, true,
			arena_fmt(a, "%s is %s", w->name, w->not_this),
			w->hint);
	PQclear(r);
	return rc;
}

int postgres_check(
	struct db *db, struct arena *a, struct db_findings *out, struct err *e)
{
	struct postgres_db *p = postgres_of(db);
	int client = PQlibVersion();

	db_finding_add(out, false,
		arena_fmt(a, "PostgreSQL %s, libpq %d.%d",
			PQparameterStatus(p->c, "server_version"),
			client / 10000, client % 10000),
		"");
	for (size_t i = 0; i < COUNTOF(wanted); i++)
		if (check_setting(p, &wanted[i], a, out, e))
			return -1;
	return 0;
}
