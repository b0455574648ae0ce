/*
 * Whole small files: keys, settings, tokens.  Nothing here follows a race: what
 * is replaced is replaced by rename(2), which others see as a whole or not.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"

static ssize_t read_some(int fd, void *p, size_t n)
{
	ssize_t got;

	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Not by the size that stat(2) says: a pipe has none, a file may grow. */
static int read_whole(int fd, const char *path, struct buf *b, struct err *e)
{
	char chunk[16384];
	ssize_t n;

	while ((n = read_some(fd, chunk, sizeof chunk)) > 0) {
		buf_put(b, (str){ chunk, (size_t)n });
		if (!buf_ok(b))
			return err_set(e, ERR_LIMIT,
				"\"%s\" has more than %zu bytes", path, b->max);
	}
	return n < 0 ? err_errno(e, "read \"%s\"", path) : 0;
}

int file_read_fd(struct arena *a, const struct file_source *s, size_t size_max,
	str *out, struct err *e)
{
	struct buf b = buf_in(a, size_max);

	if (read_whole(s->fd, s->name, &b, e))
		return -1;
	*out = buf_str(&b);
	return 0;
}

int file_read(struct arena *a, const char *path, size_t size_max, str *out,
	struct err *e)
{
	struct file_source s = { open(path, O_RDONLY | O_CLOEXEC), path };
	int rc;

	if (s.fd < 0)
		return err_errno(e, "open \"%s\"", path);
	rc = file_read_fd(a, &s, size_max, out, e);
	close(s.fd);
	return rc;
}

/* Closes fd in any case. */
static int fill_and_flush(int fd, str content, mode_t mode)
{
	bool is_ok = !fchmod(fd, mode) &&
		     !write_all(fd, content.p, content.n) && !fsync(fd);
	int why = errno;

	if (close(fd) && is_ok)
		return -1;
	errno = why;
	return is_ok ? 0 : -1;
}

/* The name of a file in the folder is safe only when the folder is flushed. */
static int flush_folder_of(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd, rc, why;

	if (!slash)
		snprintf(folder, sizeof folder, ".");
	else
		snprintf(folder, sizeof folder, "%.*s",
			slash == path ? 1 : (int)(slash - path), path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	why = errno;
	close(fd);
	errno = why;
	return rc;
}

int file_replace(const char *path, str content, mode_t mode, struct err *e)
{
	char beside[PATH_MAX];
	int n = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
	int fd;

	if (n < 0 || (size_t)n >= sizeof beside)
		return err_set(e, ERR_LIMIT, "the path is too long");
	fd = mkstemp(beside);
	if (fd < 0)
		return err_errno(e, "create a file beside \"%s\"", path);
	if (fill_and_flush(fd, content, mode) || rename(beside, path)) {
		err_errno(e, "write \"%s\"", path);
		unlink(beside);
		return -1;
	}
	if (flush_folder_of(path))
		return err_errno(e, "flush the folder of \"%s\"", path);
	return 0;
}

int dir_make(const char *path, mode_t mode, struct err *e)
{
	struct stat st;

	if (!mkdir(path, mode))
		return 0;
	if (errno == EEXIST && !stat(path, &st) && S_ISDIR(st.st_mode))
		return 0;
	return err_errno(e, "make the folder \"%s\"", path);
}

static const char *name_in(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool folder_of(const char *path, struct stat *out)
{
	size_t n = (size_t)(name_in(path) - path);
	char folder[PATH_MAX] = ".";

	if (n >= sizeof folder)
		return false;
	if (n) {
		memcpy(folder, path, n);
		folder[n] = '\0';
	}
	return !stat(folder, out);
}

bool file_is_same(const char *a, const char *b)
{
	struct stat in_a, in_b;

	return !file_is_special(a) && !strcmp(name_in(a), name_in(b)) &&
	       folder_of(a, &in_a) && folder_of(b, &in_b) &&
	       in_a.st_dev == in_b.st_dev && in_a.st_ino == in_b.st_ino;
}

bool file_is_special(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

bool file_exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

const char *path_join(struct arena *a, const char *dir, const char *name)
{
	bool has_slash = str_ends(str_of(dir), STR("/"));

	if (name[0] == '/' || !dir[0])
		return arena_cstr(a, str_of(name));
	return arena_fmt(a, "%s%s%s", dir, has_slash ? "" : "/", name).p;
}

int write_all(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n) {
		ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}
