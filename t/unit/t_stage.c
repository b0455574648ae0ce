/* A staged file is there whole or not at all. */
#include "base/stage.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"

static char folder[] = "/tmp/t_stage.XXXXXX";

static int files_in(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *f;
	int n = 0;

	while ((f = readdir(d)))
		n += f->d_name[0] != '.';
	closedir(d);
	return n;
}

static int files_in_folder(void)
{
	return files_in(folder);
}

static str content(struct arena *a, const char *path)
{
	struct err e = { 0 };
	str s = { 0 };

	file_read(a, path, 1 << 16, &s, &e);
	return s;
}

/* Nothing of a list lies about when who writes it is killed, where the file system
 * has files without a name, as that of /dev/shm. */
static void killed(void)
{
	char shm[] = "/dev/shm/t_stage.XXXXXX", path[64];
	pid_t child;
	int status;

	CHECK(mkdtemp(shm), "a folder in memory");
	snprintf(path, sizeof path, "%s/x", shm);
	child = fork();
	if (!child) {
		struct stage s;
		struct err e = { 0 };

		if (!stage_open(&s, path, 0600, &e) &&
			!write_all(s.fd, "half", 4))
			raise(SIGKILL);
		_exit(1);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status),
		"killed while it wrote");
	CHECK(files_in(shm) == 0, "%d files left", files_in(shm));
	rmdir(shm);
}

static void appears_whole(struct arena *a, const char *path)
{
	struct stage s;
	struct err e = { 0 };
	struct stat st;

	CHECK(!stage_open(&s, path, 0640, &e), "%s", e.message);
	CHECK(!write_all(s.fd, "new", 3), "write");
	CHECK(!file_exists(path), "nothing before the commit");
	CHECK(!stage_commit(&s, &e), "%s", e.message);
	CHECK(str_eq(content(a, path), STR("new")), "the content");
	CHECK(!stat(path, &st) && (st.st_mode & 0777) == 0640, "the mode");
	stage_drop(&s);
	CHECK(file_exists(path) && files_in_folder() == 1, "a late drop");
}

/* Each mode is what the umask leaves of it, and the umask stays. */
static void umask_holds(void)
{
	static const struct {
		const char *why;
		mode_t asked, umask, got;
	} cases[] = {
		{ "an open umask", 0666, 0, 0666 },
		{ "the usual one", 0666, 022, 0644 },
		{ "a careful one", 0666, 077, 0600 },
		{ "it only takes away", 0600, 022, 0600 },
	};
	char path[64];
	mode_t was = umask(0);

	snprintf(path, sizeof path, "%s/moded", folder);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = { 0 };
		struct stage s;
		struct stat st;

		umask(cases[i].umask);
		CHECK(!stage_open(&s, path, cases[i].asked, &e) &&
				!stage_commit(&s, &e),
			"%s: %s", cases[i].why, e.message);
		CHECK(!stat(path, &st) && (st.st_mode & 0777) == cases[i].got,
			"%s: %o", cases[i].why, st.st_mode & 0777);
	}
	umask(was);
	unlink(path);
}

static void dropped(struct arena *a, const char *path)
{
	struct stage s;
	struct err e = { 0 };

	CHECK(!stage_open(&s, path, 0644, &e), "%s", e.message);
	CHECK(!write_all(s.fd, "other", 5), "write");
	stage_drop(&s);
	CHECK(str_eq(content(a, path), STR("new")), "the old content");
	CHECK(files_in_folder() == 1, "no temporary");
}

static void cannot(void)
{
	struct stage s;
	struct err e = { 0 };

	CHECK(stage_open(&s, "/nowhere/x", 0644, &e) == -1 &&
			strstr(e.message, "/nowhere/x"),
		"%s", e.message);
	CHECK(stage_open(&s, "/dev/null", 0644, &e) == 0 && s.is_direct,
		"a device is written directly");
	CHECK(!stage_commit(&s, &e), "%s", e.message);
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);
	char path[64];

	if (!mkdtemp(folder))
		return 1;
	umask(022);
	snprintf(path, sizeof path, "%s/x", folder);
	killed();
	umask_holds();
	appears_whole(a, path);
	dropped(a, path);
	cannot();
	unlink(path);
	rmdir(folder);
	arena_free(a);
	return CHECK_DONE();
}
