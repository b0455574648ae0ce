/*
 * An installation is opened with the keys its record was made with, or not at
 * all: with another index key everybody would look up as clear.
 */
#include "desk/install.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/enc.h"
#include "base/file.h"
#include "base/rand.h"
#include "check.h"
#include "store/db.h"

static struct arena *arena;
static const char *dir;

static int open_once(unsigned which, struct err *e)
{
	struct install in;
	struct db *db;

	if (install_open(&in, arena, dir, which, e) ||
		install_database(&in, &db, e))
		return -1;
	db_close(db);
	return 0;
}

static str swap_key(const char *name)
{
	const char *path =
		path_join(arena, path_join(arena, dir, "keys"), name);
	unsigned char other[KEY_SIZE];
	struct err e = { 0 };
	str was;

	rand_bytes(other, sizeof other);
	CHECK(!file_read(arena, path, 256, &was, &e) &&
			!file_replace(path,
				arena_fmt(arena, "%.*s\n",
					STR_ARG(hex_of(
						arena, other, KEY_SIZE))),
				0600, &e),
		"%s", e.message);
	return was;
}

static void put_back(const char *name, str was)
{
	struct err e = { 0 };

	CHECK(!file_replace(
		      path_join(arena, path_join(arena, dir, "keys"), name),
		      was, 0600, &e),
		"%s", e.message);
}

static void foreign_key(const char *name, unsigned which)
{
	struct err e = { 0 };
	str was = swap_key(name);

	CHECK(open_once(which, &e) == -1 && e.code == ERR_CORRUPT &&
			strstr(e.message, name),
		"another %s: %s", name, e.message);
	put_back(name, was);
	CHECK(!open_once(KEYS_ALL, &e), "the right one again: %s", e.message);
}

int main(void)
{
	char template[] = "/tmp/t_install.XXXXXX";
	struct config config;
	struct err e = { 0 };

	arena = arena_new(64 << 20);
	dir = mkdtemp(template);
	config_defaults(&config);
	CHECK(!install_make(arena, dir, &config, &e), "%s", e.message);
	CHECK(!open_once(KEYS_ALL, &e), "noted at the first opening: %s",
		e.message);
	CHECK(!open_once(KEYS_WEB, &e), "known at the second: %s", e.message);
	foreign_key("index.key", KEYS_INDEX);
	foreign_key("master.key", KEYS_WEB);
	CHECK(install_make(arena, dir, &config, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"an installation is never made over another");
	must(!system(arena_cstr(arena, arena_fmt(arena, "rm -rf %s", dir))));
	arena_free(arena);
	return CHECK_DONE();
}
