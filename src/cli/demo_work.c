/*
 * What the worker would have done, at the time it would have been done: plan,
 * search, erase, tell, send.  It reports to the same functions of the desk; what
 * was found and erased is made up, but for the people whom staff still have to
 * decide about: those are looked up in the systems.
 */
#include <ctype.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/demo.h"
#include "connect/connector.h"
#include "connect/find.h"
#include "desk/fulfil.h"
#include "desk/post.h"
#include "mail/letters.h"
#include "store/sql.h"

enum { LEASE_MS = 60000, STEP_MS = 3000, AGAIN_MIN = 40, TRIES = 4 };

static const str lease_by = STR_INIT("demo");

struct demo_case *demo_case_of(struct demo *m, str reference)
{
	for (size_t i = 0; i < m->cases_n; i++)
		if (str_eq(m->cases[i].reference, reference))
			return &m->cases[i];
	return NULL;
}

static int plan(struct demo *m, int64_t request_id, struct err *e)
{
	struct plan_row *rows = arena_many(m->desk->arena, struct plan_row,
		m->map.systems_n + m->map.vendors_n);
	size_t n = 0;

	for (size_t i = 0; i < m->map.systems_n; i++)
		rows[n++] = (struct plan_row){ true, m->map.systems[i].name,
			m->map.systems[i].title };
	for (size_t i = 0; i < m->map.vendors_n; i++)
		rows[n++] = (struct plan_row){ false, m->map.vendors[i].name,
			m->map.vendors[i].title };
	return fulfil_plan(m->desk, request_id, rows, n, e);
}

/* --- search --- */

static void note_idents(
	struct arena *a, const struct finding *f, struct found *out)
{
	out->emails.at = arena_many(a, str, f->idents_n);
	out->phones.at = arena_many(a, str, f->idents_n);
	for (size_t i = 0; i < f->idents_n; i++) {
		str text = { f->idents[i].text, f->idents[i].n };

		if (f->idents[i].kind == IDENT_EMAIL)
			out->emails.at[out->emails.n++] = text;
		else if (f->idents[i].kind == IDENT_PHONE)
			out->phones.at[out->phones.n++] = text;
	}
	out->doubts.at = arena_many(a, str, f->doubts_n);
	for (size_t i = 0; i < f->doubts_n; i++)
		if (f->doubts[i].kind == IDENT_EMAIL)
			out->doubts.at[out->doubts.n++] =
				(str){ f->doubts[i].text, f->doubts[i].n };
}

static int look(
	struct demo *m, const struct work *w, struct found *out, struct err *e)
{
	struct arena *a = m->desk->arena;
	const struct map_system *s = map_system_named(&m->map, w->name);
	struct conn_options options = { .mode = CONN_READ };
	struct ident *ids = arena_many(a, struct ident, w->emails.n);
	struct finding finding;
	struct buf json;
	struct conn *c;
	size_t n = 0;

	for (size_t i = 0; i < w->emails.n; i++)
		n += ident_read(&ids[n], IDENT_TOYON_1, IDENT_EMAIL,
			     w->emails.at[i]) == IDENT_FAULT_NONE;
	options.credentials_dir = path_join(a, m->dir, "credentials");
	if (demo_fill_wait(m, e) || conn_open(a, &m->map, s, &options, &c, e))
		return -1;
	if (find_person(c, a, ids, n, NULL, &finding, e))
		return -1;
	json = buf_in(a, FIND_JSON_MAX);
	find_to_json(&json, &finding);
	must(buf_ok(&json));
	out->finding = buf_str(&json);
	out->rows = (int64_t)finding.rows_n;
	out->is_sensitive = finding_is_sensitive(&finding);
	points_compare(
		&finding, &w->typed, map_points(&m->map) != 0, &out->points);
	note_idents(a, &finding, out);
	return 0;
}

/* So many rows of someone who is not there any more. */
static int64_t made_up_rows(const struct demo_case *k, const struct work *w)
{
	return str_eq(w->name, STR("crm")) ? 3 + k->number % 7
					   : 5 + k->number % 11;
}

static int fail(struct demo *m, const struct work *w,
	const struct sql_job_lease_row *job, struct err *e)
{
	struct sql_job_retry_in retry = {
		.id = job->id,
		.lease_by = lease_by,
		.run_at = m->now + AGAIN_MIN * 60000LL,
	};
	struct err why = { 0 };
	struct work again = *w;

	err_set(&why, ERR_UNAVAILABLE, "%.*s: no answer within 30 s",
		STR_ARG(w->name));
	retry.problem = str_of(why.message);
	for (int i = 0; i < TRIES; i++, again.attempts++)
		if (fulfil_failed(m->desk, &again, &why, e))
			return -1;
	return sql_job_retry(m->desk->db, &retry, e) < 0 ? -1 : 0;
}

/* *kept: the job stays open, to be tried again by the worker. */
static int search(struct demo *m, const struct sql_job_lease_row *job,
	bool *kept, struct err *e)
{
	struct found found = { 0 };
	struct demo_case *k;
	struct work w;
	int rc = fulfil_work(m->desk, job->subject_id, &w, e);

	if (rc <= 0 || !str_eq(w.state, STR("searching")))
		return rc < 0 ? -1 : 0;
	k = demo_case_of(m, w.reference);
	must(k);
	*kept = k->story->search == STUCK && str_eq(w.name, STR("crm"));
	if (*kept)
		return fail(m, &w, job, e);
	if (k->story->search == REAL || k->story->search == STUCK)
		rc = look(m, &w, &found, e);
	else if (k->story->search == FOUND)
		found.rows = made_up_rows(k, &w);
	if (rc < 0)
		return -1;
	found.is_marked = map_points(&m->map) != 0;
	if (found.rows && k->story->search == FOUND)
		found.points.matched = POINT_BIT(EMAIL) | POINT_BIT(ZIP);
	return fulfil_found(m->desk, &w, &found, e);
}

/* --- erase, tell, send --- */

/* Invoices stay in the CRM, as the data map has it. */
static void keep_invoices(struct demo *m, struct erased *out)
{
	static const struct kept invoices = {
		.what = STR_INIT("Invoices (CRM)"),
		.ground = STR_INIT("DX8"),
		.purpose = STR_INIT("Tax records, kept for seven years"),
	};

	out->kept.at = arena_one(m->desk->arena, struct kept);
	*out->kept.at = invoices;
	out->kept.n = 1;
}

static int erase(struct demo *m, int64_t task_id, struct err *e)
{
	struct erased r = { 0 };
	struct demo_case *k;
	struct work w;
	int rc = fulfil_work(m->desk, task_id, &w, e);

	if (rc <= 0)
		return rc;
	k = demo_case_of(m, w.reference);
	must(k);
	r.rows = made_up_rows(k, &w);
	r.evidence = arena_fmt(m->desk->arena,
		"{\"planned\":%lld,\"gone\":%lld,\"left\":0}",
		(long long)r.rows, (long long)r.rows);
	if (str_eq(w.name, STR("crm")) && k->number % 4 == 0)
		keep_invoices(m, &r);
	return fulfil_erased(m->desk, &w, &r, e);
}

static int tell(struct demo *m, int64_t task_id, struct err *e)
{
	const struct map_vendor *v;
	struct vendor_notice n;
	struct work w;
	int rc = fulfil_work(m->desk, task_id, &w, e);

	if (rc <= 0)
		return rc;
	v = map_vendor_named(&m->map, w.name);
	must(v);
	n = (struct vendor_notice){
		.vendor = v->title,
		.role = v->role,
		.act = VENDOR_ACT_DELETE,
		.contact = v->email,
		.due_on = date_add(desk_today(m->desk), v->days),
	};
	return fulfil_tell(m->desk, &w, &n, e);
}

/* The line of the letter that is nothing but six digits. */
static void note_code(str text, struct demo_case *k)
{
	str line;

	while (str_next(&text, '\n', &line)) {
		size_t i = 0;

		line = str_trim(line);
		while (i < line.n && isdigit((unsigned char)line.p[i]))
			i++;
		if (line.n != 6 || i != 6)
			continue;
		for (i = 0; i < 6; i++)
			k->code[i] = line.p[i];
	}
}

/* What stands behind "/v/" in the letter. */
static void note_link(struct demo *m, str text, struct demo_case *k)
{
	ptrdiff_t at = str_find(text, STR("/v/"));
	size_t n = 0;

	if (at < 0)
		return;
	text = str_from(text, (size_t)at + 3);
	while (n < text.n && (isalnum((unsigned char)text.p[n]) ||
				     text.p[n] == '-' || text.p[n] == '_'))
		n++;
	k->link = arena_dup(m->cli->arena, str_head(text, n));
	if (k->story->reply == NO_REPLY)
		m->link = k->link;
}

static int send_letter(struct demo *m, int64_t mail_id, struct err *e)
{
	struct demo_case *k;
	struct post p;
	int rc = post_load(m->desk, mail_id, &p, e);

	if (rc <= 0)
		return rc;
	k = demo_case_of(m, p.reference);
	if (k) {
		note_code(p.text.v, k);
		note_link(m, p.text.v, k);
	}
	return post_sent(m->desk, &p, e);
}

/* --- one after the other --- */

static int run(struct demo *m, const struct sql_job_lease_row *job, bool *kept,
	struct err *e)
{
	if (str_eq(job->kind, STR("search")))
		return plan(m, job->subject_id, e);
	if (str_eq(job->kind, STR("find")))
		return search(m, job, kept, e);
	if (str_eq(job->kind, STR("erase")))
		return erase(m, job->subject_id, e);
	if (str_eq(job->kind, STR("tell")))
		return tell(m, job->subject_id, e);
	if (str_eq(job->kind, STR("mail")))
		return send_letter(m, job->subject_id, e);
	return 0;
}

static int run_and_close(
	struct demo *m, const struct sql_job_lease_row *job, struct err *e)
{
	struct sql_job_done_in done = { job->id, lease_by, desk_now(m->desk) };
	bool kept = false;

	if (run(m, job, &kept, e) < 0)
		return err_context(e, "demo: job %.*s", STR_ARG(job->kind));
	if (kept)
		return 0;
	return sql_job_done(m->desk->db, &done, e) < 0 ? -1 : 0;
}

int demo_work(struct demo *m, struct err *e)
{
	struct actor was = m->desk->actor;
	struct sql_job_lease_row job;
	int rc;

	m->desk->actor = (struct actor){ .kind = ACTOR_WORKER };
	for (;;) {
		struct sql_job_lease_in in = { .lease_by = lease_by };

		m->clock.fixed_ms += STEP_MS;
		in.now = m->clock.fixed_ms;
		in.lease_until = in.now + LEASE_MS;
		rc = sql_job_lease(m->desk->db, m->desk->arena, &in, &job, e);
		if (rc <= 0 || run_and_close(m, &job, e))
			break;
	}
	m->desk->actor = was;
	return rc ? -1 : 0;
}
