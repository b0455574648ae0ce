/* Whole files: limits, replacement, what is left behind on failure. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "check.h"

struct place {
	struct arena *arena;
	const char *dir;
};

static const char *in(struct place *p, const char *name)
{
	return path_join(p->arena, p->dir, name);
}

static int entries(const char *dir)
{
	DIR *d = opendir(dir);
	int n = -2; /* "." and ".." */

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

static void limits(struct place *p)
{
	static const struct {
		const char *why;
		size_t n, size_max;
		bool is_fine;
	} rows[] = {
		{ "an empty file", 0, 0, true },
		{ "one less", 99, 100, true },
		{ "the limit", 100, 100, true },
		{ "one more", 101, 100, false },
		{ "over several reads", 50000, 50000, true },
		{ "one more than that", 50001, 50000, false },
	};
	char *text = arena_alloc(p->arena, 50001);

	memset(text, 'x', 50001);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const char *path = in(p, "limits");
		str written = { text, rows[i].n }, out = STR_INIT("kept");
		struct err e = { 0 };
		int rc;

		CHECK(!file_replace(path, written, 0600, &e), "%s", e.message);
		rc = file_read(p->arena, path, rows[i].size_max, &out, &e);
		CHECK(!rc == rows[i].is_fine, "%s: %s", rows[i].why, e.message);
		CHECK(str_eq(out, rc ? STR("kept") : written), "%s",
			rows[i].why);
		CHECK(e.code == (rc ? ERR_LIMIT : ERR_NONE), "%s", rows[i].why);
		unlink(path);
	}
}

static void reading(struct place *p)
{
	struct err e = { 0 };
	char expected[300];
	str out;

	CHECK(file_read(p->arena, in(p, "none"), 9, &out, &e), "not there");
	snprintf(expected, sizeof expected,
		"cannot open \"%s/none\": No such file or directory", p->dir);
	CHECK(!strcmp(e.message, expected), "%s", e.message);
	CHECK(e.code == ERR_NOT_FOUND, "%s", err_name(e.code));
	CHECK(file_read(p->arena, p->dir, 9, &out, &e), "a folder");
	snprintf(expected, sizeof expected,
		"cannot read \"%s\": Is a directory", p->dir);
	CHECK(!strcmp(e.message, expected), "%s", e.message);
}

static mode_t mode_of(const char *path)
{
	struct stat st = { 0 };

	stat(path, &st);
	return st.st_mode & 07777;
}

/* As a program that hands a passphrase over: its end of stdin may be a socket. */
static void from_a_socket(struct place *p)
{
	struct file_source s = { -1, "stdin" };
	struct err e = { 0 };
	int pair[2];
	str out;

	CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	s.fd = pair[0];
	CHECK(!write_all(pair[1], "herons\n", 7), "write");
	close(pair[1]);
	CHECK(!file_read_fd(p->arena, &s, 7, &out, &e), "%s", e.message);
	CHECK(str_eq(out, STR("herons\n")), "%.*s", STR_ARG(out));
	CHECK(fcntl(pair[0], F_GETFD) >= 0, "the descriptor stays open");
	close(pair[0]);
}

static void replacing(struct place *p)
{
	const char *path = in(p, "key");
	struct err e = { 0 };
	mode_t mask = umask(077);
	str out = { 0 };

	CHECK(!file_replace(path, STR("old\0"), 0600, &e), "%s", e.message);
	CHECK(mode_of(path) == 0600, "%o", (unsigned)mode_of(path));
	CHECK(!file_replace(path, STR("new"), 0644, &e), "%s", e.message);
	CHECK(mode_of(path) == 0644, "whatever the umask: %o",
		(unsigned)mode_of(path));
	CHECK(!file_read(p->arena, path, 99, &out, &e), "%s", e.message);
	CHECK(str_eq(out, STR("new")), "%.*s", STR_ARG(out));
	CHECK(entries(p->dir) == 1, "nothing beside it: %d", entries(p->dir));
	umask(mask);
	unlink(path);
}

static void replacing_fails(struct place *p)
{
	const char *path = in(p, "folder");
	char long_path[5000];
	struct err e = { 0 };

	CHECK(!dir_make(path, 0700, &e), "%s", e.message);
	CHECK(file_replace(path, STR("x"), 0600, &e), "a folder is there");
	CHECK(strstr(e.message, "cannot write \""), "%s", e.message);
	CHECK(entries(p->dir) == 1, "nothing left: %d", entries(p->dir));
	CHECK(file_replace(in(p, "no/x"), STR("x"), 0600, &e), "no folder");
	CHECK(e.code == ERR_NOT_FOUND, "%s", e.message);
	memset(long_path, 'x', sizeof long_path);
	long_path[sizeof long_path - 1] = '\0';
	CHECK(file_replace(long_path, STR("x"), 0600, &e), "a long path");
	CHECK(e.code == ERR_LIMIT, "%s", e.message);
	rmdir(path);
}

/* Relative names: the folder that is flushed is then "." . */
static void relative(struct place *p)
{
	struct err e = { 0 };
	int back = open(".", O_RDONLY | O_DIRECTORY);

	CHECK(back >= 0 && !chdir(p->dir), "into it");
	CHECK(!file_replace("bare", STR("x"), 0600, &e), "%s", e.message);
	CHECK(file_exists(in(p, "bare")), "there");
	unlink("bare");
	CHECK(!fchdir(back), "and back");
	close(back);
}

static void folders(struct place *p)
{
	const char *path = in(p, "sub");
	struct err e = { 0 };

	CHECK(!file_exists(path), "not yet");
	CHECK(!dir_make(path, 0750, &e), "%s", e.message);
	CHECK(mode_of(path) == 0750, "%o", (unsigned)mode_of(path));
	CHECK(file_exists(path), "a folder is there");
	CHECK(!dir_make(path, 0750, &e), "again is fine: %s", e.message);
	rmdir(path);
	CHECK(!file_replace(path, STR("x"), 0600, &e), "%s", e.message);
	CHECK(dir_make(path, 0750, &e), "a file is in the way");
	CHECK(e.code == ERR_CONFLICT, "%s", e.message);
	unlink(path);
	CHECK(dir_make(in(p, "a/b"), 0750, &e), "not those above it");
}

static void joining(struct arena *a)
{
	static const struct {
		const char *why, *dir, *name, *path;
	} rows[] = {
		{ "two", "a/b", "c", "a/b/c" },
		{ "no second slash", "a/", "c", "a/c" },
		{ "the root", "/", "c", "/c" },
		{ "an absolute name", "a", "/c", "/c" },
		{ "here", "", "c", "c" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const char *path = path_join(a, rows[i].dir, rows[i].name);

		CHECK(!strcmp(path, rows[i].path), "%s: %s", rows[i].why, path);
	}
}

static void closed_pipe(void)
{
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	CHECK(!pipe(ends), "a pipe");
	CHECK(!write_all(ends[1], "abc", 3), "written");
	CHECK(!write_all(ends[1], NULL, 0), "nothing");
	close(ends[0]);
	errno = 0;
	CHECK(write_all(ends[1], "abc", 3) == -1 && errno == EPIPE, "errno %d",
		errno);
	close(ends[1]);
}

/* More than a pipe holds, so that the writer is cut short again and again. */
static void slow_reader(void)
{
	static char sent[300000], got[sizeof sent];
	int ends[2], status = -1;
	size_t n = 0;
	ssize_t step = 1;
	pid_t writer;

	for (size_t i = 0; i < sizeof sent; i++)
		sent[i] = (char)(i * 31 % 251);
	CHECK(!pipe(ends), "a pipe");
	fflush(NULL);
	writer = fork();
	if (!writer)
		_exit(write_all(ends[1], sent, sizeof sent) ? 1 : 0);
	close(ends[1]);
	for (; n < sizeof got && step > 0; n += (size_t)step) {
		step = read(ends[0], got + n, sizeof got - n);
		step = step < 0 ? 0 : step;
	}
	waitpid(writer, &status, 0);
	CHECK(!status, "the writer ended with %d", status);
	CHECK(n == sizeof sent && !memcmp(sent, got, n), "%zu bytes", n);
	close(ends[0]);
}

static void same(void)
{
	static const struct {
		const char *a, *b;
		bool is_same;
		const char *why;
	} rows[] = {
		{ "/tmp/x.none", "/tmp/x.none", true, "need not be there" },
		{ "/tmp/x.none", "/tmp/../tmp/./x.none", true, "another way" },
		{ "x.none", "./x.none", true, "here" },
		{ "/tmp/x.none", "/tmp/y.none", false, "another name" },
		{ "/tmp/x.none", "/x.none", false, "another folder" },
		{ "/nowhere/x", "/nowhere/x", false, "no folder" },
		{ "/dev/null", "/dev/null", false, "a device takes all" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(file_is_same(rows[i].a, rows[i].b) == rows[i].is_same,
			"%s: %s %s", rows[i].why, rows[i].a, rows[i].b);
	CHECK(file_is_special("/dev/null") && !file_is_special("/tmp") &&
			!file_is_special("/tmp/x.none"),
		"a device, a folder, nothing");
}

int main(void)
{
	char dir[] = "/tmp/t_file.XXXXXX";
	struct place p = { arena_new(1 << 20), mkdtemp(dir) };

	CHECK(p.dir, "a folder to work in");
	limits(&p);
	reading(&p);
	from_a_socket(&p);
	replacing(&p);
	replacing_fails(&p);
	relative(&p);
	folders(&p);
	joining(p.arena);
	same();
	closed_pipe();
	slow_reader();
	CHECK(!rmdir(dir), "nothing is left behind");
	arena_free(p.arena);
	return CHECK_DONE();
}
