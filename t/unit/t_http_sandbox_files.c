/*
 * Landlock, tried from inside: a child is left with one folder to write and one
 * to read, and tries what is in them, beside them and around them.
 */
#include "http/sandbox_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/file.h"
#include "check.h"

enum { NO_LANDLOCK = 77 };

static bool can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static const struct {
	const char *path; /* in the test's folder, or absolute */
	int flags;
	bool is_allowed;
	const char *why;
} cases[] = {
	{ "own/file", O_RDONLY, true, "the folder's files are read" },
	{ "own/file", O_WRONLY | O_TRUNC, true, "and written" },
	{ "own/new", O_WRONLY | O_CREAT, true, "new ones are made" },
	{ "own/deep/file", O_RDWR, true, "further down, too" },
	{ "read/file", O_RDONLY, true, "what is there to be read is" },
	{ "read/file", O_WRONLY, false, "and not written" },
	{ "read/new", O_WRONLY | O_CREAT, false, "nothing new there" },
	{ "one", O_RDONLY, true, "one file alone" },
	{ "other/file", O_RDONLY, false, "nothing of another folder" },
	{ "other/new", O_WRONLY | O_CREAT, false, "not there" },
	{ "own/../other/file", O_RDONLY, false, "not by a way around" },
	{ "own/link", O_RDONLY, false, "not through a link" },
	{ "/etc/passwd", O_RDONLY, false, "nothing of the machine" },
	{ "/proc/self/environ", O_RDONLY, false, "not its environment" },
};

/* Bits of the cases that went wrong; NO_LANDLOCK when there is none. */
static int in_child(const char *dir)
{
	struct arena *a = arena_new(1 << 20);
	const char *own[] = { path_join(a, dir, "own") };
	const char *read[] = { path_join(a, dir, "read"),
		path_join(a, dir, "one"), path_join(a, dir, "not there") };
	struct sandbox_files f = { own, 1, read, 3 };
	struct err e = { 0 };
	int rc = sandbox_files(&f, &e), wrong = 0;

	if (rc <= 0)
		return rc ? 99 : NO_LANDLOCK;
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		if (can_open(path_join(a, dir, cases[i].path),
			    cases[i].flags) == cases[i].is_allowed)
			continue;
		fprintf(stderr, "not so: %s\n", cases[i].why);
		wrong++;
	}
	wrong += rename(path_join(a, own[0], "new"),
			 path_join(a, own[0], "file")) != 0;
	wrong += unlink(path_join(a, own[0], "file")) != 0;
	wrong += !unlink(path_join(a, dir, "other/file"));
	return wrong;
}

int main(void)
{
	char dir[] = "/tmp/t_sandbox_files.XXXXXX", command[400];
	pid_t child;
	int status = -1;

	CHECK(mkdtemp(dir) != NULL, "a folder");
	snprintf(command, sizeof command,
		"cd %s && mkdir -p own/deep read other && touch own/file "
		"own/deep/file read/file other/file one && ln -s "
		"../other/file own/link",
		dir);
	CHECK(!system(command), "with files");
	child = fork();
	if (!child)
		_exit(in_child(dir));
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status), "ends");
	if (WEXITSTATUS(status) == NO_LANDLOCK)
		puts("this kernel has no Landlock");
	else
		CHECK(!WEXITSTATUS(status), "%d wrong", WEXITSTATUS(status));
	snprintf(command, sizeof command, "rm -rf %s", dir);
	CHECK(!system(command), "cleaned up");
	return CHECK_DONE();
}
