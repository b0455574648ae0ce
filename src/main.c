/*
 * toyon: one program.  The parts that must not know each other - command line,
 * pages, API, jobs - are put together here and nowhere else.
 */
#include "api/api.h"
#include "cli/cli.h"
#include "desk/limit.h"
#include "job/worker.h"
#include "web/process.h"

static int run_web(const struct process *p)
{
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct http_part api = { api_routes(), api_new(a, &p->log) };
	int status = web_main(p, &api);

	arena_free(a);
	return status;
}

int main(int argc, char **argv)
{
	static const struct programs programs = {
		.web = run_web,
		.worker = worker_main,
	};

	return cli_main(argc, argv, &programs);
}
