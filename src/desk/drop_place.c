/*
 * The folder of what belongs to the platform, and who works in it.  A batch is
 * served once, and two processes that ask, or make files, at the same time would
 * take it from each other.
 */
#include "desk/drop_session.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/install.h"

void drop_place_of(const struct install *in, struct drop_place *out)
{
	*out = (struct drop_place){
		.dir = install_path(in, STR("drop")),
		.credentials = install_path(in, in->config.credentials),
	};
}

int drop_place_make(const struct drop_place *p, struct err *e)
{
	return dir_make(p->dir, 0700, e);
}

const char *drop_place_path(
	struct arena *a, const struct drop_place *p, str name)
{
	return path_join(a, p->dir, arena_cstr(a, name));
}

enum { TRIES = 50, PAUSE_MS = 100 };

/* A step of the worker is often short: that is waited for. */
static bool got(int dir)
{
	const struct timespec pause = { 0, PAUSE_MS * 1000000L };

	for (int i = 0; i < TRIES; i++) {
		if (!flock(dir, LOCK_EX | LOCK_NB))
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return false;
		nanosleep(&pause, NULL);
	}
	errno = EWOULDBLOCK;
	return false;
}

static void busy(struct err *e)
{
	err_set(e, ERR_UNAVAILABLE,
		"another process works on the State's lists");
	err_hint(e, "the worker does steps by itself; try again soon");
}

int drop_lock(const struct drop_place *p, int *lock, struct err *e)
{
	int dir;

	if (drop_place_make(p, e))
		return -1;
	dir = open(p->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_errno(e, "open the folder %.150s", p->dir);
	if (got(dir)) {
		*lock = dir;
		return 0;
	}
	if (errno != EWOULDBLOCK)
		err_errno(e, "lock the folder %.150s", p->dir);
	else
		busy(e);
	close(dir);
	return -1;
}

void drop_unlock(int lock)
{
	close(lock);
}
