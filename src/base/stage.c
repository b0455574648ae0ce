/* Beside the name, to the disk, then the name: in this order, or not at all. */
#include "base/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "base/rand.h"

enum { SUFFIX = 6, TRIES = 100 };

/* As mkstemp(3), but with a mode that the umask takes its part of: fchmod() on
 * the file of mkstemp() would not ask it, and to ask it is to change it for all
 * threads.  The name is in temp, but for its last SUFFIX characters. */
static int create_beside(char *temp, mode_t mode)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t n = strlen(temp);

	for (int tries = 0; tries < TRIES; tries++) {
		int fd;

		for (size_t i = n - SUFFIX; i < n; i++)
			temp[i] = letters[rand_below(sizeof letters - 1)];
		fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int stage_open(struct stage *s, const char *path, mode_t mode, struct err *e)
{
	static const char suffix[] = ".XXXXXX";
	size_t n = strlen(path);

	s->fd = -1;
	s->without_flush = false;
	s->temp[0] = '\0';
	if (n + sizeof suffix > sizeof s->path)
		return err_set(e, ERR_INVALID, "a path that is too long");
	memcpy(s->path, path, n + 1);
	s->is_direct = file_is_special(path);
	if (s->is_direct) {
		s->fd = open(path, O_WRONLY | O_CLOEXEC);
		return s->fd < 0 ? err_errno(e, "open \"%s\"", path) : 0;
	}
	memcpy(s->temp, path, n);
	memcpy(s->temp + n, suffix, sizeof suffix);
	s->fd = create_beside(s->temp, mode);
	if (s->fd >= 0)
		return 0;
	s->temp[0] = '\0';
	return err_errno(e, "create a file beside \"%s\"", path);
}

/* A new name is safe only when its folder is flushed. */
static int flush_folder(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t n = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
	int fd, rc;

	memcpy(folder, n ? path : ".", n ? n : 1);
	folder[n ? n : 1] = '\0';
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

static int publish(struct stage *s)
{
	int rc;

	if (s->is_direct) {
		rc = close(s->fd);
		s->fd = -1;
		return rc;
	}
	if (!s->without_flush && fsync(s->fd))
		return -1;
	rc = close(s->fd);
	s->fd = -1;
	if (rc || rename(s->temp, s->path))
		return -1;
	s->temp[0] = '\0';
	return s->without_flush ? 0 : flush_folder(s->path);
}

int stage_commit(struct stage *s, struct err *e)
{
	must(s->fd >= 0);
	if (!publish(s))
		return 0;
	err_errno(e, "write \"%s\"", s->path);
	stage_drop(s);
	return -1;
}

void stage_drop(struct stage *s)
{
	if (s->fd >= 0)
		close(s->fd);
	if (s->temp[0])
		unlink(s->temp);
	s->fd = -1;
	s->temp[0] = '\0';
}
