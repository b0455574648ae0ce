/* `toyon drop simulate`: the State's platform, made up, on this machine. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/demo_people.h"
#include "cli/drop_sim.h"
#include "http/listen.h"

enum {
	SIM_ARENA = 256 << 20,
	BROKER = 4821,
	BROKER_MAX = 9999,
	PORT_MAX = 65535,
	PREPARE_S = 2,
	RETRY_S = 30,
	SPAN_MAX_S = 3600,
	DRAIN_MS = 3000,
};

/* A number of an option; `otherwise` when it was not given. */
struct number {
	const char *name;
	int64_t otherwise, least, most;
};

static int read_number(
	struct cli *c, const struct number *n, int64_t *out, struct err *e)
{
	const char *given = cli_option(c, n->name);

	*out = n->otherwise;
	if (!given || (str_int(str_of(given), out) && *out >= n->least &&
			      *out <= n->most))
		return 0;
	return cli_usage(c, e, "--%s is a number from %lld to %lld", n->name,
		(long long)n->least, (long long)n->most);
}

struct simulating {
	struct cli *cli;
	struct sim sim;
	struct sim_plan plan;
	int64_t port, prepare_s, retry_after_s;
	struct http_listener front, back;
	struct http_server *server;
	struct sim_wire *wire;
	struct log log;
};

static int read_options(struct simulating *s, struct err *e)
{
	const struct {
		struct number n;
		int64_t *out;
	} numbers[] = {
		{ { "consumers", 0, 1, DEMO_PEOPLE_MAX - DEMO_NAMED },
			&s->plan.consumers },
		{ { "batches", 3, 1, 100 }, &s->plan.batches },
		{ { "seed", 1, 0, INT32_MAX }, &s->plan.seed },
		{ { "broker", BROKER, 0, BROKER_MAX }, &s->plan.broker },
		{ { "port", 0, 0, PORT_MAX }, &s->port },
		{ { "prepare", PREPARE_S, 0, SPAN_MAX_S }, &s->prepare_s },
		{ { "retry-after", RETRY_S, 0, SPAN_MAX_S },
			&s->retry_after_s },
	};
	const char *faults = cli_option(s->cli, "fault");

	for (size_t i = 0; i < COUNTOF(numbers); i++) {
		if (read_number(s->cli, &numbers[i].n, numbers[i].out, e))
			return -1;
	}
	s->plan.dir = s->cli->dir;
	s->plan.lists = cli_option(s->cli, "lists");
	s->sim.faults.seed = (uint64_t)s->plan.seed;
	return sim_faults_read(str_of(faults), &s->sim.faults, e);
}

/* A folder that holds a simulation is gone on with. */
static int make(struct simulating *s, struct err *e)
{
	bool is_asked = s->plan.consumers || s->plan.lists;
	int rc;

	if (!cli_has(s->cli, "dir"))
		return cli_usage(
			s->cli, e, "--dir names the folder of the simulation");
	if (file_exists(path_join(s->cli->arena, s->plan.dir, "toyon.yaml")))
		return cli_usage(s->cli, e,
			"--dir names an installation; a simulation has a "
			"folder of its own");
	if (s->plan.consumers && s->plan.lists)
		return cli_usage(
			s->cli, e, "either --consumers or --lists, not both");
	if (!is_asked)
		s->plan.consumers = 1000;
	if (s->plan.consumers && s->plan.batches > s->plan.consumers)
		return cli_usage(
			s->cli, e, "more batches than there are consumers");
	rc = sim_make(s->cli->arena, &s->plan, e);
	if (rc == 0 && is_asked) {
		err_set(e, ERR_CONFLICT, "\"%s\" holds a simulation already",
			s->plan.dir);
		return err_hint(e, "without --consumers and --lists it is gone "
				   "on with");
	}
	return rc < 0 ? -1 : 0;
}

static int open_state(struct simulating *s, struct err *e)
{
	struct sim *sim = &s->sim;

	sim->arena = s->cli->arena;
	sim->dir = s->plan.dir;
	sim->prepare_ms = s->prepare_s * 1000;
	sim->retry_after_s = (int)s->retry_after_s;
	if (sim_open(sim, e))
		return -1;
	return cli_has(s->cli, "again") ? sim_take_back(sim, e) : 0;
}

static int start(struct simulating *s, struct err *e)
{
	struct http_server_options o = {
		.fds = &s->back.fd,
		.fds_n = 1,
		.routes = { sim_routes, sim_routes_n },
		.limits = { .threads = 2 },
		.log = &s->log,
		.ctx = &s->sim,
		.admit = sim_admit,
		.failed = sim_failed,
	};
	const char *hook = cli_option(s->cli, "webhook");
	char address[32];

	snprintf(address, sizeof address, "127.0.0.1:%d", (int)s->port);
	if (http_listen(str_of(address), &s->front, e) ||
		http_listen(STR("127.0.0.1:0"), &s->back, e) ||
		http_server_start(&o, &s->server, e) ||
		(hook && sim_hook_start(&s->sim.hook, hook, s->sim.secret, e)))
		return -1;
	return sim_wire_start(
		&s->wire, s->front.fd, s->back.port, &s->sim.faults, e);
}

static void stop(struct simulating *s)
{
	if (s->wire)
		sim_wire_stop(s->wire);
	if (s->server)
		http_server_stop(s->server, DRAIN_MS);
	sim_hook_stop(s->sim.hook);
	if (s->front.fd >= 0)
		close(s->front.fd);
	if (s->back.fd >= 0)
		close(s->back.fd);
	sim_close(&s->sim);
}

static void print(struct simulating *s)
{
	printf("url      http://%s\n", s->front.name);
	printf("sandbox  http://%s/sandbox\n", s->front.name);
	printf("key      %.*s\n", STR_ARG(s->sim.key));
	if (s->sim.hook)
		printf("secret   %.*s\n", STR_ARG(s->sim.secret));
	printf("batches  %d, %d handed out\n", s->sim.batches,
		s->sim.delivered);
	fflush(stdout);
	cli_say(s->cli, "Ctrl-C ends it; what it knows stays in %s.",
		s->plan.dir);
}

static void wait_for_stop(void)
{
	sigset_t stops;
	int got;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigwait(&stops, &got);
}

/* Before the first thread, which would get them else. */
static void hold_signals(void)
{
	sigset_t stops;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stops, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int run(struct cli *c, struct err *e)
{
	struct simulating *s = arena_one(c->arena, struct simulating);
	int rc = -1;

	s->cli = c;
	s->front.fd = s->back.fd = -1;
	s->log = (struct log){ .fd = STDERR_FILENO,
		.min = c->is_verbose ? LOG_INFO : LOG_ERROR,
		.process = "simulate" };
	hold_signals();
	if (read_options(s, e) || make(s, e) ||
		(cli_has(c, "no-serve") && !cli_has(c, "again")))
		return e->code ? -1 : 0;
	if (!open_state(s, e) && !start(s, e)) {
		print(s);
		wait_for_stop();
		rc = 0;
	}
	stop(s);
	return rc;
}

const struct command command_drop_simulate = {
	.name = "drop simulate",
	.operands = "",
	.title = "the State's platform, made up, to rehearse with",
	.about = "Plays the State's platform on this machine: batches to "
		 "download, statuses to upload and to amend, as the "
		 "specification 1.2.0 has them. All it knows stands in the "
		 "folder of --dir, which it makes, and goes on from: "
		 "verdict.csv says what became of each row that was sent. Its "
		 "people are made up (people.csv); --lists takes a folder with "
		 "one folder for each batch, which holds Email.csv, "
		 "Phone.csv, NDZ.csv, ... A fault is NAME:RATE, by chance, or "
		 "NAME@CALL, for that call; NAME is lost-connection, "
		 "lost-answer, short-body, slow, 403, 429, 500, 503, "
		 "duplicate-name or partial.",
	.result = "Prints its address and the key to use, then serves until "
		  "it is told to end.",
	.options = {
		{ "consumers", 0, "N", "so many people are made up (1000)" },
		{ "batches", 0, "N", "over so many batches (3)" },
		{ "lists", 0, "FOLDER", "batches from these lists instead" },
		{ "seed", 0, "N", "of what is made up, and of chance (1)" },
		{ "broker", 0, "N", "the data broker's number (4821)" },
		{ "port", 0, "N", "to listen on (a free one)" },
		{ "prepare", 0, "SECONDS", "until a batch is ready (2)" },
		{ "retry-after", 0, "SECONDS", "that a 429 says (30)" },
		{ "fault", 0, "LIST", "what goes wrong, with commas" },
		{ "webhook", 0, "URL", "where events are sent" },
		{ "again", 0, NULL, "hand the open batch out once more" },
		{ "no-serve", 0, NULL, "only make it" },
	},
	.examples = { "toyon drop simulate --dir rehearsal --consumers 1000",
		"toyon drop simulate --dir rehearsal --fault 503:0.2,slow@3" },
	.run = run,
};
