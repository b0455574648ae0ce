/*
 * Erases in one system exactly the rows that were approved, and reads again.
 * Killed anywhere, the next run finds what is left, finishes, and reports the
 * same: planned rows that are gone, whoever's run removed them.
 */
#include "connect/erase.h"
#include "connect/connector.h"
#include "connect/find.h"
#include "connect/map.h"
#include "desk/parts.h"
#include "job/job.h"

static int64_t rows_deidentified(
	const struct map_system *s, const struct erase_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		if (s->tables[i].erase == ERASE_DEIDENTIFY)
			n += r->tables[i].changed;
	return n;
}

/* Rows of more than the parts that were asked for. */
static int64_t rows_emptied(
	const struct map_system *s, const struct erase_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		if (parts_leave(&s->tables[i]))
			n += r->tables[i].changed;
	return n;
}

struct erasing {
	struct erase_result result;
	struct erased report;
};

static int erase(struct job *j, const struct work *w, const struct map *m,
	const struct map_system *s, struct erasing *out, struct err *e)
{
	struct arena *a = j->desk->arena;
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
	};
	struct job_ways ways;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan,
		.at_ms = desk_now(j->desk),
	};
	struct finding finding;
	struct conn *c;

	s = parts_system(a, s, w->parts);
	if (find_from_json(a, s, w->finding, &finding, e))
		return -1;
	erase_plan_of(a, &finding, false, &plan);
	fulfil_kept(a, &plan, &out->report);
	job_ways(a, w, s, &ways);
	q.ids = ways.ids;
	q.ids_n = ways.ids_n;
	q.starts = ways.starts;
	q.starts_n = ways.starts_n;
	if (conn_open(a, m, s, &options, &c, e))
		return -1;
	if (erase_run(c, a, &q, &out->result, e))
		return -1;
	out->report.rows = out->result.gone;
	out->report.rows_deidentified = rows_deidentified(s, &out->result);
	out->report.rows_emptied = rows_emptied(s, &out->result);
	out->report.evidence = out->result.evidence;
	return 0;
}

enum job_end job_erase(struct job *j, struct err *e)
{
	const struct map_system *system;
	struct erasing x = { 0 };
	struct work w;
	struct map map;
	int rc = fulfil_work(j->desk, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done || !str_eq(w.state, STR("approved")))
		return JOB_DONE;
	if (w.is_held) /* the end of the hold asks for this job again */
		return JOB_DONE;
	if (job_map(j, &map, e) || job_system(j, &map, &w, &system, e))
		return job_not_now(j, &w, e);
	if (map_asks_person(system))
		return w.is_reminder ? JOB_DONE : job_ask(j, e);
	if (erase(j, &w, &map, system, &x, e))
		return job_not_now(j, &w, e);
	rc = x.result.is_proven ? fulfil_erased(j->desk, &w, &x.report, e)
				: fulfil_changed(j->desk, &w, e);
	return rc ? JOB_FAILED : JOB_DONE;
}
