/*
 * Erases in one system exactly the rows that were approved, and reads again.
 * Killed anywhere, the next run finds what is left, finishes, and reports the
 * same: planned rows that are gone, whoever's run removed them.
 */
#include "connect/erase.h"
#include "connect/connector.h"
#include "connect/find.h"
#include "connect/map.h"
#include "job/job.h"

/* Tables that the map keeps, with what it says for them. */
static void list_kept(
	struct arena *a, const struct finding *f, struct erased *out)
{
	out->kept.at = arena_many(a, struct kept, f->system->tables_n);
	for (size_t i = 0; i < f->system->tables_n; i++) {
		const struct found_table *t = &f->tables[i];

		if (!t->n || t->table->erase != ERASE_KEEP)
			continue;
		out->kept.at[out->kept.n++] = (struct kept){
			.what = arena_fmt(a, "%.*s in %.*s",
				STR_ARG(t->table->holds),
				STR_ARG(f->system->title)),
			.ground = t->table->exception,
			.purpose = t->table->purpose,
		};
	}
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
	struct ident *ids = arena_many(a, struct ident, w->emails.n);
	struct erase_plan plan;
	struct erase_request q = { &plan, ids, 0, desk_now(j->desk) };
	struct finding finding;
	struct conn *c;

	if (find_from_json(a, s, w->finding, &finding, e))
		return -1;
	list_kept(a, &finding, &out->report);
	erase_plan_of(a, &finding, false, &plan);
	for (size_t i = 0; i < w->emails.n; i++)
		q.ids_n += ident_read(&ids[q.ids_n], IDENT_TOYON_1, IDENT_EMAIL,
				   w->emails.at[i]) == IDENT_FAULT_NONE;
	if (conn_open(a, m, s, &options, &c, e))
		return -1;
	if (erase_run(c, a, &q, &out->result, e))
		return -1;
	out->report.rows = out->result.gone;
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
	if (job_map(j, &map, e) || job_system(j, &map, &w, &system, e) ||
		erase(j, &w, &map, system, &x, e))
		return job_not_now(j, &w, e);
	rc = x.result.is_proven ? fulfil_erased(j->desk, &w, &x.report, e)
				: fulfil_changed(j->desk, &w, e);
	return rc ? JOB_FAILED : JOB_DONE;
}
