/*
 * toyon: one program.  The parts that must not know each other - command line,
 * pages, API, jobs - are put together here and nowhere else.
 */
#include "cli/cli.h"
#include "job/worker.h"
#include "web/process.h"

static int run_web(const struct process *p)
{
	return web_main(p, NULL);
}

int main(int argc, char **argv)
{
	static const struct programs programs = {
		.web = run_web,
		.worker = worker_main,
	};

	return cli_main(argc, argv, &programs);
}
