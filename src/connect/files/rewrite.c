/* Beside, to the disk, then the names: for many files as for one. */
#include "connect/files/rewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/clock.h"
#include "connect/files/walk.h"

enum { LOCK_LOOK_MS = 20 };

static const char lock_name[] = ".toyon.lock";

static int take_lock(int fd, int timeout_ms, struct err *e)
{
	const struct timespec pause = { 0, LOCK_LOOK_MS * 1000000L };
	int64_t until_ms = clock_mono_ms() + timeout_ms;

	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_errno(e, "lock the folder");
		if (clock_mono_ms() >= until_ms)
			return err_set(e, ERR_UNAVAILABLE,
				"another run is writing in this folder");
		nanosleep(&pause, NULL);
	}
	return 0;
}

int rewrite_begin(struct arena *a, int folder, int timeout_ms,
	struct rewrite *out, struct err *e)
{
	*out = (struct rewrite){ .arena = a, .folder = folder };
	out->lock = openat(folder, lock_name,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (out->lock < 0)
		return err_errno(e, "write in the folder");
	if (!take_lock(out->lock, timeout_ms, e))
		return 0;
	close(out->lock);
	out->lock = -1;
	return -1;
}

static void drop_temp(const struct rewrite *w, const struct staged *s)
{
	const char *name;
	int parent = walk_open_parent(w->folder, s->temp, &name);

	if (parent < 0)
		return;
	unlinkat(parent, name, 0);
	close(parent);
}

void rewrite_end(struct rewrite *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->at[i]->fd >= 0)
			close(w->at[i]->fd);
		if (w->at[i]->temp)
			drop_temp(w, w->at[i]);
	}
	w->n = 0;
	if (w->lock >= 0)
		close(w->lock);
	w->lock = -1;
}

int rewrite_open(
	struct rewrite *w, const char *path, struct stat *old, struct err *e)
{
	int fd;

	for (size_t i = 0; i < w->n; i++)
		if (!strcmp(w->at[i]->path, path)) {
			err_set(e, ERR_INVALID,
				"\"%s\" belongs to two tables of the data "
				"map",
				path);
			return err_hint(e, "give each file to one table");
		}
	fd = walk_open(w->folder, path, O_RDONLY, 0);
	if (fd < 0)
		return err_errno(e, "open \"%s\"", path);
	if (fstat(fd, old)) {
		err_errno(e, "look at \"%s\"", path);
	} else if (old->st_nlink > 1) {
		err_set(e, ERR_CONFLICT,
			"\"%s\" has a second name (a hard link), under which "
			"its rows would stay",
			path);
		err_hint(e, "remove the other name, or make it a file of its "
			    "own");
	} else {
		return fd;
	}
	close(fd);
	return -1;
}

/* ".NAME.toyon" in the same folder. */
static const char *temp_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash + 1 - path) : 0;

	return arena_fmt(a, "%.*s.%s.toyon", n, path, path + n).p;
}

void rewrite_add(struct rewrite *w, struct staged *s)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 16;
		struct staged **at = arena_many(w->arena, struct staged *, cap);

		if (w->n)
			memcpy(at, w->at, w->n * sizeof *at);
		w->at = at;
		w->cap = cap;
	}
	w->at[w->n++] = s;
}

int rewrite_stage(struct rewrite *w, struct arena *a, const char *path,
	int from, const struct stat *old, struct staged **out, struct err *e)
{
	struct staged *s = arena_one(w->arena, struct staged);

	*s = (struct staged){ .path = arena_cstr(w->arena, str_of(path)),
		.is_new = !old,
		.temp = temp_of(w->arena, path) };
	if (old)
		s->old = *old;
	drop_temp(w, s);
	s->fd = walk_open(
		w->folder, s->temp, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (s->fd < 0)
		return err_errno(e, "create a file beside \"%s\"", path);
	rewrite_add(w, s);
	s->out = packer_open(a, s->fd,
		from < 0 ? packing_of_name(str_of(path))
			 : packing_of_file(from));
	*out = s;
	return 0;
}

/* Only root may give a file away; a group may be one's own. */
static int keep_owner(const struct staged *s, struct err *e)
{
	struct stat now;

	if (fstat(s->fd, &now))
		return err_errno(e, "look at the new file");
	if ((now.st_uid != s->old.st_uid || now.st_gid != s->old.st_gid) &&
		fchown(s->fd, s->old.st_uid, s->old.st_gid)) {
		err_errno(e, "keep the owner of \"%s\"", s->path);
		return err_hint(e, "run as the owner of the files");
	}
	if (fchmod(s->fd, s->old.st_mode & 07777))
		return err_errno(e, "keep the mode of \"%s\"", s->path);
	return 0;
}

int rewrite_close(struct staged *s, struct err *e)
{
	int rc = packer_end(s->out, e);

	s->out = NULL;
	if (!rc && !s->is_new)
		rc = keep_owner(s, e);
	if (!rc && fsync(s->fd))
		rc = err_errno(e, "flush the new \"%s\"", s->path);
	if (close(s->fd) && !rc)
		rc = err_errno(e, "write the new \"%s\"", s->path);
	s->fd = -1;
	return rc;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	       a->st_size == b->st_size && a->st_nlink == b->st_nlink &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* In a folder that is open already. */
static int check_unchanged(
	int parent, const char *name, const struct staged *s, struct err *e)
{
	struct stat now;

	if (s->is_new || (!fstatat(parent, name, &now, AT_SYMLINK_NOFOLLOW) &&
				 is_same(&now, &s->old)))
		return 0;
	err_set(e, ERR_CONFLICT, "\"%s\" was changed by someone else", s->path);
	return err_hint(e, "it was left as it is; running again reads it anew");
}

static int check_all(const struct rewrite *w, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < w->n && !rc; i++) {
		const char *name;
		int parent = walk_open_parent(w->folder, w->at[i]->path, &name);

		if (parent < 0)
			return err_errno(
				e, "open the folder of \"%s\"", w->at[i]->path);
		rc = check_unchanged(parent, name, w->at[i], e);
		close(parent);
	}
	return rc;
}

static int publish_in(
	int parent, const char *name, struct staged *s, struct err *e)
{
	const char *slash = strrchr(s->temp, '/');

	if (check_unchanged(parent, name, s, e) < 0)
		return -1;
	if (renameat(parent, slash ? slash + 1 : s->temp, parent, name))
		return err_errno(e, "replace \"%s\"", s->path);
	s->temp = NULL;
	if (fsync(parent))
		return err_errno(e, "flush the folder of \"%s\"", s->path);
	return 0;
}

static int publish(const struct rewrite *w, struct staged *s, struct err *e)
{
	const char *name;
	int parent = walk_open_parent(w->folder, s->path, &name);
	int rc;

	if (parent < 0)
		return err_errno(e, "open the folder of \"%s\"", s->path);
	rc = publish_in(parent, name, s, e);
	close(parent);
	return rc;
}

int rewrite_commit(struct rewrite *w, struct err *e)
{
	if (check_all(w, e) < 0)
		return -1;
	for (size_t i = 0; i < w->n; i++) {
		if (!publish(w, w->at[i], e))
			continue;
		if (i)
			err_hint(e,
				"%zu of %zu files were replaced before; "
				"run again",
				i, w->n);
		return -1;
	}
	return 0;
}
