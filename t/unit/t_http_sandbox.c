/*
 * The web process's sandbox, tried from inside: a child takes it on and then
 * tries what a broken-in server would be used for, and what an honest one needs.
 * Its exit status says which attempt went the wrong way.
 */
#define _GNU_SOURCE /* syscall(), clone3 */
#include "http/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "check.h"
#include "http/listen.h"

struct before { /* what is open when the sandbox closes */
	int listener;
	int port;
	int connected;
	int unconnected;
	pid_t parent;
	const char *dir;
};

typedef int (*attempt)(const struct before *b); /* 0 went as it should */

static int is_refused(long r)
{
	return r == -1 && errno == EPERM ? 0 : -1;
}

static struct sockaddr_in address(const struct before *b)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)b->port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
}

static int make_socket(const struct before *b)
{
	(void)b;
	return is_refused(socket(AF_INET, SOCK_STREAM, 0)) ||
	       is_refused(socket(AF_UNIX, SOCK_DGRAM, 0));
}

static int connect_out(const struct before *b)
{
	struct sockaddr_in to = address(b);

	return is_refused(connect(
		b->unconnected, (const struct sockaddr *)&to, sizeof to));
}

static int bind_port(const struct before *b)
{
	struct sockaddr_in to = address(b);

	to.sin_port = 0;
	return is_refused(bind(b->unconnected, (const struct sockaddr *)&to,
		       sizeof to)) ||
	       is_refused(listen(b->unconnected, 1));
}

static int run_program(const struct before *b)
{
	char name[] = "true";
	char *argv[] = { name, NULL };
	char *none[] = { NULL };

	(void)b;
	return is_refused(execve("/bin/true", argv, none));
}

static int make_process(const struct before *b)
{
	(void)b;
	return is_refused(fork()) ||
	       is_refused(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static int make_process_anew(const struct before *b)
{
	long r = syscall(SYS_clone3, NULL, 0);

	(void)b;
	return r == -1 && errno == ENOSYS ? 0 : -1;
}

static int look_into_parent(const struct before *b)
{
	char c;

	return is_refused(ptrace(PTRACE_ATTACH, b->parent, NULL, NULL)) ||
	       is_refused(syscall(
		       SYS_process_vm_readv, b->parent, &c, 0, &c, 0, 0));
}

static int signal_parent(const struct before *b)
{
	return is_refused(kill(b->parent, 0));
}

static int use_io_uring(const struct before *b)
{
	(void)b;
	return is_refused(syscall(SYS_io_uring_setup, 1, NULL));
}

static int run_written_memory(const struct before *b)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)b;
	return p == MAP_FAILED && errno == EPERM ? 0 : -1;
}

static int use_open_socket(const struct before *b)
{
	char c = 'x';

	return send(b->connected, &c, 1, MSG_NOSIGNAL) == 1 &&
			       recv(b->connected, &c, 1, 0) == 1 && c == 'y'
		       ? 0
		       : -1;
}

static int accept_client(const struct before *b)
{
	/* The parent has connected before. */
	int fd = accept(b->listener, NULL, NULL);

	return fd >= 0 ? close(fd) : -1;
}

static void *double_it(void *n)
{
	*(int *)n *= 2;
	return n;
}

static int make_threads(const struct before *b)
{
	pthread_t t[4];
	int n[4] = { 1, 2, 3, 4 }, sum = 0;

	(void)b;
	for (int i = 0; i < 4; i++)
		if (pthread_create(&t[i], NULL, double_it, &n[i]))
			return -1;
	for (int i = 0; i < 4; i++) {
		pthread_join(t[i], NULL);
		sum += n[i];
	}
	return sum == 20 ? 0 : -1;
}

static int use_sqlite(const struct before *b)
{
	char path[256];
	sqlite3 *db = NULL;
	int failed;

	snprintf(path, sizeof path, "%s/test.db", b->dir);
	failed = sqlite3_open(path, &db) ||
		 sqlite3_exec(db,
			 "pragma journal_mode = wal; pragma synchronous = full;"
			 "create table t (a); insert into t values (1);"
			 "pragma wal_checkpoint(truncate); drop table t;",
			 NULL, NULL, NULL);
	failed |= sqlite3_close(db);
	return failed ? -1 : 0;
}

static const struct {
	const char *why;
	attempt try_it;
} attempts[] = {
	{ "no socket can be made", make_socket },
	{ "no connection can be opened", connect_out },
	{ "no port can be taken", bind_port },
	{ "no program can be run", run_program },
	{ "no process can be made", make_process },
	{ "clone3 is said not to exist", make_process_anew },
	{ "no look into another process", look_into_parent },
	{ "no signal to another process", signal_parent },
	{ "no io_uring", use_io_uring },
	{ "no memory both written and run", run_written_memory },
	{ "an open connection works", use_open_socket },
	{ "a listening socket accepts", accept_client },
	{ "threads can be made", make_threads },
	{ "SQLite writes and checkpoints a WAL", use_sqlite },
};

/* Each attempt in a child of its own: what one leaves behind helps no other. */
static int try_in_child(const struct before *b, attempt try_it)
{
	pid_t child = fork();
	int status;

	if (!child) {
		struct err e = { 0 };

		if (sandbox_web(&e)) {
			fprintf(stderr, "%s\n", e.message);
			_exit(99);
		}
		_exit(try_it(b) ? 1 : 0);
	}
	if (waitpid(child, &status, 0) != child)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* A peer that answers each byte with a "y". */
static void answer_one(int fd)
{
	char c;

	if (recv(fd, &c, 1, 0) == 1)
		(void)!send(fd, "y", 1, MSG_NOSIGNAL);
}

static pid_t start_peer(int fd)
{
	pid_t child = fork();

	if (!child) {
		answer_one(fd);
		_exit(0);
	}
	return child;
}

static void dangerous_ends(void)
{
	pid_t child = fork();
	int status;

	if (!child) {
		struct err e = { 0 };

		if (sandbox_web(&e))
			_exit(99);
		syscall(SYS_init_module, NULL, 0, "");
		_exit(0);
	}
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS,
		"loading a module ends the process, status %d", status);
}

static int client_of(const struct before *b)
{
	struct sockaddr_in to = address(b);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	CHECK(!connect(fd, (const struct sockaddr *)&to, sizeof to),
		"the test's own connection");
	return fd;
}

int main(void)
{
	char dir[] = "/tmp/t_http_sandbox.XXXXXX", command[64];
	struct http_listener l;
	struct before b = { .parent = getpid() };
	struct err e = { 0 };
	int pair[2], client;
	pid_t peer;

	CHECK(mkdtemp(dir) != NULL, "a folder");
	CHECK(!http_listen(STR("127.0.0.1:0"), &l, &e), "%s", e.message);
	CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "a pair");
	b.dir = dir;
	b.listener = l.fd;
	b.port = l.port;
	b.connected = pair[0];
	b.unconnected = socket(AF_INET, SOCK_STREAM, 0);
	peer = start_peer(pair[1]);
	client = client_of(&b);
	for (size_t i = 0; i < COUNTOF(attempts); i++) {
		int status = try_in_child(&b, attempts[i].try_it);

		CHECK(status == 0, "%s: child ended with %d", attempts[i].why,
			status);
	}
	dangerous_ends();
	close(pair[1]);
	close(pair[0]);
	waitpid(peer, NULL, 0);
	close(client);
	snprintf(command, sizeof command, "rm -rf %s", dir);
	CHECK(!system(command), "cleaned up");
	return CHECK_DONE();
}
