/*
 * How soon another process sees a signal that was acknowledged: one process sends
 * signals over loopback, one at a time; another one, which shares nothing with
 * the server but the installation's folder, asks for that person's state again
 * and again.
 *
 *	visible DIR PORT API-KEY SIGNALS
 *
 * Prints the median, the 99th percentile and the largest time, in microseconds,
 * from the acknowledgement to the end of the first look-up that says
 * "suppressed"; 0 when that was before the sender had the acknowledgement.  A
 * look-up begun after it that says "clear" ends the run: what was acknowledged
 * must be seen.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "desk/install.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "store/db.h"

enum { SIGNALS_MAX = 100000, ROOM = 4096 };

/* What the two processes share. */
struct shared {
	_Atomic int asking; /* the number that is being asked for */
	_Atomic int64_t
		told_ns; /* when that one was acknowledged; 0: not yet */
	int64_t late_ns[SIGNALS_MAX];
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void die(const char *why)
{
	fprintf(stderr, "visible: %s\n", why);
	exit(1);
}

/* --- the reader --- */

static void open_desk(struct desk *d, struct install *in, const char *dir)
{
	struct arena *a = arena_new(64 << 20);
	struct err e = { 0 };

	if (install_open(in, a, dir, KEYS_INDEX, &e) ||
		install_database(in, &d->db, &e) ||
		suppress_open(&d->suppress, install_path(in, STR("index.tyx")),
			in->keys, &e))
		die(e.message);
	d->clock = &in->clock;
	d->keys = in->keys;
	d->config = &in->config;
	d->actor.kind = ACTOR_COMMAND;
	d->wake_fd = -1;
}

static bool is_suppressed(struct desk *d, int i)
{
	struct suppress_query q = { .kind = IDENT_EMAIL };
	struct err e = { 0 };

	arena_clear(d->arena);
	q.value = arena_fmt(d->arena, "visible.%d@example.com", i);
	if (suppress_check(d, &q, 1, &e) < 0)
		die(e.message);
	return q.reasons != 0;
}

/* The first look-up that sees it; told is read before each of them. */
static void wait_for(struct desk *d, struct shared *s, int i)
{
	int64_t told, seen;
	bool is_seen;

	do {
		told = atomic_load(&s->told_ns);
		is_seen = is_suppressed(d, i);
		seen = now_ns();
		if (!is_seen && told)
			die("an acknowledged signal was not seen");
	} while (!is_seen);
	while (!told)
		told = atomic_load(&s->told_ns);
	s->late_ns[i] = seen > told ? seen - told : 0;
}

/* A byte in the pipe for each signal that may be sent now. */
static void read_all(const char *dir, struct shared *s, int n, int ready)
{
	struct desk d = { .arena = arena_new(64 << 20) };
	struct install in = { 0 };

	open_desk(&d, &in, dir);
	for (int i = 0; i < n; i++) {
		atomic_store(&s->told_ns, 0);
		if (write(ready, "", 1) != 1)
			die("the sender ended");
		wait_for(&d, s, i);
	}
}

/* --- the sender --- */

static int connect_to(const char *port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)strtol(port, NULL, 10)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to))
		die("nobody listens there");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

static void send_one(int fd, const char *key, int i)
{
	char request[ROOM], body[64], answer[ROOM];
	int size = snprintf(body, sizeof body, "visible.%d@example.com\n", i);
	int n = snprintf(request, sizeof request,
		"POST /api/v1/suppressions?kind=email&reason=opt-out&source=gpc"
		" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
		"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s",
		key, size, body);
	ssize_t got;

	if (write(fd, request, (size_t)n) != n)
		die("the connection ended");
	got = read(fd, answer, sizeof answer - 1);
	answer[got > 0 ? got : 0] = '\0';
	if (!strstr(answer, "\"added\":1,"))
		die("a signal was not taken");
}

static void send_all(
	const char *port, const char *key, struct shared *s, int n, int ready)
{
	int fd = connect_to(port);
	char c;

	for (int i = 0; i < n; i++) {
		if (read(ready, &c, 1) != 1)
			die("the reader ended");
		send_one(fd, key, i);
		atomic_store(&s->told_ns, now_ns());
	}
	close(fd);
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	int n = argc == 5 ? (int)strtol(argv[4], NULL, 10) : 0, status;
	struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int ready[2];
	pid_t reader;

	if (n < 1 || n > SIGNALS_MAX || s == MAP_FAILED || pipe(ready))
		die("usage: visible DIR PORT API-KEY SIGNALS");
	reader = fork();
	if (!reader) {
		close(ready[0]);
		read_all(argv[1], s, n, ready[1]);
		return 0;
	}
	close(ready[1]);
	send_all(argv[2], argv[3], s, n, ready[0]);
	if (waitpid(reader, &status, 0) < 0 || status)
		die("the reader failed");
	qsort(s->late_ns, (size_t)n, sizeof *s->late_ns, by_value);
	printf("%.1f %.1f %.1f\n", (double)s->late_ns[n / 2] / 1e3,
		(double)s->late_ns[n - 1 - n / 100] / 1e3,
		(double)s->late_ns[n - 1] / 1e3);
	return 0;
}
