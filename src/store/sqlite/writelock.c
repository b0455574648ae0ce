/* The lock file of writelock.h: opening it, and waiting for a bounded time. */
#include "store/sqlite/writelock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/clock.h"

enum { PATH_BYTES = 4096, NAP_MIN_NS = 50 * 1000, NAP_MAX_NS = 1000 * 1000 };

/* Root may be the first to open it (`toyon doctor`); the service must be able
 * to open it afterwards. */
static int make_like(int fd, const char *db_path)
{
	struct stat db;

	if (stat(db_path, &db) || fchmod(fd, db.st_mode & 0666))
		return -1;
	return geteuid() ? 0 : fchown(fd, db.st_uid, db.st_gid);
}

int writelock_open(struct writelock *l, const char *db_path, struct err *e)
{
	char path[PATH_BYTES];
	int n = snprintf(path, sizeof path, "%s-lock", db_path);

	*l = (struct writelock){ .fd = -1 };
	if (n < 0 || (size_t)n >= sizeof path)
		return err_set(
			e, ERR_INVALID, "the path of the database is too long");
	l->fd = open(path, O_RDWR | O_CLOEXEC);
	if (l->fd >= 0)
		return 0;
	l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (l->fd >= 0 && !make_like(l->fd, db_path))
		return 0;
	err_errno(e, "open %s", path);
	err_hint(e, "check that it belongs to the service's user");
	writelock_close(l);
	return -1;
}

void writelock_close(struct writelock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

/*
 * flock() cannot wait for a bounded time, so the wait is a series of naps that
 * grow.  A transaction takes a few hundred microseconds, mostly its fsync.
 */
int writelock_take(struct writelock *l, int wait_ms, struct err *e)
{
	int64_t until_ms = clock_mono_ms() + wait_ms;
	struct timespec nap = { .tv_nsec = NAP_MIN_NS };

	must(!l->is_held);
	while (flock(l->fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_errno(e, "lock the database");
		if (clock_mono_ms() >= until_ms)
			return err_set(e, ERR_UNAVAILABLE,
				"the database is busy: another writer held it "
				"for %d ms",
				wait_ms);
		nanosleep(&nap, NULL);
		if (nap.tv_nsec < NAP_MAX_NS)
			nap.tv_nsec *= 2;
	}
	l->is_held = true;
	return 0;
}

void writelock_drop(struct writelock *l)
{
	must(l->is_held);
	l->is_held = false;
	must(!flock(l->fd, LOCK_UN));
}
