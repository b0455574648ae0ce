/* The place that is a folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "connect/files/place.h"

enum { DEPTH_MAX = 12, LIST_ARENA_MAX = 256 << 20 };

static int folder_walk(struct files_conn *c, struct arena *a, str table,
	struct walk_files *out, struct err *e)
{
	return walk(a, c->folder, table, c->only, out, e);
}

/* All files below a folder. */
struct folder_list {
	struct arena *arena;
	file_name_fn *fn;
	void *ctx;
	struct err *e;
};

static int list_folder(struct folder_list *s, int parent, str below, int depth);

/* Links are passed over here, and refused when a map names one (walk.h). */
static int list_entry(struct folder_list *s, int folder, const char *name,
	str below, int depth)
{
	str path = arena_fmt(
		s->arena, "%.*s%s%s", STR_ARG(below), below.n ? "/" : "", name);
	struct stat st;
	int fd, rc;

	if (name[0] == '.' || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	if (S_ISREG(st.st_mode))
		return s->fn(s->ctx, path, s->e);
	if (!S_ISDIR(st.st_mode) || depth == DEPTH_MAX)
		return 0;
	fd = openat(
		folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_errno(s->e, "read a folder below it");
	rc = list_folder(s, fd, path, depth + 1);
	close(fd);
	return rc;
}

static int list_folder(struct folder_list *s, int parent, str below, int depth)
{
	int copy = openat(parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;
	int rc = 0;

	if (!d)
		return err_errno(s->e, "read the folder");
	while (!rc && (errno = 0, entry = readdir(d)))
		rc = list_entry(s, dirfd(d), entry->d_name, below, depth);
	if (!rc && errno)
		rc = err_errno(s->e, "read the folder");
	closedir(d);
	return rc;
}

static int folder_names(
	struct files_conn *c, file_name_fn *fn, void *ctx, struct err *e)
{
	struct folder_list l = { arena_new(LIST_ARENA_MAX), fn, ctx, e };
	int rc = list_folder(&l, c->folder, (str){ 0 }, 0);

	arena_free(l.arena);
	return rc < 0 ? -1 : 0;
}

/* Nothing is moved, so the whole file is as cheap as a part. */
static int folder_open(struct files_conn *c, const char *path,
	struct file_part *part, struct err *e)
{
	int fd = walk_open(c->folder, path, O_RDONLY, 0);

	(void)part;
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
	.list = folder_names,
	.open = folder_open,
	.begin = folder_begin,
	.end = rewrite_end,
	.reopen = rewrite_open,
	.stage = rewrite_stage,
	.finish = rewrite_close,
	.commit = rewrite_commit,
};
