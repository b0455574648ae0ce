/*
 * The daemon around the exchanges: libmicrohttpd with poll and a pool of threads
 * for each listening socket.  Never its epoll mode: there 0.9.75 stalls when a
 * multiple of 128 connections is ready at once.
 *
 * What must stay true: exactly one exchange for each request the library tells
 * of, made in note_target() and ended in end_request(), whatever happened to the
 * connection in between.
 */
#include "http/server.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "http/exchange.h"

enum {
	DEFAULT_THREADS = 4,
	DEFAULT_CONNECTIONS = 1000,
	DEFAULT_IDLE_S = 15,
	DEFAULT_HEAD = 16 * 1024,
	DEFAULT_BODY = 16 * 1024,
	DEFAULT_FIELDS = 64,
	DEFAULT_RESPONSE = 4 * 1024 * 1024,
	DEFAULT_ARENA = 16 * 1024 * 1024,
	SERVER_ARENA = 256 * 1024,
	DRAIN_STEP_MS = 5,
};

static void *note_target(void *ctx, const char *uri, struct MHD_Connection *c)
{
	return exchange_new(ctx, c, uri);
}

/* The target stays as it was sent; it is decoded piece by piece later. */
static size_t keep_escapes(void *ctx, struct MHD_Connection *c, char *s)
{
	(void)ctx;
	(void)c;
	return strlen(s);
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *c,
	const char *url, const char *method, const char *version,
	const char *upload, size_t *upload_n, void **request)
{
	struct exchange *x = *request;

	(void)ctx;
	(void)c;
	(void)url;
	if (!x)
		return MHD_NO;
	if (!x->is_begun)
		return exchange_begin(x, method, version) ? MHD_YES
							  : exchange_send(x);
	if (*upload_n) {
		exchange_feed(x, upload, *upload_n);
		*upload_n = 0;
		return MHD_YES;
	}
	/* Parked: called once more when it is woken. */
	return exchange_answer(x) ? exchange_send(x) : MHD_YES;
}

static void end_request(void *ctx, struct MHD_Connection *c, void **request,
	enum MHD_RequestTerminationCode why)
{
	(void)ctx;
	(void)c;
	(void)why;
	if (*request)
		exchange_end(*request);
	*request = NULL;
}

static struct http_limits with_defaults(struct http_limits l)
{
	l.threads = l.threads ? l.threads : DEFAULT_THREADS;
	l.connections_max =
		l.connections_max ? l.connections_max : DEFAULT_CONNECTIONS;
	l.idle_s = l.idle_s ? l.idle_s : DEFAULT_IDLE_S;
	l.head_max = l.head_max ? l.head_max : DEFAULT_HEAD;
	l.body_max = l.body_max ? l.body_max : DEFAULT_BODY;
	l.fields_max = l.fields_max ? l.fields_max : DEFAULT_FIELDS;
	l.response_max = l.response_max ? l.response_max : DEFAULT_RESPONSE;
	l.arena_max = l.arena_max ? l.arena_max : DEFAULT_ARENA;
	return l;
}

/* Bodies of the largest route on top of what handlers need. */
static size_t arena_size(const struct http_server_options *o)
{
	size_t most = o->limits.body_max;

	for (size_t i = 0; i < o->routes.n; i++)
		if (o->routes.at[i].body_max > most)
			most = o->routes.at[i].body_max;
	/* A multipart body is there once as sent and once taken apart. */
	return o->limits.arena_max + 3 * most;
}

static struct MHD_Daemon *start_daemon(struct http_server *s, int fd)
{
	const struct http_limits *l = &s->o.limits;
	unsigned threads = l->threads > 1 ? l->threads : 0;
	unsigned each = l->connections_max / (unsigned)s->o.fds_n;

	return MHD_start_daemon(
		MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0,
		NULL, NULL, handle, s,
		/* clang-format off */
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_THREAD_POOL_SIZE, threads,
		MHD_OPTION_CONNECTION_LIMIT, each > l->threads ? each
			: l->threads,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, l->connections_per_ip,
		MHD_OPTION_CONNECTION_TIMEOUT, l->idle_s,
		/* Twice: the same memory takes the answer's head. */
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, 2 * l->head_max,
		MHD_OPTION_URI_LOG_CALLBACK, note_target, s,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, end_request, NULL,
		MHD_OPTION_END);
	/* clang-format on */
}

static int read_trusted(struct http_server *s, struct err *e)
{
	size_t n = s->o.trusted_proxies_n;

	s->trusted = arena_many(s->arena, struct http_net, n);
	for (size_t i = 0; i < n; i++)
		if (http_net_read(
			    str_of(s->o.trusted_proxies[i]), &s->trusted[i], e))
			return err_context(e, "trusted proxies");
	return 0;
}

static void stop_daemons(struct http_server *s)
{
	for (size_t i = 0; i < s->o.fds_n; i++)
		if (s->daemons[i])
			MHD_stop_daemon(s->daemons[i]);
}

/* From here on nobody is accepted; the sockets stay the caller's. */
static void quiesce(struct http_server *s)
{
	for (size_t i = 0; i < s->o.fds_n; i++)
		if (s->daemons[i])
			MHD_quiesce_daemon(s->daemons[i]);
}

int http_server_start(const struct http_server_options *o,
	struct http_server **out, struct err *e)
{
	struct arena *a = arena_new(SERVER_ARENA);
	struct http_server *s = arena_one(a, struct http_server);

	must(o->fds_n > 0);
	s->arena = a;
	s->o = *o;
	s->o.limits = with_defaults(o->limits);
	s->o.limits.arena_max = arena_size(&s->o);
	s->daemons = arena_many(a, struct MHD_Daemon *, o->fds_n);
	if (http_routes_check(&o->routes, e) || read_trusted(s, e))
		goto failed;
	s->router = http_router_new(a, &o->routes);
	exchange_rooms_init(s);
	for (size_t i = 0; i < o->fds_n; i++) {
		s->daemons[i] = start_daemon(s, o->fds[i]);
		if (s->daemons[i])
			continue;
		err_errno(e, "start the HTTP server");
		quiesce(s);
		stop_daemons(s);
		exchange_rooms_fini(s);
		goto failed;
	}
	*out = s;
	return 0;
failed:
	arena_free(a);
	return -1;
}

void http_server_stop(struct http_server *s, int drain_ms)
{
	struct timespec step = { .tv_nsec = DRAIN_STEP_MS * 1000000L };
	int64_t until = clock_mono_ms() + drain_ms;

	atomic_store(&s->is_draining, true);
	quiesce(s);
	while (atomic_load(&s->parked) ||
		(atomic_load(&s->open) && clock_mono_ms() < until))
		nanosleep(&step, NULL);
	stop_daemons(s);
	exchange_rooms_fini(s);
	arena_free(s->arena);
}

uint64_t http_server_answered(const struct http_server *s)
{
	return atomic_load(&s->answered);
}
