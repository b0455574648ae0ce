/*
 * A run: open the ends, read the header, let threads take chunks, hash and look
 * up side by side, and write in the order of the input.
 */
#include "scrub/scrub.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "scrub/feed.h"
#include "scrub/ndjson.h"
#include "scrub/rows.h"
#include "scrub/target.h"

enum { JOBS_MAX = 64 };

/* What the threads share. */
struct run {
	const struct scrub_opts *opts;
	struct scrub_report *report;
	struct plan plan;
	uint8_t seen[SCRUB_COLUMNS_MAX]; /* NDJSON, see ndjson.h */
	struct feed feed;
	struct source *source;
	struct target *out;
	struct target *rejects; /* or NULL */
	enum cpu_path cpu;
	pthread_mutex_t lock; /* of what follows, of writing and the report */
	pthread_cond_t turn;
	uint64_t next;  /* the chunk whose turn it is */
	uint64_t lines; /* before that chunk */
	bool is_over;   /* a chunk failed: nothing more is written */
	struct err err;
};

static void add_notes(
	struct scrub_report *to, const struct scrub_report *t, uint64_t lines)
{
	for (size_t i = 0; i < t->notes && to->notes < SCRUB_NOTES_MAX; i++) {
		to->note[to->notes] = t->note[i];
		to->note[to->notes++].line += lines + 1;
	}
}

static void add_tally(
	struct scrub_report *to, const struct scrub_report *t, uint64_t lines)
{
	to->rows += t->rows;
	to->kept += t->kept;
	to->suppressed += t->suppressed;
	to->unreadable += t->unreadable;
	to->unreadable_rejected += t->unreadable_rejected;
	to->without_identifier += t->without_identifier;
	to->slow += t->slow;
	for (int i = 0; i < SCRUB_REMARKS_MAX; i++)
		to->remarked[i] += t->remarked[i];
	to->bytes_in += t->bytes_in;
	to->bytes_out += t->bytes_out;
	for (size_t i = 0; i < SCRUB_REASONS; i++)
		to->by_reason[i] += t->by_reason[i];
	for (int i = 0; i < SCREENS; i++)
		to->by_screen[i] += t->by_screen[i];
	for (size_t i = 0; i < IDENT_FAULTS; i++)
		to->by_fault[i] += t->by_fault[i];
	add_notes(to, t, lines);
}

static int write_all_pieces(struct target *t, const str *piece, size_t n,
	const struct packed *packed, bool is_packed, struct err *e)
{
	str one = { (const char *)packed->p, packed->n };

	return is_packed ? target_write(t, &one, 1, e)
			 : target_write(t, piece, n, e);
}

/* A chunk's results, in its turn. */
static int publish(
	struct run *run, struct rows *r, const bool is_packed[2], struct err *e)
{
	const struct scrub_opts *o = run->opts;
	str rejects = { (const char *)r->rejects.p, r->rejects.n };
	struct scrub_progress p;

	if (write_all_pieces(
		    run->out, r->piece, r->pieces, &r->packed, is_packed[0], e))
		return -1;
	if (run->rejects && write_all_pieces(run->rejects, &rejects, 1,
				    &r->packed_rejects, is_packed[1], e))
		return -1;
	add_tally(run->report, &r->match.tally, run->lines);
	for (size_t i = 0; i < SCRUB_COLUMNS_MAX; i++)
		run->seen[i] |= r->seen[i];
	run->lines += r->lines;
	if (o->on_progress) {
		p.bytes_in = source_bytes_read(run->source);
		p.bytes_total = source_bytes_total(run->source);
		p.rows = run->report->rows;
		o->on_progress(o->ctx, &p);
	}
	return 0;
}

static void fail(
	struct run *run, const struct err *e, bool has_line, uint64_t line)
{
	run->err = *e;
	if (has_line)
		err_context(&run->err, "line %llu", (unsigned long long)line);
	run->is_over = true;
}

static void wait_turn(struct run *run, uint64_t seq)
{
	pthread_mutex_lock(&run->lock);
	while (run->next != seq)
		pthread_cond_wait(&run->turn, &run->lock);
}

static void end_turn(struct run *run)
{
	run->next++;
	pthread_cond_broadcast(&run->turn);
	pthread_mutex_unlock(&run->lock);
}

/* False when there is nothing more to do. */
static bool do_chunk(struct run *run, struct rows *r)
{
	bool is_packed[2] = { false, false };
	struct err e = { 0 };
	int taken = feed_take(&run->feed, &r->chunk, &e), rc;
	str rejects;
	bool go_on;

	if (taken == 0)
		return false;
	rc = taken < 0 ? -1 : rows_scrub(r, &e);
	rejects = (str){ (const char *)r->rejects.p, r->rejects.n };
	if (!rc) {
		is_packed[0] =
			target_pack(run->out, r->piece, r->pieces, &r->packed);
		is_packed[1] =
			run->rejects && target_pack(run->rejects, &rejects, 1,
						&r->packed_rejects);
	}
	wait_turn(run, r->chunk.seq);
	if (!run->is_over && taken < 0)
		fail(run, &e, e.code == ERR_LIMIT, run->lines + 1);
	else if (!run->is_over && rc)
		fail(run, &e, true,
			run->lines + rows_lines_before(r, r->error_at) + 1);
	else if (!run->is_over && publish(run, r, is_packed, &e))
		fail(run, &e, false, 0);
	go_on = !run->is_over;
	end_turn(run);
	return go_on;
}

struct worker {
	struct run *run;
	struct rows *rows;
	pthread_t thread;
	bool is_started;
};

static void *work(void *arg)
{
	struct worker *w = arg;

	while (do_chunk(w->run, w->rows))
		;
	return NULL;
}

static int jobs_of(const struct scrub_opts *o)
{
	long n = o->jobs > 0 ? o->jobs : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (int)n;
}

/* The caller's thread is the first worker. */
static int work_all(struct run *run, struct arena *a, struct err *e)
{
	int jobs = jobs_of(run->opts);
	struct worker *w = arena_many(a, struct worker, (size_t)jobs);

	for (int i = 0; i < jobs; i++) {
		w[i].run = run;
		w[i].rows = rows_new(a, run->opts, &run->plan, run->cpu);
		if (i > 0)
			w[i].is_started = !pthread_create(
				&w[i].thread, NULL, work, &w[i]);
	}
	work(&w[0]);
	for (int i = 0; i < jobs; i++) {
		if (w[i].is_started)
			pthread_join(w[i].thread, NULL);
		rows_free_buffers(w[i].rows);
	}
	if (run->is_over)
		*e = run->err;
	return run->is_over ? -1 : 0;
}

/* One piece, packed if the target is. */
static int write_piece(struct target *t, str s, struct err *e)
{
	struct packed packed = { 0 };
	bool is_packed = target_pack(t, &s, 1, &packed);
	int rc = write_all_pieces(t, &s, 1, &packed, is_packed, e);

	free(packed.p);
	return rc;
}

enum { COLUMN_NAMES_MAX = 4096 };

static void put_column(struct buf *b, const struct run *run, const char *name)
{
	buf_putc(b, run->plan.sep);
	buf_puts(b, name);
}

/* The columns that rows have more; those of rejects have their reasons alone. */
static str columns_more(struct arena *a, const struct run *run, bool is_out)
{
	const struct scrub_opts *o = run->opts;
	struct buf b = buf_in(a, COLUMN_NAMES_MAX);

	if (is_out && o->screen)
		put_column(&b, run, "screen");
	if (!is_out || o->flag)
		put_column(&b, run, "reason");
	for (const struct scrub_remark *m = o->remark; is_out && m; m = m->next)
		put_column(&b, run, m->name);
	must(buf_ok(&b));
	return buf_str(&b);
}

/* The header as it came, but for the columns that are more. */
static str header_of(struct arena *a, const struct run *run, str header,
	str whole, bool is_out)
{
	str more = columns_more(a, run, is_out);
	str line_end = str_from(whole, (size_t)(header.p - whole.p) + header.n);
	str parts[] = { str_head(whole, whole.n - line_end.n), more,
		line_end.n ? line_end : STR("\n") };

	return more.n ? arena_join(a, parts, COUNTOF(parts), STR("")) : whole;
}

static int write_header(struct run *run, str header, str whole, struct err *e)
{
	struct arena *a =
		arena_new(4 * whole.n + 4 * COLUMN_NAMES_MAX + (1 << 16));
	str ours = header_of(a, run, header, whole, true);
	int rc = write_piece(run->out, ours, e);

	run->report->bytes_in = whole.n;
	run->report->bytes_out = ours.n;
	if (!rc && run->rejects)
		rc = write_piece(run->rejects,
			header_of(a, run, header, whole, false), e);
	arena_free(a);
	return rc;
}

static int open_outputs(struct run *run, struct arena *a, struct err *e)
{
	const struct scrub_opts *o = run->opts;

	if (target_open(a, &run->out, &o->out, o, e) ||
		target_open(a, &run->rejects, &o->rejects, o, e))
		return -1;
	must(run->out != NULL);
	return 0;
}

/* A number that can't be read says nothing against a list of addresses: of columns
 * that nobody named, those of other kinds are left alone. */
static size_t keep_held(struct plan *p, uint32_t held)
{
	size_t n = 0;

	for (size_t i = 0; i < p->idents; i++)
		if (held & 1u << p->ident[i].kind) {
			if (p->is_usual)
				p->ident[n] = p->ident[i];
			n++;
		}
	if (n && p->is_usual)
		p->idents = n;
	return n;
}

/* Every row would pass, and nobody would have been looked for. */
static int check_kinds(struct run *run, struct err *e)
{
	struct plan *p = &run->plan;
	uint32_t held = run->opts->kinds;
	char example[PLAN_EXAMPLE_MAX];

	if (!held || keep_held(p, held))
		return 0;
	err_set(e, ERR_INVALID, "the list holds nothing of the kind %s",
		ident_kind_name(p->ident[0].kind));
	return err_hint(e, "the first kind that it holds: --map %.*s",
		STR_ARG(plan_map_example(
			(enum ident_kind)__builtin_ctz(held), example)));
}

static int tell_header(const struct run *run, str header, struct err *e)
{
	for (const struct scrub_remark *m = run->opts->remark; m; m = m->next)
		if (m->header(m->ctx, header, e))
			return -1;
	return 0;
}

static int start_csv(struct run *run, struct arena *a, struct err *e)
{
	str header, whole;

	if (feed_header(&run->feed, &header, &whole, e) ||
		plan_read(&run->plan, header, run->opts->map, e) ||
		check_kinds(run, e) || tell_header(run, header, e) ||
		open_outputs(run, a, e) || write_header(run, header, whole, e))
		return -1;
	for (size_t i = 0; i < whole.n; i++)
		run->lines += whole.p[i] == '\n';
	feed_skip(&run->feed, whole.n);
	return 0;
}

static int start_ndjson(struct run *run, struct arena *a, struct err *e)
{
	run->feed.is_lines = true;
	if (plan_read_members(&run->plan, run->opts->map, e) ||
		check_kinds(run, e))
		return -1;
	return open_outputs(run, a, e);
}

static int start(struct run *run, struct arena *a, struct err *e)
{
	const struct scrub_opts *o = run->opts;
	struct scrub_report *r = run->report;

	if (source_open(a, &run->source, &o->in, o->with_sha256, e))
		return -1;
	feed_init(&run->feed, a, run->source, run->cpu,
		o->chunk_size ? o->chunk_size : FEED_CHUNK);
	if (o->format == SCRUB_NDJSON ? start_ndjson(run, a, e)
				      : start_csv(run, a, e))
		return -1;
	r->columns = run->plan.idents;
	for (size_t i = 0; i < r->columns; i++) {
		r->column[i].kind = (uint8_t)run->plan.ident[i].kind;
		r->column[i].column =
			(uint16_t)(run->plan.ident[i].column[0] + 1);
	}
	return 0;
}

static int finish(struct run *run, struct err *e)
{
	if (run->opts->format == SCRUB_NDJSON && run->report->rows &&
		ndjson_check_seen(&run->plan, run->seen, e))
		return -1;
	if (target_commit(run->out, e))
		return -1;
	return run->rejects ? target_commit(run->rejects, e) : 0;
}

static int run_all(struct run *run, struct arena *a, struct err *e)
{
	if (start(run, a, e) || work_all(run, a, e) || finish(run, e))
		return -1;
	if (run->opts->with_sha256) {
		source_sha256(run->source, run->report->sha256_in);
		target_sha256(run->out, run->report->sha256_out);
	}
	return 0;
}

int scrub_run(const struct scrub_opts *opts, struct scrub_report *report,
	struct err *e)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	struct run *run = arena_one(a, struct run);
	int rc;

	*report = (struct scrub_report){ 0 };
	run->opts = opts;
	run->report = report;
	run->cpu = cpu_path_resolve(opts->cpu);
	pthread_mutex_init(&run->lock, NULL);
	pthread_cond_init(&run->turn, NULL);
	rc = run_all(run, a, e);
	pthread_cond_destroy(&run->turn);
	pthread_mutex_destroy(&run->lock);
	if (run->source)
		pthread_mutex_destroy(&run->feed.lock);
	arena_free(a);
	return rc;
}
