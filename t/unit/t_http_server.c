/*
 * The server on the wire: bytes in, bytes out, over a socket.  Above all that a
 * request which two programs could read in two ways is refused, and that nothing
 * behind it on the same connection is taken for a request.
 */
#include "http/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "check.h"
#include "http/listen.h"
#include "http/park.h"

enum { PUBLIC, SECRET, ANSWER_MAX = 65536, FORM_MAX = 1000, WAIT_MS = 2000 };

static int say_hello(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	atomic_int *calls = ctx;

	(void)q;
	(void)e;
	atomic_fetch_add(calls, 1);
	buf_puts(&r->body, "hello");
	return 0;
}

/* Everything of the request that a handler can see, a line each. */
static int tell(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	atomic_int *calls = ctx;

	(void)e;
	atomic_fetch_add(calls, 1);
	http_type(r, "text/plain");
	buf_fmt(&r->body, "path=%.*s\n", STR_ARG(q->path));
	buf_fmt(&r->body, "ref=%.*s\n", STR_ARG(http_param(q, "ref")));
	buf_fmt(&r->body, "q=%.*s\n", STR_ARG(http_query(q, "q")));
	buf_fmt(&r->body, "peer=%.*s\n", STR_ARG(q->peer));
	buf_fmt(&r->body, "gpc=%d\n", http_header_is(q, "Sec-GPC", STR("1")));
	for (size_t i = 0; i < q->form.n; i++)
		buf_fmt(&r->body, "form %.*s=%.*s\n",
			STR_ARG(q->form.at[i].name),
			STR_ARG(q->form.at[i].value));
	for (size_t i = 0; i < q->files.n; i++)
		buf_fmt(&r->body, "file %.*s=%.*s:%.*s\n",
			STR_ARG(q->files.at[i].field),
			STR_ARG(q->files.at[i].name),
			STR_ARG(q->files.at[i].bytes));
	if (q->body.n)
		buf_fmt(&r->body, "body=%.*s\n", STR_ARG(q->body));
	return 0;
}

static int fail_it(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	http_set(r, "X-Half-Done", STR("yes"));
	buf_puts(&r->body, "half a page");
	if (str_eq(http_param(q, "how"), STR("missing")))
		return err_set(e, ERR_NOT_FOUND, "no such thing");
	if (str_eq(http_param(q, "how"), STR("long")))
		return err_set(e, ERR_LIMIT, "it grew too long");
	return err_set(e, ERR_INTERNAL, "it broke");
}

static int too_long(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)q;
	(void)e;
	for (int i = 0; i < 200000; i++)
		buf_puts(&r->body, "0123456789");
	return 0;
}

/* "/stream/whole", or "/stream/broken": which ends half-way. */
enum { STREAM = 3000000 };

struct streaming {
	int64_t at;
	int64_t end;
};

static ptrdiff_t read_stream(void *ctx, char *to, size_t max)
{
	struct streaming *s = ctx;
	int64_t n = s->end - s->at;

	if (!n)
		return -1;
	n = n < (int64_t)max ? n : (int64_t)max;
	for (int64_t i = 0; i < n; i++)
		to[i] = (char)('a' + (s->at + i) % 26);
	s->at += n;
	return (ptrdiff_t)n;
}

static int stream(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct streaming *s = arena_one(q->arena, struct streaming);

	(void)ctx;
	(void)e;
	s->end = str_eq(http_param(q, "how"), STR("whole")) ? STREAM
							    : STREAM / 2;
	http_download(r, "application/zip", STR("a.zip"));
	r->stream = (struct http_stream){ STREAM, read_stream, s };
	return 0;
}

static int slow(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct timespec t = { .tv_nsec = 200 * 1000000L };

	nanosleep(&t, NULL);
	return say_hello(ctx, q, r, e);
}

/* How much of what a request gets as its own memory is not zero. */
static int look_around(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	size_t left = 0;

	(void)ctx;
	(void)e;
	for (int i = 0; i < 12; i++) {
		const char *piece = arena_alloc(q->arena, 4000);

		for (size_t at = 0; at < 4000; at++)
			left += piece[at] != 0;
	}
	buf_fmt(&r->body, "left=%zu\n", left);
	return 0;
}

/* "/fields/{n}/{letter}": n headers, a type and a body of one length each. */
static int say_fields(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	str letter = http_param(q, "letter");
	int64_t n = 0;

	(void)ctx;
	(void)e;
	must(str_int(http_param(q, "n"), &n));
	http_type(r, arena_cstr(q->arena, arena_fmt(q->arena, "text/%.*s",
						  STR_ARG(letter))));
	for (int64_t i = 0; i < n; i++)
		http_set(r,
			arena_cstr(q->arena, arena_fmt(q->arena, "X-Own-%lld",
						     (long long)i)),
			letter);
	if (http_query(q, "cookie").n)
		http_cookie_set(r,
			(struct http_cookie){ .name = "c", .value = letter });
	buf_fmt(&r->body, "said %.*s", STR_ARG(letter));
	return 0;
}

static int answer_late(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	if (str_eq(http_query(q, "how"), STR("wrong")))
		return err_set(e, ERR_NOT_FOUND, "it was not there after all");
	return say_hello(ctx, q, r, e);
}

static void *wake_late(void *parked)
{
	struct timespec t = { .tv_nsec = 200 * 1000000L };

	nanosleep(&t, NULL);
	http_wake(parked);
	return NULL;
}

static int park(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct http_parked *p = http_park(q, answer_late, ctx);
	pthread_t thread;

	(void)r;
	(void)e;
	if (str_eq(http_query(q, "how"), STR("now"))) {
		http_wake(p);
		return 0;
	}
	must(!pthread_create(&thread, NULL, wake_late, p));
	must(!pthread_detach(thread));
	return 0;
}

static const struct http_route table[] = {
	{ HTTP_GET, "/", say_hello, PUBLIC, 0, 0 },
	{ HTTP_GET, "/s/{ref}", tell, PUBLIC, 0, 0 },
	{ HTTP_GET, "/console", say_hello, PUBLIC, HTTP_SCRIPTS, 0 },
	{ HTTP_GET, "/secret", say_hello, SECRET, 0, 0 },
	{ HTTP_POST, "/form", tell, PUBLIC, 0, FORM_MAX },
	{ HTTP_POST, "/open", tell, PUBLIC, HTTP_ANY_ORIGIN, 0 },
	{ HTTP_POST, "/raw", tell, PUBLIC, HTTP_RAW_BODY, 0 },
	{ HTTP_POST, "/files", tell, PUBLIC, HTTP_FILES, 0 },
	{ HTTP_GET, "/fail/{how}", fail_it, PUBLIC, 0, 0 },
	{ HTTP_GET, "/api/fail/{how}", fail_it, PUBLIC, HTTP_PROBLEM, 0 },
	{ HTTP_GET, "/long", too_long, PUBLIC, 0, 0 },
	{ HTTP_GET, "/stream/{how}", stream, PUBLIC, 0, 0 },
	{ HTTP_GET, "/slow", slow, PUBLIC, 0, 0 },
	{ HTTP_GET, "/look", look_around, PUBLIC, 0, 0 },
	{ HTTP_GET, "/fields/{n}/{letter}", say_fields, PUBLIC, 0, 0 },
	{ HTTP_GET, "/park", park, PUBLIC, 0, 0 },
	{ HTTP_POST, "/park", park, PUBLIC, HTTP_RAW_BODY, 0 },
};

static int admit(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)r;
	if (q->route->access == SECRET)
		return err_set(e, ERR_DENIED, "sign in first");
	return 0;
}

static void draw_failure(void *ctx, struct http_request *q,
	struct http_response *r, const struct err *e)
{
	(void)ctx;
	(void)q;
	buf_fmt(&r->body, "<p>%s", e->message);
	r->status = 200; /* must not count */
}

static int client(int port)
{
	struct timeval wait = { WAIT_MS / 1000, 0 };
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to))
		perror("connect");
	return fd;
}

/* Until the server closes; -1 when it did not. */
static ssize_t read_all(int fd, char *out, size_t max)
{
	size_t n = 0;
	ssize_t got = -1;

	while (n < max && (got = recv(fd, out + n, max - n, 0)) > 0)
		n += (size_t)got;
	return got == 0 ? (ssize_t)n : -1;
}

struct answer {
	char text[ANSWER_MAX];
	bool is_closed;
	int status;
	int answers; /* how many there are on the connection */
};

static void count_answers(struct answer *a)
{
	a->answers = 0;
	for (const char *at = a->text; (at = strstr(at, "HTTP/1.1 ")); at++)
		a->answers++;
	a->status = a->answers ? (int)strtol(a->text + strlen("HTTP/1.1 "),
					 NULL, 10)
			       : 0;
}

static void ask(int port, const char *bytes, size_t n, struct answer *out)
{
	int fd = client(port);
	ssize_t got;

	memset(out, 0, sizeof *out);
	CHECK(send(fd, bytes, n, MSG_NOSIGNAL) == (ssize_t)n, "sent");
	got = read_all(fd, out->text, sizeof out->text - 1);
	out->is_closed = got >= 0;
	count_answers(out);
	close(fd);
}

#define HOST  "Host: t\r\n"
#define CLOSE HOST "Connection: close\r\n"
#define FORM  "Content-Type: application/x-www-form-urlencoded\r\n"

static const struct {
	const char *why;
	const char *bytes;
	int status;
	const char *has;   /* NULL: nothing in particular */
	const char *lacks; /* the same */
} cases[] = {
	{ "a page", "GET / HTTP/1.1\r\n" CLOSE "\r\n", 200, "\r\n\r\nhello",
		"Set-Cookie" },
	{ "pages are never stored", "GET / HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"\r\nCache-Control: no-store\r\n", NULL },
	{ "nothing is loaded from elsewhere", "GET / HTTP/1.1\r\n" CLOSE "\r\n",
		200,
		"\r\nContent-Security-Policy: default-src 'none'; style-src "
		"'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
		"base-uri 'none'; frame-ancestors 'none'\r\n",
		"script-src" },
	{ "the console may run our scripts",
		"GET /console HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"; script-src 'self'", NULL },
	{ "no referrer", "GET / HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"\r\nReferrer-Policy: no-referrer\r\n", NULL },
	{ "no sniffing", "GET / HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"\r\nX-Content-Type-Options: nosniff\r\n", NULL },
	{ "HEAD has the length and no body", "HEAD / HTTP/1.1\r\n" CLOSE "\r\n",
		200, "\r\nContent-Length: 5\r\n", "hello" },
	{ "a parameter and a query",
		"GET /s/K7%51F?q=a+b%26c HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"path=/s/K7QF\nref=K7QF\nq=a b&c\n", NULL },
	{ "who asks", "GET /s/x HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"peer=127.0.0.1\n", NULL },
	{ "one Sec-GPC of several",
		"GET /s/x HTTP/1.1\r\nSec-GPC: 0\r\nSec-GPC: 1\r\n" CLOSE
		"\r\n",
		200, "gpc=1\n", NULL },
	{ "Sec-GPC is exactly 1",
		"GET /s/x HTTP/1.1\r\nSec-GPC: 1;\r\n" CLOSE "\r\n", 200,
		"gpc=0\n", NULL },
	{ "no such page", "GET /none HTTP/1.1\r\n" CLOSE "\r\n", 404,
		"<p>there is no such page", NULL },
	{ "an error has the security headers",
		"GET /none HTTP/1.1\r\n" CLOSE "\r\n", 404,
		"\r\nX-Content-Type-Options: nosniff\r\n", NULL },
	{ "a slash too much", "GET /s/x/?q=%61 HTTP/1.1\r\n" CLOSE "\r\n", 308,
		"\r\nLocation: /s/x?q=%61\r\n", NULL },
	{ "no redirect to another host",
		"GET //evil.example/ HTTP/1.1\r\n" CLOSE "\r\n", 404, NULL,
		"Location" },
	{ "the wrong method",
		"POST / HTTP/1.1\r\nContent-Length: 0\r\n" CLOSE "\r\n", 405,
		"\r\nAllow: GET, HEAD, OPTIONS\r\n", NULL },
	{ "what is allowed", "OPTIONS /form HTTP/1.1\r\n" CLOSE "\r\n", 204,
		"\r\nAllow: POST, OPTIONS\r\n", NULL },
	{ "an unknown method", "BREW / HTTP/1.1\r\n" CLOSE "\r\n", 501, NULL,
		NULL },
	{ "not admitted", "GET /secret HTTP/1.1\r\n" CLOSE "\r\n", 403,
		"<p>sign in first", "hello" },
	{ "a handler's error", "GET /fail/missing HTTP/1.1\r\n" CLOSE "\r\n",
		404, "<p>no such thing", "X-Half-Done" },
	{ "who asks for a page sent nothing that is too long",
		"GET /fail/long HTTP/1.1\r\n" CLOSE "\r\n", 500, NULL, NULL },
	{ "an error of ours", "GET /fail/now HTTP/1.1\r\n" CLOSE "\r\n", 500,
		"<p>it broke", "half a page" },
	{ "an error for programs",
		"GET /api/fail/missing HTTP/1.1\r\n" CLOSE "\r\n", 404,
		"\r\nContent-Type: application/problem+json\r\n", "<p>" },
	{ "a page over its maximum is not cut",
		"GET /long HTTP/1.1\r\n" CLOSE "\r\n", 500,
		"<p>the page became too long", "0123456789" },
	{ "parked, and woken at once",
		"GET /park?how=now HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"\r\n\r\nhello", NULL },
	{ "parked, and woken later", "GET /park HTTP/1.1\r\n" CLOSE "\r\n", 200,
		"\r\n\r\nhello", NULL },
	{ "parked with a body",
		"POST /park HTTP/1.1\r\n" CLOSE "Content-Length: 3\r\n\r\na=1",
		200, "\r\n\r\nhello", NULL },
	{ "parked, and it went wrong",
		"GET /park?how=wrong HTTP/1.1\r\n" CLOSE "\r\n", 404,
		"<p>it was not there after all", "hello" },
	{ "a form",
		"POST /form HTTP/1.1\r\n" CLOSE FORM
		"Content-Length: 11\r\n\r\na=1&b=%3C+3",
		200, "form a=1\nform b=< 3\n", NULL },
	{ "an empty form",
		"POST /form HTTP/1.1\r\n" CLOSE "Content-Length: 0\r\n\r\n",
		200, "path=/form", "form a" },
	{ "a form that is none",
		"POST /form HTTP/1.1\r\n" CLOSE
		"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
		415, NULL, "path=" },
	{ "a form with a NUL",
		"POST /form HTTP/1.1\r\n" CLOSE FORM
		"Content-Length: 5\r\n\r\na=%00",
		400, NULL, "path=" },
	{ "a form of another site",
		"POST /form HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n" CLOSE
			FORM "Content-Length: 3\r\n\r\na=1",
		403, NULL, "path=" },
	{ "where other sites may post",
		"POST /open HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n" CLOSE
			FORM "Content-Length: 3\r\n\r\na=1",
		200, "form a=1\n", NULL },
	{ "our own form",
		"POST /form HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n" CLOSE
			FORM "Content-Length: 3\r\n\r\na=1",
		200, "form a=1\n", NULL },
	{ "a raw body",
		"POST /raw HTTP/1.1\r\n" CLOSE "Content-Length: 8\r\n\r\n"
		"{\"a\":\"\"}",
		200, "body={\"a\":\"\"}\n", NULL },
	{ "a longer body than the route takes",
		"POST /form HTTP/1.1\r\n" CLOSE FORM
		"Content-Length: 1001\r\n\r\na=1",
		413, NULL, "path=" },
	{ "a multipart form with a file",
		"POST /files HTTP/1.1\r\n" CLOSE
		"Content-Type: multipart/form-data; boundary=XX\r\n"
		"Content-Length: 160\r\n\r\n"
		"--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
		"one\r\n--XX\r\nContent-Disposition: form-data; name=\"f\"; "
		"filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\n"
		"1,2\r\n--XX--\r\n",
		200, "form a=one\nfile f=x.csv:1,2\n", NULL },
	{ "a file where none is taken",
		"POST /form HTTP/1.1\r\n" CLOSE
		"Content-Type: multipart/form-data; boundary=XX\r\n"
		"Content-Length: 105\r\n\r\n"
		"--XX\r\nContent-Disposition: form-data; name=\"f\"; "
		"filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\n"
		"1,2\r\n--XX--\r\n",
		400, NULL, "path=" },
};

static void answers(int port)
{
	static struct answer a;

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		ask(port, cases[i].bytes, strlen(cases[i].bytes), &a);
		CHECK(a.status == cases[i].status, "%s: %d", cases[i].why,
			a.status);
		CHECK(a.is_closed && a.answers == 1, "%s: one answer, %d",
			cases[i].why, a.answers);
		CHECK(!cases[i].has || strstr(a.text, cases[i].has), "%s: %s",
			cases[i].why, a.text);
		CHECK(!cases[i].lacks || !strstr(a.text, cases[i].lacks),
			"%s: %s", cases[i].why, a.text);
	}
}

/* Behind each stands a request that must never be answered. */
#define SMUGGLED "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n"
#define CASE(why, head)                                       \
	{                                                     \
		why, head SMUGGLED, sizeof(head SMUGGLED) - 1 \
	}

static const struct {
	const char *why;
	const char *bytes;
	size_t n;
} refused[] = {
	CASE("two Content-Lengths that differ",
		"POST /form HTTP/1.1\r\n" HOST
		"Content-Length: 0\r\nContent-Length: 36\r\n\r\n"),
	CASE("two Content-Lengths that agree",
		"POST /form HTTP/1.1\r\n" HOST
		"Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
	CASE("a list of lengths",
		"POST /form HTTP/1.1\r\n" HOST "Content-Length: 0, 0\r\n\r\n"),
	CASE("a length with a sign",
		"POST /form HTTP/1.1\r\n" HOST "Content-Length: +0\r\n\r\n"),
	CASE("a hexadecimal length",
		"POST /form HTTP/1.1\r\n" HOST "Content-Length: 0x0\r\n\r\n"),
	CASE("an empty length",
		"POST /form HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n"),
	CASE("a length and chunks",
		"POST /form HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	CASE("chunks and a length",
		"POST /form HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n"
		"Content-Length: 5\r\n\r\n0\r\n\r\n"),
	CASE("chunks alone", "POST /form HTTP/1.1\r\n" HOST
			     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	CASE("another coding", "POST /form HTTP/1.1\r\n" HOST
			       "Transfer-Encoding: xchunked\r\n\r\n"),
	CASE("a coding with white space before the colon",
		"POST /form HTTP/1.1\r\n" HOST
		"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
	CASE("white space before the colon",
		"GET / HTTP/1.1\r\n" HOST "X-A : 1\r\n\r\n"),
	CASE("a folded header",
		"GET / HTTP/1.1\r\n" HOST "X-A: 1\r\n 2\r\n\r\n"),
	CASE("a folded header, by a tab",
		"GET / HTTP/1.1\r\n" HOST "X-A: 1\r\n\tX-B: 2\r\n\r\n"),
	CASE("a length hidden in a fold",
		"POST /form HTTP/1.1\r\n" HOST
		"X-A: 1\r\n Content-Length: 36\r\n\r\n"),
	CASE("a bare CR in a value",
		"GET / HTTP/1.1\r\n" HOST "X-A: 1\rX-B: 2\r\n\r\n"),
	CASE("a bare CR that hides a length",
		"POST /form HTTP/1.1\r\n" HOST
		"X-A: 1\rContent-Length: 36\r\n\r\n"),
	CASE("a bare LF", "GET / HTTP/1.1\r\n" HOST "X-A: 1\nX-B: 2\r\n\r\n"),
	CASE("a bare LF after the request line",
		"GET / HTTP/1.1\n" HOST "X-A: 1\r\n\r\n"),
	CASE("a NUL in a value",
		"GET / HTTP/1.1\r\n" HOST "X-A: 1\0 2\r\n\r\n"),
	CASE("a NUL in a name", "GET / HTTP/1.1\r\n" HOST "X\0A: 1\r\n\r\n"),
	CASE("a NUL in the target",
		"GET /\0 HTTP/1.1\r\n" HOST "X-A: 1\r\n\r\n"),
	CASE("a NUL in the last value",
		"GET / HTTP/1.1\r\n" HOST "X-A: 1\0\r\n\r\n"),
	CASE("a header without a name",
		"GET / HTTP/1.1\r\n" HOST ": 1\r\n\r\n"),
	CASE("a header without a colon",
		"GET / HTTP/1.1\r\n" HOST "nothing\r\n\r\n"),
	CASE("a control character in a value",
		"GET / HTTP/1.1\r\n" HOST "X-A: 1\1\r\n\r\n"),
	CASE("two Hosts", "GET / HTTP/1.1\r\n" HOST HOST "\r\n"),
	CASE("no Host", "GET / HTTP/1.1\r\nX-A: 1\r\n\r\n"),
	CASE("two spaces before the target", "GET  / HTTP/1.1\r\n" HOST "\r\n"),
	CASE("a space in the target", "GET /a b HTTP/1.1\r\n" HOST "\r\n"),
	CASE("a space at the end of the line",
		"GET / HTTP/1.1 \r\n" HOST "\r\n"),
	CASE("a bare byte above ASCII in the target",
		"GET /\xe9 HTTP/1.1\r\n" HOST "\r\n"),
	CASE("HTTP/1.2", "GET / HTTP/1.2\r\n" HOST "\r\n"),
	CASE("HTTP/2.0", "GET / HTTP/2.0\r\n" HOST "\r\n"),
	CASE("no version", "GET /\r\n" HOST "\r\n"),
};

static void refusals(int port, const atomic_int *calls)
{
	static struct answer a;
	int before = atomic_load(calls);

	for (size_t i = 0; i < COUNTOF(refused); i++) {
		ask(port, refused[i].bytes, refused[i].n, &a);
		CHECK((a.status >= 400 && a.status <= 505) || !a.answers,
			"%s: %d", refused[i].why, a.status);
		CHECK(a.is_closed && !strstr(a.text, "HTTP/1.1 200"),
			"%s: nothing behind it is answered: %s", refused[i].why,
			a.text);
		CHECK(atomic_load(calls) == before, "%s: no handler ran",
			refused[i].why);
		before = atomic_load(calls);
	}
}

/* Several requests at once on one connection, cut anywhere on their way. */
static void pipelined(int port)
{
	static const char bytes[] = "GET /s/one HTTP/1.1\r\n" HOST "\r\n"
				    "POST /form HTTP/1.1\r\n" HOST FORM
				    "Content-Length: 3\r\n\r\na=1"
				    "GET /s/three HTTP/1.1\r\n" CLOSE "\r\n";
	static struct answer a;

	for (size_t cut = 1; cut < sizeof bytes - 1; cut += 7) {
		struct timespec t = { .tv_nsec = 1000000 };
		int fd = client(port);

		memset(&a, 0, sizeof a);
		CHECK(send(fd, bytes, cut, MSG_NOSIGNAL) == (ssize_t)cut,
			"the first part");
		nanosleep(&t, NULL);
		(void)!send(
			fd, bytes + cut, sizeof bytes - 1 - cut, MSG_NOSIGNAL);
		a.is_closed = read_all(fd, a.text, sizeof a.text - 1) >= 0;
		close(fd);
		count_answers(&a);
		CHECK(a.answers == 3 && strstr(a.text, "ref=one") &&
				strstr(a.text, "form a=1") &&
				strstr(a.text, "ref=three"),
			"cut at %zu: %d answers", cut, a.answers);
	}
}

/* FORM_MAX is what the route takes; one byte more is refused unread. */
/* Memory is kept from request to request; what was in it is not.  More rounds
 * than there are threads, so that some meet. */
static void leaves_nothing(int port)
{
	static const char look[] = "GET /look HTTP/1.1\r\n" CLOSE "\r\n";
	static char post[9000];
	static struct answer a;
	size_t n = (size_t)snprintf(post, sizeof post,
		"POST /raw HTTP/1.1\r\n" CLOSE
		"Cookie: toyon_session=%01000d\r\n"
		"Content-Length: 7000\r\n\r\n%07000d",
		7, 7);

	for (int i = 0; i < 16; i++) {
		ask(port, post, n, &a);
		CHECK(a.status == 200 && strstr(a.text, "body=0000"),
			"much is in memory: %d", a.status);
		ask(port, look, strlen(look), &a);
		CHECK(strstr(a.text, "\r\n\r\nleft=0\n"),
			"of the request before: %s", a.text);
	}
}

static int times(const char *text, const char *what)
{
	int n = 0;

	for (const char *at = text; (at = strstr(at, what)); at++)
		n++;
	return n;
}

/* One answer, of a known number of headers, on a connection that stays. */
static void ask_again(int fd, int fields, char letter, bool cookie, char *id)
{
	char text[4096], want[64];
	size_t n = (size_t)snprintf(text, sizeof text,
		"GET /fields/%d/%c%s HTTP/1.1\r\n" HOST "\r\n", fields, letter,
		cookie ? "?cookie=1" : "");
	char end[16];
	ssize_t got;
	const char *at;

	CHECK(send(fd, text, n, MSG_NOSIGNAL) == (ssize_t)n, "sent");
	snprintf(end, sizeof end, "\r\n\r\nsaid %c", letter);
	n = 0;
	text[0] = '\0';
	while (!strstr(text, end) && n + 1 < sizeof text &&
		(got = recv(fd, text + n, sizeof text - 1 - n, 0)) > 0)
		text[n += (size_t)got] = '\0';
	CHECK(strstr(text, end), "its own body: %s", text);
	CHECK(times(text, "\r\nX-Own-") == fields, "%d headers: %s", fields,
		text);
	for (int i = 0; i < fields; i++) {
		snprintf(want, sizeof want, "\r\nX-Own-%d: %c\r\n", i, letter);
		CHECK(times(text, want) == 1, "%d of %d: %s", i, fields, text);
	}
	snprintf(want, sizeof want, "\r\nContent-Type: text/%c\r\n", letter);
	CHECK(times(text, want) == 1 && times(text, "\r\nContent-Type: ") == 1,
		"its own type: %s", text);
	CHECK(times(text, "Set-Cookie") == cookie, "cookies: %s", text);
	CHECK(times(text, "\r\nX-Content-Type-Options: nosniff\r\n") == 1 &&
			times(text, "\r\nContent-Length: 6\r\n") == 1,
		"what all carry, once: %s", text);
	at = strstr(text, "\r\nX-Request-Id: ");
	CHECK(at && times(text, "X-Request-Id") == 1 && memcmp(at + 16, id, 12),
		"an id of its own: %s", text);
	memcpy(id, at ? at + 16 : "", at ? 12 : 1);
}

/* Answers are kept with their headers: nothing of one is in the next. */
static void kept_answers(int port)
{
	static const int fields[] = { 3, 0, 1, 3, 2, 5, 0, 4, 1 };
	char id[16] = "";
	int fd = client(port);

	for (int i = 0; i < 90; i++)
		ask_again(fd, fields[i % 9], (char)('a' + i % 7), i % 10 == 4,
			id);
	close(fd);
}

static void long_forms(int port)
{
	static struct answer a;
	static char bytes[FORM_MAX + 1000];

	for (int size = FORM_MAX - 1; size <= FORM_MAX + 1; size++) {
		int n = snprintf(bytes, sizeof bytes,
			"POST /form HTTP/1.1\r\n" CLOSE FORM
			"Content-Length: %d\r\n\r\na=",
			size);

		memset(bytes + n, 'x', (size_t)size - 2);
		ask(port, bytes, (size_t)(n + size - 2), &a);
		CHECK(a.status == (size <= FORM_MAX ? 200 : 413) ||
				(size > FORM_MAX && !a.answers),
			"a form of %d bytes: %d", size, a.status);
	}
}

static void long_heads(int port)
{
	static struct answer a;
	static char bytes[80000];
	static const struct {
		size_t n;
		int status;
	} sizes[] = { { 1000, 200 }, { 8000, 200 }, { 15000, 200 },
		{ 60000, 431 } };

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		int n = snprintf(bytes, sizeof bytes,
			"GET / HTTP/1.1\r\n" CLOSE "X-A: ");

		memset(bytes + n, 'a', sizes[i].n);
		memcpy(bytes + n + sizes[i].n, "\r\n\r\n", 4);
		ask(port, bytes, (size_t)n + sizes[i].n + 4, &a);
		/* Closing with bytes unread may lose the answer on its way. */
		CHECK(a.status == sizes[i].status ||
				(sizes[i].status > 400 && !a.answers),
			"a header of %zu bytes: %d", sizes[i].n, a.status);
	}
}

static void many_headers(int port)
{
	static struct answer a;
	static const struct {
		int n;
		int status;
	} sizes[] = { { 98, 200 }, { 99, 431 } }; /* and two of ours */
	static char bytes[4096];

	for (size_t i = 0; i < COUNTOF(sizes); i++) {
		int at = snprintf(
			bytes, sizeof bytes, "GET / HTTP/1.1\r\n" CLOSE);

		for (int h = 0; h < sizes[i].n; h++)
			at += snprintf(bytes + at, sizeof bytes - (size_t)at,
				"X-%d: 1\r\n", h);
		at += snprintf(bytes + at, sizeof bytes - (size_t)at, "\r\n");
		ask(port, bytes, (size_t)at, &a);
		CHECK(a.status == sizes[i].status, "%d headers: %d", sizes[i].n,
			a.status);
	}
}

struct asked {
	int port;
	struct answer answer;
};

static void *ask_slowly(void *ctx)
{
	static const char bytes[] = "GET /slow HTTP/1.1\r\n" HOST "\r\n";
	struct asked *asked = ctx;

	ask(asked->port, bytes, sizeof bytes - 1, &asked->answer);
	return NULL;
}

/* What is under way when the server stops is still answered. */
static void drains(struct http_server *s, int port)
{
	static struct asked asked;
	struct timespec t = { .tv_nsec = 60 * 1000000L };
	int idle = client(port);
	pthread_t thread;

	asked.port = port;
	CHECK(!pthread_create(&thread, NULL, ask_slowly, &asked), "a thread");
	nanosleep(&t, NULL);
	http_server_stop(s, 2000);
	pthread_join(thread, NULL);
	CHECK(asked.answer.status == 200 && asked.answer.is_closed,
		"answered and closed: %d", asked.answer.status);
	CHECK(strstr(asked.answer.text, "\r\nConnection: close\r\n"),
		"and told so");
	close(idle);
}

/* Those that wait keep no thread: two of them answer twenty, and another, in the
 * time of one. */
static void parked_together(int port)
{
	enum { MANY = 20 };
	static const char bytes[] = "GET /park HTTP/1.1\r\n" CLOSE "\r\n"
				    "GET / HTTP/1.1\r\n" CLOSE "\r\n";
	static struct answer a;
	int64_t at_ms = clock_mono_ms();
	int fd[MANY];

	for (int i = 0; i < MANY; i++) {
		fd[i] = client(port);
		CHECK(send(fd[i], bytes, sizeof bytes - 1, MSG_NOSIGNAL) > 0,
			"sent");
	}
	ask(port, cases[0].bytes, strlen(cases[0].bytes), &a);
	CHECK(a.status == 200, "another meanwhile");
	for (int i = 0; i < MANY; i++) {
		memset(&a, 0, sizeof a);
		read_all(fd[i], a.text, sizeof a.text - 1);
		count_answers(&a);
		CHECK(a.status == 200 && a.answers == 1, "the %dth: %d, %d", i,
			a.status, a.answers);
		close(fd[i]);
	}
	CHECK(clock_mono_ms() - at_ms < MANY * 200 / 2,
		"not one after the other");
}

static void *ask_parked(void *ctx)
{
	static const char bytes[] = "GET /park HTTP/1.1\r\n" HOST "\r\n";
	struct asked *asked = ctx;

	ask(asked->port, bytes, sizeof bytes - 1, &asked->answer);
	return NULL;
}

/* Who left before the answer takes nothing with it. */
static void parked_and_gone(int port)
{
	static const char bytes[] = "GET /park HTTP/1.1\r\n" HOST "\r\n";
	struct timespec t = { .tv_nsec = 300 * 1000000L };
	static struct answer a;
	int fd = client(port);

	CHECK(send(fd, bytes, sizeof bytes - 1, MSG_NOSIGNAL) > 0, "sent");
	close(fd);
	nanosleep(&t, NULL);
	ask(port, cases[0].bytes, strlen(cases[0].bytes), &a);
	CHECK(a.status == 200, "the next one is served");
}

/* The server does not end before it, however little time it was given. */
static void waits_for_parked(const struct http_server_options *o, int port)
{
	static struct asked asked;
	struct timespec t = { .tv_nsec = 60 * 1000000L };
	struct http_server *s;
	struct err e = { 0 };
	pthread_t thread;

	CHECK(!http_server_start(o, &s, &e), "%s", e.message);
	asked.port = port;
	CHECK(!pthread_create(&thread, NULL, ask_parked, &asked), "a thread");
	nanosleep(&t, NULL);
	http_server_stop(s, 0);
	pthread_join(thread, NULL);
	CHECK(asked.answer.is_closed, "it was let go");
}

static void taken_port(int port)
{
	struct http_listener l;
	struct err e = { 0 };
	char address[32];

	snprintf(address, sizeof address, "127.0.0.1:%d", port);
	CHECK(http_listen(str_of(address), &l, &e) == -1, "taken");
	CHECK(strstr(e.message, address) && strstr(e.hint, "another port"),
		"%s (%s)", e.message, e.hint);
}

static const struct {
	const char *address;
	const char *starts;
} listeners[] = {
	{ "127.0.0.1:0", "127.0.0.1:" },
	{ "localhost:0", "127.0.0.1:" },
	{ "[::1]:0", "[::1]:" },
	{ "*:0", "[::]:" },
	{ "127.0.0.1", NULL },
	{ "127.0.0.1:65536", NULL },
	{ "127.0.0.1:http", NULL },
	{ "::1:0", NULL },
	{ "example.com:80", NULL },
	{ "", NULL },
};

static void addresses(void)
{
	for (size_t i = 0; i < COUNTOF(listeners); i++) {
		struct http_listener l = { .fd = -1 };
		struct err e = { 0 };
		int failed = http_listen(str_of(listeners[i].address), &l, &e);

		CHECK(failed == (listeners[i].starts ? 0 : -1), "\"%s\": %s",
			listeners[i].address, e.message);
		if (failed)
			continue;
		CHECK(!strncmp(l.name, listeners[i].starts,
			      strlen(listeners[i].starts)) &&
				l.port > 0,
			"\"%s\" is %s", listeners[i].address, l.name);
		close(l.fd);
	}
}

/* The body, and how much of it came before the server closed; each letter in its place. */
static int64_t letters_of(int fd, char *head, size_t head_max)
{
	static char bytes[1 << 16];
	size_t head_n = 0;
	int64_t n = 0;
	ssize_t got;
	char *body;

	while ((got = recv(fd, bytes, sizeof bytes, 0)) > 0) {
		ssize_t at = 0;

		for (; !strstr(head, "\r\n\r\n") && at < got; at++)
			if (head_n + 1 < head_max)
				head[head_n++] = bytes[at];
		body = bytes + at;
		for (; body < bytes + got; body++)
			if (*body != 'a' + n++ % 26)
				return -1;
	}
	return n;
}

/* A body of any length in the memory of a piece; one that breaks is not taken for whole. */
static void streams(int port)
{
	static const struct {
		const char *how;
		int64_t n;
	} rows[] = { { "whole", STREAM }, { "broken", STREAM / 2 } };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char head[2048] = "", text[200];
		int fd = client(port);
		int64_t n;

		snprintf(text, sizeof text,
			"GET /stream/%s HTTP/1.1\r\n" CLOSE "\r\n",
			rows[i].how);
		CHECK(send(fd, text, strlen(text), MSG_NOSIGNAL) > 0, "sent");
		n = letters_of(fd, head, sizeof head);
		CHECK(n == rows[i].n, "%s: %lld bytes", rows[i].how,
			(long long)n);
		CHECK(strstr(head, "\r\nContent-Length: 3000000\r\n") &&
				strstr(head, "\r\nContent-Type: "
					     "application/zip\r\n") &&
				strstr(head, "\r\nX-Content-Type-Options: "
					     "nosniff\r\n"),
			"%s: its length is known before: %s", rows[i].how,
			head);
		close(fd);
	}
}

int main(void)
{
	static atomic_int calls;
	struct http_listener l;
	struct log lg = { .fd = -1, .min = LOG_ERROR, .process = "t" };
	struct http_server_options o = { .fds_n = 1,
		.routes = { table, COUNTOF(table) },
		.limits = { .threads = 2, .response_max = 100000 },
		.log = &lg,
		.ctx = &calls,
		.admit = admit,
		.failed = draw_failure };
	struct http_server *s;
	struct err e = { 0 };

	CHECK(!http_listen(STR("127.0.0.1:0"), &l, &e), "%s", e.message);
	o.fds = &l.fd;
	CHECK(!http_server_start(&o, &s, &e), "%s", e.message);
	taken_port(l.port);
	addresses();
	answers(l.port);
	refusals(l.port, &calls);
	pipelined(l.port);
	leaves_nothing(l.port);
	kept_answers(l.port);
	streams(l.port);
	long_forms(l.port);
	long_heads(l.port);
	many_headers(l.port);
	parked_together(l.port);
	parked_and_gone(l.port);
	drains(s, l.port);
	waits_for_parked(&o, l.port);
	close(l.fd);
	return CHECK_DONE();
}
