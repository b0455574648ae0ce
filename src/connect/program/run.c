/*
 * Starting a program, talking to it until a time, and ending it.
 *
 * _GNU_SOURCE is for what posix_spawn(3) is told with glibc's own words: the
 * folder to run in, and that no other descriptor of ours is left open in it.
 */
#define _GNU_SOURCE
#include "connect/program/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "base/clock.h"
#include "connect/sigpipe.h"

enum { READ_SIZE = 64 << 10, LOOK_MS = 5, FIRST_FREE_FD = 3 };

struct program_run {
	const struct program *program;
	int timeout_ms;
	int64_t until_ms;
	pid_t pid; /* 0: it ended, and was waited for */
	int in;    /* its standard input; -1: closed */
	int out;
	struct arena *arena;
	char *p; /* what was read: up to `at` handed out */
	size_t at;
	size_t n;
	size_t cap;
	size_t searched; /* up to here there is no line end */
	bool is_over;    /* of its output */
};

static int of_program(const struct program_run *r, struct err *e)
{
	return err_context(e, "program \"%.*s\"", STR_ARG(r->program->name));
}

/* --- starting --- */

static int check_program(const struct program *p, struct err *e)
{
	struct stat st;

	if (stat(p->path, &st)) {
		err_errno(e, "run program \"%.*s\"", STR_ARG(p->name));
		e->code = ERR_UNAVAILABLE;
		return err_hint(e, "the data map leads to %s", p->path);
	}
	if (S_ISREG(st.st_mode) && !access(p->path, X_OK))
		return 0;
	err_set(e, ERR_INVALID, "\"%.*s\" is no program that may be run",
		STR_ARG(p->name));
	return err_hint(e, "chmod +x %s", p->path);
}

/* What a program may need of ours: where things are, how to write, and the
 * secrets, never the rest. */
static bool is_passed(str variable)
{
	static const char *const names[] = { "PATH=", "HOME=", "LANG=",
		"LC_ALL=", "LC_CTYPE=", "TZ=", "TMPDIR=", "TOYON_SECRET_" };

	for (size_t i = 0; i < COUNTOF(names); i++)
		if (str_starts(variable, str_of(names[i])))
			return true;
	return false;
}

static char **environment_of(struct arena *a, const struct program *p)
{
	size_t n = 0, all = 0;
	char **out;

	while (environ[all])
		all++;
	out = arena_many(a, char *, all + 2);
	for (size_t i = 0; i < all; i++)
		if (is_passed(str_of(environ[i])))
			out[n++] = environ[i];
	if (p->credentials_dir)
		out[n++] = arena_cstr(a, arena_fmt(a, "TOYON_CREDENTIALS=%s",
						 p->credentials_dir));
	return out;
}

struct ends {
	int in[2];
	int out[2];
};

static int prepare(posix_spawn_file_actions_t *fa, posix_spawnattr_t *at,
	const struct program *p, const struct ends *ends)
{
	sigset_t none, all;
	int rc = 0;

	sigemptyset(&none);
	sigfillset(&all);
	rc |= posix_spawn_file_actions_adddup2(fa, ends->in[0], STDIN_FILENO);
	rc |= posix_spawn_file_actions_adddup2(fa, ends->out[1], STDOUT_FILENO);
	rc |= posix_spawn_file_actions_addopen(
		fa, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	rc |= posix_spawn_file_actions_addclosefrom_np(fa, FIRST_FREE_FD);
	rc |= posix_spawn_file_actions_addchdir_np(fa, p->folder);
	rc |= posix_spawnattr_setflags(at, POSIX_SPAWN_SETPGROUP |
						   POSIX_SPAWN_SETSIGMASK |
						   POSIX_SPAWN_SETSIGDEF);
	rc |= posix_spawnattr_setpgroup(at, 0);
	rc |= posix_spawnattr_setsigmask(at, &none);
	rc |= posix_spawnattr_setsigdefault(at, &all);
	return rc;
}

/* 0 or the errno of what failed, the running of the program too. */
static int spawn(
	struct program_run *r, const struct program *p, const struct ends *ends)
{
	posix_spawn_file_actions_t fa;
	posix_spawnattr_t at;
	char *const argv[] = { arena_cstr(r->arena, str_of(p->path)), NULL };
	int rc;

	must(!posix_spawn_file_actions_init(&fa) && !posix_spawnattr_init(&at));
	rc = prepare(&fa, &at, p, ends);
	if (!rc)
		rc = posix_spawn(&r->pid, p->path, &fa, &at, argv,
			environment_of(r->arena, p));
	posix_spawn_file_actions_destroy(&fa);
	posix_spawnattr_destroy(&at);
	return rc;
}

static int open_pipes(struct ends *ends, struct err *e)
{
	if (pipe2(ends->in, O_CLOEXEC))
		return err_errno(e, "make a pipe");
	if (!pipe2(ends->out, O_CLOEXEC))
		return 0;
	err_errno(e, "make a pipe");
	close(ends->in[0]);
	close(ends->in[1]);
	return -1;
}

/* The group is ended while its first process, not yet waited for, keeps the
 * number from being another's. */
static void end_run(void *ctx)
{
	struct program_run *r = ctx;

	program_close_input(r);
	if (r->out >= 0)
		close(r->out);
	r->out = -1;
	if (r->pid) {
		kill(-r->pid, SIGKILL);
		while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	r->pid = 0;
}

static int not_run(const struct program *p, int why, struct err *e)
{
	errno = why;
	err_errno(e, "run program \"%.*s\"", STR_ARG(p->name));
	if (why != ENOEXEC && why != ENOENT && why != EACCES)
		return -1;
	e->code = ERR_INVALID;
	return err_hint(e, "a script begins with #! and a program that is "
			   "there");
}

int program_start(struct arena *a, const struct program *p, int timeout_ms,
	struct program_run **out, struct err *e)
{
	struct program_run *r = arena_one(a, struct program_run);
	struct ends ends;
	int rc;

	*r = (struct program_run){ .program = p,
		.timeout_ms = timeout_ms,
		.arena = a,
		.until_ms = clock_mono_ms() + timeout_ms + PROGRAM_GRACE_MS };
	if (check_program(p, e) < 0 || open_pipes(&ends, e) < 0)
		return -1;
	rc = spawn(r, p, &ends);
	close(ends.in[0]);
	close(ends.out[1]);
	r->in = ends.in[1];
	r->out = ends.out[0];
	fcntl(r->in, F_SETFL, O_NONBLOCK);
	fcntl(r->out, F_SETFL, O_NONBLOCK);
	arena_defer(a, end_run, r);
	*out = r;
	if (!rc)
		return 0;
	r->pid = 0;
	return not_run(p, rc, e);
}

/* --- talking --- */

static int too_late(struct program_run *r, struct err *e)
{
	end_run(r);
	err_set(e, ERR_UNAVAILABLE,
		"it did not end within %d ms and was killed", r->timeout_ms);
	err_hint(e, "the task told it how long it has (timeout_ms); see why "
		    "it took longer by running it by hand");
	return of_program(r, e);
}

/* Waits until there is output, or room for input when asked to. */
static int wait_for(struct program_run *r, bool to_write, bool *can_write,
	bool *can_read, struct err *e)
{
	struct pollfd fds[] = { { r->out, POLLIN, 0 },
		{ to_write ? r->in : -1, POLLOUT, 0 } };
	int64_t left_ms = r->until_ms - clock_mono_ms();
	int n;

	if (left_ms <= 0)
		return too_late(r, e);
	n = poll(fds, COUNTOF(fds), left_ms < INT32_MAX ? (int)left_ms : -1);
	if (n < 0 && errno != EINTR)
		return err_errno(e, "wait for a program");
	*can_read = n > 0 && fds[0].revents;
	*can_write = n > 0 && fds[1].revents;
	return 0;
}

static int make_room(struct program_run *r, struct err *e)
{
	if (r->at) {
		memmove(r->p, r->p + r->at, r->n - r->at);
		r->n -= r->at;
		r->searched -= r->at;
		r->at = 0;
	}
	if (r->n > PROGRAM_LINE_MAX) {
		err_set(e, ERR_LIMIT, "a line of its answer is over %d MiB",
			PROGRAM_LINE_MAX >> 20);
		err_hint(e, "a line is one row");
		return of_program(r, e);
	}
	if (r->cap - r->n < READ_SIZE) {
		size_t cap = 2 * r->cap + READ_SIZE;
		char *p = arena_alloc(r->arena, cap);

		if (r->n)
			memcpy(p, r->p, r->n);
		r->p = p;
		r->cap = cap;
	}
	return 0;
}

/* What is there now. */
static int take_output(struct program_run *r, struct err *e)
{
	ssize_t n;

	if (make_room(r, e) < 0)
		return -1;
	n = read(r->out, r->p + r->n, r->cap - r->n);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN
			       ? 0
			       : err_errno(e, "read what a program writes");
	r->n += (size_t)n;
	r->is_over = !n;
	return 0;
}

/* -1 with errno. */
static ssize_t write_quietly(int fd, str s)
{
	struct sigpipe held;
	ssize_t n;

	sigpipe_hold(&held);
	n = write(fd, s.p, s.n);
	sigpipe_release(&held);
	return n;
}

void program_close_input(struct program_run *r)
{
	if (r->in >= 0)
		close(r->in);
	r->in = -1;
}

/* A program may answer while it is still being told: both go on at once. */
static int let_flow(struct program_run *r, struct err *e)
{
	bool can_read = false, can_write = false;

	while (!can_write && !r->is_over) {
		if (wait_for(r, true, &can_write, &can_read, e) < 0 ||
			(can_read && take_output(r, e) < 0))
			return -1;
	}
	if (r->is_over)
		program_close_input(r);
	return 0;
}

int program_write(struct program_run *r, str bytes, struct err *e)
{
	while (bytes.n && r->in >= 0) {
		ssize_t n = write_quietly(r->in, bytes);

		if (n >= 0) {
			bytes = str_from(bytes, (size_t)n);
		} else if (errno == EPIPE) {
			program_close_input(r);
		} else if (errno == EAGAIN) {
			if (let_flow(r, e) < 0)
				return -1;
		} else if (errno != EINTR) {
			return err_errno(e, "write to a program");
		}
	}
	return 0;
}

static bool take_line(struct program_run *r, str *line)
{
	const char *from = r->p + r->searched;
	const char *end = r->n > r->searched
				  ? memchr(from, '\n', r->n - r->searched)
				  : NULL;

	r->searched = r->n;
	if (!end && !(r->is_over && r->n > r->at))
		return false;
	if (!end)
		end = r->p + r->n;
	*line = (str){ r->p + r->at, (size_t)(end - (r->p + r->at)) };
	r->at += line->n + (end < r->p + r->n);
	r->searched = r->at;
	return true;
}

int program_read(struct program_run *r, str *line, struct err *e)
{
	bool can_read = false, can_write;

	while (!take_line(r, line)) {
		if (r->is_over)
			return 0;
		if (wait_for(r, false, &can_write, &can_read, e) < 0 ||
			(can_read && take_output(r, e) < 0))
			return -1;
	}
	return 1;
}

/* --- its end --- */

static const struct {
	int status;
	enum err_code code;
	const char *text;
} exits[] = {
#define EXIT(status, code, text) { status, ERR_##code, text },
#include "connect/program/tbl/exits.h"
};

static int say_exit(struct program_run *r, int status, struct err *e)
{
	err_set(e, ERR_UNAVAILABLE, "failed with exit status %d", status);
	err_hint(e, "run it by hand with the same task: what it writes to "
		    "standard error is not kept here");
	for (size_t i = 0; i < COUNTOF(exits); i++)
		if (exits[i].status == status)
			err_set(e, exits[i].code, "%s (exit status %d)",
				exits[i].text, status);
	return of_program(r, e);
}

static int say_end(struct program_run *r, int status, struct err *e)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status) ? say_exit(r, WEXITSTATUS(status), e)
					   : 0;
	err_set(e, ERR_UNAVAILABLE, "was ended by signal %d", WTERMSIG(status));
	err_hint(e, "see who ends it: the machine when memory is short, an "
		    "administrator, or a mistake of its own");
	return of_program(r, e);
}

int program_wait(struct program_run *r, struct err *e)
{
	const struct timespec pause = { 0, LOOK_MS * 1000000L };
	siginfo_t info = { 0 };
	int status = 0;

	program_close_input(r);
	while (!waitid(P_PID, (id_t)r->pid, &info,
		       WEXITED | WNOWAIT | WNOHANG) &&
		!info.si_pid) {
		if (clock_mono_ms() >= r->until_ms)
			return too_late(r, e);
		nanosleep(&pause, NULL);
	}
	kill(-r->pid, SIGKILL); /* what it left running */
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	r->pid = 0;
	return say_end(r, status, e);
}
