/*
 * The two connectors, which differ in the format of a row only.
 *
 * What a data map can't know of files is found out and said: a folder that is
 * away is not an empty one, a header without the column is a wrong map, and what
 * can't be read ends the call.
 */
#include "connect/files/place.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"

int files_in_table(str table, struct err *e)
{
	return err_context(e, "table \"%.*s\"", STR_ARG(table));
}

int files_may_write(const struct files_conn *c, struct err *e)
{
	if (c->mode == CONN_WRITE)
		return 0;
	return err_set(e, ERR_DENIED, "the files were opened to be read only");
}

int files_end_of_part(struct err *e)
{
	*e = (struct err){ 0 };
	return 0;
}

bool files_is_unreadable(const struct err *e)
{
	return e->code == ERR_CORRUPT || e->code == ERR_INVALID ||
	       e->code == ERR_LIMIT;
}

int files_what_to_do(struct err *e)
{
	if (e->code != ERR_CORRUPT || e->hint[0])
		return -1;
	return err_hint(e, "mend the file, or move it to where no table of the "
			   "data map names it: who is in it can't be told");
}

struct file_column files_column(const struct files_conn *c, str table, str name)
{
	const struct map_table *t = map_table_named(c->head.system, table);
	size_t i = t ? map_column_index(t, name) : 0;

	return (struct file_column){ .name = name,
		.is_optional = t && i < t->columns_n &&
			       conn_is_optional(&c->head, t, i) };
}

static void files_close(struct conn *c)
{
	close(files_own(c)->folder);
}

static int away(const char *path, struct err *e)
{
	err_errno(e, "open the folder");
	if (e->code == ERR_NOT_FOUND)
		e->code = ERR_UNAVAILABLE;
	return err_hint(e, "the data map names %s", path);
}

/* A file stands for its folder with that file alone. */
static int open_folder_of(
	struct files_conn *c, struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	c->only = str_of(slash ? slash + 1 : path);
	path = slash ? arena_cstr(a, (str){ path, (size_t)(slash - path) + 1 })
		     : ".";
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int open_folder(
	struct files_conn *c, struct arena *a, const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st))
		return away(path, e);
	c->folder = S_ISREG(st.st_mode)
			    ? open_folder_of(c, a, path)
			    : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return c->folder < 0 ? away(path, e) : 0;
}

static int files_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct files_conn *c = arena_one(a, struct files_conn);
	const char *path = o->url ? o->url : arena_cstr(a, s->database);

	if (path[0] != '/' && !o->url)
		path = path_join(a, arena_cstr(a, m->dir), path);
	c->head.timeout_ms = o->timeout_ms;
	c->mode = o->mode;
	c->place = &file_place_folder;
	c->format = s->connector == CONNECTOR_CSV ? &file_format_csv
						  : &file_format_jsonl;
	if (open_folder(c, a, path, e) < 0)
		return -1;
	*out = &c->head;
	return 0;
}

#define FILES_CONNECTOR                                                   \
	{                                                                 \
		.is_files = true, .open = files_open, .rows = files_rows, \
		.erase = files_erase, .insert = files_insert,             \
		.script = files_script, .close = files_close,             \
		.describe = files_describe, .plan = files_plan,           \
	}

const struct connector connector_csv = FILES_CONNECTOR;
const struct connector connector_jsonl = FILES_CONNECTOR;
