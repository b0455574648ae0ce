/*
 * Beside the name, to the disk, then the name: in this order, or not at all.
 *
 * Linux has files without a name (O_TMPFILE): who is killed, or is ended by Ctrl-C,
 * leaves nothing of them behind.  They get one through /proc.
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "base/rand.h"

enum { SUFFIX = 6, TRIES = 100 };

/* What path stands in. */
static void folder_of(const char *path, char folder[PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	size_t n = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;

	memcpy(folder, n ? path : ".", n ? n : 1);
	folder[n ? n : 1] = '\0';
}

/* Where such a file can be given a name later: that is found out only then, and
 * other file systems than these may have the one without the other. */
static bool has_unnamed(const char *folder)
{
	static const unsigned long known[] = { EXT4_SUPER_MAGIC,
		XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC, TMPFS_MAGIC };
	struct statfs fs;

	if (statfs(folder, &fs) || access("/proc/self/fd", X_OK))
		return false;
	for (size_t i = 0; i < COUNTOF(known); i++)
		if ((unsigned long)fs.f_type == known[i])
			return true;
	return false;
}

static int create_unnamed(const char *path, mode_t mode)
{
	char folder[PATH_MAX];

	folder_of(path, folder);
	return has_unnamed(folder)
		       ? open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, mode)
		       : -1;
}

static void draw_name(char *temp)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t n = strlen(temp);

	for (size_t i = n - SUFFIX; i < n; i++)
		temp[i] = letters[rand_below(sizeof letters - 1)];
}

/* temp is a name to draw from. */
static int give_name(int fd, char *temp)
{
	char from[64];

	snprintf(from, sizeof from, "/proc/self/fd/%d", fd);
	for (int tries = 0; tries < TRIES; tries++) {
		draw_name(temp);
		if (!linkat(AT_FDCWD, from, AT_FDCWD, temp, AT_SYMLINK_FOLLOW))
			return 0;
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

/* As mkstemp(3), but with a mode that the umask takes its part of: fchmod() on
 * the file of mkstemp() would not ask it, and to ask it is to change it for all
 * threads.  The name is in temp, but for its last SUFFIX characters. */
static int create_beside(char *temp, mode_t mode)
{
	for (int tries = 0; tries < TRIES; tries++) {
		int fd;

		draw_name(temp);
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
	s->without_flush = s->is_unnamed = false;
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
	s->fd = create_unnamed(path, mode);
	s->is_unnamed = s->fd >= 0;
	if (!s->is_unnamed)
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
	int fd, rc;

	folder_of(path, folder);
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
	if (s->is_unnamed && give_name(s->fd, s->temp))
		return -1;
	s->is_unnamed = false;
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
	if (s->temp[0] && !s->is_unnamed)
		unlink(s->temp);
	s->fd = -1;
	s->temp[0] = '\0';
}
