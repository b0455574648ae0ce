/*
 * A load of HTTP GETs on loopback: so many connections, each sending its next
 * request when the answer is there, for so many seconds.  Prints requests a
 * second and the latencies.
 *
 *	load 127.0.0.1:8085 /desk CONNECTIONS SECONDS [HEADER...]
 *
 * An answer that is not 200 ends the run: a fast error page is no figure.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES_MAX = 400000, ANSWER_MAX = 1 << 20 };

struct caller {
	pthread_t thread;
	struct sockaddr_in to;
	const char *request;
	double until;
	float *ms;
	size_t n;
	int status; /* of the answer that ended it, 0 when none did */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Reads one answer; its status, or -1 when the connection ended. */
static int read_answer(int fd, char *buf)
{
	size_t have = 0;
	size_t want = 0;

	while (!want || have < want) {
		ssize_t n = read(fd, buf + have, ANSWER_MAX - 1 - have);
		char *end;
		char *length;

		if (n <= 0)
			return -1;
		have += (size_t)n;
		buf[have] = '\0';
		if (want || !(end = strstr(buf, "\r\n\r\n")))
			continue;
		length = strcasestr(buf, "content-length:");
		want = (size_t)(end + 4 - buf) +
		       (length ? strtoul(length + 15, NULL, 10) : 0);
	}
	return (int)strtol(buf + 9, NULL, 10);
}

static void *call(void *ctx)
{
	struct caller *c = ctx;
	char *buf = malloc(ANSWER_MAX);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int one = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (connect(fd, (struct sockaddr *)&c->to, sizeof c->to))
		c->status = -1;
	while (!c->status && now() < c->until && c->n < SAMPLES_MAX) {
		size_t size = strlen(c->request);
		double start = now();
		int status;

		if (write(fd, c->request, size) != (ssize_t)size)
			break;
		status = read_answer(fd, buf);
		if (status != 200)
			c->status = status;
		c->ms[c->n++] = (float)((now() - start) * 1e3);
	}
	close(fd);
	free(buf);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a;
	float y = *(const float *)b;

	return (x > y) - (x < y);
}

static int report(struct caller *c, long n, double seconds)
{
	size_t all = 0;
	float *ms;
	size_t k = 0;

	for (long i = 0; i < n; i++) {
		if (c[i].status) {
			fprintf(stderr, "load: an answer had status %d\n",
				c[i].status);
			return 1;
		}
		all += c[i].n;
	}
	ms = malloc((all + 1) * sizeof *ms);
	for (long i = 0; i < n; i++)
		for (size_t j = 0; j < c[i].n; j++)
			ms[k++] = c[i].ms[j];
	qsort(ms, all, sizeof *ms, by_value);
	printf("%.0f requests/s, p50 %.2f ms, p99 %.2f ms, most %.2f ms\n",
		(double)all / seconds, (double)ms[all / 2],
		(double)ms[all * 99 / 100], (double)ms[all - 1]);
	return 0;
}

int main(int argc, char **argv)
{
	static char request[8192];
	long n = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
	double seconds = argc > 4 ? strtod(argv[4], NULL) : 0;
	size_t size;
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct caller *c;
	char *colon;

	if (n < 1 || seconds <= 0 || !(colon = strchr(argv[1], ':'))) {
		fprintf(stderr, "usage: load HOST:PORT PATH CONNECTIONS "
				"SECONDS [HEADER...]\n");
		return 2;
	}
	to.sin_port = htons((uint16_t)strtol(colon + 1, NULL, 10));
	inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
	size = (size_t)snprintf(request, sizeof request,
		"GET %s HTTP/1.1\r\nHost: %s\r\n", argv[2], argv[1]);
	for (int i = 5; i < argc && size < sizeof request; i++)
		size += (size_t)snprintf(request + size, sizeof request - size,
			"%s\r\n", argv[i]);
	if (size < sizeof request)
		snprintf(request + size, sizeof request - size, "\r\n");
	c = calloc((size_t)n, sizeof *c);
	for (long i = 0; i < n; i++) {
		c[i].to = to;
		c[i].request = request;
		c[i].until = now() + seconds;
		c[i].ms = malloc(SAMPLES_MAX * sizeof(float));
		pthread_create(&c[i].thread, NULL, call, &c[i]);
	}
	for (long i = 0; i < n; i++)
		pthread_join(c[i].thread, NULL);
	return report(c, n, seconds);
}
