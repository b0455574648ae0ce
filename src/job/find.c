/*
 * Looks for the person in one system.  The way in is the email address that
 * was confirmed, further addresses of the same person that another system knew,
 * and keys that the map says lead from there to here: a phone number or a ZIP code that somebody typed proves nothing, so
 * they are compared with what is found and never lead to rows.
 */
#include "base/buf.h"
#include "connect/connector.h"
#include "connect/find_cross.h"
#include "connect/map.h"
#include "connect/point.h"
#include "desk/limit.h"
#include "job/job.h"

static void note_idents(
	struct arena *a, const struct finding *f, struct found *out)
{
	out->emails.at = arena_many(a, str, f->idents_n);
	out->phones.at = arena_many(a, str, f->idents_n);
	for (size_t i = 0; i < f->idents_n; i++) {
		const struct ident *id = &f->idents[i];
		str text = { id->text, id->n };

		if (id->kind == IDENT_EMAIL)
			out->emails.at[out->emails.n++] = text;
		else if (id->kind == IDENT_PHONE)
			out->phones.at[out->phones.n++] = text;
	}
}

/* Which of the details that were typed are those of the rows. */
static void note_points(const struct map *m, const struct work *w,
	const struct finding *f, struct found *out)
{
	out->is_marked = map_points(m) != 0;
	out->is_sensitive = finding_is_sensitive(f);
	points_compare(f, &w->typed, out->is_marked, &out->points);
}

static int look(struct job *j, const struct work *w, const struct map *m,
	const struct map_system *s, struct finding *f, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
	};
	struct find_options o = { 0 };
	struct job_ways ways;
	struct conn *c;

	job_ways(j->desk->arena, w, s, &ways);
	o.starts = ways.starts;
	o.starts_n = ways.starts_n;
	if (conn_open(j->desk->arena, m, s, &options, &c, e))
		return -1;
	return find_person(c, j->desk->arena, ways.ids, ways.ids_n, &o, f, e);
}

enum job_end job_find(struct job *j, struct err *e)
{
	struct desk *d = j->desk;
	const struct map_system *system;
	struct found found = { 0 };
	struct finding finding;
	struct work w;
	struct map map;
	struct buf json;
	int rc = fulfil_work(d, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done || !str_eq(w.state, STR("searching")))
		return JOB_DONE;
	if (job_map(j, &map, e) || job_system(j, &map, &w, &system, e))
		return job_not_now(j, &w, e);
	if (map_asks_person(system))
		return w.is_reminder ? JOB_DONE : job_ask(j, e);
	if (look(j, &w, &map, system, &finding, e))
		return job_not_now(j, &w, e);
	json = buf_in(d->arena, FIND_JSON_MAX);
	find_to_json(&json, &finding);
	must(buf_ok(&json));
	found.finding = buf_str(&json);
	found.rows = (int64_t)finding.rows_n;
	note_idents(d->arena, &finding, &found);
	note_points(&map, &w, &finding, &found);
	found.keys.at = find_keys_told(d->arena, &map, &finding, &found.keys.n);
	return fulfil_found(d, &w, &found, e) ? JOB_FAILED : JOB_DONE;
}
