/* `toyon drop run`: every step that can be done now, for a timer. */
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "cli/drop_desk.h"

enum { STEPS = 100, FAILED = 1 };

/* True when it was told to end meanwhile. */
static bool pause_ms(int64_t ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
	sigset_t stops;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigprocmask(SIG_BLOCK, &stops, NULL);
	return sigtimedwait(&stops, NULL, &t) > 0;
}

static int tell_vendors(struct cli *c, struct err *e)
{
	size_t told;
	str problem;

	if (drop_tell(&c->desk, &c->install, &told, &problem, e))
		return -1;
	if (told)
		cli_say(c, "%zu vendors told", told);
	if (problem.n)
		cli_say(c, "a vendor could not be told: %.*s",
			STR_ARG(problem));
	return 0;
}

/* A pause of the platform is waited for; a longer one is for the next run. */
static int steps(struct cli *c, const struct drop_place *p, struct err *e)
{
	enum { LONGEST_MS = 120000 };

	for (int i = 0; i < STEPS; i++) {
		struct drop_step s;

		if (drop_step(&c->desk, p, &s, e))
			return -1;
		cli_say(c, "%.*s", STR_ARG(s.words));
		if (!s.again_ms)
			continue;
		if (s.needs_person)
			return FAILED;
		if (s.again_ms > LONGEST_MS || pause_ms(s.again_ms))
			return s.is_idle ? 0 : err_exit_status(ERR_UNAVAILABLE);
	}
	return 0;
}

static int run(struct cli *c, struct err *e)
{
	struct drop_place p;
	int status;

	if (drop_open(c, &p, e))
		return -1;
	status = steps(c, &p, e);
	if (status < 0 || tell_vendors(c, e))
		return -1;
	return status;
}

const struct command command_drop_run = {
	.name = "drop run",
	.operands = "",
	.title = "take the State's lists as far as they go now",
	.about =
		"Fetches the lists when it is time (20 days before the last day at "
		"the latest), matches, acts, reports, and tells vendors: step "
		"by step, until something has to be waited for. What matched is "
		"carried out without another question. For a timer: it may run "
		"every hour, be killed and run again.",
	.result =
		"Exit status 0 when all that is due is done, 75 when the platform "
		"or a system has to be waited for, 1 when a person has to look.",
	.options = { { "once", 0, NULL,
		"the default: do what can be done, then end" } },
	.examples = { "toyon drop run --once",
		"toyon drop run --quiet || toyon drop status" },
	.run = run,
};
