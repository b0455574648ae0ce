#include "cli/scrub_opts.h"

#include <stdlib.h>
#include <string.h>

enum { JOBS_MAX = 256 };

static int read_jobs(struct cli *c, struct scrub_opts *o, struct err *e)
{
	const char *given = cli_option(c, "jobs");
	int64_t n = 0;

	if (given && (!str_int(str_of(given), &n) || n < 1 || n > JOBS_MAX))
		return cli_usage(
			c, e, "--jobs is a number from 1 to %d", JOBS_MAX);
	o->jobs = (int)n;
	return 0;
}

static bool is_ndjson(str path)
{
	if (str_ends(path, STR(".gz")))
		path.n -= 3;
	else if (str_ends(path, STR(".zst")))
		path.n -= 4;
	return str_ends(path, STR(".ndjson")) || str_ends(path, STR(".jsonl"));
}

int scrub_opts_read(struct cli *c, struct scrub_opts *o, struct err *e)
{
	const char *out = cli_option(c, "out");
	const char *format = cli_option(c, "format");

	o->in.path = c->operand[0];
	o->out.path = out ? out : "-";
	o->map = str_of(cli_option(c, "map"));
	if (cpu_path_read(str_of(getenv("TOYON_SHA")), &o->cpu, e))
		return -1;
	if (format ? !strcmp(format, "ndjson") : is_ndjson(cli_operand(c, 0)))
		o->format = SCRUB_NDJSON;
	else if (format && strcmp(format, "csv"))
		return cli_usage(c, e, "--format is csv or ndjson");
	if (c->is_json && !strcmp(o->out.path, "-"))
		return cli_usage(
			c, e, "--json needs --out: stdout can't be both");
	return read_jobs(c, o, e);
}
