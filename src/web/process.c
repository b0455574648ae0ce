/*
 * The web process from its first to its last moment.  Everything it will ever
 * open is opened before the sandbox closes; signals are for the main thread, so
 * they are blocked before the first other thread is made.
 */
#include "web/process.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "desk/access.h"
#include "desk/limit.h"
#include "desk/queue_cache.h"
#include "http/sandbox.h"
#include "http/sandbox_files.h"
#include "http/server.h"
#include "web/web.h"

enum {
	PROCESS_ARENA = 4 << 20,
	DRAIN_MS = 20000,
	LOOK_S = 1, /* how often a lost connection is looked for */
	THREADS_MAX = 64,
	HEAPS_MAX = 2,
	HEAP_KEPT = 1 << 20,
};

static const struct http_route pages[] = {
#define ROUTE(method, pattern, handler, access, flags, what)       \
	{ HTTP_##method, pattern, handler, ACCESS_##access, flags, \
		(flags)&HTTP_FILES ? LIMIT_UPLOAD_BYTES : 0 },
#include "tbl/routes.h"
};

struct serving {
	struct install install;
	struct web web;
	struct http_server *server;
	struct arena *arena;
	unsigned threads;
	const char **proxies;
	size_t proxies_n;
};

/* Both tables in one, each row's handler beside it: web_run() stands in. */
static void join_routes(struct serving *s, const struct http_part *more)
{
	size_t n = COUNTOF(pages) + more->routes.n;
	struct http_route *at = arena_many(s->arena, struct http_route, n);
	struct web_handler *handlers =
		arena_many(s->arena, struct web_handler, n);

	for (size_t i = 0; i < n; i++) {
		bool is_page = i < COUNTOF(pages);

		at[i] = is_page ? pages[i]
				: more->routes.at[i - COUNTOF(pages)];
		handlers[i].call = at[i].handler;
		handlers[i].ctx = is_page ? &s->web : more->ctx;
		at[i].handler = web_run;
	}
	s->web.routes = (struct http_routes){ at, n };
	s->web.handlers = handlers;
}

static void read_proxies(struct serving *s)
{
	str rest = s->install.config.trusted_proxies;
	str one;

	s->proxies = arena_many(s->arena, const char *, rest.n / 2 + 1);
	while (str_next(&rest, ',', &one))
		if (str_trim(one).n)
			s->proxies[s->proxies_n++] =
				arena_cstr(s->arena, str_trim(one));
}

static int open_all(struct serving *s, const struct process *p, struct err *e)
{
	int64_t threads;

	if (install_open(&s->install, s->arena, p->dir, KEYS_WEB, e))
		return -1;
	threads = config_number(s->install.config.web_threads);
	s->threads = threads < 1             ? 1
		     : threads > THREADS_MAX ? THREADS_MAX
					     : (unsigned)threads;
	s->web.install = &s->install;
	s->web.log = &p->log;
	s->web.is_https =
		str_starts(s->install.config.base_url, STR("https://"));
	read_proxies(s);
	return desks_open(
		&s->web.desks, &s->install, (int)s->threads, p->wake_fd, e);
}

/* The folder that a file lies in. */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return arena_cstr(
		a, (str){ path, slash == path ? 1 : (size_t)(slash - path) });
}

/*
 * The installation's folder, and where its boot file puts the database and the
 * data map (editors replace a file, so the folder).  Libraries may still be
 * loaded, and libc asks what time zone it is.
 */
static int keep_to_files(
	struct serving *s, const struct process *p, struct err *e)
{
	bool is_file =
		!str_starts(str_of(s->install.database), STR("postgres"));
	const char *write[] = { s->install.dir,
		is_file ? folder_of(s->arena, s->install.database)
			: s->install.dir };
	const char *read[] = {
		folder_of(s->arena,
			install_path(&s->install, s->install.config.data_map)),
		"/usr", "/lib", "/lib64", "/etc/localtime", "/dev/null",
		"/dev/urandom"
	};
	struct sandbox_files f = { write, COUNTOF(write), read, COUNTOF(read) };
	int rc = sandbox_files(&f, e);

	if (!rc)
		log_event(&p->log, LOG_WARN,
			"this kernel has no Landlock: files are not kept from "
			"the web process",
			LF("pid", getpid()));
	return rc < 0 ? -1 : 0;
}

/* ThreadSanitizer starts a program of its own to say what it saw, which is what the
 * sandbox is there to refuse. */
static int confine(struct serving *s, const struct process *p, struct err *e)
{
#ifdef __SANITIZE_THREAD__
	return 0;
#endif
	return keep_to_files(s, p, e) || sandbox_web(e)
		       ? err_context(e, "sandbox")
		       : 0;
}

static int start(struct serving *s, const struct process *p, struct err *e)
{
	struct http_server_options o = {
		.fds = &p->listen_fd,
		.fds_n = 1,
		.routes = s->web.routes,
		.limits = { .threads = s->threads,
			.body_max = LIMIT_FORM_BYTES,
			.arena_max = LIMIT_REQUEST_ARENA },
		.trusted_proxies = s->proxies,
		.trusted_proxies_n = s->proxies_n,
		.is_https = s->web.is_https,
		.log = &p->log,
		.clock = &s->install.clock,
		.ctx = &s->web,
		.failed = web_failed,
	};

	if (confine(s, p, e))
		return -1;
	desks_start(s->web.desks);
	return http_server_start(&o, &s->server, e);
}

/* Until it is told to stop; true when a connection was lost first. */
static bool serve(struct serving *s, const sigset_t *stops)
{
	const struct timespec look = { .tv_sec = LOOK_S };

	for (;;) {
		int got = sigtimedwait(stops, NULL, &look);

		if (got == SIGTERM || got == SIGINT)
			return false;
		if (desks_are_lost(s->web.desks))
			return true;
	}
}

extern char **environ; /* POSIX leaves the declaration to the program */

/* What opens systems and vendors is the worker's; this process must not hold it
 * (connect/secret.h).  Overwritten, since unsetting leaves the bytes. */
static void drop_secrets(struct arena *a)
{
	size_t i = 0;

	while (environ && environ[i]) {
		str name;
		str value;

		str_cut(str_of(environ[i]), '=', &name, &value);
		if (!str_starts(name, STR("TOYON_SECRET_"))) {
			i++;
			continue;
		}
		memset(environ[i] + name.n, 'x', strlen(environ[i] + name.n));
		environ[i][name.n] = '=';
		must(!unsetenv(arena_cstr(a, name)));
	}
}

static void block_signals(sigset_t *stops)
{
	sigemptyset(stops);
	sigaddset(stops, SIGTERM);
	sigaddset(stops, SIGINT);
	must(!pthread_sigmask(SIG_BLOCK, stops, NULL));
	signal(SIGPIPE, SIG_IGN);
}

static int fail(struct serving *s, const struct process *p, const struct err *e)
{
	log_err(&p->log, "the web process could not start", e);
	queue_cache_free(s->web.queues);
	desks_close(s->web.desks);
	arena_free(s->arena);
	return err_exit_status(e->code);
}

/*
 * A heap for each thread is memory that idle threads keep.  A heap keeps what one
 * large call had for the next: to give it back and to ask for it again was a
 * tenth of what a batch costs.
 */
static void set_heaps(void)
{
	mallopt(M_ARENA_MAX, HEAPS_MAX);
	mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
	mallopt(M_MMAP_THRESHOLD, HEAP_KEPT);
}

int web_main(const struct process *p, const struct http_part *more)
{
	struct serving s = { .arena = arena_new(PROCESS_ARENA) };
	struct err e = { 0 };
	sigset_t stops;
	bool is_lost;

	set_heaps();
	drop_secrets(s.arena);
	s.web.queues = queue_cache_new();
	block_signals(&stops);
	join_routes(&s, more);
	if (open_all(&s, p, &e) || start(&s, p, &e))
		return fail(&s, p, &e);
	log_event(&p->log, LOG_INFO, "web started", LF("pid", getpid()),
		LF("threads", s.threads));
	is_lost = serve(&s, &stops);
	http_server_stop(s.server, DRAIN_MS);
	log_event(&p->log, is_lost ? LOG_WARN : LOG_INFO,
		is_lost ? "web ends: a database connection was lost"
			: "web stopped",
		LF("pid", getpid()));
	queue_cache_free(s.web.queues);
	desks_close(s.web.desks);
	arena_free(s.arena);
	return is_lost ? err_exit_status(ERR_UNAVAILABLE) : 0;
}
