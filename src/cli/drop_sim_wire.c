/*
 * Between the client and the server: bytes pass, and where a fault says so they
 * pass in part, slowly, or not at all.  One call a connection; the head gets the
 * call's number, so that the server knows of the fault too.
 */
#define _GNU_SOURCE /* accept4 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/drop_sim.h"

enum {
	HEAD_MAX = 32768,
	PIECE = 65536,
	LOOK_MS = 50,
	SLOW_STEPS = 20,
	SLOW_STEP_MS = 100,
	DRAIN_MS = 3000,
	CONNECTIONS_MAX = 64,
};

struct sim_wire {
	pthread_t thread;
	int listen_fd;
	int server_port;
	const struct sim_faults *faults;
	atomic_uint_fast64_t calls;
	atomic_int open;
	atomic_bool is_ending;
};

struct line { /* one connection */
	struct sim_wire *wire;
	int client;
	int server;
	uint64_t call;
	enum sim_fault fault;
	char head[HEAD_MAX];
	size_t n;    /* bytes in head, the body's first ones too */
	size_t body; /* where the body begins */
};

static void pause_ms(int64_t ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* --- heads --- */

/* Reads until the empty line; false when there is none. */
static bool read_head(struct line *l, int fd)
{
	ptrdiff_t end;

	l->n = 0;
	do {
		ssize_t n = recv(fd, l->head + l->n, HEAD_MAX - l->n, 0);

		if (n <= 0)
			return false;
		l->n += (size_t)n;
		end = str_find((str){ l->head, l->n }, STR("\r\n\r\n"));
	} while (end < 0 && l->n < HEAD_MAX);
	l->body = (size_t)end + 4;
	return end >= 0;
}

/* Content-Length; 0 when there is none. */
static int64_t length_of(const struct line *l)
{
	str rest = { l->head, l->body }, one, name, value;
	int64_t n;

	while (str_next(&rest, '\n', &one)) {
		if (str_cut(one, ':', &name, &value) &&
			str_eq_nocase(name, STR("Content-Length")) &&
			str_int(str_trim(value), &n))
			return n;
	}
	return 0;
}

/* --- bytes --- */

static bool send_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* At most n bytes from one to the other; false when one of them ended. */
static bool pass(int from, int to, int64_t n)
{
	char piece[PIECE];

	while (n > 0) {
		size_t want = n < PIECE ? (size_t)n : PIECE;
		ssize_t got = recv(from, piece, want, 0);

		if (got <= 0 || !send_all(to, piece, (size_t)got))
			return false;
		n -= got;
	}
	return true;
}

/* The head in `l`, and of its body `body` bytes. */
static bool pass_message(struct line *l, int from, int to, int64_t body)
{
	int64_t here = (int64_t)(l->n - l->body);

	if (here > body)
		here = body;
	return send_all(to, l->head + l->body, (size_t)here) &&
	       pass(from, to, body - here);
}

/* The client sees a reset, not an end. */
static void reset(int fd)
{
	struct linger now = { .l_onoff = 1 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* --- one call --- */

static bool dial(struct line *l)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)l->wire->server_port) };

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	l->server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return l->server >= 0 &&
	       !connect(l->server, (struct sockaddr *)&to, sizeof to);
}

/* The request line, the call's number, the rest of the head. */
static bool send_head(struct line *l)
{
	const char *end = memchr(l->head, '\n', l->body);
	size_t first = (size_t)(end - l->head) + 1;
	char more[64];
	int n = snprintf(more, sizeof more, SIM_CALL_HEADER ": %llu\r\n",
		(unsigned long long)l->call);

	return send_all(l->server, l->head, first) &&
	       send_all(l->server, more, (size_t)n) &&
	       send_all(l->server, l->head + first, l->body - first);
}

static bool pass_slowly(struct line *l, int64_t body)
{
	int64_t here = (int64_t)(l->n - l->body);

	if (!send_all(l->client, l->head + l->body, (size_t)here))
		return false;
	for (int i = SLOW_STEPS; i > 0; i--) {
		int64_t now = (body - here) / i;

		pause_ms(SLOW_STEP_MS);
		if (!pass(l->server, l->client, now))
			return false;
		here += now;
	}
	return true;
}

static void pass_answer(struct line *l)
{
	int64_t body;

	if (!read_head(l, l->server))
		return;
	body = length_of(l);
	if (l->fault == SIM_FAULT_LOST_ANSWER) {
		reset(l->client);
		return;
	}
	if (!send_all(l->client, l->head, l->body))
		return;
	if (l->fault == SIM_FAULT_SLOW) {
		pass_slowly(l, body);
		return;
	}
	if (l->fault == SIM_FAULT_SHORT_BODY ||
		l->fault == SIM_FAULT_LOST_CONNECTION)
		body /= 2;
	pass_message(l, l->server, l->client, body);
	if (l->fault == SIM_FAULT_LOST_CONNECTION) {
		/* Time to read what came: a reset throws away what did not. */
		pause_ms(LOOK_MS);
		reset(l->client);
	}
}

static void pass_call(struct line *l)
{
	int64_t body;
	bool is_cut;

	if (!read_head(l, l->client))
		return;
	l->call = atomic_fetch_add(&l->wire->calls, 1) + 1;
	l->fault = sim_fault_at(l->wire->faults, l->call);
	body = length_of(l);
	is_cut = body > 0 && l->fault == SIM_FAULT_LOST_CONNECTION;
	if (!dial(l) || !send_head(l) ||
		!pass_message(
			l, l->client, l->server, is_cut ? body / 2 : body))
		return;
	if (is_cut)
		reset(l->client);
	else
		pass_answer(l);
}

static void *serve_line(void *ctx)
{
	struct line *l = ctx;
	struct sim_wire *w = l->wire;

	pass_call(l);
	if (l->server >= 0)
		close(l->server);
	/* What a client still sends must not turn our end into a reset. */
	shutdown(l->client, SHUT_WR);
	close(l->client);
	free(l);
	atomic_fetch_sub(&w->open, 1);
	return NULL;
}

static void take_line(struct sim_wire *w, int client)
{
	struct line *l = malloc(sizeof *l);
	pthread_attr_t attr;
	pthread_t thread;

	must(l && !pthread_attr_init(&attr));
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	l->wire = w;
	l->client = client;
	l->server = -1;
	l->call = 0;
	l->fault = SIM_FAULT_NONE;
	atomic_fetch_add(&w->open, 1);
	if (pthread_create(&thread, &attr, serve_line, l)) {
		atomic_fetch_sub(&w->open, 1);
		close(client);
		free(l);
	}
	pthread_attr_destroy(&attr);
}

static void *accept_all(void *ctx)
{
	struct sim_wire *w = ctx;

	while (!atomic_load(&w->is_ending)) {
		struct pollfd p = { .fd = w->listen_fd, .events = POLLIN };
		int client;

		if (atomic_load(&w->open) >= CONNECTIONS_MAX) {
			pause_ms(LOOK_MS);
			continue;
		}
		if (poll(&p, 1, LOOK_MS) <= 0)
			continue;
		client = accept4(w->listen_fd, NULL, NULL, SOCK_CLOEXEC);
		if (client >= 0)
			take_line(w, client);
	}
	return NULL;
}

int sim_wire_start(struct sim_wire **out, int listen_fd, int server_port,
	const struct sim_faults *faults, struct err *e)
{
	struct sim_wire *w = calloc(1, sizeof *w);

	must(w);
	w->listen_fd = listen_fd;
	w->server_port = server_port;
	w->faults = faults;
	if (pthread_create(&w->thread, NULL, accept_all, w)) {
		free(w);
		return err_set(e, ERR_UNAVAILABLE, "no thread to listen with");
	}
	*out = w;
	return 0;
}

void sim_wire_stop(struct sim_wire *w)
{
	atomic_store(&w->is_ending, true);
	pthread_join(w->thread, NULL);
	for (int ms = 0; atomic_load(&w->open) && ms < DRAIN_MS; ms += LOOK_MS)
		pause_ms(LOOK_MS);
	/* A line that is still open would look into freed memory. */
	if (!atomic_load(&w->open))
		free(w);
}
