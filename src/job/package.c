/*
 * Makes the package that answers a request to know.  A finding keeps only the
 * beginning of long values, for people to read, and of very many rows some; here they
 * are read whole, from the same rows.
 */
#include "desk/package.h"
#include "base/buf.h"
#include "connect/connector.h"
#include "connect/find_rest.h"
#include "connect/find_whole.h"
#include "desk/package_parts.h"
#include "job/job.h"
#include "know/package.h"
#include "know/page.h"

enum {
	PACKAGE_ARENA = 1 << 30,
	/* One look-up goes on for as long as its rows are written: the usual time
	 * ends after some hundred thousand of them. */
	READ_TIMEOUT_MS = 3600 * 1000,
};

/* --- what is read of the systems --- */

static int open_system(struct job *j, const struct package_plan *p,
	const struct map_system *s, struct conn **out, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.timeout_ms = READ_TIMEOUT_MS,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
		.paces = j->desk->paces,
	};

	return conn_open(j->desk->arena, &p->map, s, &options, out, e);
}

static int fill_finding(struct job *j, const struct package_plan *p,
	struct finding *f, struct find_room *room, struct err *e)
{
	struct conn *c;
	int rc;

	if (!find_is_cut(f))
		return 0;
	if (open_system(j, p, f->system, &c, e))
		return -1;
	rc = find_whole(c, j->desk->arena, f, room, e);
	conn_close(c);
	return rc;
}

struct source {
	struct job *job;
	const struct package_plan *plan;
};

/* A table that is too much to be held. */
static int read_apart(void *ctx, const struct know_table *t, find_rest_fn *fn,
	void *fn_ctx, struct err *e)
{
	const struct source *s = ctx;
	struct conn *c;
	int rc;

	if (open_system(s->job, s->plan, t->system, &c, e))
		return -1;
	rc = find_rest_each(c, t->from, KNOW_VALUE_MAX, fn, fn_ctx, e);
	conn_close(c);
	return rc;
}

/* --- the package --- */

/* Not now: tried again.  Anything else needs a person, who is told. */
static enum job_end stop(
	struct job *j, const struct package_plan *p, str why, struct err *e)
{
	why = arena_dup(j->desk->arena, why); /* it may be e's own */
	return package_stopped(j->desk, p, why, e) ? JOB_FAILED : JOB_DONE;
}

static enum job_end failed(
	struct job *j, const struct package_plan *p, struct err *e)
{
	if (e->code == ERR_UNAVAILABLE)
		return JOB_AGAIN;
	return p->reference.n ? stop(j, p, str_of(e->message), e) : JOB_FAILED;
}

static str hit_words(struct arena *a, const struct know_hit *h)
{
	return arena_fmt(a, "%.*s holds what looks like %s", STR_ARG(h->of),
		lookalike_row(h->what)->title);
}

static str letter_of(struct job *j, const struct know *k)
{
	struct buf b = buf_in(j->desk->arena, KNOW_LETTER_MAX);

	know_letter_put(&b, k);
	return buf_ok(&b) ? buf_str(&b) : STR("");
}

static enum job_end keep(struct job *j, const struct package_plan *p,
	const struct know *k, struct package_parts *parts, struct err *e)
{
	struct package_files files = { parts, letter_of(j, k) };

	return package_parts_end(parts, e) ||
			       package_made(j->desk, p, k, &files, e)
		       ? JOB_FAILED
		       : JOB_DONE;
}

static enum job_end make(struct job *j, const struct package_plan *p,
	struct arena *a, struct err *e)
{
	struct know_hits *hits = arena_one(a, struct know_hits);
	struct source from = { j, p };
	struct know_source source = { read_apart, &from };
	struct package_parts parts;
	struct know_store store;
	struct know k;

	if (package_parts_begin(j->desk, p, &parts, e))
		return e->code == ERR_CONFLICT ? JOB_AGAIN : JOB_FAILED;
	store = package_parts_store(&parts);
	if (know_make(a, &p->in, &p->of, &k, e) ||
		know_package(a, &k, &source, &store, hits, e))
		return failed(j, p, e);
	if (hits->n)
		return stop(j, p, hit_words(a, &hits->at[0]), e);
	return keep(j, p, &k, &parts, e);
}

/* The letter, and what is read back of it, are several times its values: they have
 * memory of their own, which ends before the next job. */
static enum job_end make_apart(
	struct job *j, const struct package_plan *p, struct err *e)
{
	struct arena *a = arena_new(PACKAGE_ARENA);
	enum job_end end = make(j, p, a, e);

	arena_free(a);
	return end;
}

enum job_end job_package(struct job *j, struct err *e)
{
	const char *folder = install_path(j->install, STR("disclosures"));
	struct find_room room = { KNOW_VALUE_MAX, KNOW_VALUES_MAX };
	struct package_plan p;
	int rc = package_plan(j->desk, j->subject_id, folder, &p, e);

	if (rc <= 0)
		return rc < 0 ? failed(j, &p, e) : JOB_DONE;
	for (size_t i = 0; i < p.findings_n; i++)
		if (fill_finding(j, &p, &p.findings[i], &room, e))
			return failed(j, &p, e);
	return make_apart(j, &p, e);
}
