/*
 * Where a system is, beside what the data map says: what somebody looked at must not be
 * taken for another system that the same words lead to.
 */
#include "connect/address.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "connect/map.h"

static const char head[] = "version: 1\nsystems:\n  - name: crm\n";
static const char tables[] =
	"    tables:\n"
	"      - { name: person, key: id, erase: delete,\n"
	"          columns: [ { name: email, identifies: email } ] }\n";

static const char recipe[] = "version: 1\n"
			     "url: https://crm.example/v1\n"
			     "auth: { type: bearer, secret: crm_token }\n"
			     "check: GET /me\n"
			     "tables:\n"
			     "  - name: person\n"
			     "    columns: [ { name: id }, { name: email } ]\n"
			     "    find:\n"
			     "      - request: GET /people?page={page}\n"
			     "        rows: data\n"
			     "        paging: page\n"
			     "    erase:\n"
			     "      - request: DELETE /people/{key}\n";

static struct map map_of(struct arena *a, const char *dir, const char *what)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	CHECK(!map_parse(a, arena_fmt(a, "%s%s%s", head, what, tables),
		      str_of(dir), &m, ps),
		"%.*s", STR_ARG(ps->at[0].text));
	return m;
}

static str address(struct arena *a, const struct map *m)
{
	struct err e = { 0 };
	str out = { 0 };

	CHECK(!conn_address(a, m, &m->systems[0], NULL, &out, &e), "%s",
		e.message);
	return out;
}

/* Behind the name of a secret stands another server. */
static void behind_a_secret(struct arena *a)
{
	struct map m = map_of(
		a, ".", "    connector: postgres\n    database: crm_db\n");
	struct err e = { 0 };
	str one, two;

	setenv("TOYON_SECRET_CRM_DB", "postgresql://crm.example/crm", 1);
	one = address(a, &m);
	setenv("TOYON_SECRET_CRM_DB", "postgresql://old.example/crm", 1);
	two = address(a, &m);
	CHECK(!str_eq(one, two), "another host is the same");
	unsetenv("TOYON_SECRET_CRM_DB");
	CHECK(conn_address(a, &m, &m.systems[0], NULL, &two, &e) == -1,
		"no secret, no address");
}

/* A file is the same by whatever path, and another one in another folder. */
static void of_a_file(struct arena *a, const char *dir)
{
	const char what[] = "    connector: sqlite\n    database: crm.db\n";
	struct map here = map_of(a, dir, what);
	struct map same = map_of(a, path_join(a, dir, "."), what);
	struct map other = map_of(a, "/nowhere", what);
	struct err e = { 0 };

	must(!file_replace(path_join(a, dir, "crm.db"), STR(""), 0600, &e));
	CHECK(str_eq(address(a, &here), address(a, &same)), "by two paths");
	CHECK(!str_eq(address(a, &here), address(a, &other)), "two files");
}

/* A recipe says which calls erase what, and as whom. */
static void of_a_recipe(struct arena *a, const char *dir)
{
	struct map m =
		map_of(a, dir, "    connector: http\n    database: crm.yaml\n");
	const char *path = path_join(a, dir, "crm.yaml");
	struct err e = { 0 };
	str one, two;

	setenv("TOYON_SECRET_CRM_TOKEN", "t1", 1);
	must(!file_replace(path, str_of(recipe), 0600, &e));
	one = address(a, &m);
	setenv("TOYON_SECRET_CRM_TOKEN", "t2", 1);
	two = address(a, &m);
	CHECK(!str_eq(one, two), "another account is the same");
	must(!file_replace(path,
		arena_fmt(a, "%s      - request: DELETE /households/{key}\n",
			recipe),
		0600, &e));
	one = address(a, &m);
	CHECK(!str_eq(one, two), "another call is the same");
}

int main(void)
{
	struct arena *a = arena_new(16 << 20);
	char dir[] = "/tmp/t_address.XXXXXX";

	must(mkdtemp(dir));
	behind_a_secret(a);
	of_a_file(a, dir);
	of_a_recipe(a, dir);
	unlink(path_join(a, dir, "crm.db"));
	unlink(path_join(a, dir, "crm.yaml"));
	rmdir(dir);
	arena_free(a);
	return CHECK_DONE();
}
