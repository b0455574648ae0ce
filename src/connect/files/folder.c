/* The place that is a folder. */
#include <fcntl.h>

#include "connect/files/place.h"

static int folder_walk(struct files_conn *c, struct arena *a, str table,
	struct walk_files *out, struct err *e)
{
	return walk(a, c->folder, table, c->only, out, e);
}

static int folder_open(struct files_conn *c, const char *path, struct err *e)
{
	int fd = walk_open(c->folder, path, O_RDONLY, 0);

	if (fd >= 0)
		return fd;
	/* The folder said that it is there: another run replaced nothing. */
	err_errno(e, "open \"%s\"", path);
	e->code = e->code == ERR_DENIED ? e->code : ERR_UNAVAILABLE;
	return -1;
}

static int folder_begin(struct files_conn *c, struct arena *a,
	struct rewrite *out, struct err *e)
{
	return rewrite_begin(a, c->folder, c->head.timeout_ms, out, e);
}

const struct file_place file_place_folder = {
	.walk = folder_walk,
	.open = folder_open,
	.begin = folder_begin,
	.end = rewrite_end,
	.reopen = rewrite_open,
	.stage = rewrite_stage,
	.finish = rewrite_close,
	.commit = rewrite_commit,
};
