/*
 * The folder of an installation: made once, opened by every command and
 * process, each with the keys it may have.
 */
#include "desk/install.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/sql.h"

const char *install_dir(const char *argument)
{
	const char *dir = argument ? argument : getenv("TOYON_DIR");

	return dir && *dir ? dir : "/var/lib/toyon";
}

const char *install_path(const struct install *in, str name)
{
	const char *file = arena_cstr(in->arena, name);

	return *file == '/' ? file : path_join(in->arena, in->dir, file);
}

/* Relative names in the boot file are relative to the folder, wherever the
 * command was started. */
static const char *database_url(struct install *in)
{
	if (in->config.database.n)
		return arena_cstr(in->arena, in->config.database);
	return arena_cstr(
		in->arena, arena_fmt(in->arena, "sqlite:%s",
				   install_path(in, STR("toyon.db"))));
}

int install_open(struct install *in, struct arena *a, const char *dir,
	unsigned which, struct err *e)
{
	int64_t ms = 0;

	*in = (struct install){ .arena = a, .dir = dir };
	if (config_load(a, dir, &in->config, e))
		return -1;
	if (in->config.clock.n && config_span(in->config.clock, &ms))
		in->clock.offset_ms = ms;
	in->database = database_url(in);
	return keys_load(a, dir, which, &in->keys, e);
}

/* --- the keys that belong to this record --- */

static const struct {
	enum keys_which which;
	str setting;
	const char *file;
} key_files[] = {
	{ KEYS_MASTER, STR_INIT("key.master"), "keys/master.key" },
	{ KEYS_INDEX, STR_INIT("key.index"), "keys/index.key" },
	{ KEYS_AUDIT, STR_INIT("key.audit"), "keys/audit.pub" },
};

static int note_key(struct db *db, str setting, str fingerprint, struct err *e)
{
	struct sql_setting_set_in in = {
		.name = setting,
		.value = fingerprint,
		.changed_at = clock_now_ms(NULL),
		.changed_by = STR("system"),
	};

	return sql_setting_set(db, &in, e) < 0 ? -1 : 0;
}

static str noted_key(const struct sql_setting_all_rows *rows, str setting)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->at[i].name, setting))
			return rows->at[i].value;
	return STR("");
}

/*
 * With a wrong index key everybody would look up as clear; with a wrong master
 * key new cases would be sealed apart from the old ones.  Noted at the first
 * opening, compared ever after.
 */
static int check_keys(const struct install *in, struct db *db, struct err *e)
{
	struct sql_setting_all_rows rows;

	if (sql_setting_all(db, in->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < COUNTOF(key_files); i++) {
		str now = keys_fingerprint(
			in->arena, in->keys, key_files[i].which);
		str noted = noted_key(&rows, key_files[i].setting);

		if (!now.n || str_eq(now, noted))
			continue;
		if (!noted.n) {
			if (note_key(db, key_files[i].setting, now, e))
				return -1;
			continue;
		}
		err_set(e, ERR_CORRUPT,
			"%s is not the key that this record was made with",
			key_files[i].file);
		return err_hint(e, "put the right file back from your copy of "
				   "keys/; nothing was changed");
	}
	return 0;
}

int install_database(const struct install *in, struct db **db, struct err *e)
{
	if (db_open(db, in->database, &(struct db_opts){ 0 }, e))
		return -1;
	if (!db_migrate(*db, e) && !check_keys(in, *db, e))
		return 0;
	db_close(*db);
	*db = NULL;
	return -1;
}

static int make_database(struct install *in, struct err *e)
{
	struct db *db;
	int rc;

	in->database = database_url(in);
	if (db_open(&db, in->database, &(struct db_opts){ .may_create = true },
		    e))
		return -1;
	rc = db_migrate(db, e);
	db_close(db);
	return rc;
}

static int make_folders(struct install *in, struct err *e)
{
	if (dir_make(in->dir, 0700, e))
		return -1;
	if (file_exists(path_join(in->arena, in->dir, "toyon.yaml"))) {
		err_set(e, ERR_CONFLICT,
			"there is an installation in %s already", in->dir);
		return err_hint(
			e, "`toyon doctor --dir %s` looks at it", in->dir);
	}
	return dir_make(install_path(in, in->config.credentials), 0700, e);
}

/* The boot file comes last: without it the folder is no installation, so a run
 * that was interrupted can be made again. */
int install_make(struct arena *a, const char *dir, const struct config *config,
	struct err *e)
{
	struct install in = { .arena = a, .dir = dir, .config = *config };

	if (make_folders(&in, e))
		return -1;
	if (!file_exists(path_join(a, dir, "keys")) && keys_make(dir, e))
		return -1;
	if (make_database(&in, e))
		return -1;
	return file_replace(path_join(a, dir, "toyon.yaml"),
		config_write(a, config), 0600, e);
}
