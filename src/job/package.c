/*
 * Makes the package that answers a request to know.  A finding keeps only the
 * beginning of long values, for people to read; here they are read whole, from
 * the same rows.
 */
#include "desk/package.h"
#include "base/buf.h"
#include "connect/connector.h"
#include "connect/find_whole.h"
#include "job/job.h"
#include "know/package.h"
#include "know/page.h"

enum { PACKAGE_ARENA = 1 << 30 };

/* --- values that were cut --- */

static int fill_finding(struct job *j, const struct package_plan *p,
	struct finding *f, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
	};
	struct conn *c;
	int rc;

	if (!find_is_cut(f))
		return 0;
	if (conn_open(j->desk->arena, &p->map, f->system, &options, &c, e))
		return -1;
	rc = find_whole(c, j->desk->arena, f, KNOW_VALUES_MAX, e);
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
	const struct know *k, struct package_files *files, struct err *e)
{
	files->letter = letter_of(j, k);
	return package_made(j->desk, p, k, files, e) ? JOB_FAILED : JOB_DONE;
}

static enum job_end make(struct job *j, const struct package_plan *p,
	struct arena *a, struct err *e)
{
	struct know_hits *hits = arena_one(a, struct know_hits);
	struct package_files files;
	struct know k;

	if (know_make(a, &p->in, &p->of, &k, e) ||
		know_package(a, &k, &files.zip, hits, e))
		return stop(j, p, str_of(e->message), e);
	if (hits->n)
		return stop(j, p, hit_words(a, &hits->at[0]), e);
	return keep(j, p, &k, &files, e);
}

/* The files of a package, and what is read back of them, are several times its
 * values: they have memory of their own, which ends before the next job. */
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
	struct package_plan p;
	int rc = package_plan(j->desk, j->subject_id, folder, &p, e);

	if (rc <= 0)
		return rc < 0 ? failed(j, &p, e) : JOB_DONE;
	for (size_t i = 0; i < p.findings_n; i++)
		if (fill_finding(j, &p, &p.findings[i], e))
			return failed(j, &p, e);
	return make_apart(j, &p, e);
}
