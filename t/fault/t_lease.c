/*
 * Two nodes and one letter: the mail server takes a connection and says nothing,
 * so that the first worker's jobs last; a second one, whose clock is ahead, finds
 * their leases run out and takes them.  The first has to end what it lost, or the
 * letters would go out twice.
 *
 *	t_lease sqlite | postgresql://...
 */
#include "check.h"
#include "fresh.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <time.h>

#include "base/file.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/process.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "job/worker.h"
#include "store/db.h"

enum { PATIENCE_MS = 40000 };

struct test {
	struct arena *a;
	const char *dir;
	struct fresh fresh;
	struct install in;
	struct db *db;
	struct suppress *suppress;
	int server;
	int wake[2];
};

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

/* Connections wait in the queue, taken by the kernel and by nobody else. */
static int silent_server(struct arena *a, str *url)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(fd >= 0 && !bind(fd, (struct sockaddr *)&at, n) &&
		!listen(fd, 64) &&
		!getsockname(fd, (struct sockaddr *)&at, &n));
	*url = arena_fmt(a, "smtp://127.0.0.1:%d", ntohs(at.sin_port));
	return fd;
}

static struct desk desk_as(struct test *t, enum actor_kind kind)
{
	return (struct desk){
		.db = t->db,
		.arena = t->a,
		.clock = &t->in.clock,
		.keys = t->in.keys,
		.config = &t->in.config,
		.suppress = t->suppress,
		.actor = { .kind = kind },
		.wake_fd = -1,
	};
}

static void start(struct test *t, const char *server)
{
	char template[] = "/tmp/t_lease.XXXXXX";
	struct config config;
	struct err e = { 0 };
	struct desk d;

	t->a = arena_new((size_t)64 << 20);
	t->dir = arena_cstr(t->a, str_of(mkdtemp(template)));
	t->fresh = fresh_start(t->a, server, "lease");
	config_defaults(&config);
	config.database = str_of(t->fresh.url);
	config.demo = STR("yes"); /* its clock may be moved */
	t->server = silent_server(t->a, &config.mail_server);
	if (install_make(t->a, t->dir, &config, &e) ||
		install_open(&t->in, t->a, t->dir, KEYS_ALL, &e) ||
		install_database(&t->in, &t->db, &e) ||
		suppress_open(&t->suppress,
			path_join(t->a, t->dir, "index.tyx"), t->in.keys, &e))
		fail("installation", &e);
	d = desk_as(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("business_name"), STR("Lakeshore"), &e) ||
		setting_put(&d, STR("contact_email"),
			STR("privacy@lakeshore.example"), &e))
		fail("settings", &e);
}

static void send_letters(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;

	f.person.email.v = STR("ellen@example.com");
	f.person.zip.v = STR("94607");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("peer"), &s, &ps, &e) || ps.n)
		fail("send", &e);
}

static pid_t start_worker(struct test *t, const char *node)
{
	struct process p = {
		.dir = t->dir,
		.node = node,
		.listen_fd = -1,
		.wake_fd = t->wake[0],
	};
	pid_t pid = fork();

	if (pid)
		return pid;
	p.log = (struct log){
		.fd = open(path_join(t->a, t->dir, "log"),
			O_WRONLY | O_CREAT | O_APPEND, 0600),
		.process = node,
	};
	_exit(worker_main(&p));
}

static int children_of(pid_t pid)
{
	char name[64];
	char line[1024] = "";
	int n = 0;
	FILE *f;

	snprintf(name, sizeof name, "/proc/%d/task/%d/children", pid, pid);
	f = fopen(name, "r");
	if (!f)
		return -1;
	if (fgets(line, sizeof line, f))
		for (const char *c = line; *c; c++)
			n += *c == ' ';
	fclose(f);
	return n;
}

static int wait_for_children(pid_t pid, int n)
{
	int64_t until = clock_mono_ms() + PATIENCE_MS;

	while (children_of(pid) != n && clock_mono_ms() < until)
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	return children_of(pid);
}

static void end_worker(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static bool log_has(struct test *t, const char *words)
{
	struct err e = { 0 };
	str text;

	if (file_read(t->a, path_join(t->a, t->dir, "log"), 1 << 20, &text, &e))
		fail("log", &e);
	return str_find(text, str_of(words)) >= 0;
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	pid_t first, second;
	int n;

	must(sodium_init() >= 0 && !pipe(t.wake));
	fcntl(t.wake[0], F_SETFL, O_NONBLOCK);
	start(&t, fresh_server(argc, argv));
	send_letters(&t);
	first = start_worker(&t, "first");
	n = wait_for_children(first, 2);
	CHECK(n == 2, "the receipt and the code are being sent: %d", n);
	must(!setenv("TOYON_CLOCK", "+2m", 1));
	second = start_worker(&t, "second");
	n = wait_for_children(second, 2);
	CHECK(n >= 2, "the second node took what had run out: %d", n);
	n = wait_for_children(first, 0);
	CHECK(n == 0, "the first ended what it lost: %d go on", n);
	CHECK(children_of(second) >= 2, "the second goes on");
	CHECK(log_has(&t, "a lease was lost"), "and it is in the log");
	end_worker(first);
	end_worker(second);
	close(t.server);
	suppress_close(t.suppress);
	db_close(t.db);
	if (check_failed)
		fprintf(stderr, "kept for a look: %s\n", t.dir);
	else
		must(!system(
			arena_cstr(t.a, arena_fmt(t.a, "rm -rf %s", t.dir))));
	fresh_end(t.a, &t.fresh);
	arena_free(t.a);
	return CHECK_DONE();
}
