/* One folder at a time, each opened from the one before. */
#include "connect/files/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

const char *walk_fault(str pattern)
{
	str rest = pattern, part;

	if (!pattern.n || pattern.n > WALK_PATH_MAX)
		return "is empty or too long";
	if (str_has(pattern, '\0'))
		return "holds a NUL byte";
	if (pattern.p[0] == '/' || str_ends(pattern, STR("/")))
		return "is not a path below the system's folder";
	while (str_next(&rest, '/', &part))
		if (!part.n || str_eq(part, STR(".")) ||
			str_eq(part, STR("..")))
			return "is not a path below the system's folder";
	return NULL;
}

struct walker {
	struct arena *arena;
	str table;
	struct walk_files *out;
	size_t cap;
	struct err *e;
};

static int take(struct walker *w, const char *path)
{
	if (w->out->n == WALK_FILES_MAX)
		return err_set(w->e, ERR_LIMIT,
			"table \"%.*s\": more than %d files", STR_ARG(w->table),
			(int)WALK_FILES_MAX);
	if (w->out->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 16;
		const char **at = arena_many(w->arena, const char *, cap);

		if (w->out->n)
			memcpy(at, w->out->at, w->out->n * sizeof *at);
		w->out->at = at;
		w->cap = cap;
	}
	w->out->at[w->out->n++] = path;
	return 0;
}

static int is_link(struct walker *w, const char *path)
{
	err_set(w->e, ERR_INVALID, "table \"%.*s\": \"%s\" is a symbolic link",
		STR_ARG(w->table), path);
	return err_hint(w->e, "name the file that it leads to, or a pattern "
			      "that leaves it out");
}

static int walk_folder(struct walker *w, int fd, str before, str pattern);

static int walk_into(struct walker *w, int fd, const char *path, str rest)
{
	const char *name = strrchr(path, '/');
	int inside = openat(fd, name ? name + 1 : path,
		O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int rc;

	if (inside < 0)
		return err_errno(w->e, "open \"%s\"", path);
	rc = walk_folder(w, inside, str_of(path), rest);
	close(inside);
	return rc;
}

static int walk_entry(
	struct walker *w, int fd, const char *name, str before, str rest)
{
	struct stat st;
	const char *path = arena_fmt(w->arena, "%.*s%s%s", STR_ARG(before),
		before.n ? "/" : "", name)
				   .p;

	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT
			       ? 0
			       : err_errno(w->e, "look at \"%s\"", path);
	if (S_ISLNK(st.st_mode))
		return is_link(w, path);
	if (rest.n)
		return S_ISDIR(st.st_mode) ? walk_into(w, fd, path, rest) : 0;
	return S_ISREG(st.st_mode) ? take(w, path) : 0;
}

static int walk_entries(
	struct walker *w, DIR *d, str before, const char *part, str rest)
{
	struct dirent *entry;

	while (errno = 0, (entry = readdir(d))) {
		if (fnmatch(part, entry->d_name, FNM_PERIOD))
			continue;
		if (walk_entry(w, dirfd(d), entry->d_name, before, rest) < 0)
			return -1;
	}
	return errno ? err_errno(w->e, "read the folder of table \"%.*s\"",
			       STR_ARG(w->table))
		     : 0;
}

static int walk_folder(struct walker *w, int fd, str before, str pattern)
{
	str part, rest;
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);
	int rc;

	if (!d) {
		err_errno(w->e, "read the folder of table \"%.*s\"",
			STR_ARG(w->table));
		if (copy >= 0)
			close(copy);
		return -1;
	}
	str_cut(pattern, '/', &part, &rest);
	rc = walk_entries(w, d, before, arena_cstr(w->arena, part), rest);
	closedir(d);
	return rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The folder was given as one file: other tables are not there. */
static void leave_only(struct walk_files *f, str only)
{
	size_t n = 0;

	for (size_t i = 0; only.n && i < f->n; i++)
		if (str_eq(str_of(f->at[i]), only))
			f->at[n++] = f->at[i];
	if (only.n)
		f->n = n;
}

int walk(struct arena *a, int folder, str pattern, str only,
	struct walk_files *out, struct err *e)
{
	struct walker w = { a, pattern, out, 0, e };
	const char *fault = walk_fault(pattern);

	*out = (struct walk_files){ 0 };
	if (fault)
		return err_set(e, ERR_INVALID, "table \"%.*s\": the name %s",
			STR_ARG(pattern), fault);
	if (walk_folder(&w, folder, (str){ 0 }, pattern) < 0)
		return -1;
	leave_only(out, only);
	if (!out->n) {
		err_set(e, ERR_INVALID, "table \"%.*s\": no such file",
			STR_ARG(pattern));
		return err_hint(e, "compare the data map with the folder");
	}
	qsort(out->at, out->n, sizeof *out->at, by_bytes);
	return 0;
}

int walk_open_parent(int folder, const char *path, const char **name)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char part[WALK_PATH_MAX + 1];
	const char *slash;

	for (; fd >= 0 && (slash = strchr(path, '/')); path = slash + 1) {
		size_t n = (size_t)(slash - path);
		int next;

		must(n <= WALK_PATH_MAX);
		memcpy(part, path, n);
		part[n] = '\0';
		next = openat(fd, part,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(fd);
		fd = next;
	}
	*name = path;
	return fd;
}

int walk_open(int folder, const char *path, int flags, unsigned mode)
{
	const char *name;
	int parent = walk_open_parent(folder, path, &name);
	int fd, why;

	if (parent < 0)
		return -1;
	fd = openat(parent, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
	why = errno;
	close(parent);
	errno = why;
	return fd;
}
