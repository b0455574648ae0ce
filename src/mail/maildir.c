#include "mail/maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum { NAME_SIZE = 512 };

struct maildir {
	DIR *new;
	int cur_fd;
	int passed;
};

static void close_maildir(void *ctx)
{
	struct maildir *m = ctx;

	if (m->new)
		(void)closedir(m->new);
	if (m->cur_fd >= 0)
		(void)close(m->cur_fd);
}

static int no_maildir(struct err *e, const char *path, const char *what)
{
	(void)err_errno(e, "open %s/%s", path, what);
	e->code = ERR_UNAVAILABLE;
	return err_hint(e, "inbox in toyon.yaml is a Maildir, with the folders "
			   "new, cur and tmp, that this user may write to");
}

/* O_RDONLY is enough to rename into a folder; the right to is looked at here, so that
 * nothing is taken in that could not be marked. */
static int open_folder(int at, const char *name)
{
	if (faccessat(at, name, W_OK | X_OK, 0))
		return -1;
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int maildir_open(
	struct arena *a, const char *path, struct maildir **out, struct err *e)
{
	struct maildir *m = arena_one(a, struct maildir);
	int at = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int new_fd;

	m->cur_fd = -1;
	if (at < 0)
		return no_maildir(e, path, "");
	arena_defer(a, close_maildir, m);
	new_fd = open_folder(at, "new");
	m->new = new_fd < 0 ? NULL : fdopendir(new_fd);
	if (!m->new) {
		(void)no_maildir(e, path, "new");
	} else {
		m->cur_fd = open_folder(at, "cur");
		if (m->cur_fd < 0)
			(void)no_maildir(e, path, "cur");
	}
	(void)close(at);
	*out = m;
	return m->cur_fd < 0 ? -1 : 0;
}

/* At most size_max bytes from the start. */
static bool read_start(int fd, struct arena *a, size_t size_max, str *out)
{
	char *p = arena_alloc(a, size_max ? size_max : 1);
	size_t n = 0;
	ssize_t got;

	while (n < size_max) {
		got = read(fd, p + n, size_max - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (!got)
			break;
		n += (size_t)got;
	}
	*out = (str){ p, n };
	return true;
}

/* A pipe would be waited for without end, and a link lead anywhere. */
static bool read_file(const struct maildir *m, struct arena *a, size_t size_max,
	struct maildir_file *f)
{
	int fd = openat(dirfd(m->new), f->name,
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st = { 0 };
	bool is_read;

	if (fd < 0)
		return false;
	is_read = !fstat(fd, &st) && S_ISREG(st.st_mode);
	if (is_read && (uint64_t)st.st_size < size_max)
		size_max = (size_t)st.st_size;
	is_read = is_read && read_start(fd, a, size_max, &f->bytes);
	f->at = (int64_t)st.st_mtim.tv_sec * 1000 +
		st.st_mtim.tv_nsec / 1000000;
	(void)close(fd);
	return is_read;
}

int maildir_next(struct maildir *m, struct arena *a, size_t size_max,
	struct maildir_file *out, struct err *e)
{
	struct dirent *entry;

	while (errno = 0, (entry = readdir(m->new))) {
		if (entry->d_name[0] == '.')
			continue;
		out->name = arena_cstr(a, str_of(entry->d_name));
		if (read_file(m, a, size_max, out))
			return 1;
		m->passed += errno != ENOENT; /* a mail program was faster */
	}
	return errno ? err_errno(e, "read the folder new of the Maildir") : 0;
}

int maildir_passed(const struct maildir *m)
{
	return m->passed;
}

int maildir_seen(struct maildir *m, const struct maildir_file *f, struct err *e)
{
	const char *flags = strstr(f->name, ":2,") ? "" : ":2,S";
	char name[NAME_SIZE];
	int n = snprintf(name, sizeof name, "%s%s", f->name, flags);

	must(n > 0 && (size_t)n < sizeof name);
	if (!renameat(dirfd(m->new), f->name, m->cur_fd, name) ||
		errno == ENOENT)
		return 0;
	return err_errno(e, "mark an email of the Maildir as read");
}
