/*
 * toyon: one program.  The parts that must not know each other - command line,
 * pages, API, jobs - are put together here and nowhere else.
 */
#include "api/api.h"
#include "cli/cli.h"
#include "job/worker.h"
#include "web/process.h"

enum { API_ARENA = 1 << 20 };

static int run_web(const struct process *p)
{
	struct arena *a = arena_new(API_ARENA);
	struct api *api = api_new(a, &p->log);
	struct http_part part = { api_routes(), api };
	int status = web_main(p, &part);

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
