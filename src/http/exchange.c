/*
 * The way of one request through the server.  See the header for its stations;
 * the order of the checks in exchange_begin() is the order of trust: first that
 * the bytes can be read in one way only, then who sent them, then what for.
 */
#include "http/exchange.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/rand.h"
#include "http/answer.h"
#include "http/decode.h"
#include "http/multipart.h"
#include "http/problem.h"

enum { HEADERS_MAX = 100, QUERY_MAX = 64 };

static struct room *room_new(size_t arena_max)
{
	struct room *room = calloc(1, sizeof *room);

	must(room);
	room->arena = arena_new(arena_max);
	room->answers = answers_new();
	return room;
}

static void room_free(struct room *room)
{
	arena_free(room->arena);
	answers_free(room->answers);
	free(room);
}

struct rooms {
	struct room *first;
	size_t n;
};

static void rooms_free(void *ctx)
{
	struct rooms *rooms = ctx;
	struct room *next;

	for (struct room *r = rooms ? rooms->first : NULL; r; r = next) {
		next = r->next;
		room_free(r);
	}
	free(rooms);
}

void exchange_rooms_init(struct http_server *s)
{
	must(!pthread_key_create(&s->rooms, rooms_free));
}

/* What was still open when its thread ended was ended by this one. */
void exchange_rooms_fini(struct http_server *s)
{
	rooms_free(pthread_getspecific(s->rooms));
	must(!pthread_key_delete(s->rooms));
}

static struct rooms *my_rooms(struct http_server *s)
{
	struct rooms *rooms = pthread_getspecific(s->rooms);

	if (rooms)
		return rooms;
	rooms = calloc(1, sizeof *rooms);
	must(rooms && !pthread_setspecific(s->rooms, rooms));
	return rooms;
}

static struct room *take_room(struct http_server *s)
{
	struct rooms *rooms = my_rooms(s);
	struct room *room = rooms->first;

	if (!room)
		return room_new(s->o.limits.arena_max);
	rooms->first = room->next;
	rooms->n--;
	return room;
}

static void give_room(struct http_server *s, struct room *room)
{
	struct rooms *rooms = my_rooms(s);

	arena_clear(room->arena);
	answers_wipe(room->answers);
	if (rooms->n == ROOMS_KEPT) {
		room_free(room);
		return;
	}
	room->next = rooms->first;
	rooms->first = room;
	rooms->n++;
}

static str next_id(struct room *room)
{
	if (!room->ids_left) {
		rand_bytes(room->ids, sizeof room->ids);
		room->ids_left = ROOM_IDS;
	}
	room->ids_left--;
	return base64url_of(room->arena,
		room->ids + room->ids_left * EXCHANGE_ID_BYTES,
		EXCHANGE_ID_BYTES);
}

struct exchange *exchange_new(
	struct http_server *s, struct MHD_Connection *c, const char *target)
{
	struct room *room = take_room(s);
	struct exchange *x = arena_one(room->arena, struct exchange);

	x->server = s;
	x->connection = c;
	x->room = room;
	x->arena = room->arena;
	x->target_at = target;
	x->target = arena_dup(x->arena, str_of(target));
	x->started_ms = clock_mono_ms();
	x->q.exchange = x;
	x->q.arena = x->arena;
	x->q.at_ms = clock_now_ms(s->o.clock);
	x->q.id = next_id(room);
	atomic_fetch_add(&s->open, 1);
	return x;
}

static void start_response(struct exchange *x)
{
	http_response_init(&x->r, x->arena, x->server->o.limits.response_max,
		x->q.is_https || x->server->o.is_https);
}

static bool wants_problem(const struct exchange *x)
{
	return x->q.route && (x->q.route->flags & HTTP_PROBLEM);
}

static void plain_failure(struct exchange *x, const struct err *e)
{
	http_type(&x->r, "text/plain; charset=utf-8");
	buf_puts(&x->r.body, e->message);
	buf_putc(&x->r.body, '\n');
}

/* Who asks for a page sent nothing that could be too long: what grew is ours. */
static int status_of(const struct exchange *x, const struct err *e)
{
	bool asks = x->q.method & (HTTP_GET | HTTP_HEAD);

	return e->code == ERR_LIMIT && asks ? 500 : err_http_status(e->code);
}

/* Draws the error as the client can read it.  status 0: by the error's code. */
static void fail(struct exchange *x, int status, const struct err *e)
{
	const struct http_server_options *o = &x->server->o;

	start_response(x);
	x->r.status = status ? status : status_of(x, e);
	x->is_answered = true;
	if (x->r.status >= 500)
		log_err(o->log, "request failed", e);
	status = x->r.status;
	if (wants_problem(x))
		http_problem(&x->q, &x->r, e);
	else if (o->failed)
		o->failed(o->ctx, &x->q, &x->r, e);
	else
		plain_failure(x, e);
	x->r.status = status;
}

static void fail_with(
	struct exchange *x, int status, enum err_code code, const char *why)
{
	struct err e = { 0 };

	err_set(&e, code, "%s", why);
	fail(x, status, &e);
}

struct lines {
	struct http_head_line at[HEADERS_MAX];
	size_t n;
	size_t seen;
};

static enum MHD_Result take_line(
	void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct lines *l = ctx;

	(void)kind;
	l->seen++;
	if (l->n < HEADERS_MAX)
		l->at[l->n++] =
			(struct http_head_line){ name, value ? value : "" };
	return MHD_YES;
}

/* They stay where they are, in the connection's memory, until the answer is
 * out. */
static void keep_headers(struct exchange *x, const struct lines *l)
{
	struct http_request *q = &x->q;

	q->headers.at = arena_many(x->arena, struct http_pair, l->n);
	q->headers.n = l->n;
	for (size_t i = 0; i < l->n; i++)
		q->headers.at[i] = (struct http_pair){ str_of(l->at[i].name),
			str_trim(str_of(l->at[i].value)) };
}

static size_t head_size(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return info ? info->header_size : 0;
}

/* The bytes of the head: one way to read them, or a refusal. */
static bool check_head(
	struct exchange *x, const char *method, const char *version)
{
	struct lines l;
	struct http_head head = { .method = method,
		.target_at = x->target_at,
		.target = x->target,
		.version = version,
		.lines = l.at,
		.size = head_size(x->connection) };
	struct err e;
	int status;

	l.n = l.seen = 0;
	err_none(&e);
	MHD_get_connection_values(
		x->connection, MHD_HEADER_KIND, take_line, &l);
	head.n = l.n;
	if (l.seen > HEADERS_MAX) {
		err_set(&e, ERR_LIMIT, "more than %d headers", HEADERS_MAX);
		status = 431;
	} else {
		status = http_head_check(&head, &x->q.content_length, &e);
	}
	if (!status) {
		keep_headers(x, &l);
		return true;
	}
	x->q.content_length = 0;
	x->must_close = true;
	fail(x, status, &e);
	return false;
}

/* Once: a client can write the header as well.  Without the address, which may
 * be a person's. */
static void warn_of_proxy(struct http_server *s)
{
	if (!atomic_exchange(&s->has_warned, true))
		log_event(s->o.log, LOG_WARN,
			"X-Forwarded-For came from an address that is not in "
			"trusted_proxies: if there is a proxy in front, name "
			"it, or all its visitors count as one",
			LF("trusted_proxies", s->o.trusted_proxies_n));
}

static void find_peer(struct exchange *x)
{
	const struct http_server *s = x->server;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	unsigned char from[16] = { 0 };

	if (info && info->client_addr &&
		info->client_addr->sa_family == AF_INET) {
		struct sockaddr_in v4;

		memcpy(&v4, info->client_addr, sizeof v4);
		memset(from + 10, 0xff, 2);
		memcpy(from + 12, &v4.sin_addr, 4);
	} else if (info && info->client_addr &&
		   info->client_addr->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;

		memcpy(&v6, info->client_addr, sizeof v6);
		memcpy(from, &v6.sin6_addr, 16);
	}
	if (http_peer_is_unnamed(
		    &x->q, from, s->trusted, s->o.trusted_proxies_n))
		warn_of_proxy(x->server);
	http_peer_find(&x->q, from, s->trusted, s->o.trusted_proxies_n);
}

static bool read_target(struct exchange *x)
{
	struct err e;
	str query;

	err_none(&e);
	if (http_target_read(x->arena, x->target, &x->q.path, &query, &e) ||
		http_urlencoded_read(
			x->arena, query, QUERY_MAX, &x->q.query, &e)) {
		x->q.path = STR("/");
		fail(x, e.code == ERR_LIMIT ? 413 : 0, &e);
		return false;
	}
	return true;
}

/* To the same page without the slash, query and all.  Cut from the target as
 * sent, which is encoded and has neither a scheme nor two slashes. */
static void drop_slash(struct exchange *x)
{
	str path, query;
	bool has_query = str_cut(x->target, '?', &path, &query);

	if (!str_starts(path, STR("/")) || !str_ends(path, STR("/"))) {
		fail_with(x, 0, ERR_NOT_FOUND, "there is no such page");
		return;
	}
	start_response(x);
	x->r.status = 308;
	http_set(&x->r, "Location",
		arena_fmt(x->arena, "%.*s%s%.*s", (int)path.n - 1, path.p,
			has_query ? "?" : "", STR_ARG(query)));
	x->is_answered = true;
}

static void no_method(struct exchange *x, unsigned allowed)
{
	if (x->q.method == HTTP_OPTIONS) {
		start_response(x);
		x->r.status = 204;
		x->is_answered = true;
	} else {
		fail_with(x, 405, ERR_USAGE,
			"this page does not take this method");
	}
	http_set(&x->r, "Allow", http_allow(x->arena, allowed));
}

static bool find_route(struct exchange *x)
{
	struct http_match m =
		http_match(x->server->router, x->q.method, x->q.path, x->arena);

	x->q.route = m.route;
	x->q.params = m.params;
	switch (m.kind) {
	case HTTP_MATCHED:
		return true;
	case HTTP_NO_PATH:
		fail_with(x, 0, ERR_NOT_FOUND, "there is no such page");
		return false;
	case HTTP_NO_METHOD:
		no_method(x, m.allowed);
		return false;
	case HTTP_SLASH:
		drop_slash(x);
		return false;
	}
	return false;
}

static size_t body_max(const struct exchange *x)
{
	return x->q.route->body_max ? x->q.route->body_max
				    : x->server->o.limits.body_max;
}

/*
 * A page of another site that posts here in the visitor's name.  Browsers say so
 * themselves (Sec-Fetch-Site); Origin would be "null" for our own forms too, as
 * our pages send no referrer.
 */
static bool is_foreign_form(const struct exchange *x)
{
	if (x->q.method & (HTTP_GET | HTTP_HEAD | HTTP_OPTIONS))
		return false;
	return !(x->q.route->flags & HTTP_ANY_ORIGIN) &&
	       http_header_is(&x->q, "Sec-Fetch-Site", STR("cross-site"));
}

bool exchange_begin(struct exchange *x, const char *method, const char *version)
{
	x->is_begun = true;
	if (!check_head(x, method, version))
		return false;
	find_peer(x);
	if (!http_method_read(method, &x->q.method)) {
		fail_with(x, 501, ERR_USAGE, "this method is not spoken");
		return false;
	}
	/* Of a path that leads nowhere too: its page is in their language. */
	x->q.cookies = http_cookies_read(x->arena, x->q.headers);
	if (!read_target(x) || !find_route(x))
		return false;
	if (is_foreign_form(x)) {
		fail_with(x, 0, ERR_DENIED,
			"this form was sent from a page of another site");
		return false;
	}
	if (x->q.content_length > body_max(x)) {
		x->must_close = true;
		fail_with(x, 413, ERR_LIMIT, "what was sent is too long");
		return false;
	}
	x->body = arena_alloc(x->arena, x->q.content_length);
	return true;
}

void exchange_feed(struct exchange *x, const char *bytes, size_t n)
{
	must(n <= x->q.content_length - x->body_n);
	memcpy(x->body + x->body_n, bytes, n);
	x->body_n += n;
}

static bool read_form(struct exchange *x, str body)
{
	str type = http_header(&x->q, "Content-Type");
	size_t most = x->server->o.limits.fields_max;
	struct err e = { 0 };
	int failed = 0;

	if (http_type_is(type, "application/x-www-form-urlencoded"))
		failed = http_urlencoded_read(
			x->arena, body, most, &x->q.form, &e);
	else if (http_type_is(type, "multipart/form-data"))
		failed = http_multipart_read(&x->q, x->connection, body, most,
			x->q.route->flags & HTTP_FILES, &e);
	else {
		fail_with(x, 415, ERR_USAGE,
			"this page takes forms, nothing else");
		return false;
	}
	if (failed)
		fail(x, 0, &e);
	return !failed;
}

static bool read_body(struct exchange *x)
{
	str body = { x->body, x->body_n };

	if (x->q.route->flags & HTTP_RAW_BODY)
		x->q.body = body;
	else if (body.n)
		return read_form(x, body);
	return true;
}

/* A handler has returned; false: it has parked the request. */
static bool finish(struct exchange *x, bool has_failed, const struct err *e)
{
	must(!has_failed || !x->then);
	if (x->then)
		return false;
	if (has_failed)
		fail(x, 0, e);
	else if (!buf_ok(&x->r.body))
		fail_with(x, 500, ERR_LIMIT, "the page became too long");
	x->is_answered = true;
	return true;
}

static bool run_handler(struct exchange *x)
{
	const struct http_server_options *o = &x->server->o;
	struct err e;
	int admitted = 0;

	err_none(&e);
	if (o->admit)
		admitted = o->admit(o->ctx, &x->q, &x->r, &e);

	return finish(x,
		admitted < 0 || (!admitted && x->q.route->handler(o->ctx, &x->q,
						      &x->r, &e)),
		&e);
}

static bool run_rest(struct exchange *x)
{
	http_handler then = x->then;
	struct err e;

	err_none(&e);
	x->then = NULL;
	return finish(x, then(x->then_ctx, &x->q, &x->r, &e), &e);
}

bool exchange_answer(struct exchange *x)
{
	if (x->then)
		return run_rest(x);
	start_response(x);
	if (read_body(x))
		return run_handler(x);
	x->is_answered = true;
	return true;
}

/*
 * Pages load nothing from elsewhere, run no script (the console: our own), and
 * are framed by nobody.
 */
#define CSP(scripts)                                              \
	"default-src 'none'; style-src 'self'; font-src 'self'; " \
	"img-src 'self'; form-action 'self'; base-uri 'none'; "   \
	"frame-ancestors 'none'" scripts

static const char *csp_of(const struct exchange *x)
{
	if (x->q.route && (x->q.route->flags & HTTP_SCRIPTS))
		return CSP("; script-src 'self'; connect-src 'self'");
	return CSP("");
}

enum MHD_Result exchange_send(struct exchange *x)
{
	struct answer answer = {
		.response = &x->r,
		.id = x->q.id,
		.csp = csp_of(x),
		.is_last =
			x->must_close || atomic_load(&x->server->is_draining),
	};

	return answers_send(x->room->answers, &answer, x->connection);
}

/* The line in the access log names the route, never the path. */
static void log_exchange(const struct exchange *x)
{
	const struct http_route *route = x->q.route;
	const char *pattern = route ? route->pattern : "-";

	if (x->server->o.log->min > LOG_INFO ||
		(route && (route->flags & HTTP_QUIET)))
		return;
	log_event(x->server->o.log, LOG_INFO, "request",
		LF("method", http_method_name(x->q.method)),
		LF("route", pattern), LF("status", x->r.status),
		LF("dur_ms", clock_mono_ms() - x->started_ms),
		LF("req_id", x->q.id));
}

void exchange_end(struct exchange *x)
{
	struct http_server *s = x->server;

	if (x->is_answered) {
		log_exchange(x);
		atomic_fetch_add(&s->answered, 1);
	}
	give_room(s, x->room);
	atomic_fetch_sub(&s->open, 1);
}
