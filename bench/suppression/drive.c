/*
 * A load for the servers of this comparison, over loopback: one thread, so many
 * connections, each sending its next request when the answer is there.  The
 * answer to each different request is checked against what is known the first
 * time; every later one has to be the same.
 *
 *	drive batch    PORT CONNECTIONS SECONDS QUESTIONS.txt API-KEY
 *	drive single   PORT CONNECTIONS SECONDS QUESTIONS.txt API-KEY
 *	drive constant PORT CONNECTIONS SECONDS -
 *	drive redis    PORT CONNECTIONS SECONDS QUESTIONS.txt
 *	drive signals  PORT CONNECTIONS SECONDS PACK API-KEY FIRST
 *
 * A line of QUESTIONS.txt: 1 (suppressed) or 0, a tab, an email address as
 * typed.  Signals are about new people each time, numbered from FIRST.  Prints
 * requests, things asked or told in them, seconds, and the median and 99th
 * percentile of a request in microseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "ident/ident.h"

enum {
	BATCH = 1000,
	LINE = 256, /* room for a question in a request */
	HEAD_MOST = 1024,
	CONNECTIONS_MAX = 1024,
	SAMPLES_MAX = 1 << 22,
	ANSWER_MAX = 1 << 20,
};

struct question {
	bool is_suppressed;
	char text[LINE];
};

struct request {
	char *bytes;
	size_t n;
	size_t first; /* question */
	size_t questions;
	char *answer; /* the body of the first one, NULL before */
	size_t answer_n;
};

struct caller {
	int fd;
	size_t request;
	double sent_at;
	size_t have;
	char *answer;
	char *fresh; /* signals: a request of its own, each time */
};

struct drive {
	const char *how;
	bool is_redis;
	const char *key;
	struct question *question;
	size_t questions;
	struct request *request;
	size_t requests;
	size_t next;
	size_t pack;      /* signals in a request */
	uint64_t next_id; /* of a signal */
	float *us;
	size_t done;
	size_t things;
};

static void die(const char *form, ...)
{
	va_list ap;

	va_start(ap, form);
	fputs("drive: ", stderr);
	vfprintf(stderr, form, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *room(size_t n)
{
	void *p = calloc(1, n);

	if (!p)
		die("no memory");
	return p;
}

static void read_questions(struct drive *d, const char *path)
{
	char line[LINE];
	size_t most = 1 << 20;
	FILE *f = fopen(path, "r");

	d->question = room(most * sizeof *d->question);
	while (f && d->questions < most && fgets(line, sizeof line, f)) {
		struct question *q = &d->question[d->questions++];

		line[strcspn(line, "\n")] = '\0';
		q->is_suppressed = line[0] == '1';
		memcpy(q->text, line + 2, sizeof line - 2);
	}
	if (!f || d->questions < BATCH)
		die("no questions");
	fclose(f);
}

static void digest_of(const struct question *q, uint8_t digest[SHA256_SIZE])
{
	if (ident_digest_of(IDENT_TOYON_1, IDENT_EMAIL,
		    (str){ q->text, strlen(q->text) }, digest))
		die("a question can't be read");
}

/* --- requests --- */

static size_t put_post(const struct drive *d, char *out, const char *target,
	const char *body, size_t n)
{
	size_t head = (size_t)snprintf(out, HEAD_MOST,
		"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
		"Authorization: Bearer %s\r\nContent-Type: text/plain\r\n"
		"Content-Length: %zu\r\n\r\n",
		target, d->key, n);

	memcpy(out + head, body, n);
	return head + n;
}

static void make_batch(const struct drive *d, struct request *r)
{
	char *body = room((size_t)BATCH * LINE);
	size_t n = 0;

	for (size_t i = 0; i < r->questions; i++)
		n += (size_t)snprintf(
			body + n, LINE, "%s\n", d->question[r->first + i].text);
	r->bytes = room(n + HEAD_MOST);
	r->n = put_post(
		d, r->bytes, "/api/v1/suppressions:check?kind=email", body, n);
	free(body);
}

static void make_single(const struct drive *d, struct request *r)
{
	uint8_t digest[SHA256_SIZE];
	char hex[2 * SHA256_SIZE + 1];

	char head[HEAD_MOST];

	digest_of(&d->question[r->first], digest);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	r->n = (size_t)snprintf(head, sizeof head,
		"GET /api/v1/suppressions/%s?kind=email HTTP/1.1\r\n"
		"Host: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n",
		hex, d->key);
	r->bytes = room(r->n); /* packed: 100,000 of them are cold memory */
	memcpy(r->bytes, head, r->n);
}

static void make_redis(const struct drive *d, struct request *r)
{
	r->bytes = room((size_t)BATCH * 64 + 256);
	r->n = (size_t)snprintf(r->bytes, 256,
		"*%zu\r\n$10\r\nSMISMEMBER\r\n$1\r\ns\r\n", r->questions + 2);
	for (size_t i = 0; i < r->questions; i++) {
		uint8_t digest[SHA256_SIZE];

		digest_of(&d->question[r->first + i], digest);
		memcpy(r->bytes + r->n, "$32\r\n", 5);
		memcpy(r->bytes + r->n + 5, digest, SHA256_SIZE);
		memcpy(r->bytes + r->n + 37, "\r\n", 2);
		r->n += 39;
	}
}

static void make_constant(struct request *r)
{
	r->bytes = room(256);
	r->n = (size_t)snprintf(
		r->bytes, 256, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
}

static bool is(const struct drive *d, const char *how)
{
	return !strcmp(d->how, how);
}

static void make_requests(struct drive *d)
{
	size_t each = is(d, "single") ? 1 : BATCH;

	d->requests = d->questions / each;
	if (is(d, "constant"))
		d->requests = 1;
	d->request = room(d->requests * sizeof *d->request);
	for (size_t i = 0; i < d->requests; i++) {
		struct request *r = &d->request[i];

		r->first = i * each;
		r->questions = is(d, "constant") ? 1 : each;
		if (is(d, "batch"))
			make_batch(d, r);
		else if (is(d, "single"))
			make_single(d, r);
		else if (is(d, "redis"))
			make_redis(d, r);
		else
			make_constant(r);
	}
}

/* --- answers --- */

static const char *find(const char *p, size_t n, const char *what)
{
	return memmem(p, n, what, strlen(what));
}

/* The same as the first answer, told by its end, as nothing comes behind it.
 * Both servers' answers are mostly that, and a whole reading of the head is dear. */
static bool is_as_before(const struct request *r, const char *p, size_t n)
{
	const char *body = p + n - r->answer_n;

	return r->answer && n > r->answer_n + 16 &&
	       !memcmp(p, "HTTP/1.1 200", 12) &&
	       !memcmp(body - 4, "\r\n\r\n", 4) &&
	       !memcmp(body, r->answer, r->answer_n);
}

/* Where the body begins, when all of the answer is there; else NULL. */
static const char *whole_http(const char *p, size_t n, size_t *body)
{
	const char *end = find(p, n, "\r\n\r\n");
	const char *length;

	if (!end)
		return NULL;
	length = strcasestr(p, "content-length:");
	if (strncmp(p, "HTTP/1.1 200", 12) || !length)
		die("an answer was %.12s", p);
	*body = strtoul(length + 15, NULL, 10);
	return (size_t)(end + 4 - p) + *body <= n ? end + 4 : NULL;
}

/* ":1\r\n" for each question behind a line with their number. */
static const char *whole_redis(
	const char *p, size_t n, size_t questions, size_t *body)
{
	const char *end = memchr(p, '\n', n);

	if (n && *p != '*')
		die("Redis said %.*s", (int)(n < 60 ? n : 60), p);
	*body = questions * 4;
	return end && (size_t)(end + 1 - p) + *body <= n ? end + 1 : NULL;
}

static void check_lines(
	const struct drive *d, const struct request *r, const char *p, size_t n)
{
	for (size_t i = 0; i < r->questions; i++) {
		const char *end = memchr(p, '\n', n);
		size_t line = end ? (size_t)(end + 1 - p) : n;
		bool is_suppressed = find(p, line, "\"suppressed\"") != NULL;

		if (is_suppressed != d->question[r->first + i].is_suppressed ||
			(!is_suppressed && !find(p, line, "\"clear\"")))
			die("a wrong answer");
		p += line;
		n -= line;
	}
}

static void check_answer(
	struct drive *d, struct request *r, const char *body, size_t n)
{
	if (r->answer) {
		if (n != r->answer_n || memcmp(body, r->answer, n))
			die("an answer changed");
		return;
	}
	if (is(d, "redis"))
		for (size_t i = 0; i < r->questions; i++)
			if ((body[4 * i + 1] == '1') !=
				d->question[r->first + i].is_suppressed)
				die("a wrong answer");
	if (is(d, "batch") || is(d, "single"))
		check_lines(d, r, body, n);
	r->answer = room(n + 1);
	r->answer_n = n;
	memcpy(r->answer, body, n);
}

static void check_signals(const struct drive *d, const char *body, size_t n)
{
	char want[64];

	snprintf(want, sizeof want, "\"added\":%zu,", d->pack);
	if (!find(body, n, want))
		die("signals are missing: %.*s", (int)(n < 200 ? n : 200),
			body);
}

/* --- calling --- */

static void write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t did = send(fd, p, n, MSG_NOSIGNAL);

		if (did < 0 && errno != EINTR)
			die("a connection ended: %s", strerror(errno));
		if (did > 0) {
			p += did;
			n -= (size_t)did;
		}
	}
}

static size_t fresh_signals(struct drive *d, char *out)
{
	char body[BATCH * 64];
	size_t n = 0;

	for (size_t i = 0; i < d->pack; i++)
		n += (size_t)snprintf(body + n, 64, "signal.%llu@example.com\n",
			(unsigned long long)d->next_id++);
	return put_post(d, out,
		"/api/v1/suppressions?kind=email&reason=opt-out&source=gpc",
		body, n);
}

static void send_next(struct drive *d, struct caller *c)
{
	c->have = 0;
	c->sent_at = now_s();
	if (d->pack) {
		write_all(c->fd, c->fresh, fresh_signals(d, c->fresh));
		return;
	}
	c->request = d->next++ % d->requests;
	write_all(
		c->fd, d->request[c->request].bytes, d->request[c->request].n);
}

static void count(struct drive *d, const struct caller *c, size_t things)
{
	if (d->done < SAMPLES_MAX)
		d->us[d->done] = (float)((now_s() - c->sent_at) * 1e6);
	d->done++;
	d->things += things;
}

/* True when an answer was whole. */
static bool take(struct drive *d, struct caller *c)
{
	ssize_t got =
		recv(c->fd, c->answer + c->have, ANSWER_MAX - 1 - c->have, 0);
	struct request *r = d->pack ? NULL : &d->request[c->request];
	const char *body;
	size_t n;

	if (got <= 0)
		die("a connection ended");
	c->have += (size_t)got;
	c->answer[c->have] = '\0';
	if (r && !d->is_redis && is_as_before(r, c->answer, c->have)) {
		count(d, c, r->questions);
		return true;
	}
	body = d->is_redis ? whole_redis(c->answer, c->have, r->questions, &n)
			   : whole_http(c->answer, c->have, &n);
	if (!body)
		return false;
	if (r)
		check_answer(d, r, body, n);
	else
		check_signals(d, body, n);
	count(d, c, r ? r->questions : d->pack);
	return true;
}

static void start_caller(struct caller *c, int port, int epoll)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c };
	int one = 1;

	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	c->answer = room(ANSWER_MAX);
	c->fresh = room(BATCH * 64 + HEAD_MOST);
	if (connect(c->fd, (struct sockaddr *)&to, sizeof to))
		die("nobody listens on port %d", port);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &ev);
}

/* Those that are under way at the end are still waited for. */
static double run(struct drive *d, int port, size_t callers, double seconds)
{
	struct caller *c = room(callers * sizeof *c);
	struct epoll_event ev[64];
	int epoll = epoll_create1(0);
	double start, end;
	size_t busy = callers;

	for (size_t i = 0; i < callers; i++)
		start_caller(&c[i], port, epoll);
	start = end = now_s();
	for (size_t i = 0; i < callers; i++)
		send_next(d, &c[i]);
	while (busy) {
		int n = epoll_wait(epoll, ev, 64, -1);

		for (int i = 0; i < n; i++) {
			struct caller *one = ev[i].data.ptr;

			if (!take(d, one))
				continue;
			end = now_s();
			if (end - start < seconds)
				send_next(d, one);
			else
				busy--;
		}
	}
	return end - start;
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	struct drive d = { 0 };
	long callers = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
	double took;
	size_t n;

	if (argc < 6 || callers < 1 || callers > CONNECTIONS_MAX) {
		fputs("usage: drive HOW PORT CONNECTIONS SECONDS QUESTIONS|PACK "
		      "[API-KEY [FIRST]]\n",
			stderr);
		return 2;
	}
	d.how = argv[1];
	d.is_redis = is(&d, "redis");
	d.key = argc > 6 ? argv[6] : "";
	d.us = room(SAMPLES_MAX * sizeof *d.us);
	if (is(&d, "signals")) {
		d.pack = strtoul(argv[5], NULL, 10);
		d.next_id = argc > 7 ? strtoull(argv[7], NULL, 10) : 0;
		if (d.pack < 1 || d.pack > BATCH)
			die("1 to 1000 signals in a request");
	} else {
		if (!is(&d, "constant"))
			read_questions(&d, argv[5]);
		make_requests(&d);
	}
	took = run(&d, (int)strtol(argv[2], NULL, 10), (size_t)callers,
		strtod(argv[4], NULL));
	n = d.done < SAMPLES_MAX ? d.done : SAMPLES_MAX;
	qsort(d.us, n, sizeof *d.us, by_value);
	printf("%zu %zu %.3f %.1f %.1f\n", d.done, d.things, took,
		(double)d.us[n / 2], (double)d.us[n * 99 / 100]);
	return 0;
}
