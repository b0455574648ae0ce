/*
 * `toyon serve`: one process that watches two.  The supervisor touches no request
 * and no database row; it makes what the others must not be able to make (the
 * socket), starts them, and starts them again when they end.
 *
 * What must stay true: no child outlives it (PR_SET_PDEATHSIG), no child holds a
 * connection that was opened before the fork, and a configuration that can't
 * work ends it with the reason instead of being tried for ever.
 */
#define _GNU_SOURCE /* pipe2, prctl, signalfd: Linux */
#include "cli/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/rand.h"
#include "desk/limit.h"
#include "store/db.h"

enum {
	PAUSE_FIRST_MS = 100,
	PAUSE_MOST_MS = 10000,
	ALIVE_MS = 10000, /* who lived so long, started well */
	DEATHS_MOST = 5,  /* in a row, before it ever started well */
	STOP_MS = 20000,
	READY_ROUND_MS = 20,
	ADDRESS_SIZE = 128, /* of any socket address */
};

enum { WEB, WORKER, CHILDREN };

struct child {
	const char *name;
	const char *title; /* for ps and top: 15 bytes are shown */
	int (*main)(const struct process *);
	int wake_fd;
	pid_t pid; /* 0: not running */
	int64_t started_at;
	int64_t start_at; /* when it is to be started again */
	int pause_ms;
	int deaths;
	bool started_well;
};

struct serve {
	struct cli *cli;
	const struct serve_opts *opts;
	struct log log;
	struct http_listener listener;
	struct child child[CHILDREN];
	char node[48]; /* of this run, see desk/process.h */
	char url[256];
	int signals;
	int lock;  /* of the folder, see lock_folder(); -1: none */
	int probe; /* a connection that asks for a page; -1: none */
	bool is_ready;
	bool is_stopping;
	int64_t stop_at; /* when patience ends */
	const char *given_up;
};

/* --- logging --- */

static const char *const levels[] = { "debug", "info", "warn", "error" };

static int open_log(struct serve *s, struct err *e)
{
	const struct config *c = &s->cli->install.config;

	s->log = (struct log){
		.fd = STDERR_FILENO,
		.min = LOG_INFO,
		.is_json = str_eq(c->log, STR("json")),
		.process = "serve",
	};
	if (!s->log.is_json && !str_eq(c->log, STR("logfmt")))
		return err_set(e, ERR_INVALID, "log is logfmt or json");
	for (size_t i = 0; i < COUNTOF(levels); i++)
		if (str_eq(c->log_level, str_of(levels[i]))) {
			s->log.min = (enum log_level)i;
			if (s->opts->is_calm && s->log.min < LOG_WARN)
				s->log.min = LOG_WARN;
			return 0;
		}
	return err_set(
		e, ERR_INVALID, "log_level is debug, info, warn or error");
}

/* --- children --- */

/* Terminals send Ctrl-C to a whole group; the children are told by us. */
static _Noreturn void be_child(struct serve *s, struct child *c, pid_t parent)
{
	struct process p = {
		.dir = s->cli->dir,
		.node = s->node,
		.listen_fd = c == &s->child[WEB] ? s->listener.fd : -1,
		.wake_fd = c->wake_fd,
		.log = s->log,
	};
	sigset_t none;

	p.log.process = c->name;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	prctl(PR_SET_NAME, c->title);
	if (getppid() != parent) /* it died before the line above */
		_exit(1);
	close(s->signals);
	close(s->child[c == &s->child[WEB] ? WORKER : WEB].wake_fd);
	if (p.listen_fd < 0)
		close(s->listener.fd);
	if (s->probe >= 0)
		close(s->probe);
	if (s->lock >= 0)
		close(s->lock); /* who comes after us need not wait for it */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	exit(c->main(&p));
}

static void start_child(struct serve *s, struct child *c)
{
	pid_t parent = getpid();
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid)
		be_child(s, c, parent);
	c->started_at = clock_mono_ms();
	if (pid < 0) {
		log_event(&s->log, LOG_ERROR, "no process could be started",
			LF("errno", errno));
		c->start_at = c->started_at + PAUSE_MOST_MS;
		return;
	}
	c->pid = pid;
	log_event(&s->log, LOG_INFO, "started", LF("child", c->name),
		LF("pid", (long)pid));
}

static void start_due(struct serve *s)
{
	for (int i = 0; i < CHILDREN; i++) {
		struct child *c = &s->child[i];

		if (!c->pid && !s->is_stopping &&
			clock_mono_ms() >= c->start_at)
			start_child(s, c);
	}
}

/* Killed from outside, or ended to be started anew: no fault of its own. */
static bool is_fault(int status)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) != SIGKILL &&
		       WTERMSIG(status) != SIGTERM;
	return WEXITSTATUS(status) != 0;
}

static void plan_restart(struct serve *s, struct child *c, int status)
{
	if (clock_mono_ms() - c->started_at >= ALIVE_MS) {
		c->started_well = true;
		c->deaths = 0;
		c->pause_ms = 0;
	}
	if (!is_fault(status)) {
		c->pause_ms = PAUSE_FIRST_MS;
	} else {
		c->deaths++;
		c->pause_ms = c->pause_ms ? c->pause_ms * 2 : PAUSE_FIRST_MS;
	}
	if (c->pause_ms > PAUSE_MOST_MS)
		c->pause_ms = PAUSE_MOST_MS;
	c->start_at = clock_mono_ms() + c->pause_ms;
	if (c->deaths >= DEATHS_MOST && !c->started_well) {
		s->given_up = c->name;
		s->is_stopping = true;
	}
}

static void bury(struct serve *s, struct child *c, int status)
{
	c->pid = 0;
	if (s->is_stopping)
		return;
	plan_restart(s, c, status);
	log_event(&s->log, is_fault(status) ? LOG_ERROR : LOG_WARN, "ended",
		LF("child", c->name),
		LF("exit", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
		LF("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
		LF("again_in_ms", c->pause_ms));
}

static void reap(struct serve *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < CHILDREN; i++)
			if (s->child[i].pid == pid)
				bury(s, &s->child[i], status);
}

static int running(const struct serve *s)
{
	int n = 0;

	for (int i = 0; i < CHILDREN; i++)
		n += s->child[i].pid > 0;
	return n;
}

static void signal_all(const struct serve *s, int signo)
{
	for (int i = 0; i < CHILDREN; i++)
		if (s->child[i].pid > 0)
			kill(s->child[i].pid, signo);
}

/* --- is it ready? --- */

/* The socket takes connections from the start; the first byte of an answer says
 * that the web process has it. */
static void start_probe(struct serve *s)
{
	static const char ask[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
				  "Connection: close\r\n\r\n";
	union {
		struct sockaddr any;
		char room[ADDRESS_SIZE];
	} address = { .room = { 0 } };
	socklen_t n = sizeof address;

	if (getsockname(s->listener.fd, &address.any, &n))
		return;
	s->probe = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s->probe >= 0 &&
		(connect(s->probe, &address.any, n) ||
			write_all(s->probe, ask, sizeof ask - 1))) {
		close(s->probe);
		s->probe = -1;
	}
}

static void read_probe(struct serve *s)
{
	char byte;
	ssize_t n = read(s->probe, &byte, 1);

	close(s->probe);
	s->probe = -1;
	if (n != 1)
		return;
	s->is_ready = true;
	log_event(&s->log, LOG_INFO, "ready", LF("url", s->url));
	if (s->opts->ready)
		s->opts->ready(s->opts->ctx, s->url);
	else
		cli_say(s->cli, "toyon is ready on %s", s->url);
}

/* --- the loop --- */

static void take_signals(struct serve *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof info) == (ssize_t)sizeof info)
		if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT)
			s->is_stopping = true;
	reap(s);
}

static int next_timeout(const struct serve *s)
{
	int64_t now = clock_mono_ms();
	int64_t at = now + PAUSE_MOST_MS;

	if (!s->is_ready && s->probe < 0 && !s->is_stopping)
		return READY_ROUND_MS;
	if (s->is_stopping)
		at = s->stop_at;
	for (int i = 0; !s->is_stopping && i < CHILDREN; i++)
		if (!s->child[i].pid && s->child[i].start_at < at)
			at = s->child[i].start_at;
	return at > now ? (int)(at - now) : 0;
}

static void wait_once(struct serve *s)
{
	struct pollfd fds[2] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = s->probe, .events = POLLIN },
	};

	if (!s->is_ready && s->probe < 0 && s->child[WEB].pid)
		start_probe(s);
	fds[1].fd = s->probe;
	if (poll(fds, 2, next_timeout(s)) <= 0)
		return;
	if (fds[0].revents)
		take_signals(s);
	if (s->probe >= 0 && fds[1].revents)
		read_probe(s);
}

static void stop(struct serve *s)
{
	s->stop_at = clock_mono_ms() + STOP_MS;
	signal_all(s, SIGTERM);
	while (running(s) && clock_mono_ms() < s->stop_at)
		wait_once(s);
	if (running(s))
		log_event(&s->log, LOG_WARN, "killed after waiting",
			LF("ms", STOP_MS));
	signal_all(s, SIGKILL);
	while (running(s) && waitpid(-1, NULL, 0) > 0)
		;
	log_event(&s->log, LOG_INFO, "stopped", LF("pid", (long)getpid()));
}

static int loop(struct serve *s, struct err *e)
{
	while (!s->is_stopping) {
		start_due(s);
		wait_once(s);
	}
	stop(s);
	if (!s->given_up)
		return 0;
	err_set(e, ERR_INTERNAL,
		"the %s process ended %d times right after its start",
		s->given_up, DEATHS_MOST);
	return err_hint(e, "its last lines above say why; `toyon doctor` "
			   "looks for more");
}

/* --- start --- */

static int open_signals(struct serve *s, struct err *e)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return s->signals < 0 ? err_errno(e, "watch for signals") : 0;
}

static int make_pipe(struct serve *s, struct err *e)
{
	int fd[2];

	if (pipe2(fd, O_CLOEXEC | O_NONBLOCK))
		return err_errno(e, "make a pipe");
	s->child[WORKER].wake_fd = fd[0];
	s->child[WEB].wake_fd = fd[1];
	return 0;
}

/* Links in letters lead where pages are served, also when the port was free to
 * choose; the children read the same boot file and this. */
static int listen_at(struct serve *s, struct err *e)
{
	const struct config *c = &s->cli->install.config;
	str address = s->opts->listen ? str_of(s->opts->listen) : c->listen;

	if (s->opts->listener)
		s->listener = *s->opts->listener;
	else if (http_listen(address, &s->listener, e))
		return -1;
	if (setenv("TOYON_LISTEN", s->listener.name, 1))
		return err_errno(e, "set TOYON_LISTEN");
	if (c->base_url.n)
		snprintf(s->url, sizeof s->url, "%.*s", STR_ARG(c->base_url));
	else
		snprintf(s->url, sizeof s->url, "http://%s", s->listener.name);
	return 0;
}

/* One database file is one machine's: two services on it would send each letter
 * and run each deletion side by side.  On PostgreSQL several are meant to. */
static int lock_folder(struct serve *s, struct err *e)
{
	struct install *in = &s->cli->install;
	const char *path = install_path(in, STR("serve.lock"));

	if (in->config.database.n)
		return 0;
	s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock < 0)
		return err_errno(e, "open \"%s\"", path);
	if (!flock(s->lock, LOCK_EX | LOCK_NB))
		return 0;
	if (errno != EWOULDBLOCK)
		return err_errno(e, "lock \"%s\"", path);
	err_set(e, ERR_CONFLICT, "%s is served by another `toyon serve`",
		s->cli->dir);
	return err_hint(e, "stop that one first; several machines need a "
			   "PostgreSQL database");
}

/* What the children would die of is said before there are any: keys that others
 * can read, a database that is not theirs.  The keys are wiped at once. */
static int check_start(struct serve *s, struct err *e)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct install in;
	struct db *db = NULL;
	int rc = -1;

	if (!install_open(&in, a, s->cli->dir, KEYS_ALL, e) &&
		!install_database(&in, &db, e))
		rc = 0;
	if (db)
		db_close(db);
	arena_free(a);
	return rc;
}

int serve_run(struct cli *c, const struct serve_opts *opts, struct err *e)
{
	struct serve s = {
		.cli = c,
		.opts = opts,
		.lock = -1,
		.probe = -1,
		.child = {
			[WEB] = { .name = "web",
				.title = "toyon: web",
				.main = c->programs->web },
			[WORKER] = { .name = "worker",
				.title = "toyon: worker",
				.main = c->programs->worker },
		},
	};
	int rc;

	snprintf(s.node, sizeof s.node, "%ld:%.*s", (long)getpid(),
		STR_ARG(rand_token(c->arena, 9)));
	if (install_open(&c->install, c->arena, c->dir, 0, e) ||
		open_log(&s, e) || listen_at(&s, e))
		return -1;
	rc = lock_folder(&s, e) || check_start(&s, e) || make_pipe(&s, e) ||
			     open_signals(&s, e)
		     ? -1
		     : loop(&s, e);
	close(s.listener.fd);
	if (s.lock >= 0)
		close(s.lock);
	return rc;
}

static int run(struct cli *c, struct err *e)
{
	struct serve_opts opts = { .listen = cli_option(c, "listen") };

	return serve_run(c, &opts, e);
}

const struct command command_serve = {
	.name = "serve",
	.operands = "",
	.title = "run the service",
	.about = "Serves the pages and works on the requests until it is told "
		 "to stop (SIGTERM or Ctrl-C), with a web process and a worker "
		 "process that are started again when they end. Log lines go "
		 "to stderr.",
	.options = {
		{ "listen", 0, "ADDRESS",
			"instead of what toyon.yaml says; port 0 takes a free "
			"one" },
	},
	.examples = { "toyon serve --dir /srv/toyon",
		"toyon serve --listen 127.0.0.1:9000" },
	.run = run,
};
